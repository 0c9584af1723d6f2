//go:build !unix

package testdb

import "context"

// share cannot share a server here: there are no locks that a shell script
// could take.
func (s *Server) share(context.Context) error {
	return &UnavailableError{s.Kind, "servers are started on Unix only", "set " + s.Kind.env() + " to a server's URL"}
}
