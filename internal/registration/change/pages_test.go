package change_test

import (
	"net/http"
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
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		all := []string{paths.Transfers(), paths.TransferClaim(), paths.RegistrationOutcomeRecorded(r.ID),
			paths.RegistrationPauseRemove(r.ID, "x"), paths.RegistrationExtensionUndo(r.ID, "x"), paths.RegistrationLeavingCancel(r.ID)}
		for path := range forms(r) {
			all = append(all, path)
		}
		for _, path := range all {
			for _, role := range asye.Roles() {
				if role != asye.Coordinator {
					h.as(t, tenant.SignedIn("nat", "a", role)).get(path).is(http.StatusForbidden)
				}
			}
			if path != paths.Transfers() && path != paths.TransferClaim() {
				h.as(t, them).get(path).is(http.StatusNotFound)
			}
		}
	})
}

func TestAnotherEmployersCoordinatorSavesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		for path, typed := range forms(r) {
			b := h.as(t, ours).get(path)
			b.who = them
			b.submit(append(typed, "version=1")...).is(http.StatusNotFound)
		}
		if now := h.get(t, ours, r.ID); now.Version != r.Version {
			t.Errorf("the record went from version %d to %d", r.Version, now.Version)
		}
	})
}

func TestStaleSaveShowsBothTextsAndCanBeSavedAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		n := 0
		for path, typed := range forms(h.add(t, 0)) {
			if typed == nil {
				continue
			}
			n++
			r := h.add(t, n)
			path = paths.Registration(r.ID) + path[len(paths.Registration(r.ID)):]
			b := h.as(t, ours).get(path).is(http.StatusOK)
			must(t, h.Allocate(ctx, ours, r.ID, r.Version, registration.Allocate{Team: "Other", From: at("2026-11-01")}))
			if typed[len(typed)-1] == "step=save" {
				h.as(t, ours).get(path).submit(append([]string{"version=1"}, append(typed, "step=check")...)...).
					is(http.StatusConflict, "Saved now", "What you typed")
			}
			b.submit(typed...).is(http.StatusConflict, "Saved now", "What you typed", "Co a saved this record")
			if h.get(t, ours, r.ID).Version != r.Version+1 {
				t.Fatalf("%s: the stale form had an effect", path)
			}
			b.submit(typed...).is(http.StatusSeeOther)
		}
	})
}

func TestADoubleSubmissionHasOneEffect(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		n := 0
		for path, typed := range forms(h.add(t, 0)) {
			if typed == nil {
				continue
			}
			n++
			r := h.add(t, n)
			path = paths.Registration(r.ID) + path[len(paths.Registration(r.ID)):]
			b := h.as(t, ours).get(path)
			form := b.filled(typed)
			first := b.send(http.MethodPost, path, form).is(http.StatusSeeOther).body
			if second := b.send(http.MethodPost, path, form).is(http.StatusSeeOther).body; second != first {
				t.Errorf("%s led to %s, then to %s", path, first, second)
			}
			if now := h.get(t, ours, r.ID); now.Version != r.Version+1 {
				t.Errorf("%s: version %d after %d", path, now.Version, r.Version)
			}
		}
	})
}

func TestPauseAndReturn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		b := h.as(t, ours)
		b.get(paths.RegistrationPause(r.ID)).is(http.StatusOK, "Long-term sickness", "Why capability is not in this list",
			"Worries about somebody's practice are not a reason to pause", "31 August 2027")
		b.submit("step=check").is(http.StatusUnprocessableEntity, "Choose the reason", "Enter the first day", "Say whether the NQSW has returned", "Error:")
		b.submit("reason=capability", "starts_on=2026-11-01", "returned=no", "note=Kept", "step=check").
			is(http.StatusUnprocessableEntity, "Worries about somebody's practice", "Kept")
		b.submit("reason=sickness", "starts_on=2026-11-02", "returned=no", "note=Kept", "step=check").
			is(http.StatusOK, "Check the pause", "Last day now", "31 August 2027", "at the earliest", "Save the pause")
		b.submit("step=edit").is(http.StatusOK, "Kept", `value="sickness" checked`)
		b.submit("reason=sickness", "starts_on=2026-11-02", "returned=no", "note=Kept", "step=check").submit("step=save").
			is(http.StatusSeeOther, paths.Registration(r.ID))
		if open := h.get(t, ours, r.ID).OpenPause(); open == nil || open.Note != "Kept" || open.Period.Start != at("2026-11-02") {
			t.Fatalf("pause %+v", open)
		}
		b.get(paths.RegistrationPause(r.ID)).is(http.StatusConflict, "already paused", "Nothing has been changed")
		b.get(paths.RegistrationReturn(r.ID)).is(http.StatusOK, "paused since 2 November 2026")
		b.submit("ends_on=2026-11-02", "step=check").is(http.StatusUnprocessableEntity, "must be after the pause started")
		b.submit("ends_on=2026-11-12", "step=check").is(http.StatusOK, "10 September 2027")
		b.submit("step=save").is(http.StatusSeeOther)
		now := h.get(t, ours, r.ID)
		if now.OpenPause() != nil || now.LastDay() != at("2027-09-10") {
			t.Fatalf("after the return: %v, last day %s", now.OpenPause(), now.LastDay())
		}
		b.get(paths.RegistrationReturn(r.ID)).is(http.StatusConflict, "not paused")
		b.get(paths.RegistrationPauseRemove(r.ID, now.Pauses[0].ID)).is(http.StatusOK, "10 days sooner", "31 August 2027")
		b.submit().is(http.StatusUnprocessableEntity, "Say why the pause is removed")
		b.submit("undo_reason=Wrong person").is(http.StatusSeeOther)
		if now := h.get(t, ours, r.ID); len(now.Pauses) != 0 || now.LastDay() != at("2027-08-31") {
			t.Fatalf("after removal: %v, %s", now.Pauses, now.LastDay())
		}
		b.get(paths.RegistrationPauseRemove(r.ID, now.Pauses[0].ID)).is(http.StatusNotFound)
	})
}

func TestAPauseThatIsOver(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		b := h.as(t, ours).get(paths.RegistrationPause(r.ID))
		b.submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "step=check").is(http.StatusUnprocessableEntity, "Enter the day of return")
		b.submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on=2026-11-23", "step=check").
			is(http.StatusUnprocessableEntity, "has returned did so by today")
		b.submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on-day=31", "ends_on-month=11", "ends_on-year=2026", "step=check").
			is(http.StatusUnprocessableEntity, "must be a real date", `value="31"`)
		b.submit("reason=bereavement", "starts_on=2026-11-01", "returned=yes", "ends_on=2026-11-22", "step=check").
			is(http.StatusOK, "21 days later").submit("step=save").is(http.StatusSeeOther)
		if now := h.get(t, ours, r.ID); now.LastDay() != at("2027-09-21") || now.OpenPause() != nil {
			t.Errorf("last day %s", now.LastDay())
		}
	})
}

func TestProblemsComeInTheOrderOfThePage(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		b := h.as(t, ours).get(paths.RegistrationPause(h.add(t, 1).ID)).submit("starts_on-day=31", "starts_on-month=11", "starts_on-year=2026", "step=check")
		b.is(http.StatusUnprocessableEntity)
		reason, day, returned := strings.Index(b.body, `href="#reason"`), strings.Index(b.body, `href="#starts_on"`), strings.Index(b.body, `href="#returned"`)
		if reason < 0 || reason > day || day > returned {
			t.Errorf("reason at %d, first day at %d, return at %d", reason, day, returned)
		}
	})
}

func TestHoursAndExtension(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		b := h.as(t, ours)
		b.get(paths.RegistrationHours(r.ID)).is(http.StatusOK, "37 hours a week, full-time", `value="37"`)
		b.submit("starts_on=2026-12-01", "hours=lots", "full_time_hours=37", "step=check").is(http.StatusUnprocessableEntity, `"lots" is not a number of hours`)
		b.submit("starts_on=2026-12-01", "hours=38", "full_time_hours=37", "step=check").is(http.StatusUnprocessableEntity, "cannot be more than the full-time hours")
		b.submit("starts_on=2026-12-01", "hours=18.5", "full_time_hours=37", "step=check").
			is(http.StatusOK, "Last day now", "Last day after this", "At 0.5 of full time", "Reviews that move")
		shown := h.get(t, ours, r.ID).WithPattern(registration.Pattern{Period: asye.Since(at("2026-12-01")), Hours: 1850, FullTimeHours: 3700}).
			Schedule(at("2026-11-22"))
		b.is(http.StatusOK, shown.LastDay.String()).submit("step=save").is(http.StatusSeeOther)
		if now := h.get(t, ours, r.ID); now.LastDay() != shown.LastDay || now.Pattern().Hours != 1850 {
			t.Errorf("saved %s, shown %s", now.LastDay(), shown.LastDay)
		}
		last := h.get(t, ours, r.ID).LastDay()
		b.get(paths.RegistrationExtend(r.ID))
		b.submit("step=check").is(http.StatusUnprocessableEntity, "Enter how many months or days", "who approved", "Choose the reason for the extension")
		b.submit("months=two", "step=check").is(http.StatusUnprocessableEntity, "as a whole number")
		b.submit("months=0", "days=10", "reason=evidence", "approver=P Anel", "approved_on=2026-11-22", "step=check").
			is(http.StatusOK, "10 days", last.AddDays(10).String()).submit("step=save").is(http.StatusSeeOther)
		now := h.get(t, ours, r.ID)
		if now.LastDay() != last.AddDays(10) {
			t.Errorf("last day %s", now.LastDay())
		}
		b.get(paths.RegistrationExtensionUndo(r.ID, now.Extensions[0].ID)).is(http.StatusOK, "P Anel approved", "10 days sooner")
		b.submit("undo_reason=").is(http.StatusUnprocessableEntity, "Say why the extension is undone")
		b.submit("undo_reason=Not agreed").is(http.StatusSeeOther)
		if now := h.get(t, ours, r.ID); now.LastDay() != last || len(now.Extensions) != 1 {
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
			each(t, func(t *testing.T, h *house) {
				r := h.add(t, 1)
				b := h.as(t, ours)
				b.get(paths.RegistrationOutcome(r.ID)).is(http.StatusOK, "How did the year end?")
				b.submit("step=result").is(http.StatusUnprocessableEntity, "Choose how the year ended")
				b.submit("result="+result, "step=result").is(http.StatusOK, "Record the outcome: "+result)
				b.submit("step=check").is(http.StatusUnprocessableEntity, append(c.missing, "Enter the date")...)
				b.submit(append(c.typed, "note=A note", "step=check")...).is(http.StatusOK, append(c.check, "A note", "What happens when you save")...)
				b.submit("step=save").is(http.StatusSeeOther, paths.RegistrationOutcomeRecorded(r.ID))
				b.get(paths.RegistrationOutcomeRecorded(r.ID)).is(http.StatusOK, append(c.done, r.Reference)...)
				now := h.get(t, ours, r.ID)
				if o := now.Outcome(); o == nil || string(o.Result) != result || o.Note != "A note" || now.EndsOn != at("2026-11-21") {
					t.Fatalf("outcome %+v, ends %s", o, now.EndsOn)
				}
				for _, path := range []string{paths.RegistrationPause(r.ID), paths.RegistrationHours(r.ID), paths.RegistrationExtend(r.ID),
					paths.RegistrationOutcome(r.ID), paths.RegistrationLeaving(r.ID)} {
					b.get(path).is(http.StatusConflict, "Undo the outcome first")
				}
				b.get(paths.RegistrationOutcomeUndo(r.ID)).is(http.StatusOK, "20 November 2026")
				b.submit("reason=").is(http.StatusUnprocessableEntity, "Say why the outcome is undone")
				b.submit("reason=Wrong record").is(http.StatusSeeOther, paths.Registration(r.ID))
				now = h.get(t, ours, r.ID)
				if now.Outcome() != nil || len(now.Outcomes) != 1 || now.Outcomes[0].UndoneReason != "Wrong record" || !now.EndsOn.IsZero() {
					t.Errorf("after the undo: %+v", now.Outcomes)
				}
				b.get(paths.RegistrationOutcomeUndo(r.ID)).is(http.StatusConflict, "no outcome to undo")
				b.get(paths.RegistrationOutcomeRecorded(r.ID)).is(http.StatusSeeOther, paths.Registration(r.ID))
			})
		})
	}
}

func TestAPausedYearCanOnlyBeWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		r := h.add(t, 1)
		must(t, h.Pause(ctx, ours, r.ID, r.Version, registration.Pause{Period: asye.Since(at("2026-11-01")), Reason: "sickness"}))
		b := h.as(t, ours).get(paths.RegistrationOutcome(r.ID)).is(http.StatusOK, "The year is paused", paths.RegistrationReturn(r.ID))
		b.submit("result=passed", "step=result").is(http.StatusUnprocessableEntity, "Record the return before the outcome")
		b.submit("result=withdrawn", "step=result").is(http.StatusOK)
		b.submit("decided_on=2026-11-20", "reason=health", "concerns=no", "step=check").submit("step=save").is(http.StatusSeeOther)
	})
}
