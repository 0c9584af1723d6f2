package autogen

import (
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// tableChange is what changes in one table, by the time at which it may.
type tableChange struct {
	from, to    *pair
	dropKeys    []op.Operation  // foreign keys dropped, before all else
	early       []op.Operation  // what must be dropped before new tables come and enumerations are rebuilt
	changes     []op.Operation  // columns, keys, checks, indexes, comment, options
	addKeys     []op.Operation  // foreign keys added, when every table is there
	dropColumns []op.Operation  // at the end
	remade      map[string]bool // columns that are dropped and added again
	rebuilt     map[string]bool // columns of an enumeration that gets other values
	recast      map[string]bool // columns of another type, of which expressions would keep the casts for the former one
}

// diffTable compares one table, aspect by aspect. What rests on columns is
// dropped before they change, and made when they have.
func (c *comparer) diffTable(t *tableChange, shaken shaken) {
	drops, adds := c.diffKeys(t)
	added, altered, dropped := c.diffColumns(t)
	altered = c.remake(t, altered)
	checkDrops, checkAdds := c.diffChecks(t)
	indexDrops, indexAdds := c.diffIndexes(t)
	if dialect.TraitsOf(c.dialect).PinsGenerated { // before what they are made of changes
		n := 0
		for n < len(dropped) && rank(dropped[n].(*op.DropColumn).Was) > 0 {
			n++
		}
		drops, dropped = append(drops, dropped[:n]...), dropped[n:]
	}
	var computed []op.Operation
	if dialect.TraitsOf(c.dialect).PinsGenerated { // behind the changes of what they are made of
		n := slices.IndexFunc(added, func(o op.Operation) bool { return rank(o.(*op.AddColumn).Column) > 0 })
		if n >= 0 {
			added, computed = added[:n], added[n:]
		}
	}
	drops, altered = t.clearWay(slices.Concat(indexDrops, checkDrops, drops), altered)
	drops, altered = t.makeRoom(c.taken, drops), t.makeRoom(c.taken, altered)
	comment := c.diffComment(t)
	resets, sets, options := carriersApart(c.diffOptions(t))
	moves := c.diffColumnOrder(t, slices.Concat(added, altered, computed))
	t.changes = slices.Concat(drops, resets, added, altered, computed, sets, adds, checkAdds, indexAdds, moves,
		comment, options)
	t.dropColumns = dropped
	c.diffForeignKeys(t, shaken)
	c.joinPrimaryKey(t)
	c.joinNumbering(t)
	c.caution(t)
}

func (t *tableChange) name() schema.Name { return t.to.canonical.Name }

// joinPrimaryKey groups the change of a primary key with the changes of its columns,
// old and new, in one statement: MySQL refuses a numbered column that is in no key,
// be it between two statements (error 1075).
func (c *comparer) joinPrimaryKey(t *tableChange) {
	first := slices.IndexFunc(t.changes, changesKey)
	if first < 0 || c.batches() {
		return
	}
	last := first
	inOldKey := func(o op.Operation) bool {
		d, ok := o.(*op.DropColumn)
		return ok && t.from.canonical.InPrimaryKey(d.Name)
	}
	drops := slices.ContainsFunc(t.dropColumns, inOldKey)
	for i, o := range t.changes {
		_, adds := o.(*op.AddColumn)
		// Where columns go, those that come do not wait: no table may be left without any.
		if changesKey(o) || t.inNewKey(o) || t.losesNumber(o) || adds && drops {
			first, last = min(first, i), max(last, i)
		}
	}
	joined := slices.Clone(t.changes[first : last+1])
	var gone []op.Operation
	t.dropColumns = slices.DeleteFunc(t.dropColumns, func(o op.Operation) bool {
		if inOldKey(o) {
			gone = append(gone, o)
		}
		return inOldKey(o)
	})
	// They go in one statement with their key, and behind the other keys and indexes
	// that are dropped: PostgreSQL drops those with the column, and then misses them.
	at := slices.IndexFunc(joined, dropsKey) + 1
	if at == 0 {
		at = len(joined)
	}
	for at < len(joined) && dropsRest(joined[at]) {
		at++
	}
	joined, before, behind := t.partRemade(slices.Insert(joined, at, gone...))
	t.changes = slices.Concat(t.changes[:first], before, group(t.name(), joined), behind, t.changes[last+1:])
}

// partRemade takes columns that are dropped and added again out of a group, for one
// statement cannot do both; columns of the primary key stay, which must not be parted
// from it. Generated columns go before the group, in which what they are computed from
// may change, others behind it. Nothing is taken out if a generated column that is
// added rests on one that is made anew.
func (t *tableChange) partRemade(ops []op.Operation) (rest, before, behind []op.Operation) {
	for _, o := range ops {
		if a, ok := o.(*op.AddColumn); ok && a.Column.Computed != nil && t.moves(uses{expressions: []string{a.Column.Computed.Expr}}) {
			return ops, nil, nil
		}
	}
	for _, o := range ops {
		var name string
		generated := false
		switch o := o.(type) {
		case *op.DropColumn:
			name, generated = o.Name, o.Was.Computed != nil
		case *op.AddColumn:
			name = o.Column.Name
		}
		switch {
		case !t.remade[name] || t.from.canonical.InPrimaryKey(name) || t.to.canonical.InPrimaryKey(name):
			rest = append(rest, o)
		case generated:
			before = append(before, o)
		default:
			behind = append(behind, o)
		}
	}
	return rest, before, behind
}

// dropsKey reports whether an operation drops a primary key.
func dropsKey(o op.Operation) bool {
	d, ok := o.(*op.DropConstraint)
	return ok && d.Kind == schema.PrimaryKeyKind
}

// dropsRest reports whether an operation drops a constraint or an index.
func dropsRest(o op.Operation) bool {
	switch o.(type) {
	case *op.DropConstraint, *op.DropIndex:
		return true
	}
	return false
}

// changesKey reports whether an operation drops or adds a primary key.
func changesKey(o op.Operation) bool {
	switch o := o.(type) {
	case *op.AddConstraint:
		return o.Constraint.Kind() == schema.PrimaryKeyKind
	case *op.DropConstraint:
		return o.Kind == schema.PrimaryKeyKind
	}
	return false
}

// inNewKey reports whether an operation adds or alters a column of the primary key to be.
func (t *tableChange) inNewKey(o op.Operation) bool {
	switch o := o.(type) {
	case *op.AddColumn:
		return t.to.canonical.InPrimaryKey(o.Column.Name)
	case *op.AlterColumn:
		return t.to.canonical.InPrimaryKey(o.Name)
	}
	return false
}

// losesNumber reports whether an operation ends the numbering of a column of the primary key that was.
func (t *tableChange) losesNumber(o op.Operation) bool {
	a, ok := o.(*op.AlterColumn)
	return ok && a.Change.Has(ddl.AutoIncrementAspect) && t.from.canonical.InPrimaryKey(a.Name)
}

func (c *comparer) diffComment(t *tableChange) []op.Operation {
	a, b := t.from.canonical.Comment, t.to.canonical.Comment
	if a == b {
		return nil
	}
	what := "changed"
	switch {
	case a == "":
		what = "added"
	case b == "":
		what = "removed"
	}
	c.detect("%s table comment on %s", what, quoted(t.name().String()))
	return []op.Operation{&op.TableComment{Table: t.name(), Comment: b, Was: &a}}
}

// diffOptions compares the options that the declaration names, be it to say what
// holds without them; of others the database is left to its own, unless it has
// none but those that a declaration can give.
func (c *comparer) diffOptions(t *tableChange) []op.Operation {
	declared, reflected := t.to, t.from
	if c.down {
		declared, reflected = t.from, t.to
	}
	var keys []string
	for _, o := range c.ownOptions(declared) {
		keys = append(keys, canonicalKey(o))
	}
	for _, o := range declared.canonical.Options {
		keys = append(keys, o.OptionKey())
	}
	if dialect.TraitsOf(c.dialect).OwnsOptions {
		for _, o := range reflected.canonical.Options {
			keys = append(keys, o.OptionKey())
		}
	}
	slices.Sort(keys)
	var out []op.Operation
	for _, key := range slices.Compact(keys) {
		from, to := option(t.from, key), option(t.to, key)
		if from.canonical != nil && to.canonical != nil {
			from.canonical, to.canonical = c.withoutChosen(from, to)
		}
		if reflect.DeepEqual(from.canonical, to.canonical) || c.mayMeanSame(t.name(), from.canonical, to.canonical) {
			continue
		}
		table := quoted(t.name().String())
		if to.canonical != nil || dialect.TraitsOf(c.dialect).ResetsOptions {
			c.detect("changed option %s of table %s", quoted(key), table)
		}
		switch {
		case to.canonical != nil:
			out = append(out, &op.TableOption{Table: t.name(), Option: to.original, Was: from.original, Fresh: from.canonical == nil})
		case dialect.TraitsOf(c.dialect).ResetsOptions:
			out = append(out, &op.ResetTableOption{Table: t.name(), Option: from.original})
		default:
			c.warn("downgrading leaves option %s of table %s as it is: the database cannot take it back", quoted(key), table)
		}
	}
	return out
}

// withoutChosen are two options in canonical form, without what the server chose
// where the declaration leaves it open: the beginning of partitions by time.
func (c *comparer) withoutChosen(from, to optionPair) (a, b schema.Option) {
	type chosen interface {
		// Open reports whether the option leaves something to the server, and Plain is
		// another without that.
		Open() bool
		Plain() schema.Option
	}
	declared := to
	if c.down {
		declared = from
	}
	said, ok := declared.original.(chosen)
	x, is := from.canonical.(chosen)
	y, both := to.canonical.(chosen)
	if !ok || !is || !both || !said.Open() {
		return from.canonical, to.canonical
	}
	return x.Plain(), y.Plain()
}

// ownOptions are the options of the table as it was written that the dialect at hand knows.
func (c *comparer) ownOptions(p *pair) []schema.Option {
	return ownOptions(c.dialect.Names(), p.original.Options)
}

// canonicalKey is the key under which an option stands in canonical form, where
// it is said in another way (a character set by its collation).
func canonicalKey(o schema.Option) string {
	if k, ok := o.(interface{ CanonicalKey() string }); ok {
		return k.CanonicalKey()
	}
	return o.OptionKey()
}

// optionPair is one option of a table, in canonical form and as it was said; nil for none.
type optionPair struct{ canonical, original schema.Option }

func option(p *pair, key string) (o optionPair) {
	find := func(list []schema.Option) schema.Option {
		if i := slices.IndexFunc(list, func(o schema.Option) bool { return o.OptionKey() == key }); i >= 0 {
			return list[i]
		}
		return nil
	}
	o.canonical, o.original = find(p.canonical.Options), find(p.original.Options)
	if o.original == nil {
		o.original = o.canonical
	}
	return o
}
