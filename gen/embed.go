package gen

import (
	"bytes"
	"fmt"

	"github.com/dave/jennifer/jen"
)

// Embedded is the file of a package that embeds a directory below it in a variable.
func Embedded(pkg, variable, doc, dir string) ([]byte, error) {
	f := jen.NewFile(pkg)
	// // doc
	// //
	// //go:embed dir
	// var variable embed.FS
	f.Op(comment(doc)).Line().Comment("//").Line().Comment("//go:embed "+dir).Line().Var().Id(variable).Qual("embed", "FS")
	var buf bytes.Buffer
	if err := f.Render(&buf); err != nil {
		return nil, fmt.Errorf("rendering the embedding of %s: %w", dir, err)
	}
	return gofumpt(buf.Bytes(), "")
}
