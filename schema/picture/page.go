package picture

import (
	"bufio"
	"fmt"
	"io"

	"github.com/gomig-dev/gomig/internal/page"
	"github.com/gomig-dev/gomig/internal/plural"
)

// HTML draws the schema as a page with the picture and a field to search it: the
// Enter key goes from one found table to the next, and a table that is pointed at
// shows what it is joined with. It loads nothing from elsewhere.
func HTML(w io.Writer, s Schema) error {
	p := page.Page{
		Title: s.title(), Summary: plural.Count(len(s.Tables), "table") + ", " + plural.Count(len(s.references()), "foreign key"),
		Find: "table or column", Items: ".table", Style: pageStyle, Script: pointing,
	}
	return p.Write(w, func(out *bufio.Writer) {
		s.svg(out)
		if len(s.Notes) > 0 {
			out.WriteString("<section><h2>Not shown</h2>\n<ul>\n")
			for _, n := range s.Notes {
				fmt.Fprintf(out, "<li>%s</li>\n", page.Text(n))
			}
			out.WriteString("</ul></section>\n")
		}
	})
}

const pageStyle = `h2 { font-size: 14px; margin: 0 }
section { padding: 0 28px 20px }
.table { cursor: pointer }
.dim { opacity: .13 }
`

// pointing shows what a table is joined with, while it is pointed at or once it is clicked.
const pointing = `  var lines = Array.prototype.slice.call(document.querySelectorAll("[data-net]"));
  var held = null;
  function nets(t) { return t.dataset.nets ? t.dataset.nets.split(" ") : []; }
  function show(t) {
    var own = t && nets(t);
    all.forEach(function (o) { o.classList.toggle("dim", !!t && o !== t && !nets(o).some(function (n) { return own.includes(n); })); });
    lines.forEach(function (l) { l.classList.toggle("dim", !!t && !own.includes(l.dataset.net)); });
  }
  all.forEach(function (t) {
    t.addEventListener("mouseenter", function () { if (!held) { show(t); } });
    t.addEventListener("mouseleave", function () { if (!held) { show(null); } });
    t.addEventListener("click", function (e) { held = held === t ? null : t; show(held); e.stopPropagation(); });
  });
  document.addEventListener("click", function () { held = null; show(null); });
  searching = function (on) { lines.forEach(function (l) { l.classList.toggle("dim", on); }); };
`
