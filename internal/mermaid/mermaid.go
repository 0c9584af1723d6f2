// Package mermaid holds what is to be known of Mermaid's language whatever the
// diagram (https://mermaid.js.org).
package mermaid

import "github.com/gomig-dev/gomig/internal/pattern"

// direction is a statement of its own to Mermaid wherever it stands in a line, inside of quotes too.
var direction = pattern.Lazy(`(?i)(direction)\s+(TB|BT|RL|LR)`)

// Undirected is text that changes no diagram's direction: the two words are
// parted by a space of no width, which is none to Mermaid.
func Undirected(s string) string { return direction().ReplaceAllString(s, "$1\u200b$2") }
