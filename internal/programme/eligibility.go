package programme

import (
	"example.org/asye/internal/asye"
)

// Kind is how a question is answered.
type Kind string

// The kinds of question.
const (
	YesNo Kind = "yes_no"
	OnDay Kind = "date"
)

// Leads is what an answer leads to.
type Leads string

// What an answer can lead to, the mildest first.
const (
	OK        Leads = "ok"
	Unsettled Leads = "unsettled" // not answered, or not yet enough to decide
	Unfunded  Leads = "unfunded"  // registered all the same, but not paid for
	Blocked   Leads = "blocked"   // cannot be registered
)

// The questions that a programme file may ask.
const (
	AskRegistered = "registered"     // with the regulator
	AskQualified  = "qualified"      // when the qualification was awarded
	AskCurrent    = "current"        // is the employer satisfied that knowledge is current
	AskSector     = "sector"         // works in the programme's sector
	AskAgency     = "agency"         // is employed through an agency
	AskFunded     = "already_funded" // has been paid for before
)

// Questions lists the keys of the questions that a programme file may ask.
func Questions() []string {
	return []string{AskRegistered, AskQualified, AskCurrent, AskSector, AskAgency, AskFunded}
}

// Question is one eligibility question, in the order in which pages ask it.
type Question struct {
	Key  string `json:"key"`
	Text string `json:"text"`
	Hint string `json:"hint"`
	Kind Kind   `json:"kind"`
	// Yes and No are what the answers to a yes_no question lead to.
	Yes *Result `json:"yes"`
	No  *Result `json:"no"`
	// Limits are for a date question: the first whose months have not gone by
	// at the start date decides. The last has no months and takes the rest.
	Limits []Limit `json:"limits"`
	// OnlyIfAsked hides the question until a limit asks it.
	OnlyIfAsked bool `json:"only_if_asked"`
	Basis
}

// Result is what an answer leads to, and the sentence that the person is told.
type Result struct {
	Leads Leads  `json:"leads_to"`
	Text  string `json:"reason"`
}

// Limit is a result for those who start within so many calendar months of
// qualifying, the anniversary included.
type Limit struct {
	Months int    `json:"within_months"` // zero takes everybody who is left
	Asks   string `json:"asks"`          // the key of a question that decides instead
	Result
}

// Answer is yes, no, or not yet given.
type Answer string

// The answers to a yes or no question. The zero Answer is not yet given.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// AnswerOf is Yes or No.
func AnswerOf(yes bool) Answer {
	if yes {
		return Yes
	}
	return No
}

// Answers are one person's answers to the eligibility questions. Leave out
// what has not been asked; answers to questions that a version does not ask
// are ignored.
type Answers struct {
	Start         asye.Date // the first day of the year
	Registered    Answer    // with the regulator
	QualifiedOn   asye.Date // when the qualification was awarded
	YearFinished  int       // when only the year is known; QualifiedOn goes first
	Current       Answer    // the employer is satisfied that knowledge is current
	InSector      Answer
	Agency        Answer
	AlreadyFunded Answer
}

func (a Answers) yesNo(key string) Answer {
	switch key {
	case AskRegistered:
		return a.Registered
	case AskCurrent:
		return a.Current
	case AskSector:
		return a.InSector
	case AskAgency:
		return a.Agency
	case AskFunded:
		return a.AlreadyFunded
	}
	return ""
}

// Reason is something that the person is told about their eligibility.
type Reason struct {
	Key    string // of the question
	Leads  Leads
	Text   string // whole sentences, in plain words
	Source Basis
}

// Verdict is what the answers lead to.
type Verdict struct {
	// Registrable is false when an answer blocks registration, or when a
	// question that could block it has not been answered.
	Registrable bool
	// Funded is true only when every question is settled and none says no.
	Funded bool
	// Settled is false while a question that was asked has no usable answer.
	Settled  bool
	Reasons  []Reason
	Evidence Evidence // to be stored with the registration
}

// Evidence is the record of who was judged by which rules on which answers, to
// be kept as JSON beside the registration (PRG-9).
type Evidence struct {
	Programme   string           `json:"programme"`
	Version     string           `json:"version"`
	Start       asye.Date        `json:"start"`
	Registrable bool             `json:"registrable"`
	Funded      bool             `json:"funded"`
	Answers     []EvidenceAnswer `json:"answers"`
}

// EvidenceAnswer is one question as it was put, and what the answer led to.
type EvidenceAnswer struct {
	Key      string `json:"key"`
	Question string `json:"question"`
	Answer   string `json:"answer"` // yes, no, a date, a year, or nothing
	Leads    Leads  `json:"leads_to"`
	Reason   string `json:"reason,omitempty"`
	Basis    string `json:"basis"` // the title of the source, or that it is assumed
}
