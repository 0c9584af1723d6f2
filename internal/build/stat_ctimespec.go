//go:build darwin || freebsd || netbsd

package build

import "syscall"

func changeTime(st *syscall.Stat_t) int64 { return st.Ctimespec.Nano() }

func modTime(st *syscall.Stat_t) int64 { return st.Mtimespec.Nano() }
