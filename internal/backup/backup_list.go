package backup

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// shown is how many backups the page lists.
const shown = 30

type backupListView struct {
	ui.Page
	Settings Settings
	Health   Health
	List     []Backup
	Now      asye.Instant
}

// backupList shows when the last good backup was made, its size and where it
// is, and what came of those before.
func (p *pages) backupList(w http.ResponseWriter, r *web.Request) error {
	v := backupListView{Page: r.Page("Backups"), Settings: p.store.settings, Now: r.Now}
	v.Wide = true
	var err error
	if v.Health, err = p.store.Health(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.List, err = p.store.List(r.Context(), r.Scope, shown); err != nil {
		return err
	}
	return r.Render(w, backupListPage(v))
}

// backupNow has a backup made.
func (p *pages) backupNow(w http.ResponseWriter, r *web.Request) error {
	if err := p.store.Ask(r.Context(), r.Scope); err != nil {
		return err
	}
	return r.Say(w, paths.AdminBackups(), "A backup is being made", "Load this page again in a moment to see what came of it.")
}

// warning is what is wrong; empty when nothing is.
func (v backupListView) warning() string {
	switch {
	case v.Health.Late && v.Health.Found:
		return "The last good backup is " + Ago(v.Health.Age) + " old. It should never be older than " + Ago(v.Settings.Alarm) + "."
	case v.Health.Late:
		return "There is no good backup. The first should have been made long ago."
	}
	return ""
}

func (v backupListView) facts() []ui.SummaryRow {
	var out []ui.SummaryRow
	add := func(key, text string) { out = append(out, ui.SummaryRow{Key: key, Text: text}) }
	if last := v.Health.Last; v.Health.Found {
		add("Last good backup", web.Moment(last.StartedAt)+", "+Ago(v.Health.Age)+" ago")
		add("Size", Size(last.Size)+", "+ui.Thousands(int(last.Rows))+" rows")
		add("Where", last.Place)
	} else {
		add("Last good backup", "None yet")
	}
	if v.Settings.IsSet() {
		add("Made", "Every "+Ago(v.Settings.Every)+", into "+v.Settings.To)
		add("Kept", "Every one of the last 24 hours, then the last of each day for "+Ago(v.Settings.Keep))
		add("Alarm", "When the last good one is older than "+Ago(v.Settings.Alarm))
		var keys []string
		for _, k := range v.Settings.Keys {
			keys = append(keys, Short(k))
		}
		add("Encrypted to", strings.Join(keys, ", "))
	}
	if v.Health.Ships {
		add("Log shipped to", v.Settings.Ship+", "+v.behind())
	}
	return out
}

func (v backupListView) behind() string {
	if v.Health.Behind < 10*time.Second {
		return "up to date"
	}
	return Ago(v.Health.Behind) + " behind"
}

func (v backupListView) head() []ui.Column {
	return []ui.Column{{Text: "Begun"}, {Text: "How"}, {Text: "Took", Numeric: true}, {Text: "Size", Numeric: true}, {Text: "What came of it"}}
}

func (v backupListView) rows() [][]ui.Cell {
	ways := map[Way]string{Scheduled: "By itself", Asked: "On this page", Command: "By asye backup"}
	var out [][]ui.Cell
	for _, b := range v.List {
		took, size := "", ""
		if !b.EndedAt.IsZero() {
			took = fmt.Sprintf("%.1f s", b.EndedAt.Time().Sub(b.StartedAt.Time()).Seconds())
		}
		if b.State == Good {
			size = Size(b.Size)
		}
		out = append(out, []ui.Cell{ui.Text(web.Moment(b.StartedAt)), ui.Text(ways[b.Way]), ui.Number(took), ui.Number(size), ui.Text(v.outcome(b))})
	}
	return out
}

// outcome is what came of a backup, in a sentence.
func (v backupListView) outcome(b Backup) string {
	switch {
	case b.State == Good:
		return "Good: " + strings.TrimPrefix(strings.TrimPrefix(b.Place, v.Settings.To), "/")
	case b.State == Failed:
		return "Failed: " + b.Failure
	case b.CutOff(v.Now):
		return "Cut off: the program ended while it was made"
	}
	return "Being made"
}
