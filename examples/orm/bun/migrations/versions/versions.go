// Package versions holds revisions of the database, one file each.
package versions

import "github.com/gomig-dev/gomig/script"

// Scripts is the set that every revision file adds itself to.
var Scripts script.Set
