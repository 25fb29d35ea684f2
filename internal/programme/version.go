package programme

import (
	"fmt"

	"example.org/asye/internal/asye"
)

// Version is one programme as it stood for those who start within its window.
// It comes from one file and never changes once people have started under it:
// a change of rules is a new version. It is shared, so treat it as read only.
type Version struct {
	Programme   string       `json:"programme"` // key, such as child-and-family
	Version     string       `json:"version"`   // key, such as 2026
	Name        string       `json:"name"`
	Draft       bool         `json:"draft"`  // known about, but nobody can start on it yet
	Window      Window       `json:"window"` // the days on which people may start under it
	Length      Length       `json:"length"`
	PartTime    PartTime     `json:"part_time"`
	Longest     *Longest     `json:"longest"` // nil when no limit is known
	Milestones  []Milestone  `json:"milestones"`
	Standards   []Standard   `json:"standards"`
	Eligibility []Question   `json:"eligibility"`
	Pauses      PauseRules   `json:"pauses"`
	Extensions  Choices      `json:"extensions"`
	Withdrawals Choices      `json:"withdrawals"`
	Sources     []SourceNote `json:"sources"`
}

// Window is a stretch of days as people write it, both days included. A last
// day that is left out means that no end is known.
type Window struct {
	FirstDay asye.Date `json:"first_day"`
	LastDay  asye.Date `json:"last_day"`
	Basis
}

// Period is the window as a half-open period.
func (w Window) Period() asye.Period {
	if w.LastDay.IsZero() {
		return asye.Since(w.FirstDay)
	}
	return asye.Period{Start: w.FirstDay, End: w.LastDay.AddDays(1)}
}

// Basis says what a rule rests on: a source of this version, or an assumption
// with a note. Exactly one of them is given.
type Basis struct {
	Source  string `json:"source"`  // tag of a source listed in the same file
	Title   string `json:"-"`       // the source's title, filled in when the file is read
	Address string `json:"-"`       // the source's address, if it has one
	Assumed bool   `json:"assumed"` // nobody's published rule: our reading, until somebody confirms it
	Local   bool   `json:"local"`   // one employer's rule, shown as advice to others
	Note    string `json:"note"`    // why it is assumed, or how the source was read
}

// String is the basis as a reader sees it: the source's title, or "Assumed"
// with the note.
func (b Basis) String() string {
	if b.Assumed {
		return "Assumed: " + b.Note
	}
	return b.Title
}

// SourceNote is a document that rules rest on.
type SourceNote struct {
	Tag     string `json:"tag"`
	Title   string `json:"title"`
	Address string `json:"address"`
}

// Length is how long the programme lasts at full time, in calendar months.
type Length struct {
	Months int `json:"months"`
	Basis
}

// PartTime says how part-time work is counted.
type PartTime struct {
	// ProRata makes a day at half of full time count for half a day.
	ProRata bool `json:"pro_rata"`
	Basis
}

// Longest is the most calendar months that may pass from start to end, pauses
// and all. Going past it warns and never refuses.
type Longest struct {
	Months int `json:"months"`
	Basis
}

// Milestone is a review that falls once so many months of the programme have
// been worked.
type Milestone struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	Months   int    `json:"months"`
	Optional bool   `json:"optional"` // employers may hold it or not
	Basis
}

// Standard is a set of statements that a person is assessed against, for as
// long as it is in force. A year may run from one standard into the next.
type Standard struct {
	Key        string      `json:"key"`
	Title      string      `json:"title"`
	FirstDay   asye.Date   `json:"first_day"` // zero when not known
	LastDay    asye.Date   `json:"last_day"`  // zero when no end is known
	Statements []Statement `json:"statements"`
	Basis
}

// InForce reports whether the standard applies on a day.
func (s Standard) InForce(day asye.Date) bool {
	return Window{FirstDay: s.FirstDay, LastDay: s.LastDay}.Period().Contains(day)
}

// Statement is one numbered part of a standard.
type Statement struct {
	Key    string `json:"key"`
	Number int    `json:"number"` // as published; zero when it has none
	Title  string `json:"title"`
	Basis
}

// StandardsOn lists the standards in force on a day.
func (v Version) StandardsOn(day asye.Date) []Standard {
	var in []Standard
	for _, s := range v.Standards {
		if s.InForce(day) {
			in = append(in, s)
		}
	}
	return in
}

// PauseRules are the reasons for which a year may be paused, and those for
// which it may not.
type PauseRules struct {
	Reasons    Choices     `json:"reasons"`
	NotReasons []NotReason `json:"not_reasons"`
}

// NotReason is something that people may want to pause a year for, and should
// not.
type NotReason struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Text  string `json:"text"` // a whole sentence: why not, and what to do instead
	Basis
}

// Choice is one option of a list: a key that is stored and a label that is
// shown.
type Choice struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Basis
}

// Choices is a list of options in the order in which pages show them.
type Choices []Choice

// Find gives the choice with a key; false when there is none.
func (c Choices) Find(key string) (Choice, bool) {
	for _, one := range c {
		if one.Key == key {
			return one, true
		}
	}
	return Choice{}, false
}

// Label is the label of a key, or the key itself where this version has no
// such choice.
func (c Choices) Label(key string) string {
	if one, ok := c.Find(key); ok {
		return one.Label
	}
	return key
}

// LengthText is the length in words: 12 months.
func (v Version) LengthText() string { return counted(v.Length.Months, "month") }

// String names the version for people: the programme and its days.
func (v Version) String() string {
	if v.Window.LastDay.IsZero() {
		return fmt.Sprintf("%s, for starts from %s", v.Name, v.Window.FirstDay)
	}
	return fmt.Sprintf("%s, for starts %s", v.Name, v.Window.Period())
}
