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

// pauseReturnView is a return as typed.
type pauseReturnView struct {
	sheet
	EndsOn ui.DateField
	On     asye.Date
}

// pauseReturn records the day on which an NQSW came back.
func (p *pages) pauseReturn(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Record the return")
	if err != nil {
		return err
	}
	v := pauseReturnView{sheet: s}
	var bad fault.Problems
	v.EndsOn, v.On = r.Date("ends_on", "The day of return", &bad)
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.Return(asye.Date{}, r.Today) },
		form:     func(s sheet) templ.Component { v.sheet = s; return pauseReturn(v) },
		check:    func(s sheet) templ.Component { v.sheet = s; return pauseReturnCheck(v) },
		problems: bad,
		judge:    func(rec registration.Record) error { return rec.Return(v.On, r.Today) },
		save:     func(seen int) error { return p.store.Return(r.Context(), r.Scope, s.Record.ID, seen, v.On) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Pauses", Theirs: pausesOf(now), Yours: "Returned on " + written(v.EndsOn)}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: now.Name() + " is back from " + v.On.String(),
				Text: lastDayNow(now, r.Today)}
		},
	})
}

// pause is the pause that ends; there is one on every page but a closed one.
func (v pauseReturnView) pause() registration.Pause {
	if open := v.Record.OpenPause(); open != nil {
		return *open
	}
	return registration.Pause{}
}

func (v pauseReturnView) about() string {
	text := "The year has been paused since " + v.pause().Period.Start.String() + ": " +
		v.Record.Rules.Pauses.Reasons.Label(v.pause().Reason) + "."
	if due := v.pause().ExpectedReturn; !due.IsZero() {
		text += " The return was expected on " + due.String() + "."
	}
	return text
}
