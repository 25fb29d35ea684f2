package grant

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
)

// dice makes facts and moments that could be, from a seed.
type dice struct{ *rand.Rand }

func roll(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 5))} }

// between is a day, both included; often one of the days on which something
// turns.
func (d dice) between(first, last string) asye.Date {
	turns := []string{"2025-03-31", "2025-04-01", "2026-02-28", "2026-03-01", "2026-03-23", "2026-03-24", "2026-03-31", "2026-04-01",
		"2027-01-31", "2027-02-28", "2027-03-01", "2027-03-02", "2027-03-31", "2027-04-01"}
	if turn := turns[d.IntN(len(turns))]; d.IntN(3) == 0 && turn >= first && turn <= last {
		return day(turn)
	}
	from := day(first)
	return from.AddDays(d.IntN(from.DaysUntil(day(last)) + 1))
}

var orgs = []asye.OrganisationID{"kent", "surrey", "essex"}

// facts are those of a year that the registration could hold.
func (d dice) facts() Facts {
	start := d.between("2022-01-01", "2027-06-01")
	f := Facts{Enrolment: "e1", Person: "p1", Programme: []string{"child-and-family", "child-and-family", "adults"}[d.IntN(3)], Start: start,
		Due: start.AddMonths(6 + d.IntN(30)).AddDays(d.IntN(30)), Funded: d.IntN(8) > 0, Unfunded: "It is not funded", Agency: d.IntN(8) == 0}
	if d.IntN(2) == 0 {
		f.Result = []Result{Passed, Failed, Withdrawn}[d.IntN(3)]
		f.Decided = start.AddDays(d.IntN(900))
		if f.Result == Withdrawn {
			f.Decided = start.AddDays(d.IntN(60) - 10)
		}
		f.Ended = later(f.Decided, start).AddDays(1)
	}
	from := start.AddDays(d.IntN(3) * d.IntN(20))
	for range d.IntN(4) {
		if n := len(f.Stays); n > 0 {
			f.Stays[n-1].Period.End = from.AddDays(-d.IntN(2) * d.IntN(30))
		}
		f.Stays = append(f.Stays, Stay{orgs[d.IntN(3)], asye.EmployerTypes()[d.IntN(7)], asye.Since(from)})
		from = from.AddDays(31 + d.IntN(300))
	}
	if d.IntN(3) == 0 {
		f.Pauses = []asye.Period{asye.Since(start.AddDays(d.IntN(400)))}
		if d.IntN(2) == 0 {
			f.Pauses[0].End = f.Pauses[0].Start.AddDays(1 + d.IntN(200))
		}
	}
	if d.IntN(2) == 0 {
		f.CheckedOn, f.CheckGood = d.between("2025-01-01", "2027-12-31"), d.IntN(4) > 0
	}
	return f
}

// moment is noon, the first or the last second of a day in London.
func (d dice) moment(t testing.TB) When {
	return moment(t, d.between("2025-01-01", "2028-06-30").ISO()+[]string{" 00:00", " 12:00", " 23:59:59"}[d.IntN(3)])
}

// rounds is how many years each property is tried on.
const rounds = 5000

// TestGRA1_Properties holds what is true of any facts at any moment.
func TestGRA1_Properties(t *testing.T) {
	b := built(t)
	seen := map[State]int{}
	for seed := range uint64(rounds) {
		d := roll(seed)
		f, at := d.facts(), d.moment(t)
		claimants := map[string]int{}
		for _, org := range orgs {
			all := b.Entitlements(f, org, at)
			if again := b.Entitlements(f, org, at); !reflect.DeepEqual(all, again) {
				t.Fatalf("seed %d: the same question has two answers: %+v and %+v", seed, all, again)
			}
			for _, e := range all {
				seen[e.State]++
				claimants[e.Milestone.Key] += count(e.State == Claimable)
				if bad := broken(e, at); bad != "" {
					t.Fatalf("seed %d: %s: %+v", seed, bad, e)
				}
				later := d.after(t, at)
				if bad := comesBack(b, e, later); bad != "" {
					t.Fatalf("seed %d: %s at %s: %+v", seed, bad, later.Now, e)
				}
			}
		}
		for key, n := range claimants {
			if n > 1 {
				t.Fatalf("seed %d: %d employers can claim the %s of %+v", seed, n, key, f)
			}
		}
	}
	for _, s := range []State{Claimable, NotYet, Never} {
		if seen[s] < rounds/20 {
			t.Errorf("only %d were %s: the facts are not those that could be", seen[s], s)
		}
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// after is a later moment.
func (d dice) after(t testing.TB, at When) When {
	return moment(t, at.Today.AddDays(1+d.IntN(500)).ISO()+" 12:00")
}

// broken says what an answer breaks that every answer keeps; nothing when it
// keeps all.
func broken(e Entitlement, at When) string {
	d, _ := e.Scheme.deadline(e.On)
	window := e.Scheme.Key != "" && e.Scheme.Window.Period().Contains(e.On)
	switch {
	case len(e.Why) == 0:
		return "it gives no reason"
	case e.State == Claimable && (!window || !at.Now.Before(e.Closes) || e.Facts.Start.Before(e.Scheme.Starts.Day)):
		return "it is claimable outside of its window or after its deadline"
	case e.State == Claimable && (!e.Facts.Funded || e.due().Org != e.Org || e.Facts.Agency && !e.Scheme.Agency.Paid):
		return "it is claimable by somebody to whom it is not due"
	case e.State == Claimable && e.On.After(at.Today) && !d.takesAhead(e.On):
		return "it is claimable before it has happened"
	case e.State == NotYet && !e.From.IsZero() && !e.From.After(at.Today):
		return "it is not yet claimable from a day that has come"
	case e.State != NotYet && !e.From.IsZero():
		return "it has a first day and needs none"
	case e.State == Never && (e.Pence != 0 || len(e.Missing) > 0):
		return "it is not payable and worth something, or misses something"
	case (e.State == Claimable || e.State == NotYet) && (e.Pence < 100000 || e.Pence > 250000):
		return "it is worth less than a floor or more than a ceiling"
	}
	return ""
}

// comesBack says what should not be claimable at a later moment and is.
func comesBack(b *Book, e Entitlement, at When) string {
	if e.State != Never || !strings.HasPrefix(e.Why[0].Rule, "deadlines.") {
		return ""
	}
	for _, after := range b.Entitlements(e.Facts, e.Org, at) {
		if after.Milestone.Key == e.Milestone.Key && after.State != Never {
			return "a deadline that has passed is open again"
		}
	}
	return ""
}

// TestGRA11_Properties: what was claimable and has been paid comes back exactly
// when the facts as they become make it due no longer.
func TestGRA11_Properties(t *testing.T) {
	b := built(t)
	kept, back, doubts := 0, 0, 0
	for seed := range uint64(rounds) {
		d := roll(seed)
		f, at := d.facts(), d.moment(t)
		for _, org := range orgs {
			for _, e := range b.Entitlements(f, org, at) {
				if e.State != Claimable {
					continue
				}
				claim := Standing{ID: "l1", Enrolment: f.Enrolment, Milestone: e.Milestone.Key, Scheme: e.Scheme.Key, Org: org, State: Paid, On: e.On, Pence: e.Pence}
				if now := state(b, f, claim, at); now.State != Paid || keys(now.Why) != keys(e.Why[:1]) {
					t.Fatalf("seed %d: what is claimed as soon as it can be is %s, because %v", seed, now.State, now.Why)
				}
				now, then := d.facts(), d.after(t, at)
				now.Programme = f.Programme
				got := state(b, now, claim, then)
				bare := b.fall(&now, claim.Milestone, then.Today)
				bare.Facts = now
				due := bare.State != Never && bare.Scheme.Key == claim.Scheme && bare.due().Org == org
				if due != (got.State == Paid) || !due != (got.State == Recover) || got.Pence != claim.Pence || got.On != claim.On || got.Scheme.Key != claim.Scheme {
					t.Fatalf("seed %d: it is due: %t, and it is %s: %+v", seed, due, got.State, got)
				}
				kept, back, doubts = kept+count(due), back+count(!due), doubts+count(strings.HasSuffix(keys(got.Why), "doubt"))
			}
		}
	}
	if kept < 20 || back < 200 || doubts == 0 {
		t.Errorf("%d stayed paid, %d came back and %d were doubtful: the facts are not those that could be", kept, back, doubts)
	}
}

// state is how a claim that stands looks to whoever made it.
func state(b *Book, f Facts, claim Standing, at When) Entitlement {
	f.Standing = []Standing{claim}
	for _, e := range b.Entitlements(f, claim.Org, at) {
		if e.Milestone.Key == claim.Milestone {
			return e
		}
	}
	return Entitlement{}
}

// TestGRA13_Properties: the rate lies between floor and ceiling, and the two
// instalments add up to what is due.
func TestGRA13_Properties(t *testing.T) {
	r := adults(t, 0, 0)
	for seed := range uint64(rounds) {
		d := roll(seed)
		r.Pot, r.Number = Pence(1+d.IntN(2_000_000_000)), 1+d.IntN(12000)
		kind := asye.EmployerTypes()[d.IntN(7)]
		rate := r.For(kind)
		if rate < r.Floor || rate > r.ceiling(kind) {
			t.Fatalf("seed %d: %s is not between %s and %s", seed, rate, r.Floor, r.ceiling(kind))
		}
		if share := r.Pot / Pence(r.Number); share >= r.Floor && share <= r.ceiling(kind) && (rate*Pence(r.Number) > r.Pot || r.Pot-rate*Pence(r.Number) >= Pence(r.Number)) {
			t.Fatalf("seed %d: %d times %s is not %s without its odd pence", seed, r.Number, rate, r.Pot)
		}
		expected, came := d.IntN(300), d.IntN(300)
		if first := r.First * Pence(expected); first+r.Settled(kind, expected, came) != rate*Pence(came) {
			t.Fatalf("seed %d: the instalments for %d do not add up to the rate for %d", seed, expected, came)
		}
		past := []int{d.IntN(300), d.IntN(300), d.IntN(300)}
		if n := r.Estimate(past); n < min(past[0], past[1], past[2]) || n > max(past[0], past[1], past[2]) {
			t.Fatalf("seed %d: after %v, %d are expected", seed, past, n)
		}
	}
}
