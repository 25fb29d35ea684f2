package change_test

import (
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// forms are the pages about one record, and what each takes to be saved.
func forms(r registration.Record) map[string][]string {
	return map[string][]string{
		paths.RegistrationPause(r.ID):       {"reason=sickness", "starts_on=2026-11-01", "returned=no", "step=save"},
		paths.RegistrationHours(r.ID):       {"starts_on=2026-12-01", "hours=18.5", "full_time_hours=37", "step=save"},
		paths.RegistrationExtend(r.ID):      {"months=2", "reason=evidence", "approver=P Anel", "approved_on=2026-11-01", "step=save"},
		paths.RegistrationOutcome(r.ID):     {"result=withdrawn", "decided_on=2026-11-01", "reason=health", "concerns=no", "step=save"},
		paths.RegistrationLeaving(r.ID):     {"leaves_on=2026-12-01", "to_org=b"},
		paths.RegistrationReturn(r.ID):      nil,
		paths.RegistrationOutcomeUndo(r.ID): nil,
		paths.RegistrationObject(r.ID):      nil,
	}
}

func TestOnlyCoordinatorsOfTheEmployerGetIn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		all := []string{paths.Transfers(), paths.TransferClaim(), paths.RegistrationOutcomeRecorded(r.ID),
			paths.RegistrationPauseRemove(r.ID, "x"), paths.RegistrationExtensionUndo(r.ID, "x"), paths.RegistrationLeavingCancel(r.ID)}
		for path := range forms(r) {
			all = append(all, path)
		}
		for _, path := range all {
			for _, role := range asye.Roles() {
				if role != asye.Coordinator {
					h.As(t, tenant.SignedIn("nat", "a", role)).Get(path).Is(403)
				}
			}
			if path != paths.Transfers() && path != paths.TransferClaim() {
				h.As(t, them).Get(path).Is(404)
			}
		}
	})
}

func TestAnotherEmployersCoordinatorSavesNothing(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		for path, typed := range forms(r) {
			h.As(t, them).Forge(h.As(t, ours).Get(path), path, append(typed, "version=1")...).Is(404)
		}
		if now := h.Record(t, ours, r.ID); now.Version != r.Version {
			t.Errorf("the record went from version %d to %d", r.Version, now.Version)
		}
	})
}

func TestStaleSaveShowsBothTextsAndCanBeSavedAgain(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		n := 0
		for path, typed := range forms(h.Register(t, ours, entry(0))) {
			if typed == nil {
				continue
			}
			n++
			r := h.Register(t, ours, entry(n))
			path = paths.Registration(r.ID) + path[len(paths.Registration(r.ID)):]
			b := h.As(t, ours)
			b.Get(path).Is(200)
			must(t, h.Allocate(ctx, ours, r.ID, r.Version, registration.Allocate{Team: "Other", From: at("2026-11-01")}))
			if typed[len(typed)-1] == "step=save" {
				h.As(t, ours).Get(path).Submit(append([]string{"version=1"}, append(typed, "step=check")...)...).
					Is(409, "Saved now", "What you typed")
			}
			b.Submit(typed...).Is(409, "Saved now", "What you typed", "Co a saved this record")
			if h.Record(t, ours, r.ID).Version != r.Version+1 {
				t.Fatalf("%s: the stale form had an effect", path)
			}
			b.Submit(typed...).Is(303)
		}
	})
}

func TestADoubleSubmissionHasOneEffect(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		n := 0
		for path, typed := range forms(h.Register(t, ours, entry(0))) {
			if typed == nil {
				continue
			}
			n++
			r := h.Register(t, ours, entry(n))
			path = paths.Registration(r.ID) + path[len(paths.Registration(r.ID)):]
			form := h.As(t, ours).Get(path)
			first := form.Submit(typed...).Is(303)
			form.Submit(typed...).LeadsTo(first.Location)
			if now := h.Record(t, ours, r.ID); now.Version != r.Version+1 {
				t.Errorf("%s: version %d after %d", path, now.Version, r.Version)
			}
		}
	})
}

func TestPauseAndReturn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationPause(r.ID)).Is(200, "Long-term sickness", "Why capability is not in this list",
			"Worries about somebody's practice are not a reason to pause", "31 August 2027")
		b.Submit("step=check").Is(422, "Choose the reason", "Enter the first day", "Say whether the NQSW has returned", "Error:")
		b.Submit("reason=capability", "starts_on=2026-11-01", "returned=no", "note=Kept", "step=check").
			Is(422, "Worries about somebody's practice", "Kept")
		b.Submit("reason=sickness", "starts_on=2026-11-02", "returned=no", "note=Kept", "step=check").
			Is(200, "Check the pause", "Last day now", "31 August 2027", "at the earliest", "Save the pause")
		b.Submit("step=edit").Is(200, "Kept").Has(`value="sickness" checked`)
		b.Submit("reason=sickness", "starts_on=2026-11-02", "returned=no", "note=Kept", "step=check").Submit("step=save").
			LeadsTo(paths.Registration(r.ID))
		if open := h.Record(t, ours, r.ID).OpenPause(); open == nil || open.Note != "Kept" || open.Period.Start != at("2026-11-02") {
			t.Fatalf("pause %+v", open)
		}
		b.Get(paths.RegistrationPause(r.ID)).Is(409, "already paused", "Nothing has been changed")
		b.Get(paths.RegistrationReturn(r.ID)).Is(200, "paused since 2 November 2026")
		b.Submit("ends_on=2026-11-02", "step=check").Is(422, "must be after the pause started")
		b.Submit("ends_on=2026-11-12", "step=check").Is(200, "10 September 2027")
		b.Submit("step=save").Is(303)
		now := h.Record(t, ours, r.ID)
		if now.OpenPause() != nil || now.LastDay() != at("2027-09-10") {
			t.Fatalf("after the return: %v, last day %s", now.OpenPause(), now.LastDay())
		}
		b.Get(paths.RegistrationReturn(r.ID)).Is(409, "not paused")
		b.Get(paths.RegistrationPauseRemove(r.ID, now.Pauses[0].ID)).Is(200, "10 days sooner", "31 August 2027")
		b.Submit().Is(422, "Say why the pause is removed")
		b.Submit("undo_reason=Wrong person").Is(303)
		if now := h.Record(t, ours, r.ID); len(now.Pauses) != 0 || now.LastDay() != at("2027-08-31") {
			t.Fatalf("after removal: %v, %s", now.Pauses, now.LastDay())
		}
		b.Get(paths.RegistrationPauseRemove(r.ID, now.Pauses[0].ID)).Is(404)
	})
}

func TestAPauseThatIsOver(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationPause(r.ID))
		b.Submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "step=check").Is(422, "Enter the day of return")
		b.Submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on=2026-11-23", "step=check").
			Is(422, "has returned did so by today")
		b.Submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on-day=31", "ends_on-month=11", "ends_on-year=2026", "step=check").
			Is(422, "must be a real date").Has(`value="31"`)
		b.Submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on=2026-11-22", "step=check").
			Is(200, "21 days later").Submit("step=save").Is(303)
		if now := h.Record(t, ours, r.ID); now.LastDay() != at("2027-09-21") || now.OpenPause() != nil {
			t.Errorf("last day %s", now.LastDay())
		}
	})
}

func TestProblemsComeInTheOrderOfThePage(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		b := h.As(t, ours)
		b.Get(paths.RegistrationPause(h.Register(t, ours, entry(1)).ID)).Submit("starts_on-day=31", "starts_on-month=11", "starts_on-year=2026", "step=check")
		b.Is(422)
		reason, day, returned := strings.Index(b.Body, `href="#reason"`), strings.Index(b.Body, `href="#starts_on"`), strings.Index(b.Body, `href="#returned"`)
		if reason < 0 || reason > day || day > returned {
			t.Errorf("reason at %d, first day at %d, return at %d", reason, day, returned)
		}
	})
}

func TestHoursAndExtension(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		b := h.As(t, ours)
		b.Get(paths.RegistrationHours(r.ID)).Is(200, "37 hours a week, full-time").Has(`value="37"`)
		b.Submit("starts_on=2026-12-01", "hours=lots", "full_time_hours=37", "step=check").Is(422, `"lots" is not a number of hours`)
		b.Submit("starts_on=2026-12-01", "hours=38", "full_time_hours=37", "step=check").Is(422, "cannot be more than the full-time hours")
		b.Submit("starts_on=2026-12-01", "hours=18.5", "full_time_hours=37", "step=check").
			Is(200, "Last day now", "Last day after this", "At 0.5 of full time", "Reviews that move")
		shown := h.Record(t, ours, r.ID).WithPattern(registration.Pattern{Period: asye.Since(at("2026-12-01")), Hours: 1850, FullTimeHours: 3700}).
			Schedule(at("2026-11-22"))
		b.Is(200, shown.LastDay.String()).Submit("step=save").Is(303)
		if now := h.Record(t, ours, r.ID); now.LastDay() != shown.LastDay || now.Pattern().Hours != 1850 {
			t.Errorf("saved %s, shown %s", now.LastDay(), shown.LastDay)
		}
		last := h.Record(t, ours, r.ID).LastDay()
		b.Get(paths.RegistrationExtend(r.ID))
		b.Submit("step=check").Is(422, "Enter how many months or days", "who approved", "Choose the reason for the extension")
		b.Submit("months=two", "step=check").Is(422, "as a whole number")
		b.Submit("months=0", "days=10", "reason=evidence", "approver=P Anel", "approved_on=2026-11-22", "step=check").
			Is(200, "10 days", last.AddDays(10).String()).Submit("step=save").Is(303)
		now := h.Record(t, ours, r.ID)
		if now.LastDay() != last.AddDays(10) {
			t.Errorf("last day %s", now.LastDay())
		}
		b.Get(paths.RegistrationExtensionUndo(r.ID, now.Extensions[0].ID)).Is(200, "P Anel approved", "10 days sooner")
		b.Submit("undo_reason=").Is(422, "Say why the extension is undone")
		b.Submit("undo_reason=Not agreed").Is(303)
		if now := h.Record(t, ours, r.ID); now.LastDay() != last || len(now.Extensions) != 1 {
			t.Errorf("last day %s, %d extensions kept", now.LastDay(), len(now.Extensions))
		}
	})
}

func TestEachOutcome(t *testing.T) {
	cases := map[string]struct{ missing, typed, check, done []string }{
		"passed": {nil, []string{"decided_on=2026-11-20"}, []string{"ends on 20 November 2026, as passed", "only with a reason", "before the last day of the year"},
			[]string{"Outcome recorded: passed"}},
		"failed": {[]string{"Enter the date on which the NQSW was told in writing"}, []string{"decided_on=2026-11-20", "told_on=2026-11-21"},
			[]string{"Told in writing on", "21 November 2026"}, []string{"how to appeal"}},
		"withdrawn": {[]string{"Choose the reason", "Say whether there were concerns"},
			[]string{"decided_on=2026-11-20", "reason=health", "concerns=yes"}, []string{"Concerns about practice", "not the answer about concerns"},
			[]string{"register them as new"}},
	}
	for result, c := range cases {
		t.Run(result, func(t *testing.T) {
			each(t, func(t *testing.T, h house) {
				r := h.Register(t, ours, entry(1))
				b := h.As(t, ours)
				b.Get(paths.RegistrationOutcome(r.ID)).Is(200, "How did the year end?")
				b.Submit("step=result").Is(422, "Choose how the year ended")
				b.Submit("result="+result, "step=result").Is(200, "Record the outcome: "+result)
				b.Submit("step=check").Is(422, append(c.missing, "Enter the date")...)
				b.Submit(append(c.typed, "note=A note", "step=check")...).Is(200, append(c.check, "A note", "What happens when you save")...)
				b.Submit("step=save").LeadsTo(paths.RegistrationOutcomeRecorded(r.ID))
				b.Get(paths.RegistrationOutcomeRecorded(r.ID)).Is(200, append(c.done, r.Reference)...)
				now := h.Record(t, ours, r.ID)
				if o := now.Outcome(); o == nil || string(o.Result) != result || o.Note != "A note" || now.EndsOn != at("2026-11-21") {
					t.Fatalf("outcome %+v, ends %s", o, now.EndsOn)
				}
				for _, path := range []string{paths.RegistrationPause(r.ID), paths.RegistrationHours(r.ID), paths.RegistrationExtend(r.ID),
					paths.RegistrationOutcome(r.ID), paths.RegistrationLeaving(r.ID)} {
					b.Get(path).Is(409, "Undo the outcome first")
				}
				b.Get(paths.RegistrationOutcomeUndo(r.ID)).Is(200, "20 November 2026")
				b.Submit("reason=").Is(422, "Say why the outcome is undone")
				b.Submit("reason=Wrong record").LeadsTo(paths.Registration(r.ID))
				now = h.Record(t, ours, r.ID)
				if now.Outcome() != nil || len(now.Outcomes) != 1 || now.Outcomes[0].UndoneReason != "Wrong record" || !now.EndsOn.IsZero() {
					t.Errorf("after the undo: %+v", now.Outcomes)
				}
				b.Get(paths.RegistrationOutcomeUndo(r.ID)).Is(409, "no outcome to undo")
				b.Get(paths.RegistrationOutcomeRecorded(r.ID)).LeadsTo(paths.Registration(r.ID))
			})
		})
	}
}

func TestAPausedYearCanOnlyBeWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		r := h.Register(t, ours, entry(1))
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: asye.Since(at("2026-11-01")), Reason: "sickness"}))
		b := h.As(t, ours)
		b.Get(paths.RegistrationOutcome(r.ID)).Is(200, "The year is paused").Has(paths.RegistrationReturn(r.ID))
		b.Submit("result=passed", "step=result").Is(422, "Record the return before the outcome")
		b.Submit("result=withdrawn", "step=result").Is(200)
		b.Submit("decided_on=2026-11-20", "reason=health", "concerns=no", "step=check").Submit("step=save").Is(303)
	})
}
