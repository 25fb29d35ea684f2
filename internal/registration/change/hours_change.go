package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// hoursChangeView is a working pattern as typed.
type hoursChangeView struct {
	sheet
	StartsOn        ui.DateField
	Hours, FullTime string
	Pattern         registration.Pattern
}

// hoursChange records the hours that an NQSW works from a day on.
func (p *pages) hoursChange(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Change the working hours")
	if err != nil {
		return err
	}
	v := hoursChangeView{sheet: s, FullTime: s.Record.Pattern().FullTimeHours.String()}
	var bad fault.Problems
	if r.Posted() {
		bad = v.read(r)
	}
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.WorkFrom(registration.Pattern{}) },
		form:     func(s sheet) templ.Component { v.sheet = s; return hoursChange(v) },
		check:    func(s sheet) templ.Component { v.sheet = s; return hoursCheck(v) },
		problems: bad,
		fields:   []string{"starts_on", "hours", "full_time_hours"},
		judge:    func(rec registration.Record) error { return rec.WorkFrom(v.Pattern) },
		save:     func(seen int) error { return p.store.WorkFrom(r.Context(), r.Scope, s.Record.ID, seen, v.Pattern) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Working hours", Theirs: patternText(now.Pattern()),
				Yours: v.Hours + " of " + v.FullTime + " hours a week from " + written(v.StartsOn)}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The working hours are saved", Text: lastDayNow(now, r.Today)}
		},
	})
}

func (v *hoursChangeView) read(r *web.Request) fault.Problems {
	var bad fault.Problems
	v.StartsOn, v.Pattern.Period.Start = r.Date("starts_on", "The first day of these hours", &bad)
	v.Hours, v.FullTime = r.Value("hours"), r.Value("full_time_hours")
	v.Pattern.Hours = registration.HoursTyped(r.Form, "hours", &bad)
	v.Pattern.FullTimeHours = registration.HoursTyped(r.Form, "full_time_hours", &bad)
	return bad
}

func patternText(p registration.Pattern) string {
	return p.String() + ", from " + p.Period.Start.String()
}

func (v hoursChangeView) rows() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Key: "From", Text: v.Pattern.Period.Start.String()},
		{Key: "Contracted hours a week", Text: v.Pattern.Hours.String()},
		{Key: "Full-time hours a week", Text: v.Pattern.FullTimeHours.String()},
	}
}

// note says what a working pattern of a past or future day means.
func (v hoursChangeView) note(today asye.Date) string {
	if v.Pattern.Period.Start.Before(today) {
		return "The day is in the past: the year is worked out again as if this had been recorded then."
	}
	return ""
}
