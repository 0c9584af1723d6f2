// Package gomig is the programmatic interface of the toolkit: one exported
// function a command, each of which takes a [Config].
//
// The command-line program does nothing else: package gomigcli reads flags and
// calls these functions.
package gomig
