// Package filestat tells changed files from unchanged ones without reading them.
//
// A file is unchanged if its attributes are what they were when it was read,
// unless it was then so young that a later write could have left it the same
// time: see [Slack].
package filestat

// Slack is the longest step of file times that is reckoned with, in nanoseconds:
// file systems keep times in steps, of a clock tick (4 ms) on Linux, of up to
// two seconds elsewhere (FAT). What is younger than this when it is read has to
// be read again next time. Git calls such files racy and treats them in the same
// way: https://git-scm.com/docs/racy-git
const Slack = 2_000_000_000

// Stat is what tells a changed file. The change time and the file number are
// zero where the system has none. Times are in Unix nanoseconds.
type Stat struct {
	Size, ModTime, ChangeTime int64
	Inode                     uint64
}

// Newest is when the file was touched last. Unlike the modification time, nobody
// can set the change time back.
func (s Stat) Newest() int64 { return max(s.ModTime, s.ChangeTime) }
