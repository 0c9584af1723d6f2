package op

// arguments is a [Runner] that was given something for its revisions.
type arguments interface {
	Database() string
	Arguments() []any
}

// Database is what the environment calls the database at hand, where it has
// several: the name of an engine or of a tenant (engine_name of the template
// multidb). Empty where there is one.
func (o *Operations) Database() string {
	if a, ok := o.run.(arguments); ok {
		return a.Database()
	}
	return ""
}

// Argument is the value of type T that the run was given for its revisions, as
// by env.Context.RunMigrations (the keywords of run_migrations). It is false if
// there is none.
//
// The type takes the place of Python's keyword: a package declares one of its
// own, as `type Region string`. What is misspelt then does not compile, two
// packages never take the same word, and nothing is asserted at run time.
func Argument[T any](o *Operations) (value T, ok bool) {
	a, has := o.run.(arguments)
	if !has {
		return value, false
	}
	for _, v := range a.Arguments() {
		if value, ok = v.(T); ok {
			return value, true
		}
	}
	return value, false
}
