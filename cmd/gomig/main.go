// Command gomig makes, shows and runs schema migrations written in Go.
package main

import (
	"context"
	"os"

	_ "github.com/go-sql-driver/mysql" // what inspect and import open databases with
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

func main() {
	os.Exit(gomigcli.Main(context.Background(), gomigcli.Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
}
