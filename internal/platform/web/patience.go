package web

import (
	"context"
	"net/http"
	"time"
)

const (
	// knockPatience is how long a page waits for the database to say who is there.
	// It is the first question of each request, so that a server which has gone
	// silent holds nobody up for longer.
	knockPatience = 5 * time.Second
	// patience is how long a request may take in all: less than the two minutes
	// after which the connection is cut, so that there is still an answer.
	patience = 90 * time.Second
)

// patient bounds a request, and with it every question to the database.
func patient(r *http.Request) (*http.Request, context.CancelFunc) {
	ctx, done := context.WithTimeout(r.Context(), patience)
	return r.WithContext(ctx), done
}

// who asks who is at the other end.
func (m *Mux) who(r *http.Request) (Visitor, error) {
	ctx, done := context.WithTimeout(r.Context(), knockPatience)
	defer done()
	return m.identify(r.WithContext(ctx))
}

// gone reports whether nobody waits for the answer any more. What was begun is
// undone by then, or was done whole.
func gone(r *Request) bool { return r.Context().Err() == context.Canceled }
