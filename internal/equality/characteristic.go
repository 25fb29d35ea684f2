package equality

import (
	"slices"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
)

// record is one registration as it is counted. It has no name of a person and no
// identifier of one, so that no count can lead back to a person.
type record struct {
	result           string // passed, failed, withdrawn, or empty while there is no outcome
	deferrals        int
	startsOn, bornOn asye.Date
	sex              string
	ethnicGroup      string
	ethnicBackground string
	disability       string
	route            string
	employerType     string
	region           string
	employer         string // the identifier of the organisation
	cohort           asye.Cohort
	key              int // the record key, for noise
}

// Characteristic is something by which outcomes can be counted.
type Characteristic struct {
	Key  string // as it is asked for: "gender"
	Name string // as a heading: "Gender"
	// Source says in sentences where it comes from: which question, and what
	// falls into which group.
	Source string
	// groups lists every group in order, those without records too; nil where
	// the records decide.
	groups []string
	// of is the group of a record, empty when it is not known. "Prefer not to
	// say" is not known (EQU-12).
	of func(record) string
	// answer is the answer that a group is made from; nil where nobody is asked.
	answer func(record) string
	// against is the group that others are compared with; the largest when empty.
	against string
}

// Groups lists the groups in order, where they do not follow from the records.
func (c Characteristic) Groups() []string { return slices.Clone(c.groups) }

// What stands for those whose group is not known, in a [Store.Cube]: they would
// not say, they have not answered, or nothing is on record.
const (
	Declined   = "Prefer not to say"
	Unanswered = "Not answered"
	NotOnFile  = "Not on record"
)

// Unknown lists them.
func Unknown() []string { return []string{Declined, Unanswered, NotOnFile} }

// level is the group of a record, or why it has none.
func (c Characteristic) level(r record) string {
	switch group := c.of(r); {
	case group != "":
		return group
	case c.answer == nil:
		return NotOnFile
	case c.answer(r) == PreferNot:
		return Declined
	}
	return Unanswered
}

// Characteristics lists everything by which outcomes can be counted.
func Characteristics() []Characteristic {
	return []Characteristic{
		{"gender", "Gender", "The answer to “What is your sex?”, which the published report calls gender.",
			labels(Sexes()), func(r record) string { return known(Sexes(), r.sex) }, answeredSex, "Female"},
		{"ethnicity", "Ethnicity", ethnicitySource(), []string{whiteGroup, minoritised}, ethnicity, answeredGroup, whiteGroup},
		{"ethnic_group", "Ethnic group", "The answer to “What is your ethnic group?”.",
			labels(EthnicGroups()), func(r record) string { return known(EthnicGroups(), r.ethnicGroup) }, answeredGroup, whiteGroup},
		{"ethnic_background", "Ethnic background", "The answer to the second question on ethnic group, which asks for the background.",
			backgroundLabels(), background, answeredBackground, ""},
		{"deferrals", "Deferrals", "How many pauses the registration has on record.",
			nil, func(r record) string { return strconv.Itoa(r.deferrals) }, nil, "0"},
		{"age_band", "Age at the start", "Age in whole years on the first day of the year, from the date of birth.", bandLabels(), ageBand, nil, ""},
		{"disability", "Disability", "The answer to the question on disability, as the Equality Act 2010 defines it.",
			[]string{"Disabled", "Not disabled"}, disabled, answeredDisability, "Not disabled"},
		{"route", "Entry route", "The route into social work, from the registration.",
			labels(routes()), func(r record) string { return known(routes(), r.route) }, nil, ""},
		{"employer_type", "Employer type", "The type of the employer that has the registration now.", employerTypes(), employerType, nil, ""},
		{"region", "Region", "The region of the employer that has the registration now. An employer in several regions has none.",
			asye.Regions(), func(r record) string { return r.region }, nil, ""},
	}
}

func answeredSex(r record) string        { return r.sex }
func answeredGroup(r record) string      { return r.ethnicGroup }
func answeredDisability(r record) string { return r.disability }

// answeredBackground is the background, or the group where that was declined: the
// second question is not asked then.
func answeredBackground(r record) string {
	if r.ethnicGroup == PreferNot {
		return PreferNot
	}
	return r.ethnicBackground
}

// Published are the characteristics for which figures were published, and the
// ones that are counted when nobody asks for others.
func Published() []string { return []string{"gender", "ethnicity", "deferrals"} }

const (
	whiteGroup  = "White"
	minoritised = "Minoritised ethnic groups"
)

// ethnicitySource names the groups that the report's second one is made of.
func ethnicitySource() string {
	var others []string
	for _, name := range labels(EthnicGroups()) {
		if name != whiteGroup {
			others = append(others, name)
		}
	}
	return "The answer to “What is your ethnic group?”. White is the whole group of that name, White minorities with it. " +
		minoritised + " are the other four: " + strings.Join(others, "; ") + "."
}

// ethnicity puts the five groups into the two of the published report (EQU-10).
func ethnicity(r record) string {
	switch known(EthnicGroups(), r.ethnicGroup) {
	case "":
		return ""
	case whiteGroup:
		return whiteGroup
	}
	return minoritised
}

// isComplete is EQU-11 for a record that passed or failed.
func isComplete(r record) bool {
	return !slices.ContainsFunc(completing(), func(key string) bool {
		c, _ := characteristic(key)
		return c.of(r) == ""
	})
}

// background is the group and the background together, because two groups have
// backgrounds that sound alike.
func background(r record) string {
	g, named := GroupOf(r.ethnicGroup)
	text := known(g.Backgrounds, r.ethnicBackground)
	if !named || text == "" {
		return ""
	}
	return text
}

func disabled(r record) string {
	return map[string]string{"yes": "Disabled", "no": "Not disabled"}[r.disability]
}

func employerType(r record) string {
	if r.employerType == "" {
		return ""
	}
	return asye.EmployerType(r.employerType).String()
}

func employerTypes() []string {
	var out []string
	for _, t := range asye.EmployerTypes() {
		out = append(out, t.String())
	}
	return out
}

func routes() []Option {
	var out []Option
	for _, r := range asye.EntryRoutes() {
		out = append(out, Option{Value: string(r), Label: r.String()})
	}
	return out
}

// ageBands are the bands of age in years on the first day of the year, each
// with the age at which it begins. They are ours: no figure by age was
// published.
var ageBands = []struct {
	label string
	from  int
}{{"Under 25", 0}, {"25 to 29", 25}, {"30 to 34", 30}, {"35 to 44", 35}, {"45 to 54", 45}, {"55 and over", 55}}

func ageBand(r record) string {
	if r.bornOn.IsZero() || r.startsOn.IsZero() || r.startsOn.Before(r.bornOn) {
		return ""
	}
	age, band := ageOn(r.bornOn, r.startsOn), ""
	for _, b := range ageBands {
		if age >= b.from {
			band = b.label
		}
	}
	return band
}

// ageOn is the age in whole years on a day. Somebody born on 29 February is a
// year older on 1 March of a year without that day.
func ageOn(born, on asye.Date) int {
	age := on.Year() - born.Year()
	if on.Month() < born.Month() || on.Month() == born.Month() && on.Day() < born.Day() {
		age--
	}
	return age
}

func bandLabels() []string {
	var out []string
	for _, b := range ageBands {
		out = append(out, b.label)
	}
	return out
}

func backgroundLabels() []string {
	var out []string
	for _, g := range Groups() {
		out = append(out, labels(g.Backgrounds)...)
	}
	return out
}

// labels lists what can be known: every label but "Prefer not to say".
func labels(options []Option) []string {
	var out []string
	for _, o := range options {
		if o.Value != PreferNot {
			out = append(out, o.Label)
		}
	}
	return out
}

// known is the label of an answer that says something, or nothing.
func known(options []Option, value string) string {
	if value == PreferNot {
		return ""
	}
	return Label(options, value)
}

func characteristic(key string) (Characteristic, bool) {
	all := Characteristics()
	at := slices.IndexFunc(all, func(c Characteristic) bool { return c.Key == key })
	if at < 0 {
		return Characteristic{}, false
	}
	return all[at], true
}

func characteristicKeys() string {
	var keys []string
	for _, c := range Characteristics() {
		keys = append(keys, c.Key)
	}
	return strings.Join(keys, ", ")
}
