package picture

import (
	"bufio"
	"fmt"
	"io"
)

// HTML draws the history as a page with the picture and a field to search it: the
// Enter key goes from one found revision to the next. It loads nothing from elsewhere.
func HTML(w io.Writer, h History) error {
	out := bufio.NewWriter(w)
	heads := 0
	for _, n := range h.Nodes {
		if n.IsRealHead() {
			heads++
		}
	}
	count := plural(len(h.Nodes), "revision") + ", " + plural(heads, "head")
	if pending := h.pending(); pending != nil {
		count += fmt.Sprintf(", %d not applied", len(pending))
	}
	fmt.Fprintf(out, pageHead, attr(h.title()), count)
	h.svg(out)
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
header { position: sticky; top: 0; z-index: 1; background: #fff; padding: 10px 20px; border-bottom: 1px solid #ddd; display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center }
h1 { font-size: 16px; margin: 0 }
header span { color: #666 }
input { font: inherit; padding: 4px 8px; width: 18em; margin-left: auto }
svg { display: block }
.dim { opacity: .2 }
.revision:hover .id { text-decoration: underline }
</style>
</head>
<body>
<header><h1>%[1]s</h1><span>%[2]s</span><input id="find" type="search" placeholder="id, label or message" aria-label="search"><span id="hits" role="status"></span></header>
<main>
`

const pageFoot = `</main>
<script>
(function () {
  var find = document.getElementById("find"), hits = document.getElementById("hits");
  var all = Array.prototype.slice.call(document.querySelectorAll(".revision"));
  var found = [], at = 0;
  function go() {
    if (found.length) { found[at].scrollIntoView({block: "center"}); }
    hits.textContent = find.value ? (found.length ? (at + 1) + " of " + found.length : "nothing") : "";
  }
  find.addEventListener("input", function () {
    var words = find.value.toLowerCase();
    found = all.filter(function (g) {
      var hit = g.dataset.text.includes(words);
      g.classList.toggle("dim", !hit);
      return hit && words;
    });
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
