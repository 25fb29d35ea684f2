package rescue_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/rescue"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

const why = "the directory is down and the mail server too"

type house struct {
	accounttest.House
	*rescue.Store
}

func each(t *testing.T, run func(t *testing.T, h house)) {
	t.Helper()
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		run(t, house{h, rescue.NewStore(h.DB, h.Outbox, h.Queue, h.Settings())})
	})
}

func (h house) call(c rescue.Call) (rescue.Rescued, error) {
	if c.Reason == "" {
		c.Reason = why
	}
	c.Operator = "root on the server"
	return h.Rescue(context.Background(), tenant.System("asye administrator"), c)
}

// comesIn signs in with the link, and gives the session.
func (h house) comesIn(t *testing.T, r rescue.Rescued) account.Session {
	t.Helper()
	started, err := h.Open(t.Context(), nil, accounttest.Token(t, r.Link), account.Entry{Device: "Firefox"})
	if err != nil {
		t.Fatal(err)
	}
	one, found, err := h.Session(t.Context(), started.Token)
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	return one
}

func TestACC36_ANewAdministrator(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Person(t, "Una Boss", "una@example.org", accounttest.As(accounttest.National, asye.Administrator))
		h.Person(t, "Kim Kent", "kim@example.org", accounttest.As(accounttest.Kent, asye.Administrator))
		out := h.Person(t, "Dora Disabled", "dora@example.org", accounttest.As(accounttest.National, asye.Administrator))
		if err := h.SetDisabled(t.Context(), accounttest.System, out, true); err != nil {
			t.Fatal(err)
		}
		r, err := h.call(rescue.Call{Email: " Ada@Example.org ", Name: "Ada Mary First"})
		if err != nil {
			t.Fatal(err)
		}
		if !r.New || r.LetIn || r.OrgName != "National body" || r.Person.FamilyName != "First" || r.Told != 1 {
			t.Errorf("%+v", r)
		}
		letters := h.Letters(t)
		if len(letters) != 1 || letters[0].To != "una@example.org" {
			t.Fatalf("letters to %v, want one to una", letters)
		}
		for _, want := range []string{"Ada Mary First (ada@example.org)", "root on the server", why, "/admin/audit"} {
			if !strings.Contains(letters[0].Body, want) {
				t.Errorf("the letter does not say %q:\n%s", want, letters[0].Body)
			}
		}
		if strings.Contains(letters[0].Body, "token=") {
			t.Error("the letter has the link")
		}
		one := h.comesIn(t, r)
		if one.Role != asye.Administrator || one.Org != accounttest.National || one.Reach != account.WholeService {
			t.Errorf("came in as %s at %s", one.Role, one.OrgName)
		}
		if _, err := h.Open(t.Context(), nil, accounttest.Token(t, r.Link), account.Entry{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the link works a second time: %v", err)
		}
		if n := h.Count(t, `audit_lines where what = 'account.administratorMade' and actor_kind = 'system' and org_id = 'nat'`); n != 1 {
			t.Errorf("%d audit lines, want 1", n)
		}
		if said := h.Said(t, "account.administratorMade"); !strings.Contains(said, why) || !strings.Contains(said, "root on the server") {
			t.Errorf("the audit line says %s", said)
		}
	})
}

func TestACC36_OneWhoWasShutOut(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		id := h.Person(t, "Ada First", "ada@example.org", accounttest.As(accounttest.National, asye.Administrator))
		if err := h.SetDisabled(t.Context(), accounttest.System, id, true); err != nil {
			t.Fatal(err)
		}
		r, err := h.call(rescue.Call{Email: "ada@example.org"})
		if err != nil || r.New || !r.LetIn || r.Told != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		if one := h.comesIn(t, r); one.Person.ID != id || one.Roles != 1 {
			t.Errorf("%+v", one)
		}
		if n := h.Count(t, `audit_lines where what = 'account.personEnabled'`); n != 1 {
			t.Errorf("%d lines tell that she was let in again, want 1", n)
		}
	})
}

func TestACC36_TheLinkIsShort(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r, err := h.call(rescue.Call{Email: "ada@example.org", Name: "Ada First"})
		if err != nil {
			t.Fatal(err)
		}
		if lasts := r.Until.Time().Sub(h.DB.Clock().Now().Time()); lasts != 15*time.Minute {
			t.Errorf("the link lasts for %s", lasts)
		}
		h.Clock.Move(15 * time.Minute)
		if _, err := h.Open(t.Context(), nil, accounttest.Token(t, r.Link), account.Entry{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("after its time: %v", err)
		}
	})
}

func TestACC36_WhereTheyWork(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for code, want := range map[string]string{"": "National body", "NAT": "National body"} {
			if r, err := h.call(rescue.Call{Email: "ada" + code + "@example.org", Name: "Ada First", Organisation: code}); err != nil || r.OrgName != want {
				t.Errorf("%q: %+v, %v", code, r, err)
			}
		}
		if _, err := h.call(rescue.Call{Email: "x@example.org", Name: "Ada First", Organisation: "886"}); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "looks after the whole service") {
			t.Errorf("an employer that looks after itself: %v", err)
		}
		if err := h.DB.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into setup_codes (code_hash, made_at, expires_at, used_at, org_id) values ('x', $1, $1, $1, 'kent')`, tx.Now())
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if r, err := h.call(rescue.Call{Email: "b@example.org", Name: "Bo Second"}); err != nil || r.OrgName != "Kent" {
			t.Errorf("where Kent set the service up: %+v, %v", r, err)
		}
	})
}

func TestACC36_WhatIsWrongWithACall(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Person(t, "Una Boss", "una@example.org", accounttest.As(accounttest.National, asye.Administrator))
		before := h.Count(t, `audit_lines`)
		for says, c := range map[string]rescue.Call{
			"Give the e-mail address":       {Name: "Ada First"},
			"correct format":                {Email: "ada", Name: "Ada First"},
			"make sense in five years":      {Email: "ada@example.org", Name: "Ada First", Reason: "  because "},
			"Nobody is on record":           {Email: "ada@example.org"},
			"give the first and last name":  {Email: "ada@example.org", Name: "Ada"},
			"cannot contain the address of": {Email: "ada@example.org", Name: "Ada www.evil.example"},
		} {
			if _, err := h.call(c); fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), says) {
				t.Errorf("%v, want %q", err, says)
			}
		}
		if n := h.Count(t, `audit_lines`) - before + h.Count(t, `sign_in_links`) + len(h.Letters(t)) + h.Count(t, `people`) - 1; n != 0 {
			t.Errorf("refusals left %d rows behind", n)
		}
	})
}

func TestACC36_OneWhoLostTheirSecondStep(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		id := h.Person(t, "Ada First", "ada@example.org", accounttest.As(accounttest.National, asye.Administrator))
		if err := h.DB.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `insert into authenticators (person_id, secret, confirmed_at) values ($1, 'lost with the phone', $2)`, string(id), tx.Now())
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.call(rescue.Call{Email: "ada@example.org"}); err != nil || h.Count(t, `authenticators`) != 1 {
			t.Fatalf("her app was taken away without being asked for: %v", err)
		}
		r, err := h.call(rescue.Call{Email: "ada@example.org", Lost: true})
		if err != nil || h.Count(t, `authenticators`) != 0 {
			t.Fatalf("her app is there still: %v", err)
		}
		if one := h.comesIn(t, r); one.Person.ID != id {
			t.Errorf("%+v", one)
		}
		if n := h.Count(t, `audit_lines where what = 'account.waysReset'`); n != 1 {
			t.Errorf("%d lines tell that her ways were taken away, want 1", n)
		}
	})
}
