// Package adopt holds gomig's import against the tools whose histories it takes
// over. It is apart from gomig's own module, which does not need them.
package adopt
