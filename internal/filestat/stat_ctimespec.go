//go:build darwin || freebsd || netbsd

package filestat

import "syscall"

func changeTime(st *syscall.Stat_t) int64 { return st.Ctimespec.Nano() }

func modTime(st *syscall.Stat_t) int64 { return st.Mtimespec.Nano() }
