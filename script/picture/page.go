package picture

import (
	"bufio"
	"fmt"
	"io"
)

// HTML draws the history as a page with the picture and a field to search it.
// It loads nothing from elsewhere.
func HTML(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	heads := 0
	for _, n := range h.Nodes {
		if n.IsHead() {
			heads++
		}
	}
	fmt.Fprintf(out, pageHead, attr(h.title()), len(h.Nodes), heads)
	h.svg(out)
	out.WriteString(pageFoot)
	return out.Flush()
}

const pageHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[1]s</title>
<style>
body { margin: 0; font: 14px ui-sans-serif, system-ui, sans-serif; color: #222; background: #fff }
header { position: sticky; top: 0; background: #fffd; padding: 12px 20px; border-bottom: 1px solid #ddd; display: flex; gap: 16px; align-items: baseline }
h1 { font-size: 16px; margin: 0 }
input { font: inherit; padding: 4px 8px; min-width: 18em }
.dim { opacity: .15 }
main { overflow-x: auto }
</style>
</head>
<body>
<header><h1>%[1]s</h1><span>%[2]d revisions, %[3]d heads</span><input id="find" type="search" placeholder="id, label or message" aria-label="search"></header>
<main>
`

const pageFoot = `</main>
<script>
document.getElementById("find").addEventListener("input", function () {
  var words = this.value.toLowerCase(), first = null;
  document.querySelectorAll(".revision").forEach(function (g) {
    var hit = g.dataset.text.includes(words);
    g.classList.toggle("dim", !hit);
    if (hit && words && !first) { first = g; }
  });
  if (first) { first.scrollIntoView({block: "center"}); }
});
</script>
</body>
</html>
`
