package testdb

import "syscall"

// memoryDir is a folder in memory that has room for a server; empty if there is none.
func memoryDir() string {
	const shm, plenty = "/dev/shm", 4 << 30
	var stat syscall.Statfs_t
	if err := syscall.Statfs(shm, &stat); err != nil || stat.Bavail*uint64(stat.Bsize) < plenty {
		return ""
	}
	return shm
}
