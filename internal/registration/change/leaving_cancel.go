package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// leavingCancelView is a report of leaving, about to be taken back.
type leavingCancelView struct{ sheet }

// leavingCancel takes back a report of leaving that nobody has claimed.
func (p *pages) leavingCancel(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Take back the report of leaving")
	if err != nil {
		return err
	}
	return p.run(w, r, s, flow{
		shut: func(rec registration.Record) error {
			if open := rec.OpenTransfer(); open == nil || open.Status != registration.TransferReported {
				return fault.New(fault.Conflict, "There is no report of leaving that you can still take back")
			}
			return nil
		},
		form: func(s sheet) templ.Component { return leavingCancel(leavingCancelView{s}) },
		save: func(seen int) error { return p.store.Cancel(r.Context(), r.Scope, s.Record.ID, seen) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Move to another employer", Theirs: moveOf(now), Yours: "Take back the report of leaving"}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The report of leaving is taken back", Text: "The year of " + now.Name() + " stays with you."}
		},
	})
}

// text says what was reported.
func (v leavingCancelView) text() string {
	open := v.Record.OpenTransfer()
	if open == nil {
		return ""
	}
	return "You reported that " + v.Record.Name() + " leaves on " + open.LeavesOn.String() +
		". Nobody has claimed them yet. If you take the report back, the year stays with you."
}
