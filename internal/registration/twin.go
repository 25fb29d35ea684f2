package registration

import (
	"slices"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Mistaken is the reason for the withdrawal of a year that should never have
// been registered: it stands in nobody's way (REG-52).
const Mistaken = "registered-by-mistake"

// Twin is two records that may be one person, for somebody to decide. Records
// are never merged in silence.
type Twin struct {
	ID      string
	Why     string // number, or name_and_birth
	FoundAt asye.Instant
	One     TwinSide // registered later
	Other   TwinSide // there first
}

// TwinSide is one of the two.
type TwinSide struct {
	Person      asye.PersonID
	Name        string
	Number      Number
	DateOfBirth asye.Date
	Employers   string     // with the reference of each registration
	Years       []TwinYear // only where one pair is looked at
}

// TwinYear is one year of one of the two.
type TwinYear struct {
	ID        asye.EnrolmentID
	Reference string
	Org       asye.OrganisationID
	OrgName   string
	Contact   Contact
	Period    asye.Period // open while the year runs
	Mistaken  bool        // withdrawn as registered by mistake
	Moving    bool        // a move to another employer is under way
}

// Clash is two years that cannot both be one person's.
type Clash struct{ Newer, Older TwinYear }

// Clashes are the years of the two that lie at the same time. As long as there
// is one the records cannot be joined.
func (t Twin) Clashes() []Clash {
	var all []Clash
	for _, newer := range t.One.Years {
		for _, older := range t.Other.Years {
			if !newer.Mistaken && newer.Period.Overlaps(older.Period) {
				all = append(all, Clash{newer, older})
			}
		}
	}
	return all
}

// Closing is the one newer year whose closing as registered by mistake lets the
// records be joined; an error says why there is none (REG-53).
func (t Twin) Closing() (TwinYear, error) {
	all := t.Clashes()
	if len(all) == 0 {
		return TwinYear{}, fault.New(fault.Conflict, "No years lie at the same time, so none has to be closed")
	}
	newer := all[0].Newer
	if slices.ContainsFunc(all, func(c Clash) bool { return c.Newer.ID != newer.ID }) {
		return TwinYear{}, fault.New(fault.Conflict, "More than one year lies at the same time as another. Ask the employers to undo what is wrong")
	}
	for _, c := range all {
		if c.Older.Mistaken {
			return TwinYear{}, fault.New(fault.Conflict, "The older registration, %s, was withdrawn as made by mistake. Ask %s whether it was, before the records are joined", c.Older.Reference, c.Older.OrgName)
		}
	}
	if !newer.Period.IsOpen() {
		return TwinYear{}, fault.New(fault.Conflict, "The newer year, %s, has its outcome. Only %s can undo it", newer.Reference, newer.OrgName)
	}
	if newer.Moving {
		return TwinYear{}, fault.New(fault.Conflict, "The newer year, %s, is moving to another employer. That has to be finished first", newer.Reference)
	}
	return newer, nil
}
