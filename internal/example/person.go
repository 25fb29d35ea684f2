package example

import (
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/programme"
	"example.org/asye/internal/registration"
)

// someone is an invented NQSW, with what they would say of themselves.
type someone struct {
	asye.Identity
	female, white bool
	background    string // value of one of the eighteen
	group         string // value of one of the five
	disabled      bool
	born          asye.Date
	number        registration.Number
	route         string
	qualification string
}

// The joint distribution of backgrounds within White and within the others is
// invented; the weights are near what the census and the workforce would give.
var (
	whiteShares = []share{{"white_british", 91}, {"white_irish", 2.5}, {"white_gypsy_traveller", 0.3}, {"white_other", 6.2}}
	otherShares = []share{{"black_african", 29}, {"black_caribbean", 14}, {"black_other", 4}, {"asian_indian", 6},
		{"asian_pakistani", 11}, {"asian_bangladeshi", 6}, {"asian_chinese", 1.2}, {"asian_other", 4},
		{"mixed_white_black_caribbean", 8}, {"mixed_white_black_african", 3}, {"mixed_white_asian", 3.5}, {"mixed_other", 3},
		{"other_arab", 1.8}, {"other_other", 5.5}}
	routeShares = []share{{"undergraduate", 42}, {"postgraduate", 26}, {"step-up", 12}, {"approach", 8},
		{"apprenticeship", 8}, {"other", 4}}
	qualificationShares = map[string][]share{
		"undergraduate":  {{"ba", 70}, {"bsc", 30}},
		"postgraduate":   {{"ma", 50}, {"msc", 40}, {"pgdip", 10}},
		"step-up":        {{"pgdip", 100}},
		"approach":       {{"pgdip", 60}, {"ma", 40}},
		"apprenticeship": {{"ba", 60}, {"bsc", 40}},
		"other":          {{"other", 100}},
	}
	ages = []struct{ weight, from, to int }{{22, 22, 24}, {30, 25, 29}, {17, 30, 34}, {21, 35, 44}, {8, 45, 54}, {2, 55, 62}}
)

// meet invents an NQSW who starts on a day.
func (b *builder) meet(female, white bool, starts asye.Date) someone {
	s := someone{female: female, white: white, disabled: b.draw.in(9)}
	if white {
		s.background = b.draw.pick(whiteShares)
	} else {
		s.background = b.draw.pick(otherShares)
	}
	s.group, _, _ = strings.Cut(s.background, "_")
	s.route = b.draw.pick(routeShares)
	s.qualification = b.draw.pick(qualificationShares[s.route])
	s.number = b.nextNumber()
	for {
		s.Identity, s.born = b.name(s), b.born(starts)
		key := s.SortName() + s.born.ISO()
		if !b.met[key] {
			b.met[key] = true
			return s
		}
	}
}

func (b *builder) name(s someone) asye.Identity {
	from := namesOf[s.background]
	given := communities[from[0]].male
	if s.female {
		given = communities[from[0]].female
	}
	i := asye.Identity{GivenName: b.draw.of(given), FamilyName: b.draw.of(communities[from[1]].family)}
	if b.draw.in(15) {
		if middle := b.draw.of(given); middle != i.GivenName {
			i.MiddleNames = middle
		}
	}
	return i
}

func (b *builder) born(starts asye.Date) asye.Date {
	at := b.draw.IntN(100)
	for _, band := range ages {
		if at -= band.weight; at < 0 {
			age := b.draw.between(band.from, band.to)
			return starts.AddMonths(-12 * age).AddDays(-b.draw.IntN(364))
		}
	}
	return starts.AddMonths(-12 * 30)
}

// anybody is a name alone, for contacts, directors and assessors.
func (b *builder) anybody() asye.Identity {
	s := someone{female: b.draw.in(80), background: b.draw.pick(whiteShares)}
	if b.draw.in(22) {
		s.background = b.draw.pick(otherShares)
	}
	i := b.name(s)
	i.MiddleNames = ""
	return i
}

// nextNumber gives numbers from SW100000 to SW899999, each once, in an order
// that tells nothing: 7919 is prime, and so shares no factor with 800,000.
func (b *builder) nextNumber() registration.Number {
	b.numbered++
	return registration.Number("SW" + strconv.Itoa(100000+b.numbered*7919%800000))
}

// address is an e-mail address at a domain that is kept for examples.
func (b *builder) address(i asye.Identity) string {
	letters := func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}
	local := strings.Map(letters, asye.Fold(i.GivenName)) + "." + strings.Map(letters, asye.Fold(i.FamilyName))
	b.addresses[local]++
	if n := b.addresses[local]; n > 1 {
		local += strconv.Itoa(n)
	}
	return local + "@example.org"
}

// entry is what an employer would give to register someone.
func (b *builder) entry(s someone, e *employer, programmeKey string, starts asye.Date) registration.Entry {
	year := starts.Year()
	if starts.Month() < 7 || b.draw.in(12) {
		year--
	}
	r := registration.Entry{Identity: s.Identity, Number: s.number, DateOfBirth: s.born, AddedToRegisterOn: starts.AddDays(-b.draw.between(20, 60)),
		Qualification: s.qualification, QualifiedYear: year, EntryRoute: s.route, Programme: programmeKey, StartsOn: starts,
		Hours: e.fullTime, FullTimeHours: e.fullTime, Team: b.draw.of(teams[programmeKey]),
		Eligibility: programme.Answers{Registered: programme.Yes, InSector: programme.Yes,
			Agency: programme.AnswerOf(e.Type == asye.Agency), AlreadyFunded: programme.No, Current: programme.Yes}}
	if s.route == registration.OtherRoute {
		r.EntryRouteOther = "Qualified outside the United Kingdom"
	}
	return r
}

const (
	childAndFamily = equality.ChildAndFamily
	adults         = "adults"
)

var teams = map[string][]string{
	childAndFamily: {"Assessment", "Duty and assessment", "Safeguarding North", "Safeguarding South", "Children looked after",
		"Children with disabilities", "Adolescents", "Court work", "Care leavers", "Fostering and adoption", "Front door"},
	adults: {"Hospital discharge", "Learning disability", "Community mental health", "Older people", "Safeguarding adults",
		"Reablement", "Sensory services", "Adults first contact"},
}

// say is the equality answers of somebody who answers everything.
func (b *builder) say(s someone, on asye.Date) equality.Answers {
	a := equality.Answers{Sex: "male", GenderSame: "yes", EthnicGroup: s.group, EthnicBackground: s.background,
		Disability: "no", AnsweredOn: on}
	if s.female {
		a.Sex = "female"
	}
	if s.disabled {
		a.Disability = "yes"
	}
	switch roll := b.draw.IntN(1000); {
	case roll < 25:
		a.GenderSame = equality.PreferNot
	case roll < 30:
		a.GenderSame = "no"
	}
	switch roll := b.draw.IntN(100); {
	case roll < 4:
		a.Disability = equality.PreferNot
	case roll < 6:
		a.Disability = ""
	}
	switch roll := b.draw.IntN(100); {
	case roll < 2:
		a.EthnicBackground = equality.PreferNot
	case roll < 3:
		a.EthnicBackground = ""
	}
	return a
}

// hold leaves the sex or the ethnic group unknown, or both: the record is not
// complete.
func (b *builder) hold(a equality.Answers) equality.Answers {
	missing := equality.PreferNot
	if b.draw.in(35) {
		missing = ""
	}
	part := b.draw.IntN(10)
	if part < 4 || part == 9 {
		a.Sex = missing
	}
	if part >= 4 {
		a.EthnicGroup, a.EthnicBackground = missing, ""
	}
	return a
}
