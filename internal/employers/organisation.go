package employers

import (
	"regexp"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

const longestName = 120 // characters

// Organisation is one employer, or the national body.
type Organisation struct {
	ID       asye.OrganisationID
	Code     string // unique: the three digits of a local authority, or a short code
	Name     string
	Type     asye.EmployerType
	Region   string    // one of asye.Regions; empty where it works in several
	ONSCode  string    // the code of the Office for National Statistics; empty where it has none
	OpenedOn asye.Date // the first day on which it was open, as far as this record goes
	ClosedOn asye.Date // the first day on which it was no longer open; zero while it is
	Contact  Contact   // whom to ask about its NQSWs
	Director Director  // who answers for its social work
	Version  int
}

// Contact is the primary contact of an employer.
type Contact struct{ Name, Email, Phone string }

// Director is the director or principal social worker of an employer.
type Director struct{ Name, Email string }

// IsOpen reports whether the organisation is open on a day.
func (o Organisation) IsOpen(on asye.Date) bool {
	return asye.Period{Start: o.OpenedOn, End: o.ClosedOn}.Contains(on)
}

var (
	threeDigits = regexp.MustCompile(`^[0-9]{3}$`)
	shortCode   = regexp.MustCompile(`^[A-Z0-9]{2,12}$`)
	onsCode     = regexp.MustCompile(`^[A-Z][0-9]{8}$`)
)

// Described judges what was typed about an organisation and gives it back tidy:
// spaces trimmed, codes in capitals. Its problems are in the order of the page
// (EMP-1, EMP-2).
func Described(o Organisation) (Organisation, error) {
	o.Name, o.Region = oneSpace(o.Name), oneSpace(o.Region)
	o.Code = strings.ToUpper(strings.TrimSpace(o.Code))
	o.ONSCode = strings.ToUpper(strings.TrimSpace(o.ONSCode))
	o.Contact, o.Director = o.Contact.tidy(), o.Director.tidy()
	var p fault.Problems
	p.If(o.Name == "", "name", "Enter the name of the employer")
	p.If(letters(o.Name) > longestName, "name", "The name must be %d characters or fewer", longestName)
	known := slices.Contains(asye.EmployerTypes(), o.Type) || o.Type == asye.NationalBody
	p.If(!known, "type", "Choose the type of employer")
	p = append(p, o.wrongCode()...)
	p.If(o.Region != "" && !slices.Contains(asye.Regions(), o.Region), "region", "Choose the region from the list, or leave it empty")
	p.If(o.Region == "" && o.Type == asye.LocalAuthority, "region", "Choose the region of the local authority")
	p.If(o.ONSCode != "" && !onsCode.MatchString(o.ONSCode), "ons_code",
		"The ONS code must be a letter and eight digits, like E06000001")
	p.If(o.OpenedOn.IsZero(), "opened_on", "Enter the day on which the employer opened, or from which it is on this record")
	p.If(!o.ClosedOn.IsZero() && !o.OpenedOn.Before(o.ClosedOn), "opened_on", "The day must be before %s, when the employer closed", o.ClosedOn)
	p = append(p, o.Contact.wrong()...)
	p = append(p, o.Director.wrong()...)
	return o, p.Err()
}

// wrongCode is EMP-1: three digits are a local authority's and nobody else's,
// since the Department for Education hands them out.
func (o Organisation) wrongCode() (p fault.Problems) {
	authority := o.Type == asye.LocalAuthority
	p.If(authority && !threeDigits.MatchString(o.Code), "code",
		"The code of a local authority must be its three digits, like 301")
	p.If(!authority && !shortCode.MatchString(o.Code), "code",
		"The code must be 2 to 12 letters and digits, like NHS012")
	p.If(!authority && shortCode.MatchString(o.Code) && !strings.ContainsAny(o.Code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "code",
		"The code must have at least one letter, because codes of digits alone belong to local authorities")
	return p
}

// WithContacts is the organisation with another contact and director: all that
// a coordinator may change (EMP-4).
func (o Organisation) WithContacts(c Contact, d Director) Organisation {
	o.Contact, o.Director = c, d
	return o
}

// mayBecome refuses a change that is not this role's to make (EMP-4), or that
// would rewrite what only an ending may say.
func (o Organisation) mayBecome(next Organisation, coordinator bool) error {
	if o.ID != next.ID || o.ClosedOn != next.ClosedOn {
		return fault.New(fault.Forbidden, "An employer is closed by recording its ending, not by changing its record")
	}
	if coordinator && o.WithContacts(next.Contact, next.Director) != next {
		return fault.New(fault.Forbidden,
			"A coordinator can change the contact and the director of their employer. Ask the national team to change anything else")
	}
	return nil
}

// searchText is what a search looks through: code and name without capitals,
// accents aside, and with straight apostrophes.
func (o Organisation) searchText() string { return searchable(o.Code + " " + o.Name) }

var plain = strings.NewReplacer("’", "'", "‘", "'", "&", " and ", "-", " ", "–", " ", ",", " ", ".", " ")

func searchable(text string) string {
	return oneSpace(plain.Replace(strings.ToLower(text)))
}

func oneSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

func letters(text string) int { return len([]rune(text)) }
