package build_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/internal/build"
)

// BenchmarkUnchanged is what every run of gomig pays to know that nothing changed.
func BenchmarkUnchanged(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			root := b.TempDir()
			write := func(name, text string) {
				name = filepath.Join(root, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					b.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					b.Fatal(err)
				}
			}
			for name, text := range shop {
				write(name, text)
			}
			for i := range n {
				write(fmt.Sprintf("migrations/versions/%08x_revision.go", i), "package versions\n")
			}
			builder := build.Builder{
				Cache: b.TempDir(), Env: append(os.Environ(), "GOFLAGS=", "GOWORK=off"),
				Clock: func() time.Time { return time.Now().Add(time.Minute) }, // as if the files were written a minute ago
			}
			env := build.Environment{
				Dir: filepath.Join(root, "migrations"), Versions: []string{filepath.Join(root, "migrations", "versions")}, Main: mainSource,
			}
			ensure := func() {
				if _, err := builder.Ensure(context.Background(), env); err != nil {
					b.Fatal(err)
				}
			}
			ensure()
			for b.Loop() {
				ensure()
			}
		})
	}
}
