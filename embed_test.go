package gomig_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// embeddedScripts is a history as a versions package has it, and what it leads to.
func embeddedScripts() (*script.Set, *schema.Metadata) {
	var s script.Set
	m := schema.NewMetadata(schema.Options{})
	down := script.Base()
	for _, name := range []string{"one", "two"} {
		column := func() schema.TableItem {
			return schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey())
		}
		s.Add(script.Revision{
			ID: name, Down: down,
			Upgrade: func(_ context.Context, o *op.Operations) error {
				o.CreateTable(name, column())
				return o.Err()
			},
			Downgrade: func(_ context.Context, o *op.Operations) error {
				o.DropTable(name)
				return o.Err()
			},
		})
		down = script.Revises(name)
		m.Table(name, column())
	}
	return &s, m
}

// TestEmbed runs the commands where there is neither an ini file nor any other,
// on the program's own database.
func TestEmbed(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing") // of something else
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			scripts, metadata := embeddedScripts()
			var out, log bytes.Buffer
			c := gomig.Embed(env.Options{DB: d.DB, TargetMetadata: env.Targets(metadata)}, scripts)
			c.Stdout, c.Logger = &out, slog.New(slog.NewTextHandler(&log, nil))
			ctx := t.Context()
			for _, step := range []struct {
				name string
				do   func() error
				want string // on stdout
			}{
				{"check", func() error {
					if err := gomig.Check(ctx, c, gomig.CheckOptions{}); err == nil {
						return errors.New("an empty database is up to date")
					}
					return nil
				}, ""},
				{"upgrade", func() error { return gomig.Upgrade(ctx, c, "+1", gomig.RunOptions{}) }, ""},
				{"current", func() error { return gomig.Current(ctx, c, gomig.CurrentOptions{}) }, "one\n"},
				{"upgrade", func() error { return gomig.Upgrade(ctx, c, "head", gomig.RunOptions{}) }, ""},
				{"current", func() error { return gomig.Current(ctx, c, gomig.CurrentOptions{CheckHeads: true}) }, "two (head)\n"},
				{"check", func() error { return gomig.Check(ctx, c, gomig.CheckOptions{}) }, "No new upgrade operations detected.\n"},
				{"check --history", func() error {
					c.DevURL = d.URL
					return gomig.Check(ctx, c, gomig.CheckOptions{History: true})
				}, "No new upgrade operations detected.\n"},
				{"heads", func() error { return gomig.Heads(c, gomig.HeadsOptions{}) }, "two (head)\n"},
				{"history", func() error { return gomig.History(ctx, c, gomig.HistoryOptions{}) }, "one -> two (head), empty message\n<base> -> one, empty message\n"},
				{"downgrade", func() error { return gomig.Downgrade(ctx, c, "base", gomig.RunOptions{}) }, ""},
				{"stamp", func() error { return gomig.Stamp(ctx, c, []string{"one"}, gomig.StampOptions{}) }, ""},
				{"current", func() error { return gomig.Current(ctx, c, gomig.CurrentOptions{}) }, "one\n"},
			} {
				out.Reset()
				if err := step.do(); err != nil {
					t.Fatalf("%s: %v", step.name, err)
				}
				if got := out.String(); got != step.want {
					t.Errorf("%s: got %q, want %q", step.name, got, step.want)
				}
			}
			for _, line := range []string{"Running upgrade  -> one", "Running upgrade one -> two", "Running downgrade two -> one"} {
				if !strings.Contains(log.String(), line) {
					t.Errorf("the log lacks %q: %s", line, log.String())
				}
			}
			if n := d.DB.Stats().InUse; n != 0 {
				t.Errorf("%d connections are not given back", n)
			}
		})
	}
}

// TestEmbedScript writes what would be done, without any database.
func TestEmbedScript(t *testing.T) {
	scripts, _ := embeddedScripts()
	var out bytes.Buffer
	c := gomig.Embed(env.Options{Dialect: "postgresql"}, scripts)
	c.Stdout = &out
	if err := gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{SQL: true}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"BEGIN;", `CREATE TABLE "two"`, "COMMIT;"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("the script lacks %q:\n%s", part, out.String())
		}
	}
}

// TestEmbedNeedsSources says what a command lacks that writes files.
func TestEmbedNeedsSources(t *testing.T) {
	t.Chdir(t.TempDir())
	scripts, _ := embeddedScripts()
	err := gomig.Revision(t.Context(), gomig.Embed(env.Options{}, scripts), gomig.RevisionOptions{Message: "x"})
	if err == nil || !strings.Contains(err.Error(), "No 'script_location' key found in configuration") {
		t.Errorf("error %v", err)
	}
}
