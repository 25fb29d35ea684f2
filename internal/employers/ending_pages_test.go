package employers

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/schema"
)

func change(t *testing.T, d *db.DB, statement string, args ...any) {
	t.Helper()
	err := d.Keep(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestYears has a year on each side of each line, on 22 November 2026.
func TestYears(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		o := add(t, s, "301", nil)
		today := asye.MustDate("2026-11-22")
		if got, err := s.Years(ctx, team, o.ID, today); err != nil || got.String() != "No registrations here are still to end." {
			t.Errorf("%s %v", got, err)
		}
		for _, p := range []string{"today", "tomorrow", "due-today", "due-tomorrow", "paused-today", "paused-tomorrow", "returned", "ended"} {
			enrol(t, d, p, o.ID)
		}
		change(t, d, `update enrolments set starts_on = '2026-11-22' where id = 'today'`)
		change(t, d, `update enrolments set starts_on = '2026-11-23' where id = 'tomorrow'`)
		change(t, d, `update enrolments set due_on = '2026-11-22' where id = 'due-today'`)
		change(t, d, `update enrolments set due_on = '2026-11-23' where id = 'due-tomorrow'`)
		change(t, d, `update enrolments set ends_on = '2026-11-01' where id = 'ended'`)
		for person, from := range map[string]string{"paused-today": "2026-11-22", "paused-tomorrow": "2026-11-23"} {
			change(t, d, `insert into pauses (id, enrolment_id, starts_on, reason, recorded_at)
				values ($1, $1, $2, 'sickness', '2026-09-01T00:00:00.000000Z')`, person, asye.MustDate(from))
		}
		change(t, d, `insert into pauses (id, enrolment_id, starts_on, ends_on, reason, recorded_at)
			values ('r', 'returned', '2026-10-01', '2026-11-01', 'sickness', '2026-09-01T00:00:00.000000Z')`)
		got, err := s.Years(ctx, team, o.ID, today)
		if want := (Years{UnderWay: 4, Paused: 1, NotStarted: 1, Overdue: 1}); err != nil || got != want {
			t.Errorf("%+v %v, want %+v", got, err, want)
		}
		if want := "7 registrations here are still to end: 4 under way, 1 paused, 1 not started, 1 with an outcome overdue."; got.String() != want {
			t.Errorf("%q, want %q", got, want)
		}
		b := open(t, d, s, team)
		b.Get(paths.Employer(o.ID)).Is(200, got.String())
	})
}

func TestFind(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d, nil)
		essex := add(t, s, "881", func(o *Organisation) { o.Name = "Essex" })
		bristol := add(t, s, "801", func(o *Organisation) { o.Name = "Bristol, City of" })
		closed := add(t, s, "802", func(o *Organisation) { o.Name = "Essex" })
		change(t, d, `update organisations set closed_on = '2026-01-01' where id = $1`, string(closed.ID))
		one, two := add(t, s, "803", func(o *Organisation) { o.Name = "Twin" }), add(t, s, "804", func(o *Organisation) { o.Name = "Twin" })
		for typed, want := range map[string]asye.OrganisationID{"881": essex.ID, "Essex": essex.ID, " essex ": essex.ID, "Essex (881)": essex.ID,
			"bristol city of": bristol.ID, "Bristol, City of": bristol.ID, "802": closed.ID, "803": one.ID, "Twin (804)": two.ID} {
			if got, err := s.Find(ctx, team, typed); err != nil || got.ID != want {
				t.Errorf("%q finds %s: %v", typed, got.Code, err)
			}
		}
		for typed, want := range map[string]string{
			"Esse":  `No employer has the code or the whole name "Esse". Is it Essex (881)?`,
			"Twin":  `Several employers are called "Twin". Enter the code of one: 803, 804`,
			"Wales": `No employer has the code or the name "Wales". Add the employer first, or correct what is typed`,
			"%":     `No employer has the code or the name "%". Add the employer first, or correct what is typed`,
		} {
			if _, err := s.Find(ctx, team, typed); err == nil || err.Error() != want {
				t.Errorf("%q: %v, want %s", typed, err, want)
			}
		}
	})
}

func TestEndingChoosesSuccessor(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	a, essex := add(t, s, "301", nil), add(t, s, "881", func(o *Organisation) { o.Name = "Essex" })
	add(t, s, "882", func(o *Organisation) { o.Name, o.OpenedOn = "Later", asye.MustDate("2026-05-01") })
	b := open(t, d, s, team)
	base := paths.EmployerEnding(a.ID)
	b.Fill(base+"/what", "kind=merged", "on=2026-04-01")
	b.Get(base+"/who").Has(`<option value="881">Essex (881)</option>`).
		HasNot(`<option value="301"`, `<option value="882"`) // not itself, nor one that opened after the day
	b.Fill(base+"/who", "successors=881", "others=Esex").Is(422, `No employer has the code or the name "Esex"`)
	b.Fill(base+"/who", "successors=881", "others=essex").Is(422, "cannot take over from itself")
	b.Fill(base+"/who", "successors=881").LeadsTo(base + "/why")
	b.Fill(base+"/why", "reason=The order").LeadsTo(base + "/check")
	b.Get(base+"/check").Is(200, "Last day it was open 31 March 2026", "Who came after Essex (881)")
	b.Fill(base+"/what", "kind=split", "on=2026-04-01")
	b.Fill(base+"/who", "successors=Essex\r\n301").Is(422, "cannot take over from itself")
	b.Fill(base+"/who", "successors=881, 301").Is(422, "cannot take over from itself") // codes on one line, as before
	if got := b.Get(paths.Employer(essex.ID)).Status; got != 200 {
		t.Error(got)
	}
}

func TestEndingInTheFuture(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.Get(base+"/what").Is(200, "registrations move at once", "cannot be undone")
	b.Fill(base+"/what", "kind=merged", "on=2027-04-01").Is(422,
		"The day must be today or in the past, because the registrations move as soon as the ending is recorded. Record it on 1 April 2027. Whoever comes after can be added now, with that day as its first")
}

func TestHalfRecordedEnding(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	o := add(t, s, "301", nil)
	b := open(t, d, s, team)
	base := paths.EmployerEnding(o.ID)
	b.Get(paths.Employer(o.ID)).Is(200).Lacks("Carry on")
	b.Fill(base+"/what", "kind=closed", "on=2026-04-01").LeadsTo(base + "/why")
	p := b.Get(paths.Employer(o.ID)).Is(200, "You began to record an ending on 22 November 2026", "It has no effect until it is finished", "Carry on").
		Lacks("Record a closing, merger, split or new name")
	p.Press(base + "/discard")
	b.Get(paths.Employer(o.ID)).Is(200, "Record a closing, merger, split or new name").Lacks("Carry on")
	b.Fill(base+"/what", "kind=closed", "on=2026-04-01")
	change(t, d, `update organisations set closed_on = '2026-01-01' where id = $1`, string(o.ID))
	b.Get(paths.Employer(o.ID)).Is(200).Lacks("Carry on") // it has closed in the meantime
}

func TestEmployerThatOpensLater(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	s := NewStore(d, nil)
	b := open(t, d, s, team)
	b.Fill("/employers/new", typed("302", "opened_on=2026-11-23")...)
	later, err := s.ByCode(ctx, team, "302")
	if err != nil {
		t.Fatal(err)
	}
	b.Get(paths.Employer(later.ID)).Is(200, "Opens on 23 November 2026")
	now := add(t, s, "301", func(o *Organisation) { o.OpenedOn = asye.MustDate("2026-11-22") })
	b.Get(paths.Employer(now.ID)).Is(200, "Open").Lacks("Opens on")
	if text := b.Get("/employers").Text(); strings.Count(text, "Opens on 23 November 2026") != 1 {
		t.Errorf("the list tags the one that opens tomorrow: %s", text)
	}
}
