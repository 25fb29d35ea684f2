package asye

// EmployerType is the kind of organisation that an employer is.
type EmployerType string

// The kinds of employer, and the national body above them.
const (
	LocalAuthority EmployerType = "local_authority"
	ChildrensTrust EmployerType = "childrens_trust"
	NHSBody        EmployerType = "nhs"
	School         EmployerType = "school"
	Private        EmployerType = "private"
	Voluntary      EmployerType = "voluntary"
	Agency         EmployerType = "agency"
	NationalBody   EmployerType = "national"
)

// EmployerTypes lists the kinds of employer in the order in which pages show
// them. The national body employs nobody here and is not among them.
func EmployerTypes() []EmployerType {
	return []EmployerType{LocalAuthority, ChildrensTrust, NHSBody, School, Private, Voluntary, Agency}
}

// String is the kind of employer as people say it.
func (t EmployerType) String() string {
	switch t {
	case LocalAuthority:
		return "Local authority"
	case ChildrensTrust:
		return "Children’s trust"
	case NHSBody:
		return "NHS body"
	case School:
		return "School"
	case Private:
		return "Private"
	case Voluntary:
		return "Voluntary"
	case Agency:
		return "Agency"
	case NationalBody:
		return "National body"
	}
	return string(t)
}

// Regions lists the nine regions of England, in the order of their names, as
// the Office for National Statistics writes them.
func Regions() []string {
	return []string{"East Midlands", "East of England", "London", "North East", "North West",
		"South East", "South West", "West Midlands", "Yorkshire and The Humber"}
}
