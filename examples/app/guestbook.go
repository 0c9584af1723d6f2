package main

import (
	"context"
	"database/sql"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
)

// guestBook shows the entries and takes new ones.
type guestBook struct {
	db  *sql.DB
	log *slog.Logger
}

type entry struct{ Name, Text string }

var page = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<title>Guest book</title>
<h1>Guest book</h1>
{{range .}}<p><b>{{.Name}}</b>: {{.Text}}</p>
{{end}}<form method="post"><input name="name" placeholder="name"> <input name="text" placeholder="text"> <button>Write</button></form>
`))

// ServeHTTP answers GET with the page and POST by writing an entry.
func (g *guestBook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var err error
	switch r.Method {
	case http.MethodPost:
		name, text := strings.TrimSpace(r.PostFormValue("name")), strings.TrimSpace(r.PostFormValue("text"))
		if name == "" || text == "" {
			http.Error(w, "name and text must be given", http.StatusBadRequest)
			return
		}
		if err = g.write(r.Context(), entry{name, text}); err == nil {
			http.Redirect(w, r, "/", http.StatusSeeOther)
		}
	default:
		var all []entry
		if all, err = g.entries(r.Context()); err == nil {
			err = page.Execute(w, all)
		}
	}
	if err != nil {
		g.log.Error("answering", "method", r.Method, "error", err)
		http.Error(w, "this did not work", http.StatusInternalServerError)
	}
}

func (g *guestBook) write(ctx context.Context, e entry) error {
	tx, err := g.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing behind Commit
	if _, err := tx.ExecContext(ctx, "INSERT INTO guest (name) VALUES (?) ON CONFLICT DO NOTHING", e.Name); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO entry (guest_id, text) SELECT id, ? FROM guest WHERE name = ?", e.Text, e.Name); err != nil {
		return err
	}
	return tx.Commit()
}

func (g *guestBook) entries(ctx context.Context) ([]entry, error) {
	rows, err := g.db.QueryContext(ctx, "SELECT guest.name, entry.text FROM entry JOIN guest ON guest.id = entry.guest_id ORDER BY entry.id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []entry
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.Name, &e.Text); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}
