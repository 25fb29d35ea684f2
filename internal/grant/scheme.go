package grant

import (
	"example.org/asye/internal/asye"
	"example.org/asye/internal/programme"
)

// Scheme is what one funder pays for one programme in one financial year. It
// comes from one file and is shared, so treat it as read only.
type Scheme struct {
	Key       string  `json:"key"`  // such as child-and-family-2026-27
	Name      string  `json:"name"` // as people say it
	Year      string  `json:"year"` // the financial year, such as 2026-27
	Programme string  `json:"programme"`
	Funder    Funder  `json:"funder"`
	Window    Window  `json:"window"`  // the days of what it pays for: of a start, of a completion
	Opens     Day     `json:"opens"`   // the first day on which it can be claimed from
	Starts    Day     `json:"starts"`  // nobody who started earlier is paid for
	Final     *Final  `json:"final"`   // nil unless it pays for those who have not completed
	Formula   *Rate   `json:"formula"` // nil where each milestone has an amount of its own
	Late      Late    `json:"late"`
	Leaving   Leaving `json:"leaving"`
	Transfer  Moving  `json:"transfer"`
	Failing   Failing `json:"failing"`
	Pausing   Pausing `json:"pausing"`
	Agency    Agency  `json:"agency"`

	Milestones []Milestone  `json:"milestones"`
	Deadlines  []Deadline   `json:"deadlines"`
	Evidence   []Evidence   `json:"evidence"`
	Conditions []Condition  `json:"conditions"`
	File       File         `json:"file"`
	Sources    []SourceNote `json:"sources"`

	// Hash is of the bytes of the file: the version of these rules.
	Hash string `json:"-"`
}

// The parts that rules of every kind are made of.
type (
	// Basis is what a rule rests on.
	Basis = programme.Basis
	// Window is a stretch of days, both included.
	Window = programme.Window
	// SourceNote is a document that rules rest on.
	SourceNote = programme.SourceNote
)

// Funder is who pays, and where claims are sent.
type Funder struct {
	Name  string `json:"name"`
	Email string `json:"email"` // empty when no address is known
	Basis
}

// Day is one day with what it rests on.
type Day struct {
	Day asye.Date `json:"day"`
	Basis
}

// On is what a milestone falls on.
type On string

// What a milestone can fall on.
const (
	OnStart      On = "start"      // the first day of the year
	OnCompletion On = "completion" // the day on which the outcome was decided
)

// Milestone is one payment for one NQSW.
type Milestone struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	On    On     `json:"on"`
	Pence Pence  `json:"pence"` // nothing where a formula decides
	Basis
}

// Evidence is what has to be known of an NQSW before a claim can be made.
type Evidence struct {
	Key  string `json:"key"`  // register-check
	Days int    `json:"days"` // how old it may be
	Basis
}

// RegisterCheck is the key of the evidence that the regulator's register has
// been looked at.
const RegisterCheck = "register-check"

// Condition is what an employer has to have done in the year before it can
// claim.
type Condition struct {
	Key        string   `json:"key"`
	Name       string   `json:"name"`
	Milestones []string `json:"milestones"` // those that cannot be claimed without it
	Basis
}

// Final pays a milestone for everybody who is on the programme on one day, or
// starts after it within the window: the day itself decides.
type Final struct {
	Milestone string    `json:"milestone"`
	Day       asye.Date `json:"day"`
	Basis
}

// Leaving is what happens to what was paid when somebody withdraws.
type Leaving struct {
	// Days within which a withdrawal after the start means that the payment at
	// the start is given back; zero for never.
	Days int `json:"registration_back_within_days"`
	Basis
}

// Moving is who is paid when the year moves between employers.
type Moving struct {
	Completion string `json:"completion_to"` // FirstEmployer or LastEmployer
	Basis
}

// Who is paid for a completion.
const (
	FirstEmployer = "first_employer"
	LastEmployer  = "last_employer"
)

// Failing is whether a failed year is paid like one that was passed.
type Failing struct {
	Paid bool `json:"completion_paid"`
	Basis
}

// Pausing is whether somebody whose year is paused is paid for by [Final].
type Pausing struct {
	Final bool `json:"paid_in_final_year"`
	Basis
}

// Agency is whether those employed through an agency are paid for.
type Agency struct {
	Paid bool `json:"paid"`
	Basis
}

// Late is whether a claim can be asked for after its deadline.
type Late struct {
	Requests bool `json:"requests"`
	Basis
}

// File is the spreadsheet that the funder is sent.
type File struct {
	Sheet   string   `json:"sheet"`
	Columns []Column `json:"columns"`
	Basis
}

// Column is one column of the funder's spreadsheet.
type Column struct {
	Title string `json:"title"`
	Value Value  `json:"value"`
}

// Value is what a column of the funder's spreadsheet holds.
type Value string

// What a column can hold.
const (
	ValueOrganisation Value = "organisation"
	ValueOrgCode      Value = "organisation_code"
	ValueOrgType      Value = "organisation_type"
	ValueReference    Value = "reference"
	ValueGivenName    Value = "given_name"
	ValueFamilyName   Value = "family_name"
	ValueNumber       Value = "regulator_number"
	ValueStart        Value = "start_day"
	ValueMilestone    Value = "milestone"
	ValueEventDay     Value = "event_day"
	ValueResult       Value = "result"
	ValueAmount       Value = "amount"
)

// Values lists what a column can hold.
func Values() []Value {
	return []Value{ValueOrganisation, ValueOrgCode, ValueOrgType, ValueReference, ValueGivenName, ValueFamilyName, ValueNumber, ValueStart,
		ValueMilestone, ValueEventDay, ValueResult, ValueAmount}
}

// Milestone finds a milestone by its key; false when there is none.
func (s Scheme) Milestone(key string) (Milestone, bool) {
	if m := s.milestone(key); m != nil {
		return *m, true
	}
	return Milestone{}, false
}

// milestone finds a milestone by its key; nil when there is none.
func (s *Scheme) milestone(key string) *Milestone {
	for i := range s.Milestones {
		if s.Milestones[i].Key == key {
			return &s.Milestones[i]
		}
	}
	return nil
}
