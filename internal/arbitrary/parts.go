package arbitrary

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

// parts collects what one table is made of.
type parts struct {
	*drawer
	name    string
	columns []*schema.ColumnDef
	rest    []schema.TableItem
	pk      []*schema.ColumnDef
	keyed   map[string]bool // columns in the primary key or a foreign key, which some servers keep out of checks
	uniques [][]string
}

func (p *parts) items() []schema.TableItem {
	items := make([]schema.TableItem, 0, len(p.columns)+len(p.rest))
	for _, c := range p.columns {
		items = append(items, c)
	}
	items = append(items, p.rest...)
	if p.has(Comments) && p.yes("table comment") {
		items = append(items, schema.Comment(kept().Draw(p.T, "table comment")))
	}
	return items
}

// key draws the primary key: numbered, plain, of two columns, or none.
func (p *parts) key() {
	kind := p.below(3, "primary key")
	switch kind {
	case 0:
		size := rapid.SampledFrom([]schema.Type{schema.Integer(), schema.BigInteger()}).Draw(p.T, "key type")
		p.pk = []*schema.ColumnDef{schema.Column(p.fresh("id"), size, schema.NotNull(), schema.AutoIncrement())}
	case 1, 2:
		for range kind {
			p.pk = append(p.pk, schema.Column(p.fresh("k"), KeyType().Draw(p.T, "key type"), schema.NotNull()))
		}
	default:
		return
	}
	var cols []string
	for _, c := range p.pk {
		cols = append(cols, c.Name)
		p.keyed[c.Name] = true
	}
	p.columns = append(p.columns, p.pk...)
	p.rest = append(p.rest, schema.PrimaryKeyConstraint(p.maybeName("pk"), cols...))
}

func (p *parts) fresh(prefix string) string { return p.drawer.name(prefix) }

// pick draws one to two different columns of those that ok accepts; none if there are none.
func (p *parts) pick(what string, ok func(*schema.ColumnDef) bool) []string {
	var from []string
	for _, c := range p.columns {
		if c.Computed == nil && ok(c) {
			from = append(from, c.Name)
		}
	}
	if len(from) == 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, min(2, len(from)), rapid.ID).Draw(p.T, what)
}

func (p *parts) unique() {
	cols := p.pick("unique", func(c *schema.ColumnDef) bool { return keyType(c) && !p.keyed[c.Name] })
	if cols == nil || p.taken(cols) {
		return
	}
	p.uniques = append(p.uniques, cols)
	u := schema.UniqueConstraint(p.maybeName("uq"), cols...)
	if p.has(DeferrableUniques) && p.yes("deferrable unique") {
		u.Deferral = schema.InitiallyDeferred
	}
	p.rest = append(p.rest, u)
}

// taken reports whether a key on just these columns is there: servers differ in keeping a second one.
func (p *parts) taken(cols []string) bool {
	same := func(a []string) bool {
		if len(a) != len(cols) {
			return false
		}
		for _, c := range cols {
			found := false
			for _, b := range a {
				found = found || b == c
			}
			if !found {
				return false
			}
		}
		return true
	}
	return slices.ContainsFunc(p.uniques, same)
}

// reference adds columns with a foreign key to the primary key of this table or an
// earlier one, or to a unique constraint of that.
func (p *parts) reference(earlier []*schema.Table) {
	type target struct {
		table string
		cols  []string
		types []schema.Type
	}
	var targets []target
	if len(p.pk) > 0 {
		self := target{table: p.name}
		for _, c := range p.pk {
			self.cols, self.types = append(self.cols, c.Name), append(self.types, c.Type)
		}
		targets = append(targets, self)
	}
	for _, t := range earlier {
		for _, cols := range p.referable(t) {
			to := target{table: t.Name.Name, cols: cols}
			for _, c := range cols {
				to.types = append(to.types, t.Column(c).Type)
			}
			targets = append(targets, to)
		}
	}
	if len(targets) == 0 {
		return
	}
	to := targets[p.below(len(targets)-1, "target")]
	fk := &schema.ForeignKeyDef{Name: p.maybeName("fk"), RefTable: schema.Name{Name: to.table}, RefColumns: to.cols}
	for _, typ := range to.types {
		c := schema.Column(p.fresh("r"), typ)
		p.keyed[c.Name] = true
		p.columns = append(p.columns, c)
		fk.Columns = append(fk.Columns, c.Name)
	}
	actions := []schema.Action{schema.NoAction, schema.Cascade, schema.SetNull, schema.Restrict}
	if p.has(SetDefaultAction) {
		actions = append(actions, schema.SetDefault)
	}
	fk.OnDelete = rapid.SampledFrom(actions).Draw(p.T, "on delete")
	fk.OnUpdate = rapid.SampledFrom(actions).Draw(p.T, "on update")
	if p.has(DeferrableKeys) && p.yes("deferrable key") {
		fk.Deferral = rapid.SampledFrom([]schema.Deferral{schema.Deferrable, schema.InitiallyDeferred}).Draw(p.T, "deferral")
	}
	p.rest = append(p.rest, fk)
	if p.below(2, "one to one") == 0 {
		p.uniques = append(p.uniques, fk.Columns)
		p.rest = append(p.rest, schema.UniqueConstraint(p.maybeName("uq"), fk.Columns...))
	}
}

// referable are the columns of a table that foreign keys may point at.
func (d *drawer) referable(t *schema.Table) (keys [][]string) {
	if t.PrimaryKey != nil {
		keys = append(keys, t.PrimaryKey.Columns)
	}
	for _, u := range t.Uniques {
		if u.Deferral == schema.DeferralDefault && (len(u.Columns) == 1 || d.has(BigForeignKeys)) {
			keys = append(keys, u.Columns)
		}
	}
	return keys
}

// associate makes the columns of a foreign key the primary key of a new table without
// one, as in a table between two others.
func (p *parts) associate() {
	i := slices.IndexFunc(p.rest, func(item schema.TableItem) bool { _, ok := item.(*schema.ForeignKeyDef); return ok })
	if i < 0 || len(p.pk) > 0 || !p.yes("keyed by a foreign key") {
		return
	}
	fk := p.rest[i].(*schema.ForeignKeyDef)
	if p.taken(fk.Columns) {
		return
	}
	fk.OnDelete, fk.OnUpdate = schema.Cascade, schema.NoAction
	for _, c := range p.columns {
		if slices.Contains(fk.Columns, c.Name) {
			c.Nullable = false
			p.pk = append(p.pk, c)
		}
	}
	p.rest = append(p.rest, schema.PrimaryKeyConstraint(p.maybeName("pk"), fk.Columns...))
}

// free are integers outside keys, which expressions may use on every server.
func (p *parts) free(c *schema.ColumnDef) bool { return integer(c) && !p.keyed[c.Name] }

func (p *parts) check() {
	cols := p.pick("check", p.free)
	if cols == nil {
		return
	}
	expr := p.quote(cols[0]) + " > " + number(p.below(9, "bound"))
	if len(cols) > 1 {
		expr += " OR " + p.quote(cols[1]) + " <= " + number(p.below(9, "bound"))
	}
	p.rest = append(p.rest, schema.CheckConstraint(p.maybeName("ck"), expr))
}

func (p *parts) computed() {
	var storages []schema.Storage
	if p.has(StoredColumns) {
		storages = append(storages, schema.Stored)
	}
	if p.has(VirtualColumns) {
		storages = append(storages, schema.Virtual)
	}
	cols := p.pick("computed", p.free)
	if cols == nil || len(storages) == 0 || !p.yes("computed column") {
		return
	}
	storage := rapid.SampledFrom(storages).Draw(p.T, "storage")
	p.columns = append(p.columns, schema.Column(p.fresh("g"), schema.BigInteger(), schema.ComputedAs(p.quote(cols[0])+" + 1", storage)))
}

func (p *parts) index() {
	cols := p.pick("index", keyType)
	if cols == nil {
		return
	}
	ix := &schema.IndexDef{Name: p.fresh("ix"), Unique: p.yes("unique index")}
	for _, c := range cols {
		part := schema.Key(c)
		part.Descending = p.has(DescendingIndexes) && p.yes("descending")
		ix.Parts = append(ix.Parts, part)
	}
	free := p.pick("index expression", p.free)
	if free != nil && p.has(ExpressionIndexes) && p.yes("expression index") {
		ix.Parts = append(ix.Parts, schema.KeyExpr(p.quote(free[0])+" + 1"))
	}
	if free != nil && p.has(PartialIndexes) && p.yes("partial index") {
		ix.Where = p.quote(free[0]) + " > 0"
	}
	p.rest = append(p.rest, ix)
}
