package mysql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// The periods of MariaDB's tables, and what keys and columns say of them.
type (
	// PeriodOption is the option [Period].
	PeriodOption struct{ Name, Start, End string }
	// SystemPeriodOption is the option [SystemPeriod].
	SystemPeriodOption struct{ Start, End string }
	// WithoutOverlapsOption is the option [WithoutOverlaps].
	WithoutOverlapsOption string
	// WithoutHistoryOption is the option [WithoutHistory].
	WithoutHistoryOption struct{}
)

// Period has two columns say since and until when a row counts in the
// application's time (PERIOD FOR). A table has one at most; start is before end in every row.
// https://mariadb.com/kb/en/application-time-periods/
func Period(name, start, end string) PeriodOption { return PeriodOption{name, start, end} }

// SystemPeriod names the columns that hold since and until when a row of a
// system-versioned table counts (PERIOD FOR SYSTEM_TIME).
// https://mariadb.com/kb/en/system-versioned-tables/#creating-a-system-versioned-table
func SystemPeriod(start, end string) SystemPeriodOption { return SystemPeriodOption{start, end} }

// WithoutOverlaps makes a primary key, a unique constraint or a unique index hold
// for each moment of a period: rows of one key must not overlap in it.
func WithoutOverlaps(period string) WithoutOverlapsOption { return WithoutOverlapsOption(period) }

// WithoutHistory keeps a column of a system-versioned table out of the history
// (WITHOUT SYSTEM VERSIONING). It is not compared: a change of the column keeps what there is.
func WithoutHistory() WithoutHistoryOption { return WithoutHistoryOption{} }

// OptionKey is mysql.period.
func (PeriodOption) OptionKey() string { return prefix + "period" }

// OptionKey is mysql.system_period.
func (SystemPeriodOption) OptionKey() string { return prefix + "system_period" }

// OptionKey is mysql.without_overlaps.
func (WithoutOverlapsOption) OptionKey() string { return prefix + "without_overlaps" }

// OptionKey is mysql.without_history.
func (WithoutHistoryOption) OptionKey() string { return prefix + "without_history" }

// Carries reports whether a key is one of this period: a declaration that leaves
// the period to the database leaves such keys to it, too.
func (o PeriodOption) Carries(opts []schema.Option) bool {
	key, ok := schema.Find[WithoutOverlapsOption](opts)
	return ok && strings.EqualFold(string(key), o.Name)
}

// RenameColumn is the period when a column has another name.
func (o PeriodOption) RenameColumn(from, to string) schema.Option {
	return PeriodOption{o.Name, renamedColumn(o.Start, from, to), renamedColumn(o.End, from, to)}
}

// RenameColumn is the period when a column has another name.
func (o SystemPeriodOption) RenameColumn(from, to string) schema.Option {
	return SystemPeriodOption{renamedColumn(o.Start, from, to), renamedColumn(o.End, from, to)}
}

// renamedColumn is the name of a column, in whichever case it is said, once one has
// another name.
func renamedColumn(column, from, to string) string {
	if strings.EqualFold(column, from) {
		return to
	}
	return column
}

// Call spells the option in Go.
func (o PeriodOption) Call() schema.Call { return call("Period", o.Name, o.Start, o.End) }

// Call spells the option in Go.
func (o SystemPeriodOption) Call() schema.Call { return call("SystemPeriod", o.Start, o.End) }

// Call spells the option in Go.
func (o WithoutOverlapsOption) Call() schema.Call { return call("WithoutOverlaps", string(o)) }

// Call spells the option in Go.
func (WithoutHistoryOption) Call() schema.Call { return call("WithoutHistory") }

// AddToTable adds the period.
func (o PeriodOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToTable adds the period.
func (o SystemPeriodOption) AddToTable(t *schema.Table) { setTable(t, o) }

// AddToColumn sets the property.
func (o WithoutHistoryOption) AddToColumn(c *schema.ColumnDef) { setColumn(c, o) }

// AddToIndex sets the property.
func (o WithoutOverlapsOption) AddToIndex(i *schema.IndexDef) { setIndex(i, o) }

// AddToConstraint sets the property of a primary key or a unique constraint; others have no period.
func (o WithoutOverlapsOption) AddToConstraint(c schema.Constraint) { setKey(c, o) }

// TableElements are the periods of a table, which stand among its columns.
func (d *Dialect) TableElements(t *schema.Table) ([]string, error) {
	var out []string
	for _, o := range t.Options {
		text, err := d.period(o)
		if err != nil {
			return nil, err
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return out, nil
}

var _ dialect.TableElementer = (*Dialect)(nil)

// period spells a period; empty for any other option.
func (d *Dialect) period(o schema.Option) (string, error) {
	name, start, end := "", "", ""
	switch o := o.(type) {
	case PeriodOption:
		q, err := d.Quote(o.Name)
		if err != nil {
			return "", fmt.Errorf("period: %w", err)
		}
		name, start, end = q, o.Start, o.End
	case SystemPeriodOption:
		name, start, end = "SYSTEM_TIME", o.Start, o.End
	default:
		return "", nil
	}
	if !d.is(MariaDB) {
		return "", d.noPeriods()
	}
	cols, err := dialect.QuoteList(d, []string{start, end})
	return "PERIOD FOR " + name + " (" + cols + ")", err
}

func (d *Dialect) noPeriods() error {
	return fmt.Errorf("%s has no periods: leave mysql.Period, mysql.SystemPeriod and mysql.WithoutOverlaps out", d.product())
}

// overlaps is the end of a key in which rows must not overlap, with a comma before.
func (d *Dialect) overlaps(opts []schema.Option) (string, error) {
	o, ok := schema.Find[WithoutOverlapsOption](opts)
	if !ok {
		return "", nil
	}
	if !d.is(MariaDB) {
		return "", d.noPeriods()
	}
	q, err := d.Quote(string(o))
	return ", " + q + " WITHOUT OVERLAPS", err
}

// setPeriod adds a period to a table that is there, or changes it: the server
// drops and adds one in statements of their own.
func (a *alteration) setPeriod(o schema.Option) error {
	text, err := a.d.period(o)
	if err != nil {
		return err
	}
	dropped := slices.ContainsFunc(a.rest, func(action ddl.Action) bool {
		r, ok := action.(ddl.ResetOption)
		return ok && r.Option.OptionKey() == o.OptionKey()
	})
	switch {
	case dropped:
		a.flush()
	case a.online():
		now, err := a.reflected()
		if err != nil {
			return err
		}
		for _, was := range now.Options {
			if was.OptionKey() == o.OptionKey() && was != o {
				if err := a.dropPeriod(was); err != nil {
					return err
				}
				a.flush()
			}
		}
	}
	a.clause("ADD " + text)
	return nil
}

// dropPeriod drops a period.
func (a *alteration) dropPeriod(o schema.Option) error {
	switch o := o.(type) {
	case PeriodOption:
		q, err := a.d.Quote(o.Name)
		if err != nil {
			return fmt.Errorf("period: %w", err)
		}
		a.clause("DROP PERIOD FOR " + q)
	case SystemPeriodOption:
		a.clause("DROP PERIOD FOR SYSTEM_TIME")
	default:
		return errors.New("dropping a period: it is none")
	}
	return nil
}

// inPeriod reports whether a column is an end of the table's period, which the
// server makes NOT NULL.
func inPeriod(t *schema.Table, column string) bool {
	p, ok := schema.Find[PeriodOption](t.Options)
	return ok && (strings.EqualFold(p.Start, column) || strings.EqualFold(p.End, column))
}

// mayBePeriod reports whether a check of a table may stand for a period of the
// application's time. MariaDB lists PERIOD FOR `stay` (`since`, `until`) as a
// check named like it; only SHOW CREATE TABLE tells one from the other.
func (r *reader) mayBePeriod(t *schema.Table, clause string) bool {
	if !r.d.is(MariaDB) {
		return false
	}
	tokens, err := lex(clause, serverMode)
	return err == nil && len(tokens) >= 3 && tokens[1].is("<") &&
		t.Column(tokens[0].text) != nil && t.Column(tokens[2].text) != nil
}

// setPeriod gives a table a period, and takes from it what that makes in it: a
// check, and columns in the keys that bear the period in their stead.
func (r *reader) setPeriod(t *schema.Table, p period) {
	Period(p.name, p.start, p.end).AddToTable(t)
	t.Checks = slices.DeleteFunc(t.Checks, func(k *schema.CheckDef) bool { return k.Name == p.name })
	isEnd := func(c string) bool { return c == p.start || c == p.end }
	for _, key := range p.keys {
		if key == "PRIMARY" && t.PrimaryKey != nil {
			t.PrimaryKey.Columns = slices.DeleteFunc(t.PrimaryKey.Columns, isEnd)
			t.PrimaryKey.With(WithoutOverlaps(p.name))
		}
		if i := t.Index(key); i != nil {
			i.Parts = slices.DeleteFunc(i.Parts, func(p schema.IndexPart) bool { return isEnd(p.Column) })
			i.With(WithoutOverlaps(p.name))
		}
	}
}

// rowEnd is the column that holds until when a row of a system-versioned table
// counts, if it is spelled out. The server adds it to every unique key.
func rowEnd(t *schema.Table) string {
	for _, c := range t.Columns {
		if raw, ok := c.Type.Def().(schema.RawType); ok && strings.HasSuffix(raw.SQL, " GENERATED ALWAYS AS ROW END") {
			return c.Name
		}
	}
	return ""
}
