package prove

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type keptView struct {
	ui.Page
	Rows []ui.SummaryRow
}

// kept shows the words of a form that was kept, where it can no longer be sent.
func (p *pages) kept(w http.ResponseWriter, r *web.Request) error {
	gate := &Gate{p.Deps}
	if r.Posted() {
		for _, ticket := range gate.tickets(r) {
			if err := p.Held.Drop(r.Context(), r.Scope, ticket); err != nil {
				return err
			}
		}
		return r.LeadBack(w, "/home")
	}
	k, err := gate.Kept(r)
	if err != nil {
		return err
	}
	if k == nil {
		return fault.New(fault.NotFound, "There is nothing that was kept for you on this device")
	}
	v := keptView{Page: r.Page("What you typed"), Rows: words(k)}
	return r.Render(w, keptPage(v))
}

// words are what was typed, without what the form carried unseen.
func words(k *web.Kept) []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, name := range slices.Sorted(maps.Keys(k.Fields)) {
		text := strings.TrimSpace(strings.Join(k.Fields[name], ", "))
		if text == "" || strings.HasPrefix(name, "_") || name == "version" {
			continue
		}
		label := strings.NewReplacer("_", " ", "-", " ").Replace(name)
		rows = append(rows, ui.SummaryRow{Key: strings.ToUpper(label[:1]) + label[1:], Text: text})
	}
	return rows
}
