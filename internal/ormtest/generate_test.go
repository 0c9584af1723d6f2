package ormtest

import (
	"testing"

	"github.com/gomig-dev/gomig"
)

// TestGenerated: what is compared is what the structs say today.
func TestGenerated(t *testing.T) {
	err := gomig.Generate(t.Context(), &gomig.Config{}, gomig.GenerateOptions{Patterns: []string{"./gormmodels", "./bunmodels"}, Check: true})
	if err != nil {
		t.Error(err)
	}
}
