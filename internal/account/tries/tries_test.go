package tries_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/tries"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
)

// desk is where tries are counted.
type desk struct {
	*tries.Store
	accounttest.House
}

func each(t *testing.T, run func(t *testing.T, d desk)) {
	t.Helper()
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		run(t, desk{tries.NewStore(h.DB, h.Store, tries.DefaultBudget()), h})
	})
}

// wrong makes a wrong try, and reports whether it was looked at.
func (d desk) wrong(t testing.TB, subject, client string) bool {
	t.Helper()
	_, err := d.May(context.Background(), tries.Try{Door: tries.Front, Subject: subject, Client: client})
	if err != nil && fault.KindOf(err) != fault.Invalid {
		t.Fatal(err)
	}
	return err == nil
}

// right makes a right try, and reports whether it was looked at.
func (d desk) right(t testing.TB, subject, client string) bool {
	t.Helper()
	ctx := context.Background()
	a, err := d.May(ctx, tries.Try{Door: tries.Front, Subject: subject, Client: client})
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return false
	}
	if err == nil {
		err = d.DB.Keep(ctx, func(tx *db.Tx) error { return d.GotIn(ctx, tx, a) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

func (d desk) many(t testing.TB, n int, subject string, client func(int) string) (looked int) {
	t.Helper()
	for i := range n {
		if d.wrong(t, subject, client(i)) {
			looked++
		}
	}
	return looked
}

func anywhere(i int) string { return fmt.Sprintf("198.51.%d.%d", i/250, i%250) }

func TestACC37_StrangersAreSlowed(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		if n := d.many(t, 40, "mary@example.org", anywhere); n != 15 {
			t.Errorf("%d wrong tries from 40 networks were looked at, want 15", n)
		}
		if !d.wrong(t, "tom@example.org", anywhere(0)) {
			t.Error("another account is slowed too")
		}
		_, err := d.May(t.Context(), tries.Try{Door: tries.Front, Subject: "mary@example.org", Client: anywhere(99)})
		if err == nil || !strings.Contains(err.Error(), "have a link sent to your e-mail address") {
			t.Errorf("the refusal says %v", err)
		}
		if _, err := d.May(t.Context(), tries.Try{Door: tries.Second, Subject: "mary@example.org", Client: anywhere(99)}); err != nil {
			t.Errorf("what strangers did at the front door counts at the second: %v", err)
		}
		d.Clock.Move(time.Hour + time.Second)
		if !d.wrong(t, "mary@example.org", anywhere(0)) {
			t.Error("an hour later it is still slowed")
		}
		if n := d.Count(t, `sign_in_tries where subject_hash like '%@%' or client_hash like '%.%'`); n != 0 {
			t.Error("who tried, and where, can be read in the counts")
		}
	})
}

func TestACC37_TheOwnersNetworkKeepsItsPlace(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		const office = "203.0.113.7"
		if !d.right(t, "mary@example.org", office) {
			t.Fatal("the first try was refused")
		}
		d.Clock.Move(29 * 24 * time.Hour)
		strangers := d.many(t, 500, "mary@example.org", anywhere)
		if !d.right(t, "mary@example.org", office) {
			t.Error("the owner is locked out of the office by strangers")
		}
		own := d.many(t, 20, "mary@example.org", func(int) string { return office })
		if strangers != 15 || own != 5 {
			t.Errorf("looked at %d of strangers and %d of the office, want 15 and 5", strangers, own)
		}
		d.Clock.Move(2 * time.Hour)
		for range 7 {
			if !d.right(t, "mary@example.org", office) {
				t.Fatal("right tries count against the owner")
			}
		}
		if d.many(t, 500, "mary@example.org", anywhere); d.right(t, "mary@example.org", "203.0.113.8") {
			t.Error("a network from which nobody ever got in is taken for the owner's")
		}
	})
}

func TestACC37_OneNetworkOverManyAccounts(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		const office = "203.0.113.7"
		if !d.right(t, "mary@example.org", office) {
			t.Fatal("the first try was refused")
		}
		looked := 0
		for i := range 300 {
			if d.wrong(t, fmt.Sprintf("a%d@example.org", i), office) {
				looked++
			}
		}
		if looked != 100 {
			t.Errorf("one network had %d accounts looked at, want 100", looked)
		}
		if !d.right(t, "mary@example.org", office) {
			t.Error("whoever is known there is locked out by a colleague who guesses at others")
		}
		if !d.wrong(t, "tom@example.org", "203.0.113.8") {
			t.Error("another network is slowed too")
		}
	})
}

func TestACC37_AllAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		for i := range 60 {
			wg.Go(func() {
				if d.wrong(t, "mary@example.org", anywhere(i)) {
					mu.Lock()
					looked++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if looked != 15 {
			t.Errorf("%d of 60 at the same moment were looked at, want 15", looked)
		}
	})
}

// Whoever finds a wrong code gives their transaction up; the try still counts.
func TestACC37_TheCountStays(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		wrongCode := errors.New("wrong code")
		for range 30 {
			a, err := d.May(t.Context(), tries.Try{Door: tries.Front, Subject: "mary", Client: "192.0.2.1"})
			if err != nil {
				break
			}
			err = d.DB.Write(t.Context(), accounttest.System, func(tx *db.Tx) error {
				if err := d.GotIn(t.Context(), tx, a); err != nil {
					return err
				}
				return wrongCode
			})
			if !errors.Is(err, wrongCode) {
				t.Fatal(err)
			}
		}
		if n := d.Count(t, `sign_in_tries where not got_in`); n != 15 {
			t.Errorf("%d tries are counted, want 15", n)
		}
	})
}

func TestTriesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		d.right(t, "mary@example.org", "192.0.2.1")
		d.wrong(t, "mary@example.org", "192.0.2.2")
		for _, step := range []struct {
			after time.Duration
			left  int
		}{{time.Hour, 2}, {time.Second, 1}, {30*24*time.Hour - time.Hour - time.Second, 1}, {time.Second, 0}} {
			d.Clock.Move(step.after)
			if err := d.Store.Tidy(t.Context(), d.DB.Clock().Now()); err != nil {
				t.Fatal(err)
			}
			if n := d.Count(t, `sign_in_tries`); n != step.left {
				t.Errorf("%d are kept, want %d", n, step.left)
			}
		}
	})
}
