package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// takeBackView is something recorded by mistake, about to be taken back.
type takeBackView struct {
	sheet
	Heading string
	Text    string // what is taken back
	Field   string // the name of the field that holds the reason
	Label   string
	Button  string
	Reason  string
	After   *registration.Record // the record without it; nil when no date moves
}

// pauseRemove takes back a pause that was recorded by mistake.
func (p *pages) pauseRemove(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Remove a pause")
	if err != nil {
		return err
	}
	id := r.PathValue("part")
	pause, found := s.Record.PauseOf(id)
	if !found && !r.Posted() {
		return fault.New(fault.NotFound, "There is no such pause")
	}
	v := takeBackView{sheet: s, Heading: "Remove a pause that was recorded by mistake", Field: "undo_reason", Text: s.removing(pause),
		Label: "Why is it removed?", Button: "Remove the pause", Reason: r.Value("undo_reason")}
	return p.run(w, r, s, flow{
		shut: func(rec registration.Record) error {
			if _, still := rec.PauseOf(id); !still {
				return fault.New(fault.Conflict, "This pause is no longer on the record")
			}
			return rec.Extend(registration.Extension{}, r.Today)
		},
		form: func(s sheet) templ.Component { return takeBack(v.without(s, s.Record.WithoutPause(id))) },
		save: func(seen int) error {
			return p.store.RemovePause(r.Context(), r.Scope, s.Record.ID, seen, id, v.Reason)
		},
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Pauses", Theirs: pausesOf(now), Yours: "Remove " + pause.Period.String() + ". " + v.Reason}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The pause is removed", Text: lastDayNow(now, r.Today)}
		},
	})
}

// removing says what happens to a pause that is removed.
func (s sheet) removing(p registration.Pause) string {
	text := "The pause " + p.Period.String() + ", for " + s.Record.Rules.Pauses.Reasons.Label(p.Reason) + ", will no longer count."
	if p.Planned(s.Today) {
		return text + " It has not begun. To change it, remove it here and record it anew."
	}
	return text + " To end a pause that did happen, record the return instead."
}

func (v takeBackView) without(s sheet, after registration.Record) takeBackView {
	v.sheet, v.After = s, &after
	return v
}
