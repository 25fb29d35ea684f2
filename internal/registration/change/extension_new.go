package change

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// extensionNewView is an extension as typed.
type extensionNewView struct {
	sheet
	Months, Days string
	ApprovedOn   ui.DateField
	Extension    registration.Extension
}

// extensionNew adds time to the end of a year.
func (p *pages) extensionNew(w http.ResponseWriter, r *web.Request) error {
	s, err := p.open(r, "Extend the year")
	if err != nil {
		return err
	}
	v := extensionNewView{sheet: s}
	problems := v.read(r)
	return p.run(w, r, s, flow{
		shut:     func(rec registration.Record) error { return rec.Extend(registration.Extension{}, r.Today) },
		form:     func(s sheet) templ.Component { v.sheet = s; return extensionNew(v) },
		check:    func(s sheet) templ.Component { v.sheet = s; return extensionCheck(v) },
		problems: problems,
		fields:   []string{"months", "days", "reason", "approver", "approved_on", "note"},
		judge:    func(rec registration.Record) error { return rec.Extend(v.Extension, r.Today) },
		save:     func(seen int) error { return p.store.Extend(r.Context(), r.Scope, s.Record.ID, seen, v.Extension) },
		differ: func(now registration.Record) []ui.Difference {
			return []ui.Difference{{Label: "Extensions", Theirs: extensionsOf(now), Yours: v.typed()}}
		},
		said: func(now registration.Record) notice {
			return notice{Heading: "The year is extended by " + v.Extension.String(),
				Text: lastDayNow(now, r.Today)}
		},
	})
}

func (v *extensionNewView) read(r *web.Request) fault.Problems {
	var bad fault.Problems
	e := &v.Extension
	v.Months, e.Months = whole(r, "months", &bad)
	v.Days, e.Days = whole(r, "days", &bad)
	e.Reason, e.Approver, e.Note = r.Value("reason"), r.Value("approver"), r.Value("note")
	v.ApprovedOn, e.ApprovedOn = r.Date("approved_on", "The date of approval", &bad)
	return bad
}

// whole reads a whole number of months or days; nothing typed is none.
func whole(r *web.Request, field string, bad *fault.Problems) (string, int) {
	typed := r.Value(field)
	if typed == "" {
		return "", 0
	}
	n, err := strconv.Atoi(typed)
	bad.If(err != nil || n < 0, field, "Enter the number of %s as a whole number, like 3", field)
	return typed, n
}

func (v extensionNewView) reasons() []ui.Choice {
	var items []ui.Choice
	for _, one := range v.Record.Rules.Extensions {
		items = append(items, ui.Choice{Value: one.Key, Text: one.Label})
	}
	return items
}

func (v extensionNewView) typed() string {
	return sentences(orText(v.Months, "0")+" months and "+orText(v.Days, "0")+" days",
		v.Record.Rules.Extensions.Label(v.Extension.Reason), "Approved by "+v.Extension.Approver+" on "+written(v.ApprovedOn), v.Extension.Note)
}

func (v extensionNewView) rows() []ui.SummaryRow {
	e := v.Extension
	return []ui.SummaryRow{
		{Key: "Time added", Text: e.String()},
		{Key: "Reason", Text: v.Record.Rules.Extensions.Label(e.Reason)},
		{Key: "Approved by", Text: e.Approver},
		{Key: "Approved on", Text: e.ApprovedOn.String()},
		{Key: "Note", Text: orText(e.Note, "None")},
	}
}

// extensionsOf tells what extensions of a record stand.
func extensionsOf(rec registration.Record) string {
	text := ""
	for _, e := range rec.Extensions {
		if e.UndoneAt.IsZero() {
			text = sentences(text, e.String()+", approved by "+e.Approver+" on "+e.ApprovedOn.String())
		}
	}
	return orText(text, "None")
}
