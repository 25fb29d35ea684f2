package mine

import (
	"net/http"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration"
)

// mostEvents is far more than happens to one year; a page never loads more.
const mostEvents = 200

// historyListView is everything that has happened to one record.
type historyListView struct {
	ui.Page
	Items    []ui.TimelineItem
	Readings []registration.Reading
}

// historyList tells an NQSW everything that has happened to their record.
func (p *pages) historyList(w http.ResponseWriter, r *web.Request) error {
	rec, err := p.Store.Mine(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	events, _, err := p.Store.MyHistory(r.Context(), r.Scope, mostEvents)
	if err != nil {
		return err
	}
	readings, err := p.Store.MyReadings(r.Context(), r.Scope)
	if err != nil {
		return err
	}
	v := historyListView{r.Page("What has happened"), timeline(events, rec), readings}
	v.Back = &ui.Link{Text: "Back to your year", Href: paths.MyYear()}
	return r.Render(w, historyList(v))
}

// readers sets out who has looked, day by day.
func (v historyListView) readers() ui.TableOptions {
	t := ui.TableOptions{Caption: "Who has looked at your record, the latest first", CaptionHidden: true, Stacked: true,
		Head: []ui.Column{{Text: "Day"}, {Text: "Who"}, {Text: "How often", Numeric: true}}}
	for _, r := range v.Readings {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(r.On.String()), ui.Text(r.By()), ui.Number(ui.Thousands(r.Times))})
	}
	return t
}

// told is an event in words addressed to the NQSW.
type told struct{ title, text string }

// timeline tells an NQSW what has happened to their record.
func timeline(events []registration.Event, rec registration.Record) []ui.TimelineItem {
	items := make([]ui.TimelineItem, len(events))
	for i, e := range events {
		t := tell(e, rec)
		items[i] = ui.TimelineItem{Title: t.title, Text: t.text, When: web.Moment(e.RecordedAt),
			Datetime: e.RecordedAt.String(), By: by(e, rec)}
	}
	return items
}

// by is whose hand it was; the NQSW's own is "you".
func by(e registration.Event, rec registration.Record) string {
	if e.PersonID == rec.Person {
		return "you"
	}
	return e.By()
}

func kind(e registration.Event) string { return strings.TrimPrefix(e.What, "registration.") }

// titles are the headings that need no more words; the rest are told below.
var titles = map[string]string{
	"registered":        "You were registered",
	"invited":           "You were sent an invitation again",
	"detailsChanged":    "Your details were changed",
	"detailsConfirmed":  "You confirmed your details",
	"registerChecked":   "Your entry in the regulator’s register was checked",
	"allocated":         "Your team, assessor or coordinator changed",
	"hoursChanged":      "Your hours changed",
	"paused":            "Your year was paused",
	"returned":          "You came back from a pause",
	"pauseRemoved":      "A pause recorded by mistake was removed",
	"extended":          "Your year was extended",
	"extensionUndone":   "An extension was taken back",
	"passed":            "You passed",
	"failed":            "It was recorded that the standard was not met",
	"withdrawn":         "It was recorded that you left the programme",
	"outcomeUndone":     "The outcome was taken back",
	"leavingReported":   "Your employer reported that you leave",
	"claimed":           "Another employer said that you work there",
	"transferDisputed":  "Your move was questioned",
	"transferCancelled": "Your move was cancelled",
	"transferred":       "Your year moved to another employer",
	"moveConfirmed":     "You confirmed your move",
	"claimCorrected":    "The other employer corrected the day on which you start there",
	"claimTakenBack":    "The other employer took back what it had said about you",
	"ruledMoves":        "The national team decided that your year moves",
	"ruledStays":        "The national team decided that your year stays where it is",
	"employerMerged":    "Your employer’s successor took over your year",
}

// tell gives what happened in words addressed to the NQSW. Facts come in the
// words of the record's own history, save where those speak about the NQSW or
// tell what is for coordinators only.
func tell(e registration.Event, rec registration.Record) told {
	title, known := titles[kind(e)]
	if !known {
		return told{"Your record was changed", ""}
	}
	switch kind(e) {
	case "detailsConfirmed", "invited":
		return told{title, ""}
	case "passed":
		return told{title, "Decided on " + e.On.String() + "."}
	case "failed":
		return told{title, "Decided on " + e.On.String() + ". You were told in writing on " + e.After.Date("told_on").String() + "."}
	case "withdrawn":
		return told{title, "Your last day on the programme was " + e.On.String() + ". The reason recorded is: " +
			rec.Rules.Withdrawals.Label(e.After.Text("reason")) + "."}
	case "transferCancelled":
		return told{title, reasoned("Your year stays where it is.", e.Reason)}
	case "leavingReported":
		return told{title, dayed("Your last day there is ", e.After.Date("leaves_on").AddDays(-1))}
	case "claimTakenBack":
		return told{title, "Your year stays where it is."}
	case "ruledStays":
		return told{title, reasoned("Your year stays where it is.", e.Reason)}
	}
	return told{title, e.Tell(rec.Rules).Text}
}

func reasoned(text, reason string) string {
	if reason == "" {
		return text
	}
	return text + " Reason given: " + strings.TrimSuffix(reason, ".") + "."
}

func dayed(words string, on asye.Date) string {
	if on.IsZero() {
		return ""
	}
	return words + on.String() + "."
}
