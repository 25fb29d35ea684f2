package rights

import (
	"bytes"
	_ "embed" // the standard schedule
	"encoding/json"
	"fmt"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/inventory"
)

//go:embed data/retention-2026.json
var standard []byte

// Schedule says how long data is kept, and why.
type Schedule struct {
	Version string
	Classes []Period
}

// Period is how long one class of data is kept.
type Period struct {
	Class      inventory.Retention `json:"class"`
	Months     int                 `json:"months"`
	CountsFrom string              `json:"counts_from"`
	Why        string              `json:"why"`
	Source     string              `json:"source"`
}

// Standard is the schedule that is built in.
func Standard() (Schedule, error) { return ReadSchedule("the standard schedule", standard) }

// ReadSchedule reads a schedule from JSON. A class that is missing, a period
// shorter than a month, a word that is not known and a period with no reason
// are fault.Invalid, naming the file.
func ReadSchedule(name string, text []byte) (Schedule, error) {
	var file struct {
		Version string   `json:"version"`
		From    string   `json:"from"`
		Classes []Period `json:"classes"`
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return Schedule{}, fault.New(fault.Invalid, "%s cannot be read as a retention schedule: %s", name, err)
	}
	s := Schedule{file.Version, file.Classes}
	for _, class := range []inventory.Retention{inventory.Record, inventory.Account} {
		p, ok := s.of(class)
		switch {
		case !ok:
			return s, fault.New(fault.Invalid, "%s says nothing of the class %q. Add how many months it is kept", name, class)
		case p.Months < 1:
			return s, fault.New(fault.Invalid, "%s keeps the class %q for %d months. Give at least one", name, class, p.Months)
		case p.Why == "" || p.Source == "":
			return s, fault.New(fault.Invalid, "%s gives no reason or no source for the class %q. Add them: people may ask", name, class)
		}
	}
	return s, nil
}

func (s Schedule) of(class inventory.Retention) (Period, bool) {
	for _, p := range s.Classes {
		if p.Class == class {
			return p, true
		}
	}
	return Period{}, false
}

// Ends is the first day on which data of a class has no reason to be here any
// more, counted from the last day that it tells of.
func (s Schedule) Ends(class inventory.Retention, last asye.Date) asye.Date {
	p, _ := s.of(class)
	return last.AddMonths(p.Months)
}

// Sentence says how long a class is kept, for a person.
func (s Schedule) Sentence(class inventory.Retention) string {
	switch class {
	case inventory.Passing:
		return "The service deletes it by itself, within days or when it has been used."
	case inventory.Trail:
		return "The line stays, and can no longer be read once you are erased."
	case inventory.Service:
		return "It is kept as long as the service runs."
	}
	p, _ := s.of(class)
	return fmt.Sprintf("It is kept for %s after %s. %s", length(p.Months), p.CountsFrom, p.Why)
}

func length(months int) string {
	switch {
	case months == 12:
		return "one year"
	case months%12 == 0:
		return fmt.Sprintf("%d years", months/12)
	}
	return fmt.Sprintf("%d months", months)
}
