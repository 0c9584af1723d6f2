// Command gomig makes, shows and runs schema migrations written in Go.
package main

import (
	"context"
	"os"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

func main() {
	os.Exit(gomigcli.Main(context.Background(), gomigcli.Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
}
