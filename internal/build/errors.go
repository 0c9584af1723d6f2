package build

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// A CompileError says what is wrong with the user's files.
type CompileError struct {
	Problems []Problem // in the order the compiler found them, at least one
}

// A Problem is one complaint of the compiler.
type Problem struct {
	File string // relative to the working directory where that is shorter; empty if the problem is of no file
	Line int    // zero if the problem is of the whole file or package
	Col  int    // zero if unknown
	Text string // of one or more lines
}

func (p Problem) String() string {
	var b strings.Builder
	for _, part := range []struct {
		text string
		show bool
	}{
		{p.File, p.File != ""},
		{fmt.Sprint(p.Line), p.Line > 0},
		{fmt.Sprint(p.Col), p.Line > 0 && p.Col > 0},
	} {
		if part.show {
			b.WriteString(part.text + ":")
		}
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	return b.String() + strings.ReplaceAll(p.Text, "\n", "\n\t")
}

func (e *CompileError) Error() string {
	lines := []string{"the migration environment does not compile:"}
	for _, p := range e.Problems {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// A RequirementError says what go.mod, go.sum, go.work or the vendor directory lack.
type RequirementError struct {
	Dir     string // of the module, relative to the working directory where that is shorter
	Problem string
	Command string // that mends it, to be run in Dir
}

func (e *RequirementError) Error() string {
	if e.Dir == "." {
		return fmt.Sprintf("%s; run: %s", e.Problem, e.Command)
	}
	return fmt.Sprintf("%s; run in %s: %s", e.Problem, e.Dir, e.Command)
}

// A NoModuleError says that a directory is not in a Go module.
type NoModuleError struct {
	Dir string
}

func (e *NoModuleError) Error() string {
	return fmt.Sprintf("%s is not in a Go module, and a migration environment is a package of one; "+
		"make a module first: go mod init example.com/yourproject", e.Dir)
}

// A NoGoError says that there is no go command.
type NoGoError struct{}

func (e *NoGoError) Error() string {
	return "the migration environment is compiled by the go command, which is not on the PATH; " +
		"install Go (https://go.dev/dl), or use an executable made by \"gomig build\" where there is Go"
}

// startError says why an executable from the cache could not be started.
func startError(bin string, err error) error {
	if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EPERM) {
		return fmt.Errorf("starting the compiled environment %s: %w "+
			"(if its file system does not allow programs, GOMIG_CACHE can name another place)", bin, err)
	}
	return fmt.Errorf("starting the compiled environment %s: %w", bin, err)
}

var (
	_ error = (*CompileError)(nil)
	_ error = (*RequirementError)(nil)
	_ error = (*NoModuleError)(nil)
	_ error = (*NoGoError)(nil)
)
