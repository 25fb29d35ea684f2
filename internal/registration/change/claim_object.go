package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// claimObjectView is an objection as typed.
type claimObjectView struct {
	sheet
	Why string
}

// claimObject says that another employer's claim is wrong.
func (p *pages) claimObject(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Object to a claim")
	if err != nil {
		return err
	}
	v := claimObjectView{s, r.Value("dispute")}
	return p.run(w, r, s, flow{
		shut: func(rec registration.Record) error {
			open := rec.OpenTransfer()
			if open == nil || open.ClaimedAt.IsZero() {
				return fault.New(fault.Conflict, "There is no claim to object to")
			}
			if open.Status == registration.TransferDisputed {
				return fault.New(fault.Conflict, "The national team is deciding on this move already")
			}
			return nil
		},
		form: func(s sheet) templ.Component { v.sheet = s; return claimObject(v) },
		save: func(seen int) error { return p.store.Object(r.Context(), r.Scope, s.Record.ID, seen, v.Why) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Move to another employer", Theirs: moveOf(now), Yours: v.Why}}
		},
		said: func(now registration.Record) notice {
			return notice{Location: paths.Transfers(), Heading: "Your objection has gone to the national team",
				Text: "The year of " + now.Name() + " stays with you until they have decided."}
		},
	})
}

// text says what is claimed.
func (v claimObjectView) text() string {
	open := v.Record.OpenTransfer()
	if open == nil {
		return ""
	}
	return open.ToName + " says that " + v.Record.Name() + " works there from " + open.JoinsOn.String() + "."
}
