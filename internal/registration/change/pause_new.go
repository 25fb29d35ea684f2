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

// pauseNewView is a pause as typed.
type pauseNewView struct {
	sheet
	Pause                     registration.Pause
	StartsOn, EndsOn, Expects ui.DateField
	Returned                  string // yes or no
}

// pauseNew pauses a year, or records a pause that is over already.
func (p *pages) pauseNew(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Pause the year")
	if err != nil {
		return err
	}
	v := pauseNewView{sheet: s}
	problems := v.read(r)
	draw := func(part func(pauseNewView) templ.Component) func(sheet) templ.Component {
		return func(s sheet) templ.Component { v.sheet = s; return part(v) }
	}
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.Pause(registration.Pause{}, r.Today) },
		form:     draw(pauseNew),
		check:    draw(pauseCheck),
		problems: problems,
		fields:   []string{"reason", "starts_on", "returned", "expected_return_on", "ends_on", "note"},
		judge:    func(rec registration.Record) error { return rec.Pause(v.Pause, r.Today) },
		save:     func(seen int) error { return p.store.Pause(r.Context(), r.Scope, s.Record.ID, seen, v.Pause) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Pauses", Theirs: pausesOf(now), Yours: v.typed()}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: v.done(now.Name()), Text: lastDayNow(now, r.Today)}
		},
	})
}

// read takes the pause out of what was typed.
func (v *pauseNewView) read(r *web.Request) fault.Problems {
	var bad fault.Problems
	v.StartsOn, v.Pause.Period.Start = r.Date("starts_on", "The first day of the pause", &bad)
	v.Returned = r.Value("returned")
	v.EndsOn, v.Expects = ui.ParseDateField(r.Form, "ends_on"), ui.ParseDateField(r.Form, "expected_return_on")
	if v.Returned == "yes" {
		_, v.Pause.Period.End = r.Date("ends_on", "The day of return", &bad)
		bad.If(v.EndsOn.Blank(), "ends_on", "Enter the day of return, like 27 3 2027")
		bad.If(v.Pause.Period.End.After(r.Today), "ends_on", "Somebody who has returned did so by today. Give the day as the expected day of return instead")
	} else {
		_, v.Pause.ExpectedReturn = r.Date("expected_return_on", "The expected day of return", &bad)
	}
	v.Pause.Reason, v.Pause.Note = r.Value("reason"), r.Value("note")
	bad.If(v.Returned != "yes" && v.Returned != "no", "returned", "Say whether the NQSW has returned already")
	return bad
}

func (v pauseNewView) reason() string { return v.Record.Rules.Pauses.Reasons.Label(v.Pause.Reason) }

// done says what has been kept. A pause that has yet to begin is only planned.
func (v pauseNewView) done(name string) string {
	switch {
	case v.Pause.Planned(v.Today):
		return "A pause of the year of " + name + " is planned from " + v.Pause.Period.Start.String()
	case v.Pause.Period.IsOpen():
		return "The year of " + name + " is paused from " + v.Pause.Period.Start.String()
	}
	return "The year of " + name + " is paused for " + plural(v.Pause.Period.Days(), "day")
}

func (v pauseNewView) typed() string {
	text := "From " + written(v.StartsOn)
	if v.Returned == "yes" {
		text += ", returned on " + written(v.EndsOn)
	}
	return sentences(text, v.reason(), v.Pause.Note)
}

func (v pauseNewView) rows() []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "Reason", Text: v.reason()}, {Key: "First day of the pause", Text: v.Pause.Period.Start.String()}}
	if v.Returned == "yes" {
		rows = append(rows, ui.SummaryRow{Key: "Day of return", Text: v.Pause.Period.End.String()})
	} else {
		rows = append(rows, ui.SummaryRow{Key: "Expected return", Text: orText(v.Pause.ExpectedReturn.String(), "Not known yet")})
	}
	return append(rows, ui.SummaryRow{Key: "Note", Text: orText(v.Pause.Note, "None")})
}

// reasons are the reasons for which a year may be paused.
func (v pauseNewView) reasons() []ui.Choice {
	var items []ui.Choice
	for _, one := range v.Record.Rules.Pauses.Reasons {
		hint := ""
		if one.Local {
			hint = "Some employers accept this: check your own policy."
		}
		items = append(items, ui.Choice{Value: one.Key, Text: one.Label, Hint: hint})
	}
	return items
}

// pausesOf tells what pauses a record has.
func pausesOf(rec registration.Record) string {
	text := ""
	for _, one := range rec.Pauses {
		text = sentences(text, one.Period.String()+" ("+rec.Rules.Pauses.Reasons.Label(one.Reason)+")")
	}
	return orText(text, "None")
}

// lastDayNow says when the year now ends.
func lastDayNow(rec registration.Record, today asye.Date) string {
	now := rec.Ends(today)
	if now.Expected() {
		return "If " + rec.GivenName + " returns on " + now.Back.String() + ", the last day is " + now.Then.LastDay.String() +
			". The earliest it could be is " + now.Now.LastDay.String() + "."
	}
	return "The last day of the year is now " + now.String() + "."
}

func sentences(texts ...string) string {
	all := ""
	for _, one := range texts {
		if one != "" && all != "" {
			all += ". "
		}
		all += one
	}
	return all
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
