package kill

import (
	"context"
	"sync"

	"example.org/asye/internal/proof/visit"
)

// gate holds the writers while the database is looked at, and tells them when
// the batch is over.
type gate struct {
	mu      sync.Mutex
	moved   *sync.Cond
	shut    bool
	ending  bool
	through int // requests under way
}

func newGate() *gate {
	g := &gate{shut: true}
	g.moved = sync.NewCond(&g.mu)
	return g
}

// pass makes a request while the gate is open.
func (g *gate) pass(request func(context.Context) (visit.Page, error)) (visit.Page, error) {
	g.mu.Lock()
	for g.shut {
		g.moved.Wait()
	}
	g.through++
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		g.through--
		g.moved.Broadcast()
		g.mu.Unlock()
	}()
	return request(context.Background())
}

// close shuts the gate, and waits for the requests that are under way.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	for g.through > 0 {
		g.moved.Wait()
	}
}

// reopen lets the writers go on.
func (g *gate) reopen() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = false
	g.moved.Broadcast()
}

// end lets each writer stop after the act that it is at.
func (g *gate) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ending = true
}

func (g *gate) over() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ending
}
