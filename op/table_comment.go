package op

import (
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// TableComment sets or drops a table's comment (op.create_table_comment,
// op.drop_table_comment). Its reverse sets the one before, if that is known.
type TableComment struct {
	Table   schema.Name
	Comment string  // empty to drop it
	Was     *string // the comment before; nil for not known
}

// TableCommentOption is an option of CreateTableComment: [ExistingComment].
type TableCommentOption func(*TableComment)

// ExistingComment is the comment as it is (existing_comment).
func ExistingComment(text string) TableCommentOption { return func(p *TableComment) { p.Was = &text } }

// CreateTableComment sets a table's comment.
func (o *Operations) CreateTableComment(table, comment string, opts ...TableCommentOption) {
	o.Invoke(newTableComment(o.name(table), comment, opts))
}

// DropTableComment drops a table's comment.
func (o *Operations) DropTableComment(table string, opts ...TableCommentOption) {
	o.Invoke(newTableComment(o.name(table), "", opts))
}

func newTableComment(table schema.Name, comment string, opts []TableCommentOption) *TableComment {
	p := &TableComment{Table: table, Comment: comment}
	for _, opt := range opts {
		opt(p)
	}
	return p
}

// Lower gives the statement.
func (p *TableComment) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.SetTableComment{Table: p.Table, Comment: p.Comment}}, nil
}

// Reverse sets the comment before.
func (p *TableComment) Reverse() (Operation, error) {
	if p.Was == nil {
		return nil, irreversible(p, "the comment before is not known; say it by op.ExistingComment")
	}
	return &TableComment{Table: p.Table, Comment: *p.Was, Was: &p.Comment}, nil
}

func (p *TableComment) spelling() (string, []any) {
	var args []any
	name := "DropTableComment"
	if p.Comment != "" {
		name, args = "CreateTableComment", []any{p.Comment}
	}
	if p.Was != nil {
		args = append(args, fn("ExistingComment", *p.Was))
	}
	return name, args
}

// Call spells the operation in Go.
func (p *TableComment) Call() schema.Call {
	name, args := p.spelling()
	return method(p.Table, name, append([]any{p.Table.Name}, args...)...)
}

func (p *TableComment) inTable() schema.Call {
	name, args := p.spelling()
	return schema.Call{Func: name, Args: args}
}
func (p *TableComment) table() schema.Name { return p.Table }

func (p *TableComment) String() string { return fmt.Sprintf("set the comment of table %q", p.Table) }
