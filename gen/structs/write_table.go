package structs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

// tableWriter makes the fields of one struct.
type tableWriter struct {
	*writer
	table  *schema.Table
	fields map[string]string // Go names by columns
	tags   map[string]*tag   // by columns
	blank  []*tag            // of blank fields
}

// about is a further blank field.
func (w *tableWriter) about() *tag {
	t := &tag{}
	w.blank = append(w.blank, t)
	return t
}

// item adds what no setting of a tag says.
func (w *tableWriter) item(t *tag, v any) {
	text, err := readable(v)
	if err != nil {
		w.left = append(w.left, fmt.Sprintf("%v of table %q, which no tag can say: %v", v, w.table.Name, err))
		return
	}
	t.with = append(t.with, text)
}

// keyed reports whether a column is in a key or an index.
func (w *tableWriter) keyed(column string) bool {
	for _, c := range w.table.Constraints() {
		switch c := c.(type) {
		case *schema.PrimaryKeyDef:
			if slices.Contains(c.Columns, column) {
				return true
			}
		case *schema.UniqueDef:
			if slices.Contains(c.Columns, column) {
				return true
			}
		case *schema.ForeignKeyDef:
			if slices.Contains(c.Columns, column) {
				return true
			}
		}
	}
	return slices.ContainsFunc(w.table.Indexes, func(i *schema.IndexDef) bool {
		return slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return p.Column == column })
	})
}

// columns writes what the table says of its columns, and gives their Go types.
func (w *tableWriter) columns() (types []gen.GoType) {
	key := w.primaryKey()
	for _, c := range w.table.Columns {
		t := w.tags[c.Name]
		if c.Name != snakeName(w.fields[c.Name]) {
			t.say("column", quotedName(c.Name))
		}
		s := w.typeOf(c, t)
		types = append(types, w.column(c, t, s, key))
	}
	return types
}

// primaryKey says the key, at its columns if it can be said there. It gives the
// one column that is a key by itself, and reads as one that counts.
func (w *tableWriter) primaryKey() (alone string) {
	pk := w.table.PrimaryKey
	var order []string
	if pk != nil {
		for _, c := range w.table.Columns {
			if slices.Contains(pk.Columns, c.Name) {
				order = append(order, c.Name)
			}
		}
	}
	if pk != nil && len(pk.Options) == 0 && slices.Equal(order, pk.Columns) && (pk.Name == "" || plain(pk.Name) && !reserved(pk.Name, "pk", "true", "false")) {
		for _, c := range pk.Columns {
			w.tags[c].say("pk", pk.Name)
		}
		if len(pk.Columns) == 1 {
			return pk.Columns[0]
		}
		return ""
	}
	if pk != nil {
		w.item(w.about(), pk)
	}
	for column, name := range w.fields {
		if name == "ID" {
			w.tags[column].say("pk", "false")
		}
	}
	return ""
}

// reserved reports whether a name is a word of the tag where it would stand.
func reserved(name string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, name) })
}

// column writes what is to be said of one column besides its type.
func (w *tableWriter) column(c *schema.ColumnDef, t *tag, s said, key string) gen.GoType {
	if c.Nullable {
		if s.goType.Slice || s.goType.Path == "encoding/json" {
			t.say("null", "")
		} else {
			s.goType.Pointer = true
		}
	}
	counts := s.whole && c.Name == key && c.Default.IsZero() && !w.pointsAt(c.Name)
	switch {
	case c.AutoIncrement && !counts:
		t.say("autoincrement", "")
	case !c.AutoIncrement && counts:
		t.say("autoincrement", "false")
	}
	if !c.Default.IsZero() {
		if text := defaultText(c.Default, s); text != "" {
			t.say("default", text)
		} else {
			w.item(t, of("ServerDefault", c.Default))
		}
	}
	switch v := c.Computed; {
	case v == nil:
	case plain(v.Expr):
		t.say("computed", v.Expr)
		if word := map[schema.Storage]string{schema.Stored: "stored", schema.Virtual: "virtual"}[v.Storage]; word != "" {
			t.say(word, "")
		}
	default:
		w.item(t, of("ComputedAs", v.Expr, v.Storage))
	}
	if c.Identity != nil {
		w.item(t, of("IdentityAs", *c.Identity))
	}
	for _, x := range []struct{ key, fn, value string }{{"collate", "Collate", c.Collation}, {"comment", "Comment", c.Comment}} {
		switch {
		case plain(x.value):
			t.say(x.key, x.value)
		case x.value != "":
			w.item(t, of(x.fn, x.value))
		}
	}
	for _, o := range c.Options {
		w.item(t, o)
	}
	return s.goType
}

// defaultText is a default as a tag says it; empty if it cannot.
func defaultText(e schema.Expr, s said) string {
	if !e.Equal(e.For()) { // it has variants
		return ""
	}
	switch {
	case e.Kind == schema.ExprNull:
		return "null"
	case e.Kind == schema.ExprNow:
		return "now()"
	case e.Kind == schema.ExprSQL && plain(e.Text):
		return "(" + e.Text + ")"
	case e.Kind == schema.ExprString && s.kind == text && (e.Text == "" || plain(e.Text)):
		return "'" + e.Text + "'"
	case e.Kind == schema.ExprBool && s.kind == boolean:
		return e.Text
	case e.Kind == schema.ExprNumber && (s.kind == integer || s.kind == floating || s.kind == decimal):
		if _, err := strconv.ParseFloat(e.Text, 64); err == nil {
			return e.Text
		}
	}
	return ""
}

// pointsAt reports whether a tag of the column says a foreign key.
func (w *tableWriter) pointsAt(column string) bool {
	return slices.ContainsFunc(w.table.ForeignKeys, func(k *schema.ForeignKeyDef) bool {
		return len(k.Columns) == 1 && k.Columns[0] == column && atColumn(k)
	})
}

// constraints writes constraints and indexes: at the column if they have one,
// else at blank fields.
func (w *tableWriter) constraints() {
	for _, u := range w.table.Uniques {
		w.unique(u)
	}
	pointed := map[string]bool{}
	for _, k := range w.table.ForeignKeys {
		w.foreignKey(k, pointed)
	}
	for _, c := range w.table.Checks {
		w.check(c)
	}
	for _, e := range w.table.Excludes {
		w.item(w.about(), e)
	}
	for _, i := range w.table.Indexes {
		w.index(i)
	}
}

func (w *tableWriter) unique(u *schema.UniqueDef) {
	bare := u.Deferral == schema.DeferralDefault && !u.NullsNotDistinct && len(u.Options) == 0 &&
		!slices.ContainsFunc(w.table.Uniques, func(o *schema.UniqueDef) bool { return o != u && o.Name != "" && o.Name == u.Name }) // SQLite lets two have one name
	switch {
	case bare && len(u.Columns) == 1 && (u.Name == "" || plain(u.Name) && !reserved(u.Name, "unique")):
		w.tags[u.Columns[0]].say("unique", u.Name)
	case bare && listed(u.Columns...) && (u.Name == "" || listed(u.Name)):
		w.about().say("unique", u.Name+"("+strings.Join(u.Columns, ",")+")")
	default:
		w.item(w.about(), u)
	}
}

// atColumn reports whether a foreign key can be said at its column.
func atColumn(k *schema.ForeignKeyDef) bool {
	return bare(k) && len(k.RefColumns) == 1 && word().MatchString(k.RefColumns[0])
}

// bare reports whether a foreign key has nothing that needs more than names and actions.
func bare(k *schema.ForeignKeyDef) bool {
	return k.Deferral == schema.DeferralDefault && k.Match == "" && !k.NotValid && len(k.Options) == 0 && (k.Name == "" || word().MatchString(k.Name)) &&
		word().MatchString(k.RefTable.Name) && (k.RefTable.Schema == "" || word().MatchString(k.RefTable.Schema))
}

// actionsOf is what a foreign key does, as a tag says it behind what it points at.
func actionsOf(k *schema.ForeignKeyDef) string {
	var b strings.Builder
	for _, a := range []struct {
		key    string
		action schema.Action
	}{{"ondelete", k.OnDelete}, {"onupdate", k.OnUpdate}} {
		if a.action != schema.NoAction {
			b.WriteString("," + a.key + ":" + strings.ToLower(string(a.action)))
		}
	}
	return b.String()
}

func (w *tableWriter) foreignKey(k *schema.ForeignKeyDef, pointed map[string]bool) {
	actions := actionsOf(k)
	switch {
	case atColumn(k) && len(k.Columns) == 1 && !pointed[k.Columns[0]]:
		pointed[k.Columns[0]] = true
		value := k.RefTable.String() + "." + k.RefColumns[0] + actions
		if k.Name != "" {
			value += ",name:" + k.Name
		}
		w.tags[k.Columns[0]].say("references", value)
	case bare(k) && listed(k.Columns...) && listed(k.RefColumns...):
		w.about().say("foreignKey", fmt.Sprintf("%s(%s) references %s(%s)%s", k.Name, strings.Join(k.Columns, ","), k.RefTable, strings.Join(k.RefColumns, ","), actions))
	default:
		w.item(w.about(), k)
	}
}

func (w *tableWriter) check(c *schema.CheckDef) {
	before, _, comma := strings.Cut(c.Expr, ",")
	named := c.Name != "" && word().MatchString(c.Name)
	if !c.NotValid && !c.NotEnforced && len(c.Options) == 0 && plain(c.Expr) && (named || c.Name == "" && (!comma || !word().MatchString(before))) {
		value := c.Expr
		if named {
			value = c.Name + "," + value
		}
		w.about().say("check", value)
		return
	}
	w.item(w.about(), c)
}

func (w *tableWriter) index(i *schema.IndexDef) {
	key := "index"
	if i.Unique {
		key = "uniqueIndex"
	}
	columns, whole := i.PlainColumns()
	simple := whole && i.Using == "" && len(i.Include) == 0 && i.Where == "" && !i.NullsNotDistinct && i.Comment == "" && len(i.Options) == 0
	switch {
	case simple && len(columns) == 1 && listed(i.Name) && !strings.Contains(i.Name, ":") && !reserved(i.Name, "index", "uniqueindex"):
		w.tags[columns[0]].say(key, i.Name)
	case simple && listed(append(columns, i.Name)...):
		w.about().say(key, i.Name+"("+strings.Join(columns, ",")+")")
	default:
		if text := indexText(i); text != "" {
			w.tags[i.Parts[0].Column].say(key, text)
			return
		}
		w.item(w.about(), i)
	}
}

// indexText is an index on one column with its properties, as the tag of the
// column says it; empty if it cannot.
func indexText(i *schema.IndexDef) string {
	if len(i.Parts) != 1 || i.Parts[0].Column == "" || len(i.Include) > 0 || i.NullsNotDistinct || len(i.Options) > 0 || !listed(i.Name) {
		return ""
	}
	p := i.Parts[0]
	if p.Nulls != schema.NullsDefault || p.OpClass != "" {
		return ""
	}
	out := i.Name
	add := func(key, value string) bool {
		if value == "" {
			return true
		}
		out += "," + key + ":" + strings.ReplaceAll(value, ",", `\,`)
		return plain(value) && !strings.Contains(value, ";")
	}
	if p.Descending {
		out += ",sort:desc"
	}
	if p.Length > 0 {
		out += ",length:" + strconv.Itoa(p.Length)
	}
	if add("type", i.Using) && add("where", i.Where) && add("comment", i.Comment) && add("collate", p.Collation) {
		return out
	}
	return ""
}
