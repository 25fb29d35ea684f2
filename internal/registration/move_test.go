package registration_test

import (
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
)

// confirmed is a move to the other employer that the NQSW has confirmed.
func confirmed(t *testing.T, h house, leaves, joins string) registration.Record {
	t.Helper()
	r := h.Register(t, ours, entry(1))
	must(t, h.Leaving(ctx, ours, r.ID, r.Version, "b", at(leaves)))
	must(t, h.Claim(ctx, them, wanted(r, joins)))
	must(t, h.Confirm(ctx, registrationtest.Self(r), h.Record(t, ours, r.ID).OpenTransfer().ID))
	return r
}

func TestREG48_AMoveTakesEffectOnTheDayOfJoining(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := confirmed(t, h, "2026-12-01", "2026-12-07")
		now := h.Record(t, ours, r.ID)
		if open := now.OpenTransfer(); open.Status != registration.TransferConfirmed || open.ConfirmedAt.IsZero() || len(now.Employments) != 1 {
			t.Fatalf("%+v", open)
		}
		if _, err := h.Get(ctx, them, r.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the gaining employer has the record before its day: %v", err)
		}
		for _, who := range []tenant.Scope{ours, them} {
			if moves, err := h.Moves(ctx, who); err != nil || len(moves) != 1 || moves[0].Status != registration.TransferConfirmed {
				t.Errorf("%s sees %v, %v", who.Org(), moves, err)
			}
		}
		o := registration.Outcome{Result: "passed", DecidedOn: at("2026-11-20")}
		if err := h.Decide(ctx, ours, r.ID, now.Version, o); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an outcome meanwhile: %v", err)
		}
		h.Until(t, at("2026-12-06"))
		h.Record(t, ours, r.ID)
		h.Until(t, at("2026-12-07"))
		moved := h.Record(t, them, r.ID)
		if len(moved.Employments) != 2 || moved.Employments[1].Period.Start != at("2026-12-07") || moved.LastDay() != at("2027-09-06") {
			t.Errorf("%v, last day %s", moved.Employments, moved.LastDay())
		}
		if n := h.Count(t, `audit_lines where what = 'registration.transferred' and actor_kind = 'system' and reason <> ''`); n != 1 {
			t.Errorf("%d lines of the service itself", n)
		}
		if again, err := h.CompleteDue(ctx); err != nil || again != 0 {
			t.Errorf("a second time: %d, %v", again, err)
		}
	})
}

// Both employers can read how a move ended, and nobody else.
func TestREG48_MovesThatAreOver(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		confirmed(t, h, "2026-11-16", "2026-11-22")
		for who, want := range map[tenant.Scope]int{ours: 1, them: 1, h.Employer(t, "c", "303", "Carwick"): 0} {
			if past, err := h.PastMoves(ctx, who); err != nil || len(past) != want {
				t.Errorf("%s sees %d moves that are over, %v", who.Org(), len(past), err)
			}
		}
	})
}

func TestREG48_AtOnceWhenTheDayHasCome(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := confirmed(t, h, "2026-11-16", "2026-11-22")
		if moved := h.Record(t, them, r.ID); moved.OpenTransfer() != nil || len(moved.Employments) != 2 {
			t.Errorf("%+v", moved.Transfers)
		}
	})
}

func TestREG48_WhoObjectsStopsAConfirmedMove(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := confirmed(t, h, "2026-12-01", "2026-12-01")
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "They stay after all"))
		h.Until(t, at("2026-12-01"))
		open := h.Record(t, ours, r.ID).OpenTransfer()
		if open.Status != registration.TransferDisputed || !open.ConfirmedAt.IsZero() {
			t.Fatalf("%+v", open)
		}
		must(t, h.Rule(ctx, team, open.ID, open.Version, registration.Ruling{Why: "The new contract was cancelled"}))
		now := h.Record(t, ours, r.ID)
		must(t, h.Decide(ctx, ours, r.ID, now.Version, registration.Outcome{Result: "passed", DecidedOn: at("2026-12-01")}))
	})
}

// A ruling says whose it is: the national team's, and not the NQSW's own word.
func TestREG45_TheHistorySaysWhoDecided(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Claim(ctx, them, wanted(r, "2026-12-01")))
		must(t, h.Object(ctx, ours, r.ID, h.Record(t, ours, r.ID).Version, "No"))
		open := h.Record(t, ours, r.ID).OpenTransfer()
		must(t, h.Rule(ctx, team, open.ID, open.Version, registration.Ruling{Moves: true, LeavesOn: at("2026-12-01"), JoinsOn: at("2026-12-01"), Why: "Contract seen"}))
		events, _, err := h.History(ctx, ours, r.ID, 1)
		must(t, err)
		told := events[0].Tell(r.Rules)
		if told.Title != "The national team decided: the year moves" || events[0].By() != "Co national, for the national team" {
			t.Errorf("%+v by %s", told, events[0].By())
		}
		if want := "The last day with the employer before is 30 November 2026, the first day with the next 1 December 2026. Reason given: Contract seen."; told.Text != want {
			t.Errorf("%q", told.Text)
		}
	})
}

// A move under way follows an employer to its successor, and one between the two
// is over.
func TestREG46_MovesFollowTheSuccessor(t *testing.T) {
	for name, c := range map[string]struct {
		from, to asye.OrganisationID // who merges into whom
		with     asye.OrganisationID // where the year is in the end
	}{"the gaining employer merges": {"b", "c", "c"}, "the losing employer merges": {"a", "c", "b"}, "the two merge": {"a", "b", "b"}} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				h.Employer(t, "c", "303", "Carwick")
				r := confirmed(t, h, "2026-12-07", "2026-12-07")
				must(t, h.DB.Write(ctx, team, func(tx *db.Tx) error {
					must(t, tx.Audit(ctx, team, db.Line{What: "employer.merged", Kind: "organisation", ID: string(c.from)}))
					return h.MoveAll(ctx, tx, team, c.from, c.to, at("2026-11-22"))
				}))
				h.Until(t, at("2026-12-07"))
				now := h.Record(t, tenant.SignedIn("co", c.with, asye.Coordinator), r.ID)
				if now.OpenTransfer() != nil || h.Count(t, `memberships where person_id = $1 and role = 'nqsw' and ends_on is null`, string(r.Person)) != 1 {
					t.Errorf("%+v", now.Transfers)
				}
			})
		})
	}
}

func TestREG37_AYearThatNeverBegan(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1, func(e *registration.Entry) { e.StartsOn = at("2026-12-07") }))
		o := registration.Outcome{Result: "withdrawn", DecidedOn: at("2026-11-20"), Reason: registration.Mistaken, Concerns: "no"}
		must(t, h.Decide(ctx, ours, r.ID, r.Version, o))
		now := h.Record(t, ours, r.ID)
		if now.EndsOn != at("2026-12-08") || now.Status(at("2026-11-22")) != registration.Withdrawn {
			t.Errorf("ends %s, %s", now.EndsOn, now.Status(at("2026-11-22")))
		}
		must(t, h.Undo(ctx, ours, r.ID, now.Version, "They come after all"))
		if back := h.Record(t, ours, r.ID); !back.EndsOn.IsZero() || back.AssessedBy().Name == "" || back.Status(at("2026-11-22")) != registration.Upcoming {
			t.Errorf("after the undo: %+v", back.Row)
		}
	})
}

func TestEndsFollowTheExpectedReturn(t *testing.T) {
	year := running(t)
	expecting := func(from, back string) registration.Record {
		return year.WithPause(registration.Pause{Period: asye.Since(at(from)), ExpectedReturn: at(back), Reason: "sickness"})
	}
	for name, c := range map[string]struct {
		r    registration.Record
		want string
	}{
		"REG-24_no_pause":              {year, "31 August 2027"},
		"REG-24_no_expected_return":    {paused(year, "2026-11-02", ""), "21 September 2027 at the earliest"},
		"REG-24_expected_tomorrow":     {expecting("2026-11-02", "2026-11-23"), "21 September 2027 if the return is on 23 November 2026, and 21 September 2027 at the earliest"},
		"REG-24_expected_today":        {expecting("2026-11-02", "2026-11-22"), "21 September 2027 at the earliest"},
		"REG-24_a_pause_still_to_come": {expecting("2027-02-01", "2027-11-01"), "30 May 2028 if the return is on 1 November 2027, and 1 September 2027 at the earliest"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.r.Ends(today).String(); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPlannedPauses(t *testing.T) {
	year := running(t)
	for name, c := range map[string]struct {
		r    registration.Record
		want string
	}{
		"REG-23_the_pause_begins_today":    {paused(year, "2026-11-22", ""), ""},
		"REG-23_the_pause_begins_tomorrow": {paused(year, "2026-11-23", ""), "conflict"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := refused(t, c.r.Return(at("2026-11-30"), today)); got != c.want {
				t.Errorf("refused for %q, want %q", got, c.want)
			}
		})
	}
}
