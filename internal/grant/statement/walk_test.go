package statement_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// account is one employer and scheme.
type account struct {
	org    asye.OrganisationID
	scheme string
}

// walk is somebody who does what people do, in any order, and keeps beside it
// what each employer should have coming.
type walk struct {
	*testing.T
	h       granttest.House
	random  *rand.Rand
	people  int
	due     map[account]grant.Pence // accepted and adjusted, less recovered
	instals map[account]grant.Pence // paid first, and not taken off yet
	did     map[string]int
}

// steps are what can be done next; each is refused where it makes no sense, and
// that changes nothing.
func (w *walk) steps() map[string]func() error {
	return map[string]func() error{"claim": w.claim, "recover": w.takeBack, "adjust": w.adjust, "close": w.close, "prepare": w.prepare,
		"approve": w.approve, "discard": w.discard, "pay": w.pay, "estimate": w.estimate}
}

// often is how often each is tried.
var often = []string{"claim", "claim", "recover", "adjust", "close", "close", "prepare", "prepare", "approve", "approve", "approve", "approve", "approve", "approve", "discard", "pay", "pay", "pay", "estimate"}

// The walk goes on at random, and holds the books after each step. ROUNDS says
// how many walks there are.
func TestGRA49_TheBooksBalanceAtEveryMoment(t *testing.T) {
	rounds, length := 2, 70
	if n, err := strconv.Atoi(os.Getenv("ROUNDS")); err == nil {
		rounds = n
	}
	did := map[string]int{}
	for seed := range rounds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			granttest.Each(t, func(t *testing.T, h granttest.House) {
				w := newWalk(t, h, uint64(seed))
				w.did = did
				w.on(length)
			})
		})
	}
	t.Logf("done: %v", did)
	for what := range (&walk{}).steps() {
		if did[what] == 0 {
			t.Errorf("no walk came to: %s", what)
		}
	}
}

func newWalk(t *testing.T, h granttest.House, seed uint64) *walk {
	w := &walk{T: t, h: h, random: rand.New(rand.NewPCG(seed, 49)), due: map[account]grant.Pence{}, instals: map[account]grant.Pence{}}
	for _, who := range []tenant.Scope{ours, them} {
		for _, key := range []string{scheme, adults} {
			of, _ := h.Grants.Book().Get(key)
			for _, c := range of.Conditions {
				must(t, h.Claims.Meet(ctx, who, key, c.Key, "plan.pdf", []byte("%PDF")))
			}
		}
	}
	return w
}

func (w *walk) on(length int) {
	steps := w.steps()
	for n := range length {
		w.h.DB.Clock().(*clock.Stopped).Move(time.Hour)
		what := often[w.random.IntN(len(often))]
		err := steps[what]()
		if kind := fault.KindOf(err); err != nil && kind != fault.Conflict && kind != fault.Forbidden {
			w.Fatalf("step %d, %s: %v", n, what, err)
		}
		if err == nil {
			w.did[what]++
		}
		w.hold(n, what)
		if w.Failed() {
			return
		}
	}
}

// pick picks one of a list; false where there is none.
func pick[T any](w *walk, all []T) (one T, found bool) {
	if len(all) == 0 {
		return one, false
	}
	return all[w.random.IntN(len(all))], true
}

var errNothing = fault.New(fault.Conflict, "There is nothing to do it with")

// claim registers up to three NQSWs of an employer, claims all that it can, and
// has some of it returned.
func (w *walk) claim() error {
	who, director := ours, granttest.Director
	if w.random.IntN(2) == 0 {
		who, director = them, granttest.Another
	}
	key, programme := scheme, "child-and-family"
	if w.random.IntN(3) == 0 {
		key, programme = adults, "adults"
	}
	for range 1 + w.random.IntN(3) {
		w.people++
		w.h.Checked(w, who, w.people, func(e *registration.Entry) { e.Programme = programme })
	}
	id, err := w.h.Claims.Start(ctx, who, key)
	must(w, err)
	w.h.Sign(w, director, id)
	must(w, w.h.Claims.Submit(ctx, who, id, w.h.Claim(w, who, id).Version))
	c := w.h.Claim(w, who, id)
	in, returned := account{who.Org(), key}, map[string]string{}
	for _, l := range c.Lines {
		if w.random.IntN(4) == 0 {
			returned[l.ID] = "The year is not one of this scheme"
			continue
		}
		w.due[in] += l.Pence
	}
	if len(returned) < len(c.Lines) {
		w.due[in] -= w.instals[in]
		w.instals[in] = 0
	}
	return w.h.Claims.Answer(ctx, team, id, c.Version, returned)
}

func (w *walk) takeBack() error {
	who, _ := pick(w, []tenant.Scope{ours, them})
	all, err := w.h.Claims.Payments(ctx, who)
	must(w, err)
	l, ok := pick(w, all)
	if !ok {
		return errNothing
	}
	if err := w.h.Claims.Recover(ctx, team, l.ID, l.Version, "Withdrew within 28 days"); err != nil {
		return err
	}
	w.due[account{l.Org, l.Scheme}] -= l.Pence
	return nil
}

func (w *walk) adjust() error {
	who, _ := pick(w, []tenant.Scope{ours, them})
	key, _ := pick(w, []string{scheme, scheme, adults})
	pence := grant.Pence(w.random.IntN(500_001) - 250_000)
	if pence == 0 {
		return errNothing
	}
	err := w.h.Statements.Adjust(ctx, team, statement.Adjustment{Org: who.Org(), Scheme: key, Pence: pence, On: at("2026-11-01"), Reason: "A slip of the year before"})
	if err == nil {
		w.due[account{who.Org(), key}] += pence
	}
	return err
}

func (w *walk) close() error {
	key, _ := pick(w, []string{scheme, adults})
	return only(w.h.Statements.Close(ctx, team, key))
}

func (w *walk) prepare() error {
	key, _ := pick(w, []string{scheme, adults})
	return only(w.h.Statements.Prepare(ctx, team, key))
}

// batch is one of the batches in a state.
func (w *walk) batch(state statement.BatchState) (statement.Batch, bool) {
	all, err := w.h.Statements.Batches(ctx, team)
	must(w, err)
	var in []statement.Batch
	for _, b := range all {
		if b.State == state {
			in = append(in, b)
		}
	}
	b, ok := pick(w, in)
	if !ok {
		return b, false
	}
	return w.h.Batch(w, b.ID), true
}

func (w *walk) approve() error {
	b, ok := w.batch(statement.BatchPrepared)
	if !ok {
		return errNothing
	}
	who, _ := pick(w, []tenant.Scope{team, second})
	return w.h.Statements.Approve(ctx, who, b.ID, b.Hash, b.Version)
}

func (w *walk) discard() error {
	b, ok := w.batch(statement.BatchPrepared)
	if !ok {
		return errNothing
	}
	return w.h.Statements.Discard(ctx, team, b.ID, b.Version)
}

func (w *walk) pay() error {
	b, ok := w.batch(statement.BatchAuthorised)
	if !ok {
		return errNothing
	}
	return w.h.Statements.Pay(ctx, second, b.ID, b.Version, clock.Today(w.h.DB.Clock()))
}

func (w *walk) estimate() error {
	who, _ := pick(w, []tenant.Scope{ours, them})
	if err := w.h.Statements.Expect(ctx, who, adults, 1+w.random.IntN(9)); err != nil {
		return err
	}
	all, err := w.h.Statements.Estimates(ctx, team)
	must(w, err)
	e, _ := pick(w, all)
	if err := w.h.Statements.Instal(ctx, team, e.ID, e.Version); err != nil {
		return err
	}
	of, _ := w.h.Grants.Book().Get(adults)
	in := account{e.Org, adults}
	w.due[in] += statement.First(of, e)
	w.instals[in] += statement.First(of, e)
	return nil
}

// held are the payments of an employer that a funder has accepted.
func held(lines []claim.Line) map[string]claim.Line {
	out := map[string]claim.Line{}
	for _, l := range lines {
		if l.Payment == claim.PaymentAccepted || l.Payment == claim.PaymentPaid {
			out[l.ID] = l
		}
	}
	return out
}
