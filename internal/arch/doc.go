// Package arch holds the table of which package may import which, as tests. The
// linter knows the same table, but not everybody runs it.
package arch
