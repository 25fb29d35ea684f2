package registration

import (
	"encoding/json"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Event is one thing that happened to a record, as the audit trail has it.
type Event struct {
	What       string // registration.paused
	Before     Values
	After      Values
	RecordedAt asye.Instant
	On         asye.Date // the day from which it counts
	Actor      string    // person, system or import
	Person     string    // who did it, by name; empty where no person did
	PersonID   asye.PersonID
	Behalf     string // for whom, by name; usually empty
	Reason     string // in the words of whoever did it
}

// Values are what an audit line says of a record before or after.
type Values map[string]any

// Text is a value as it is written.
func (v Values) Text(key string) string {
	switch value := v[key].(type) {
	case string:
		return value
	case float64:
		return strconv.Itoa(int(value))
	case bool:
		return strconv.FormatBool(value)
	}
	return ""
}

// Date is a value that is a date; zero when it is none.
func (v Values) Date(key string) asye.Date {
	day, err := asye.ParseDate(v.Text(key))
	if err != nil {
		return asye.Date{}
	}
	return day
}

func (v Values) number(key string) int {
	n, _ := v[key].(float64)
	return int(n)
}

// By is whose hand it was: "Amina Yusuf, on behalf of Sam Reed", "The service",
// "A file: cohort.csv".
func (e Event) By() string {
	who := e.Person
	switch {
	case e.Actor == "system":
		who = "The service itself"
	case e.Actor == "import":
		who = "A file brought in from the command line"
	case who == "":
		who = "Somebody whose name is no longer kept"
	}
	switch {
	case strings.HasPrefix(e.What, "registration.ruled"):
		who += ", for the national team"
	case e.Behalf != "":
		who += ", on behalf of " + e.Behalf
	}
	return who
}

// Told is an event in plain words.
type Told struct{ Title, Text string }

// Tell says in plain words what happened; rules give the labels of reasons.
func (e Event) Tell(rules programme.Version) Told {
	tell, known := tellings[strings.TrimPrefix(e.What, "registration.")]
	if !known {
		return Told{Title: "The record was changed", Text: e.because("")}
	}
	told := tell(e, rules)
	told.Text = e.because(told.Text)
	return told
}

// because adds the reason that was given; the system's reasons are its own.
func (e Event) because(text string) string {
	if e.Reason == "" || e.Actor != "person" {
		return text
	}
	return strings.TrimSpace(text + " Reason given: " + strings.TrimSuffix(e.Reason, ".") + ".")
}

type telling func(Event, programme.Version) Told

var tellings = map[string]telling{
	"registered":        tellRegistered,
	"broughtIn":         dated("Brought in from older records", "The year started on ", "starts_on"),
	"invited":           plain("Invitation sent", "The NQSW was sent a link to their own part again."),
	"detailsChanged":    tellDetails("Details changed"),
	"detailsConfirmed":  tellDetails("Details confirmed by the NQSW"),
	"registerChecked":   tellCheck,
	"allocated":         tellAllocated,
	"hoursChanged":      tellHours,
	"paused":            tellPaused,
	"returned":          dated("Return from the pause", "Work started again on ", "returned_on"),
	"pauseRemoved":      tellPauseRemoved,
	"extended":          tellExtended,
	"extensionUndone":   plain("Extension taken back", ""),
	"passed":            dated("Outcome: passed", "Decided on ", ""),
	"failed":            tellFailed,
	"withdrawn":         tellWithdrawn,
	"outcomeUndone":     tellUndone,
	"leavingReported":   tellLeaving,
	"claimed":           dated("Claimed by another employer", "The first day there is ", "joins_on"),
	"transferDisputed":  plain("Transfer questioned", "The national team has been asked to decide."),
	"transferCancelled": plain("Transfer cancelled", "The year stays where it was."),
	"transferred":       tellTransferred,
	"moveConfirmed":     dated("Move confirmed by the NQSW", "The year moves on ", "joins_on"),
	"claimCorrected":    dated("Claim corrected by the other employer", "The first day there is now ", "joins_on"),
	"claimTakenBack":    plain("Claim taken back by the other employer", "The year stays where it was."),
	"ruledMoves":        tellRuledMoves,
	"ruledStays":        plain("The national team decided: the year stays", "The year stays where it was."),
	"employerMerged":    dated("Moved to the employer's successor", "It counts from ", ""),
}

func plain(title, text string) telling {
	return func(Event, programme.Version) Told { return Told{title, text} }
}

// dated tells of a day: that of a key, or the effective one.
func dated(title, before, key string) telling {
	return func(e Event, _ programme.Version) Told {
		day := e.On
		if key != "" && !e.After.Date(key).IsZero() {
			day = e.After.Date(key)
		}
		if day.IsZero() {
			return Told{Title: title}
		}
		return Told{title, before + day.String() + "."}
	}
}

func tellRegistered(e Event, _ programme.Version) Told {
	text := "The year starts on " + e.After.Date("starts_on").String() + ", on " +
		Pattern{Hours: Hours(e.After.number("hours")), FullTimeHours: Hours(e.After.number("full_time_hours"))}.String() + "."
	if e.After.Text("funded") == "false" {
		return Told{"Registered, not funded", text}
	}
	return Told{"Registered", text}
}

// tellDetails names what changed and not what it changed to: the record shows
// that.
func tellDetails(title string) telling {
	return func(e Event, _ programme.Version) Told {
		before, after := detailsOf(e.Before).Facts(), detailsOf(e.After).Facts()
		var changed []string
		for i := range after {
			if before[i].Text != after[i].Text {
				changed = append(changed, lowerFirst(after[i].Label))
			}
		}
		if len(changed) == 0 {
			return Told{title, "Nothing was different from what was recorded."}
		}
		return Told{title, "Changed: " + strings.Join(changed, ", ") + "."}
	}
}

func detailsOf(v Values) Details {
	var d Details
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	if err != nil {
		return Details{}
	}
	return d
}

func tellCheck(e Event, _ programme.Version) Told {
	c := RegisterCheck{Result: e.After.Text("result")}
	return Told{"Regulator's register checked", c.ResultText() + ": number " + e.After.Text("number") + "."}
}

func tellAllocated(e Event, _ programme.Version) Told {
	var parts []string
	for _, one := range []struct{ key, name string }{{"team", "team"}, {"assessor", "assessor"}} {
		was, is := e.Before.Text(one.key), e.After.Text(one.key)
		switch {
		case was == is:
		case is == "":
			parts = append(parts, "no "+one.name+" any longer (was "+was+")")
		default:
			parts = append(parts, one.name+" "+is)
		}
	}
	if is := e.After.Text("coordinator"); is != "" && is != e.Before.Text("coordinator") {
		parts = append(parts, "another coordinator")
	}
	text := "It counts from " + e.On.String() + "."
	if len(parts) > 0 {
		text = "From " + e.On.String() + ": " + strings.Join(parts, ", ") + "."
	}
	return Told{"Team, assessor or coordinator changed", text}
}

func tellHours(e Event, _ programme.Version) Told {
	pattern := func(v Values) string {
		return Pattern{Hours: Hours(v.number("hours")), FullTimeHours: Hours(v.number("full_time_hours"))}.String()
	}
	return Told{"Hours changed", "From " + e.On.String() + ": " + pattern(e.After) + " (was " + pattern(e.Before) + ")."}
}

func tellPaused(e Event, rules programme.Version) Told {
	text := rules.Pauses.Reasons.Label(e.After.Text("reason")) + ", from " + e.After.Date("from").String()
	if until := e.After.Date("until"); !until.IsZero() {
		text += ", with work again from " + until.String()
	}
	return Told{"Year paused", text + "."}
}

func tellPauseRemoved(e Event, rules programme.Version) Told {
	return Told{"Pause removed, recorded by mistake", rules.Pauses.Reasons.Label(e.Before.Text("reason")) +
		", from " + e.Before.Date("from").String() + "."}
}

func tellExtended(e Event, rules programme.Version) Told {
	length := Extension{Months: e.After.number("months"), Days: e.After.number("days")}.String()
	return Told{"Year extended by " + length, rules.Extensions.Label(e.After.Text("reason")) + ". Approved by " +
		e.After.Text("approver") + " on " + e.On.String() + "."}
}

func tellFailed(e Event, _ programme.Version) Told {
	return Told{"Outcome: failed", "Decided on " + e.On.String() + "; the NQSW was told in writing on " +
		e.After.Date("told_on").String() + "."}
}

func tellWithdrawn(e Event, rules programme.Version) Told {
	text := rules.Withdrawals.Label(e.After.Text("reason")) + ". The last day on the programme was " + e.On.String() + "."
	if e.After.Text("concerns") == "yes" {
		text += " There were concerns about practice."
	}
	return Told{"Withdrawn", text}
}

func tellUndone(e Event, _ programme.Version) Told {
	return Told{"Outcome undone", "It had been: " + lowerFirst(Status(e.Before.Text("result")).String()) + ", on " +
		e.Before.Date("decided_on").String() + ". The year runs again."}
}

func tellLeaving(e Event, _ programme.Version) Told {
	return Told{"Leaving reported by the employer", "The last day there is " + e.After.Date("leaves_on").AddDays(-1).String() + "."}
}

func tellTransferred(e Event, _ programme.Version) Told {
	return Told{"Moved to another employer", "The last day with the employer before was " +
		e.After.Date("leaves_on").AddDays(-1).String() + ", the first day with the next " + e.After.Date("joins_on").String() + "."}
}

func tellRuledMoves(e Event, _ programme.Version) Told {
	return Told{"The national team decided: the year moves", "The last day with the employer before is " +
		e.After.Date("leaves_on").AddDays(-1).String() + ", the first day with the next " + e.After.Date("joins_on").String() + "."}
}

func lowerFirst(text string) string {
	if text == "" || strings.HasPrefix(text, "Social Work England") {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
