package change

import (
	"net/http"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// extensionUndo takes back an extension; it stays in the history.
func (p *pages) extensionUndo(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Undo an extension")
	if err != nil {
		return err
	}
	id := r.PathValue("part")
	e, found := s.Record.ExtensionOf(id)
	if !found && !r.Posted() {
		return fault.New(fault.NotFound, "There is no such extension")
	}
	v := takeBackView{sheet: s, Heading: "Undo an extension", Field: "undo_reason",
		Text:  "The extension of " + e.String() + " that " + e.Approver + " approved on " + e.ApprovedOn.String() + " will no longer count. It stays in the history of the record.",
		Label: "Why is it undone?", Button: "Undo the extension", Reason: r.Value("undo_reason")}
	return p.run(w, r, s, flow{
		shut: func(rec registration.Record) error {
			if _, still := rec.ExtensionOf(id); !still {
				return fault.New(fault.Conflict, "This extension is no longer on the record")
			}
			return rec.Extend(registration.Extension{}, r.Today)
		},
		form: func(s sheet) templ.Component { return extensionUndo(v.without(s, s.Record.WithoutExtension(id))) },
		save: func(seen int) error {
			return p.store.UndoExtension(r.Context(), r.Scope, s.Record.ID, seen, id, v.Reason)
		},
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Extensions", Theirs: extensionsOf(now), Yours: "Undo " + e.String() + ". " + v.Reason}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The extension is undone", Text: lastDayNow(now, r.Today)}
		},
	})
}
