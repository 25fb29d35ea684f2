package rights_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/inventory"
	"example.org/asye/internal/rights"
	"example.org/asye/internal/schema"
)

func TestDAT1_OwnCopyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.Run(t, `insert into sign_in_links (token_hash, person_id, purpose, made_at, expires_at)
			values ('hash-of-a-secret', $1, 'sign_in', '2026-11-22T09:30:00.000000Z', '2026-11-22T09:45:00.000000Z')`, string(h.amara.Person))
		got := h.text(t, self(h.amara), h.amara.Person)
		for _, want := range []string{"Given name=Amara", "Regulator number=SW1001", "Date of birth=3 February 1998", "Team=Duty",
			"Organisation=Ashford", "Sign-in links: ", "Evidence="} {
			if !strings.Contains(got, want) {
				t.Errorf("the copy lacks %q:\n%s", want, got)
			}
		}
		if strings.Contains(got, "hash-of-a-secret") {
			t.Error("the copy holds a secret")
		}
		h.As(t, self(h.amara)).Get("/account/data").Is(200, "Amara", "SW1001", "Download a copy")
		if file := h.As(t, self(h.amara)).Get("/account/data/download"); !strings.Contains(file.Body, `"value": "SW1001"`) {
			t.Errorf("the file: %s", file.Body)
		}
	})
}

func TestDAT2_OthersAreMasked(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		got := h.text(t, self(h.amara), h.amara.Person)
		if strings.Contains(got, "Ann Assessor") || !strings.Contains(got, "it speaks of somebody else") {
			t.Errorf("the copy:\n%s", got)
		}
	})
}

func TestDAT3_SomebodyLooksFirst(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.end(t, "2026-10-30")
		if got := h.text(t, self(h.amara), h.amara.Person); strings.Contains(got, "said in confidence") || !strings.Contains(got, "data protection officer for it") {
			t.Errorf("their own copy:\n%s", got)
		}
		if got := h.text(t, whole, h.amara.Person); !strings.Contains(got, "said in confidence") || !strings.Contains(got, "Ann Assessor") {
			t.Errorf("the whole copy:\n%s", got)
		}
		for _, scope := range []struct {
			name string
			err  error
		}{{"coordinator", second(h.rights.Copy(ctx, ours, h.amara.Person))}, {"administrator of the employer", second(h.rights.Copy(ctx, small, h.amara.Person))}} {
			if fault.KindOf(scope.err) != fault.Forbidden {
				t.Errorf("%s: %v", scope.name, scope.err)
			}
		}
		if _, err := h.rights.Copy(ctx, whole, "nobody"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("nobody: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestDAT4_MustWait(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		erase := func() error { return second(h.rights.Erase(ctx, whole, h.amara.Person, rights.Asked, "asked")) }
		refused := func(says string) {
			t.Helper()
			if err := erase(); fault.KindOf(err) != fault.Conflict || !strings.Contains(err.Error(), says) {
				t.Errorf("got %v, want %q", err, says)
			}
		}
		refused("still running")
		h.end(t, "2026-10-30")
		h.Run(t, `update memberships set ends_on = null where person_id = $1`, string(h.amara.Person))
		refused("still has a role")
		h.end2(t)
		must(t, h.rights.Hold(ctx, whole, h.amara.Person, "a tribunal"))
		refused("a tribunal")
		if err := h.rights.Hold(ctx, whole, h.amara.Person, "again"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second hold: %v", err)
		}
		if st, err := h.rights.Standing(ctx, whole, h.amara.Person); err != nil || st.Hold != "a tribunal" {
			t.Errorf("standing: %+v %v", st, err)
		}
		must(t, h.rights.Lift(ctx, whole, h.amara.Person))
		if err := h.rights.Lift(ctx, whole, h.amara.Person); fault.KindOf(err) != fault.Conflict {
			t.Errorf("lifted twice: %v", err)
		}
		must(t, erase())
		refused("erased already")
		other := h.Register(t, ours, regularly(2))
		if st, err := h.rights.Standing(ctx, whole, other.Person); err != nil || st.Erased {
			t.Errorf("somebody else's standing: %+v %v", st, err)
		}
	})
}

// end2 ends the role that was opened again.
func (h house) end2(t *testing.T) {
	t.Helper()
	h.Run(t, `update memberships set ends_on = '2026-10-30' where person_id = $1`, string(h.amara.Person))
}

func TestDAT5_AReason(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.end(t, "2026-10-30")
		for _, reason := range []string{"", "  ", strings.Repeat("x", 501)} {
			if _, err := h.rights.Erase(ctx, whole, h.amara.Person, rights.Asked, reason); fault.ProblemsOf(err).For("reason") == "" {
				t.Errorf("%q: %v", reason, err)
			}
		}
		page := "/admin/people/" + string(h.amara.Person) + "/data/erase"
		b := h.As(t, whole)
		b.Fill(page, "name=Amara Okafor1").Is(422, "Enter the reason")
		b.Fill(page, "reason=They asked", "name=Amara").Is(422, "Enter the name as it stands above")
		b.Fill(page, "reason=They asked", "name=amara okafor1").LeadsTo("/admin/people")
		b.Get("/admin/people/"+string(h.amara.Person)+"/data").Is(200, "has been erased").Lacks("Amara")
	})
}

// TestDAT6_NothingIsLeft looks into every column of every table.
func TestDAT6_NothingIsLeft(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		other := h.Register(t, ours, regularly(2))
		h.Run(t, `insert into mail_outbox (id, recipient, subject, body, created_at, next_at)
			values ('m1', 'amara1@example.org', 'A link', 'A link', '2026-11-22T09:30:00.000000Z', '2026-11-22T09:30:00.000000Z')`)
		h.Run(t, `update assessor_allocations set person_id = $1, assessor_name = 'Amara Okafor1', assessor_email = 'amara1@example.org'
			where enrolment_id = $2`, string(h.amara.Person), string(other.ID))
		h.end(t, "2026-10-30")
		before := h.holding(t, "amara1@example.org", "Okafor1", "SW1001")
		if len(before) < 6 {
			t.Fatalf("only %v hold the person before", before)
		}
		if _, err := h.rights.Erase(ctx, whole, h.amara.Person, rights.Asked, "asked"); err != nil {
			t.Fatal(err)
		}
		if after := h.holding(t, "amara1@example.org", "Okafor1", "SW1001"); len(after) > 0 {
			t.Errorf("%v still hold the person", after)
		}
		if n := h.Count(t, `enrolments where id = $1`, string(other.ID)); n != 1 {
			t.Error("somebody else is gone too")
		}
		if n := h.Count(t, `assessor_allocations where assessor_name = 'Erased person'`); n != 1 {
			t.Errorf("%d assessors are called Erased person", n)
		}
		if h.Count(t, `people where id = $1 and given_name = 'Erased' and email is null`, string(h.amara.Person)) != 1 {
			t.Error("the stub is not as it should be")
		}
	})
}

// holding lists the columns that hold any of some texts. The audit trail is left
// out: its texts are sealed, and what opens them is destroyed (AUD).
func (h house) holding(t *testing.T, texts ...string) []string {
	t.Helper()
	var out []string
	for _, table := range schema.Tables() {
		if table.Keep == inventory.Trail {
			continue
		}
		for class, names := range table.Columns {
			if class == inventory.Key {
				continue
			}
			for _, name := range names {
				for _, text := range texts {
					if h.Count(t, table.Name+` where lower(cast(`+name+` as text)) like $1`, "%"+strings.ToLower(text)+"%") > 0 {
						out = append(out, table.Name+"."+name)
					}
				}
			}
		}
	}
	return out
}

func TestDAT7_RightThingsOnTheRightDay(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.end(t, "2017-01-31")
		h.Run(t, `update people set created_at = '2016-01-01T00:00:00.000000Z' where id = $1`, string(h.amara.Person))
		for day, want := range map[string]int{"2027-01-30": 0, "2027-01-31": 1} {
			list, err := h.rights.Due(ctx, whole, asye.MustDate(day))
			must(t, err)
			if len(list) != want {
				t.Errorf("by %s %d are due: %+v", day, len(list), list)
			}
		}
		h.Until(t, asye.MustDate("2027-01-30"))
		h.erasesDue(t, 0)
		h.Until(t, asye.MustDate("2027-01-31"))
		must(t, h.rights.Hold(ctx, whole, h.amara.Person, "a claim"))
		h.erasesDue(t, 0)
		must(t, h.rights.Lift(ctx, whole, h.amara.Person))
		h.erasesDue(t, 1)
		h.erasesDue(t, 0)
		if h.Count(t, `erasures where ground = 'retention'`) != 1 {
			t.Error("nothing says that retention erased somebody")
		}
	})
}

func (h house) erasesDue(t *testing.T, want int) {
	t.Helper()
	if n, err := h.rights.EraseDue(ctx, whole); err != nil || n != want {
		t.Errorf("%d were erased, want %d: %v", n, want, err)
	}
}

func TestDAT8_ListedAYearAhead(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.end(t, "2017-10-31")
		h.Run(t, `update people set created_at = '2016-01-01T00:00:00.000000Z' where id = $1`, string(h.amara.Person))
		h.As(t, whole).Get("/admin/retention").Is(200, "1 people reach the end", "Amara Okafor1", "31 Oct 2027")
		h.As(t, small).Get("/admin/retention").Is(403)
		h.As(t, ours).Get("/admin/retention").Is(403)
	})
}

func TestSchedule(t *testing.T) {
	good := `{"version":"1","from":"2026-01-01","classes":[{"class":"record","months":12,"counts_from":"x","why":"w","source":"s"},
		{"class":"account","months":6,"counts_from":"x","why":"w","source":"s"}]}`
	if s, err := rights.ReadSchedule("f", []byte(good)); err != nil || s.Ends(inventory.Record, asye.MustDate("2026-01-31")) != asye.MustDate("2027-01-31") {
		t.Errorf("%+v %v", s, err)
	}
	for says, edit := range map[string][2]string{
		"cannot be read": {`"months":12`, `"years":1`}, "says nothing of the class": {`"account"`, `"visits"`},
		"Give at least one": {`"months":6`, `"months":0`}, "gives no reason": {`"why":"w","source":"s"}]`, `"why":"","source":"s"}]`},
	} {
		_, err := rights.ReadSchedule("f", []byte(strings.Replace(good, edit[0], edit[1], 1)))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", says, err)
		}
	}
}
