package picture

import (
	"bufio"
	"fmt"
	"io"
)

// HTML draws the schema as a page with the picture and a field to search it: the
// Enter key goes from one found table to the next, and a table that is pointed at
// shows what it is joined with. It loads nothing from elsewhere.
func HTML(w io.Writer, s Schema) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, pageHead, attr(s.title()), plural(len(s.Tables), "table")+", "+plural(len(s.references()), "foreign key"))
	s.svg(out)
	if len(s.Notes) > 0 {
		out.WriteString("<section><h2>Not shown</h2>\n<ul>\n")
		for _, n := range s.Notes {
			fmt.Fprintf(out, "<li>%s</li>\n", attr(n))
		}
		out.WriteString("</ul></section>\n")
	}
	out.WriteString(pageFoot)
	return out.Flush()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

const pageHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[1]s</title>
<style>
body { margin: 0; font: 14px ui-sans-serif, system-ui, sans-serif; color: #222; background: #fff }
header { position: sticky; top: 0; left: 0; z-index: 1; background: #fff; padding: 10px 20px; border-bottom: 1px solid #ddd; display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center }
h1 { font-size: 16px; margin: 0 }
h2 { font-size: 14px; margin: 0 }
section { padding: 0 28px 20px }
header span { color: #666 }
input { font: inherit; padding: 4px 8px; width: 18em; margin-left: auto }
svg { display: block }
.table { cursor: pointer }
.dim { opacity: .13 }
</style>
</head>
<body>
<header><h1>%[1]s</h1><span>%[2]s</span><input id="find" type="search" placeholder="table or column" aria-label="search"><span id="hits" role="status"></span></header>
<main>
`

const pageFoot = `</main>
<script>
(function () {
  var find = document.getElementById("find"), hits = document.getElementById("hits");
  var tables = Array.prototype.slice.call(document.querySelectorAll(".table"));
  var lines = Array.prototype.slice.call(document.querySelectorAll("[data-net]"));
  var found = [], at = 0, held = null;
  function nets(t) { return t.dataset.nets ? t.dataset.nets.split(" ") : []; }
  function show(t) {
    var own = t && nets(t);
    tables.forEach(function (o) { o.classList.toggle("dim", !!t && o !== t && !nets(o).some(function (n) { return own.includes(n); })); });
    lines.forEach(function (l) { l.classList.toggle("dim", !!t && !own.includes(l.dataset.net)); });
  }
  tables.forEach(function (t) {
    t.addEventListener("mouseenter", function () { if (!held) { show(t); } });
    t.addEventListener("mouseleave", function () { if (!held) { show(null); } });
    t.addEventListener("click", function (e) { held = held === t ? null : t; show(held); e.stopPropagation(); });
  });
  document.addEventListener("click", function () { held = null; show(null); });
  function go() {
    if (found.length) { found[at].scrollIntoView({block: "center", inline: "center"}); }
    hits.textContent = find.value ? (found.length ? (at + 1) + " of " + found.length : "nothing") : "";
  }
  find.addEventListener("input", function () {
    var words = find.value.toLowerCase();
    found = tables.filter(function (g) {
      var hit = g.dataset.text.includes(words);
      g.classList.toggle("dim", !hit);
      return hit && words;
    });
    lines.forEach(function (l) { l.classList.toggle("dim", !!words); });
    at = 0;
    go();
  });
  find.addEventListener("keydown", function (e) {
    if (e.key === "Enter" && found.length) {
      at = (at + (e.shiftKey ? found.length - 1 : 1)) % found.length;
      go();
    }
  });
})();
</script>
</body>
</html>
`
