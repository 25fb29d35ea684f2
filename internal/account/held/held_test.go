package held_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/held"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// writer is somebody with a form.
func writer(t *testing.T, h accounttest.House, name, email string) tenant.Scope {
	t.Helper()
	return tenant.SignedIn(h.Person(t, name, email, accounttest.As(accounttest.Kent, asye.Coordinator)), accounttest.Kent, asye.Coordinator)
}

var typed = held.Form{Action: "/registrations/1/outcome", Page: "/registrations/1/outcome",
	Fields: url.Values{"result": {"failed"}, "reason": {"Not enough evidence, see the remember-me-not report"}, "ticked": {"a", "b"}}}

func same(t *testing.T, f held.Form) {
	t.Helper()
	if f.Action != typed.Action || f.Fields.Encode() != typed.Fields.Encode() {
		t.Errorf("the form is %+v", f)
	}
}

func TestACC55_AFormWaitsInItsSession(t *testing.T) {
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		ctx, s := t.Context(), held.NewStore(h.DB, held.DefaultSettings())
		mary, tom := writer(t, h, "Mary Jones", "mary@example.org"), writer(t, h, "Tom Other", "tom@example.org")
		ticket, err := s.ForProof(ctx, mary, "s1", typed)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // it stays until its time is over, so that a proof sent twice finds it
			f, found, err := s.Open(ctx, mary, "s1", ticket)
			if err != nil || !found {
				t.Fatalf("%v, %v", found, err)
			}
			same(t, f)
		}
		id, _, _ := strings.Cut(ticket, ".")
		for name, try := range map[string]func() (held.Form, bool, error){
			"another person":    func() (held.Form, bool, error) { return s.Open(ctx, tom, "s1", ticket) },
			"another session":   func() (held.Form, bool, error) { return s.Open(ctx, mary, "s2", ticket) },
			"without a session": func() (held.Form, bool, error) { return s.Open(ctx, mary, "", ticket) },
			"a made-up key":     func() (held.Form, bool, error) { return s.Open(ctx, mary, "s1", id+"."+strings.Repeat("A", 43)) },
			"no key":            func() (held.Form, bool, error) { return s.Open(ctx, mary, "s1", id) },
			"nothing":           func() (held.Form, bool, error) { return s.Open(ctx, mary, "s1", "") },
		} {
			if _, found, err := try(); found || err != nil {
				t.Errorf("%s opens it: %v", name, err)
			}
		}
		h.Clock.Move(time.Hour)
		if _, found, _ := s.Open(ctx, mary, "s1", ticket); found {
			t.Error("it is there after an hour")
		}
		if f, err := s.Reopen(ctx, mary.Person(), ticket); err != nil {
			t.Errorf("a page that was sent too late: %v", err)
		} else {
			same(t, f)
		}
		if _, err := s.Reopen(ctx, tom.Person(), ticket); fault.KindOf(err) != fault.Conflict {
			t.Errorf("another person takes it up again: %v", err)
		}
		if err := s.Tidy(ctx, h.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Reopen(ctx, mary.Person(), ticket); fault.KindOf(err) != fault.Conflict || h.Count(t, `held_forms`) != 0 {
			t.Errorf("it is kept after its time: %v", err)
		}
	})
}

func TestACC57_AFormOutlivesItsSession(t *testing.T) {
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		ctx, s := t.Context(), held.NewStore(h.DB, held.DefaultSettings())
		mary, tom := writer(t, h, "Mary Jones", "mary@example.org"), writer(t, h, "Tom Other", "tom@example.org")
		f := typed
		f.Person = mary.Person()
		ticket, err := s.ForSession(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		got, found, err := s.Open(ctx, mary, "any session", ticket)
		if err != nil || !found {
			t.Fatalf("%v, %v", found, err)
		}
		same(t, got)
		if _, found, _ := s.Open(ctx, tom, "", ticket); found {
			t.Error("another person is shown it")
		}
		if n := h.Count(t, `held_forms where sealed like '%remember-me-not%' or sealed like '%failed%'`); n != 0 {
			t.Error("what was typed can be read in the database")
		}
		if err := s.Drop(ctx, tom, ticket); err != nil || h.Count(t, `held_forms`) != 1 {
			t.Errorf("another person throws it away: %v", err)
		}
		if err := s.Drop(ctx, mary, ticket); err != nil || h.Count(t, `held_forms`) != 0 {
			t.Errorf("it stays: %v", err)
		}
		if err := s.Drop(ctx, mary, "nonsense"); err != nil {
			t.Errorf("throwing nothing away: %v", err)
		}
		ticket, _ = s.ForSession(ctx, f)
		h.Clock.Move(24 * time.Hour)
		if _, found, _ := s.Open(ctx, mary, "", ticket); found {
			t.Error("it is there after a day")
		}
	})
}

func TestTheOldestFormsMakeRoom(t *testing.T) {
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		s := held.NewStore(h.DB, held.DefaultSettings())
		mary := writer(t, h, "Mary Jones", "mary@example.org")
		tom, err := s.ForProof(t.Context(), writer(t, h, "Tom Other", "tom@example.org"), "s2", typed)
		if err != nil {
			t.Fatal(err)
		}
		var tickets []string
		for range 60 {
			ticket, err := s.ForProof(t.Context(), mary, "s1", typed)
			if err != nil {
				t.Fatal(err)
			}
			tickets = append(tickets, ticket)
		}
		id, _, _ := strings.Cut(tom, ".")
		if all, toms := h.Count(t, `held_forms`), h.Count(t, `held_forms where id = $1`, id); all != 51 || toms != 1 {
			t.Errorf("%d forms wait, want 50 and Tom's, of which there are %d", all, toms)
		}
		_, first, _ := s.Open(t.Context(), mary, "s1", tickets[0])
		_, last, _ := s.Open(t.Context(), mary, "s1", tickets[59])
		if first || !last {
			t.Errorf("the first is there %v, the last %v", first, last)
		}
	})
}
