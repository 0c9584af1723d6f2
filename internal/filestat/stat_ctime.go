//go:build linux || openbsd || dragonfly || solaris

package filestat

import "syscall"

func changeTime(st *syscall.Stat_t) int64 { return st.Ctim.Nano() }

func modTime(st *syscall.Stat_t) int64 { return st.Mtim.Nano() }
