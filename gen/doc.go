// Package gen writes Go source: operations as the bodies of a revision, whole
// revision files by the user's template, and the main package of an environment.
//
// It knows no operation and no type of any dialect by name. A value spells
// itself by its method Call (see [schema.Call]); a value without one is written
// field by field. Jennifer renders, gofumpt formats, and a file is complete
// before anything is written anywhere.
//
// What comes from users and databases is hostile: names and values are quoted
// in one function (see atom.go), messages become comments in one (see comment.go).
package gen
