package upload

import "time"

// Settings are the figures of this capability that an operator may change.
type Settings struct {
	Kept     time.Duration // uploaded data that nobody decided on is deleted after so long
	FewHours int           // percent of full time below which hours are pointed out
	History  int           // uploads to a page of the history
}

// DefaultSettings are the figures that stand where an operator names none.
// Seven days is what the specification of this service promises the people in
// the files; a coordinator who is away for a week can still go on. Half of full
// time is our own judgement of what is worth a second look.
func DefaultSettings() Settings {
	return Settings{Kept: 7 * 24 * time.Hour, FewHours: 50, History: 10}
}
