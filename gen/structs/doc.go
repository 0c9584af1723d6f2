// Package structs reads the schema that Go structs declare: their fields, their
// tags and what GORM, bun and sqlx make of them. It reads source and runs none of it.
//
// A struct is read by the rules of the library whose tags it carries; `gomig`
// tags add to those or stand alone. What source alone does not tell, such as the
// column type of a struct with a driver.Valuer, is an error with its file and
// line that names the tag which settles it. docs/generate.md is the reference of
// the tags.
package structs
