package mysql

import (
	"fmt"
	"strconv"
	"strings"
)

// partitioning is the partitions of one table while they are read.
type partitioning struct {
	method, expr       string
	subMethod, subExpr string
	names              []string
	values             []string
	subs               int // of the first partition
}

// readPartitions puts PARTITION BY clauses together again.
func (r *reader) readPartitions() error {
	text := "SELECT TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, SUBPARTITION_METHOD, SUBPARTITION_EXPRESSION, PARTITION_DESCRIPTION" +
		" FROM information_schema.PARTITIONS WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME") +
		" AND PARTITION_NAME IS NOT NULL ORDER BY TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION"
	all := map[string]*partitioning{}
	err := r.get(text, func(w *row) {
		p := all[w.text(0)]
		if p == nil {
			p = &partitioning{method: w.text(3), expr: w.text(4), subMethod: w.text(5), subExpr: w.text(6)}
			all[w.text(0)] = p
		}
		if n := len(p.names); n == 0 || p.names[n-1] != w.text(1) {
			p.names, p.values = append(p.names, w.text(1)), append(p.values, w.text(7))
		}
		if len(p.names) == 1 && !w.null(2) {
			p.subs++
		}
	})
	if err != nil {
		return fmt.Errorf("reading the partitions: %w", err)
	}
	for name, p := range all {
		if f := r.tables[name]; f != nil && f.parts {
			PartitionBy(p.clause()).AddToTable(f.table)
		}
	}
	return nil
}

// clause is what stands behind PARTITION BY.
func (p *partitioning) clause() string {
	method := strings.ToUpper(p.method)
	text := method + " (" + p.expr + ")"
	if p.subMethod != "" {
		text += " SUBPARTITION BY " + strings.ToUpper(p.subMethod) + " (" + p.subExpr + ") SUBPARTITIONS " + strconv.Itoa(p.subs)
	}
	kind := ""
	switch {
	case strings.HasPrefix(method, "RANGE"):
		kind = " VALUES LESS THAN "
	case strings.HasPrefix(method, "LIST"):
		kind = " VALUES IN "
	default: // HASH, KEY, LINEAR …
		return text + " PARTITIONS " + strconv.Itoa(len(p.names))
	}
	parts := make([]string, len(p.names))
	for i, n := range p.names {
		value := p.values[i]
		if value != "MAXVALUE" {
			value = "(" + value + ")"
		}
		parts[i] = "PARTITION " + quoted(n) + kind + value
	}
	return text + " (" + strings.Join(parts, ", ") + ")"
}
