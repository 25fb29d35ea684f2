package statement_test

import (
	"errors"
	"sync"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// prepared is a batch of what was accepted for two NQSWs of ours.
func prepared(t *testing.T, h granttest.House) statement.Batch {
	t.Helper()
	accepted(t, h, 1, 2)
	must(t, only(h.Statements.Close(ctx, team, scheme)))
	id, err := h.Statements.Prepare(ctx, team, scheme)
	must(t, err)
	return h.Batch(t, id)
}

// authorised is the batch when two people have approved it.
func authorised(t *testing.T, h granttest.House) statement.Batch {
	t.Helper()
	b := prepared(t, h)
	for _, who := range []tenant.Scope{team, second} {
		must(t, h.Statements.Approve(ctx, who, b.ID, b.Hash, h.Batch(t, b.ID).Version))
	}
	return h.Batch(t, b.ID)
}

// only leaves the error of a pair.
func only[T any](_ T, err error) error { return err }

func TestGRA45_TwoPeopleAuthorise(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := prepared(t, h)
		if b.State != statement.BatchPrepared || b.Count != 1 || b.Pence != 200000 {
			t.Fatalf("%+v", b)
		}
		refused(t, only(h.Statements.Prepare(ctx, team, scheme)), fault.Conflict, "waits for a batch")
		refused(t, h.Statements.Approve(ctx, ours, b.ID, b.Hash, b.Version), fault.Forbidden, "")
		refused(t, h.Statements.Approve(ctx, team, b.ID, "another", b.Version), fault.Conflict, "not the batch that you were shown")
		refused(t, h.Statements.Pay(ctx, team, b.ID, b.Version, at("2026-11-22")), fault.Conflict, "Waiting for approval now")
		must(t, h.Statements.Approve(ctx, team, b.ID, b.Hash, b.Version))
		b = h.Batch(t, b.ID)
		if b.State != statement.BatchPrepared || b.Approved() != 1 || !b.AuthorisedAt().IsZero() {
			t.Fatalf("%+v", b)
		}
		refused(t, h.Statements.Approve(ctx, team, b.ID, b.Hash, b.Version), fault.Forbidden, "Somebody else of the national team has to be the second")
		refused(t, h.Statements.Approve(ctx, second, b.ID, b.Hash, b.Version-1), fault.Conflict, "Someone else changed this")
		must(t, h.Statements.Approve(ctx, second, b.ID, b.Hash, b.Version))
		b = h.Batch(t, b.ID)
		if b.State != statement.BatchAuthorised || b.Statements[0].State != statement.Authorised || b.AuthorisedAt().IsZero() {
			t.Fatalf("%+v", b)
		}
		refused(t, h.Statements.Discard(ctx, team, b.ID, b.Version), fault.Conflict, "Authorised now")
	})
}

func TestGRA45_AnEmployerThatIsRenamedStopsNoBatch(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		for _, org := range []asye.OrganisationID{"a", "b"} {
			a := adjustment(5000)
			a.Org = org
			must(t, h.Statements.Adjust(ctx, team, a))
		}
		must(t, only(h.Statements.Close(ctx, team, scheme)))
		id, err := h.Statements.Prepare(ctx, team, scheme)
		must(t, err)
		h.Run(t, `update organisations set name = 'Zennor' where id = 'a'`)
		b := h.Batch(t, id)
		must(t, h.Statements.Approve(ctx, team, id, b.Hash, b.Version))
	})
}

func TestGRA45_ABatchCanBeDiscarded(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := prepared(t, h)
		refused(t, h.Statements.Discard(ctx, ours, b.ID, b.Version), fault.Forbidden, "")
		must(t, h.Statements.Discard(ctx, second, b.ID, b.Version))
		if st := mine(t, h, ours)[0]; st.Batch != "" || st.State != statement.Payable {
			t.Fatalf("%+v", st)
		}
		must(t, only(h.Statements.Prepare(ctx, second, scheme)))
		all, err := h.Statements.Batches(ctx, team)
		if err != nil || len(all) != 1 {
			t.Errorf("%d batches, %v", len(all), err)
		}
	})
}

func TestGRA46_PayingBooksIt(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := authorised(t, h)
		refused(t, h.Statements.Pay(ctx, team, b.ID, b.Version, asye.Date{}), fault.Invalid, "Enter the day")
		refused(t, h.Statements.Pay(ctx, team, b.ID, b.Version, at("2026-11-23")), fault.Invalid, "cannot be in the future")
		refused(t, h.Statements.Pay(ctx, team, b.ID, b.Version, at("2026-11-21")), fault.Invalid, "authorised on 22 November 2026")
		refused(t, h.Statements.Pay(ctx, ours, b.ID, b.Version, at("2026-11-22")), fault.Forbidden, "")
		must(t, h.Statements.Pay(ctx, second, b.ID, b.Version, at("2026-11-22")))
		st := mine(t, h, ours)[0]
		if st.State != statement.Paid || st.PaidOn != at("2026-11-22") {
			t.Errorf("%+v", st)
		}
		books := statement.Balances(entries(t, h))
		if books[statement.Grant] != 200000 || books[statement.Owed] != 0 || books[statement.Bank] != -200000 {
			t.Errorf("%v", books)
		}
		for _, i := range st.Items {
			if l, err := h.Claims.Payment(ctx, team, i.Line); err != nil || l.Payment != "paid" {
				t.Errorf("%+v %v", l, err)
			}
		}
		refused(t, h.Statements.Pay(ctx, team, b.ID, h.Batch(t, b.ID).Version, at("2026-11-22")), fault.Conflict, "Paid now")
		if journal, err := h.Statements.Journal(ctx, them, ""); err != nil || len(journal) != 0 {
			t.Errorf("another employer sees %d entries: %v", len(journal), err)
		}
		if _, err := h.Statements.Ledger(ctx, ours, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%v", err)
		}
	})
}

// atOnce does things at one moment, and gives what became of each.
func atOnce(all ...func() error) []error {
	out := make([]error, len(all))
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i, do := range all {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			out[i] = do()
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return out
}

// succeeded counts what was done, and fails on whatever is no refusal.
func succeeded(t *testing.T, all []error) int {
	t.Helper()
	n := 0
	for _, err := range all {
		if err == nil {
			n++
		} else if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.Forbidden {
			t.Error(err)
		}
	}
	return n
}

func TestGRA45_TwoAuthorisersAtOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := prepared(t, h)
		approve := func(who tenant.Scope) func() error {
			return func() error { return h.Statements.Approve(ctx, who, b.ID, b.Hash, b.Version) }
		}
		if n := succeeded(t, atOnce(approve(team), approve(second))); n != 1 {
			t.Fatalf("%d approved the same version", n)
		}
		b = h.Batch(t, b.ID)
		if b.Approved() != 1 || b.State != statement.BatchPrepared {
			t.Fatalf("%+v", b)
		}
		// Whoever it was, twice at once and with what it is now: not the second.
		who := tenant.SignedIn(b.Acts[len(b.Acts)-1].Person, "national", asye.National)
		if n := succeeded(t, atOnce(approve(who), approve(who), approve(who))); n != 0 || h.Batch(t, b.ID).State != statement.BatchPrepared {
			t.Fatalf("one person has approved %d times", n+1)
		}
	})
}

func TestGRA45_TheSameAuthoriserTwiceAtOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := prepared(t, h)
		approve := func() error { return h.Statements.Approve(ctx, team, b.ID, b.Hash, b.Version) }
		if n := succeeded(t, atOnce(approve, approve, approve, approve)); n != 1 {
			t.Fatalf("%d approvals of one person", n)
		}
		if h.Count(t, `grant_batch_acts where act = 'approved'`) != 1 || h.Batch(t, b.ID).State != statement.BatchPrepared {
			t.Errorf("%+v", h.Batch(t, b.ID))
		}
		if err := h.DB.Keep(ctx, exec(`insert into grant_batch_acts (id, batch_id, act, person_id, acted_at, content_hash)
			select 'twice', batch_id, act, person_id, acted_at, content_hash from grant_batch_acts where act = 'approved'`)); err == nil {
			t.Error("the database takes a second approval of one person")
		}
	})
}

func TestGRA46_PayingTwiceAtOnce(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b := authorised(t, h)
		pay := func(who tenant.Scope) func() error {
			return func() error { return h.Statements.Pay(ctx, who, b.ID, b.Version, at("2026-11-22")) }
		}
		if n := succeeded(t, atOnce(pay(team), pay(second), pay(team))); n != 1 {
			t.Fatalf("%d payments", n)
		}
		if books := statement.Balances(entries(t, h)); books[statement.Bank] != -200000 {
			t.Errorf("%v", books)
		}
	})
}

func TestGRA43_ClosingWhileAClaimIsAnswered(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		accepted(t, h, 1)
		h.Checked(t, ours, 2)
		c := h.Sent(t, ours, granttest.Director)
		got := atOnce(
			func() error { return h.Claims.Answer(ctx, team, c.ID, c.Version, nil) },
			func() error { return only(h.Statements.Close(ctx, second, scheme)) })
		if err := errors.Join(got...); err != nil {
			t.Fatal(err)
		}
		all := byNumber(mine(t, h, ours))
		items, sum := 0, all[0].Pence
		for i, st := range all {
			items += len(st.Items)
			if i > 0 {
				sum += st.Pence
			}
			if st.State == statement.Payable && (st.Pence != statement.Total(st.Items) || st.Hash != statement.HashOf(st.Items)) {
				t.Errorf("%+v", st)
			}
		}
		if items != 2 || sum != 200000 || all[0].State != statement.Payable {
			t.Errorf("%d on %d statements, %s", items, len(all), sum)
		}
	})
}
