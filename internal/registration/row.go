package registration

import "example.org/asye/internal/asye"

// Row is one registration as lists, pages and exports all show it.
type Row struct {
	ID               asye.EnrolmentID
	Reference        string
	Person           asye.PersonID
	GivenName        string
	FamilyName       string
	Email            string
	Number           Number
	Org              asye.OrganisationID
	OrgCode          string
	OrgName          string
	Programme        string
	ProgrammeVersion string
	Cohort           asye.Cohort
	StartsOn         asye.Date
	EndsOn           asye.Date // the first day after the year, once it has ended
	DueOn            asye.Date // the first day after the year as it stands to end
	Team             string
	Hours            Hours
	FullTimeHours    Hours
	Assessor         string
	Coordinator      string
	Funded           bool
	Confirmed        bool // the NQSW has confirmed the details
	PausedSince      asye.Date
	Deferrals        int
	Result           Result // empty while the year runs
	DecidedOn        asye.Date
	Transferring     bool
	Version          int
}

// Name is the NQSW's given and family name.
func (r Row) Name() string {
	return asye.Identity{GivenName: r.GivenName, FamilyName: r.FamilyName}.Full()
}

// LastDay is the last day of the year as it stands to end.
func (r Row) LastDay() asye.Date { return r.DueOn.AddDays(-1) }

// PartTime reports whether fewer hours are worked than a full-time post has.
func (r Row) PartTime() bool { return r.Hours > 0 && r.Hours < r.FullTimeHours }

// Status is where the year stands on a day.
func (r Row) Status(today asye.Date) Status {
	switch {
	case r.Result != "":
		return Status(r.Result)
	case r.StartsOn.After(today):
		return Upcoming
	case !r.PausedSince.IsZero() && !r.PausedSince.After(today):
		return Paused
	case !r.DueOn.After(today):
		return Overdue
	default:
		return UnderWay
	}
}
