package kill

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// victim is what is killed.
type victim int

const (
	theProgram victim = iota
	theServer
)

// aBatch is how many rounds one database lives through: it stays small, so that
// a round is short.
const aBatch = 10

// campaign is a number of rounds against one program.
type campaign struct {
	t      *testing.T
	binary string
	engine *engine
	victim victim
	paging bool // see writer
	saw    seen
}

// seen is what all rounds together saw.
type seen struct {
	rounds, sent, again, left, atStart int
	verdict                            verdict
	odd                                []string
	slowest                            time.Duration // from the server's return to the first page
}

func (s seen) clean() bool {
	return len(s.verdict.lost)+len(s.verdict.doubled)+len(s.verdict.half)+len(s.verdict.stray)+len(s.odd) == 0
}

// String is the figures.
func (s seen) String() string {
	return fmt.Sprintf("%d rounds, %d changes acknowledged (%d of them cut off and sent again), %d times the browser went away: %d lost, %d doubled, %d half-done, %d other faults",
		s.rounds, s.sent, s.again, s.left, len(s.verdict.lost), len(s.verdict.doubled), len(s.verdict.half), len(s.verdict.stray)+len(s.odd))
}

// run plays rounds until there were enough, or one was not clean.
func (c *campaign) run(rounds int) seen {
	for c.saw.rounds < rounds && c.saw.clean() {
		c.batch(min(aBatch, rounds-c.saw.rounds))
	}
	return c.saw
}

// batch plays some rounds on one database, and lets the writers finish.
func (c *campaign) batch(rounds int) {
	b := &batch{campaign: c, address: c.engine.fresh(c.t), gate: newGate(), ledger: newLedger()}
	var working sync.WaitGroup
	for i, person := range c.engine.people {
		w := &writer{name: i, browser: person.Browser("http://127.0.0.1:1", 15*time.Second), gate: b.gate, ledger: b.ledger, paging: c.paging}
		b.browsers = append(b.browsers, w.browser)
		working.Go(w.work)
	}
	if c.victim == theServer {
		b.start()
		b.gate.reopen()
	}
	for range rounds {
		if !c.saw.clean() {
			break
		}
		c.saw.rounds++
		if c.victim == theServer {
			b.killServer()
		} else {
			b.killProgram()
		}
	}
	b.finish(&working)
	c.saw.sent += b.ledger.sent
	c.saw.again += b.ledger.again
	c.saw.left += b.ledger.left
	c.saw.odd = append(c.saw.odd, b.ledger.odd...)
}

// batch is the rounds on one database.
type batch struct {
	*campaign
	address  string
	gate     *gate
	ledger   *ledger
	browsers []*visit.Browser
	program  *service.Program
}

// start runs the program, and tells the writers where it is.
func (b *batch) start() {
	b.t.Helper()
	var err error
	if b.program, err = service.Start(b.binary, b.address); err != nil {
		b.t.Fatal(err)
	}
	for _, one := range b.browsers {
		one.Move(b.program.Base)
	}
}

// compare looks for what was acknowledged, while nobody writes.
func (b *batch) compare() {
	b.t.Helper()
	found, wrong, err := look(b.address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.saw.verdict.add(b.ledger.compare(found))
	b.saw.verdict.half = append(b.saw.verdict.half, wrong...)
}

// killProgram is one round: start, compare, work, kill. One in eight dies while
// it starts as well.
func (b *batch) killProgram() {
	if rand.IntN(8) == 0 {
		early, err := service.Launch(b.binary, b.address)
		if err != nil {
			b.t.Fatal(err)
		}
		sleep(0, 40)
		early.Kill()
		b.saw.atStart++
	}
	b.start()
	b.compare()
	b.gate.reopen()
	sleep(20, 350)
	b.program.Kill()
	b.gate.close()
}

// killServer is one round: work, kill the server while the program goes on,
// start it again, wait until the program has noticed, compare.
func (b *batch) killServer() {
	sleep(20, 350)
	b.engine.server.Kill()
	sleep(0, 100)
	if err := b.engine.server.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.recovered()
	b.gate.close()
	b.compare()
	b.gate.reopen()
}

// recovered waits until a page is there again, and keeps how long that took.
func (b *batch) recovered() {
	began, visitor := time.Now(), visit.New(b.program.Base, 15*time.Second)
	for {
		page, err := visitor.Get(b.t.Context(), "/sign-in")
		took := time.Since(began)
		b.saw.slowest = max(b.saw.slowest, took)
		if err == nil && page.Status == 200 {
			return
		}
		if took > patience {
			b.saw.odd = append(b.saw.odd, fmt.Sprintf("no page for %s after the server had returned: %d %v", took, page.Status, err))
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// finish lets every writer end the act that it is at, and compares.
func (b *batch) finish(working *sync.WaitGroup) {
	if b.program == nil || b.program.Ended() {
		b.start()
	}
	b.gate.end()
	b.gate.reopen()
	working.Wait()
	b.compare()
	b.saw.verdict.half = append(b.saw.verdict.half, b.engine.damaged(b.t, b.address)...)
	b.program.Stop()
}

// sleep lets between so many milliseconds go by.
func sleep(least, most int) {
	time.Sleep(time.Duration(least*1000+rand.IntN((most-least)*1000)) * time.Microsecond)
}
