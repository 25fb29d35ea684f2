package admin

import (
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type settingListView struct {
	ui.Page
	Settings []account.Setting
}

// settingList shows each setting, as it stands, and where it came from.
func (p *pages) settingList(w http.ResponseWriter, r *web.Request) error {
	if err := p.Accounts.WholeService(r.Context(), r.Scope); err != nil {
		return err
	}
	v := settingListView{Page: r.Page("Settings"), Settings: p.Settings}
	v.Wide = true
	return r.Render(w, settingListPage(v))
}

func (v settingListView) rows() [][]ui.Cell {
	var rows [][]ui.Cell
	for _, s := range v.Settings {
		rows = append(rows, []ui.Cell{ui.Text(s.Key), ui.Text(orNothing(s.Value)), ui.Text(s.Origin), ui.Text(s.Help)})
	}
	return rows
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}
