//go:build unix && !linux

package testdb

// memoryDir is a folder in memory that has room for a server; empty, since none is sure to be.
func memoryDir() string { return "" }
