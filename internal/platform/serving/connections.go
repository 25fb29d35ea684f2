package serving

import (
	"net"
	"net/http"
	"sync"
	"time"

	"example.org/asye/internal/platform/clock"
)

// connections are those that are open: for how long each has been silent, or
// nothing for one in the middle of a request.
type connections struct {
	mu     sync.Mutex
	silent map[net.Conn]func() time.Duration
}

// turn notes that a connection has changed its state.
func (c *connections) turn(conn net.Conn, to http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.silent == nil {
		c.silent = map[net.Conn]func() time.Duration{}
	}
	switch to {
	case http.StateNew, http.StateIdle:
		c.silent[conn] = clock.Stopwatch()
	case http.StateActive:
		c.silent[conn] = nil
	case http.StateClosed, http.StateHijacked:
		delete(c.silent, conn)
	}
}

// areSilent reports whether no connection is in the middle of a request, nor
// has been for some while.
func (c *connections) areSilent(quiet time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, silence := range c.silent {
		if silence == nil || silence() < quiet {
			return false
		}
	}
	return true
}

// busy counts the connections in the middle of a request.
func (c *connections) busy() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, silence := range c.silent {
		if silence == nil {
			n++
		}
	}
	return n
}
