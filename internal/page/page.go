// Package page is the frame of the HTML pages that pictures stand in: a heading,
// the picture, and a field to search it. It loads nothing from elsewhere.
package page

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"
)

// Page is a page with a picture.
type Page struct {
	Title   string
	Summary string // beside the title: "2 tables, 1 foreign key"
	Find    string // what can be searched for, in the empty field
	Items   string // the selector of what is found; each has its text, in lower case, as data-text

	Style string // rules of the picture's own
	// Script is the picture's own, inside the function of the page: all is the items,
	// and what it assigns to searching is called with whether the field holds something.
	Script string
}

// Write writes the page, and has body write what stands in it: the picture, and
// what follows.
func (p Page) Write(w io.Writer, body func(*bufio.Writer)) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, head, Text(p.Title), Text(p.Summary), Text(p.Find), p.Style)
	body(out)
	fmt.Fprintf(out, foot, p.Items, p.Script)
	return out.Flush()
}

// Text is a text as it may stand in HTML and XML, in an attribute too; what XML
// cannot hold is left out.
func Text(s string) string {
	s = strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return html.EscapeString(s)
}

// Shorten is a text of at most so many letters.
func Shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

const head = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%[1]s</title>
<style>
body { margin: 0; font: 14px ui-sans-serif, system-ui, sans-serif; color: #222; background: #fff }
header { position: sticky; top: 0; left: 0; z-index: 1; background: #fff; padding: 10px 20px; border-bottom: 1px solid #ddd; display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center }
h1 { font-size: 16px; margin: 0 }
header span { color: #666 }
input { font: inherit; padding: 4px 8px; width: 18em; margin-left: auto }
svg { display: block }
%[4]s</style>
</head>
<body>
<header><h1>%[1]s</h1><span>%[2]s</span><input id="find" type="search" placeholder="%[3]s" aria-label="search"><span id="hits" role="status"></span></header>
<main>
`

const foot = `</main>
<script>
(function () {
  var find = document.getElementById("find"), hits = document.getElementById("hits");
  var all = Array.prototype.slice.call(document.querySelectorAll("%[1]s"));
  var found = [], at = 0, searching = function () {};
%[2]s  function go() {
    if (found.length) { found[at].scrollIntoView({block: "center", inline: "center"}); }
    hits.textContent = find.value ? (found.length ? (at + 1) + " of " + found.length : "nothing") : "";
  }
  find.addEventListener("input", function () {
    var words = find.value.toLowerCase();
    found = all.filter(function (g) {
      var hit = g.dataset.text.includes(words);
      g.classList.toggle("dim", !hit);
      return hit && words;
    });
    searching(!!words);
    at = 0;
    go();
  });
  find.addEventListener("keydown", function (e) {
    if (e.key === "Enter" && found.length) {
      at = (at + (e.shiftKey ? found.length - 1 : 1)) %% found.length;
      go();
    }
  });
})();
</script>
</body>
</html>
`
