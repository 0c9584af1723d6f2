// Package ormtest holds gomig against the libraries whose structs it reads: what
// GORM, bun and ent create in a database is what gomig declares. It is a module
// of its own, so that none of them becomes a requirement of gomig.
package ormtest
