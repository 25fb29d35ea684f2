package registration

// Status is where a year stands.
type Status string

// Where a year can stand. The last three are its outcomes.
const (
	Upcoming  Status = "upcoming"  // has not started
	UnderWay  Status = "under_way" // is running
	Paused    Status = "paused"    // is running, and paused
	Overdue   Status = "overdue"   // should have ended, and has no outcome
	Passed    Status = "passed"
	Failed    Status = "failed"
	Withdrawn Status = "withdrawn"
)

// Statuses lists them in the order of pages.
func Statuses() []Status {
	return []Status{Upcoming, UnderWay, Paused, Overdue, Passed, Failed, Withdrawn}
}

// String is the status as pages say it.
func (s Status) String() string {
	switch s {
	case Upcoming:
		return "Not started"
	case UnderWay:
		return "Under way"
	case Paused:
		return "Paused"
	case Overdue:
		return "Outcome overdue"
	case Passed:
		return "Passed"
	case Failed:
		return "Failed"
	case Withdrawn:
		return "Withdrawn"
	}
	return string(s)
}

// Colour is the colour of the status's tag, as ui.Tag names it.
func (s Status) Colour() string {
	switch s {
	case Upcoming:
		return "grey"
	case UnderWay:
		return "blue"
	case Paused:
		return "yellow"
	case Overdue:
		return "orange"
	case Passed:
		return "green"
	case Failed:
		return "red"
	}
	return "purple"
}
