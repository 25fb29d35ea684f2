package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// outcomeUndo takes back the outcome that stands, with a reason.
func (p *pages) outcomeUndo(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Undo the outcome")
	if err != nil {
		return err
	}
	v := takeBackView{sheet: s, Heading: "Undo the outcome", Field: "reason", Reason: r.Value("reason"),
		Text: "The outcome now is: " + outcomeText(s.Record) + ". When you undo it, the year runs again from where it was, " +
			"and you can record a pause, an extension or another outcome. The history keeps the outcome and your reason.",
		Label: "Why is the outcome undone?", Button: "Undo the outcome"}
	return p.run(w, r, s, flow{
		shut: func(rec registration.Record) error { return rec.Undo("") },
		form: func(s sheet) templ.Component { v.sheet = s; return outcomeUndo(v) },
		save: func(seen int) error { return p.store.Undo(r.Context(), r.Scope, s.Record.ID, seen, v.Reason) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Outcome", Theirs: outcomeText(now), Yours: "Undo it. " + v.Reason}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The outcome is undone", Text: "The year of " + now.Name() + " runs again. " + lastDayNow(now, r.Today)}
		},
	})
}
