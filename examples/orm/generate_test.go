// Package orm holds the examples of gomig beside GORM, bun and ent.
package orm

import (
	"testing"

	"github.com/gomig-dev/gomig"
)

// TestGenerated: go generate was run after the last change of a model.
func TestGenerated(t *testing.T) {
	err := gomig.Generate(t.Context(), &gomig.Config{}, gomig.GenerateOptions{Patterns: []string{"./gorm/models", "./bun/models"}, Check: true})
	if err != nil {
		t.Error(err)
	}
}
