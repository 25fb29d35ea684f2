package equality

// PreferNot is the answer of somebody who was asked and would rather not say.
// It is not the same as an empty answer, which is "not asked yet, or left
// blank" (EQU-1).
const PreferNot = "prefer_not_to_say"

// Option is one answer that can be chosen.
type Option struct {
	Value string // as stored
	Label string // as shown, in the words of the harmonised questions
	Text  bool   // asks for the person's own words too
}

// Group is one of the five ethnic groups, with the backgrounds within it.
type Group struct {
	Option
	Question    string // asked about the background, in the second step
	Backgrounds []Option
}

const preferNotLabel = "Prefer not to say"

var preferNot = Option{PreferNot, preferNotLabel, false}

// Sexes are the answers to "What is your sex?". The labels here and below are
// those of the Department for Education's social work induction programme
// service, which follow the harmonised questions of the Office for National
// Statistics.
func Sexes() []Option {
	return []Option{{"female", "Female", false}, {"male", "Male", false}, preferNot}
}

// GenderSame are the answers to the question about gender and sex registered
// at birth.
func GenderSame() []Option {
	return []Option{{"yes", "Yes", false}, {"no", "No", true}, preferNot}
}

// Disabilities are the answers to the question about disability.
func Disabilities() []Option {
	return []Option{{"yes", "Yes", false}, {"no", "No", false}, preferNot}
}

// Groups are the five ethnic groups with their eighteen backgrounds: the list
// of the 2011 census of England and Wales.
func Groups() []Group {
	return []Group{
		{Option{"white", "White", false}, "Which one best describes your White background?", []Option{
			{"white_british", "English, Welsh, Scottish, Northern Irish or British", false}, {"white_irish", "Irish", false},
			{"white_gypsy_traveller", "Gypsy or Irish Traveller", false}, {"white_other", "Any other White background", true}}},
		{Option{"mixed", "Mixed or multiple ethnic groups", false},
			"Which one best describes your mixed or multiple ethnic background?", []Option{
				{"mixed_white_black_caribbean", "White and Black Caribbean", false},
				{"mixed_white_black_african", "White and Black African", false}, {"mixed_white_asian", "White and Asian", false},
				{"mixed_other", "Any other mixed or multiple ethnic background", true}}},
		{Option{"asian", "Asian or Asian British", false}, "Which one best describes your Asian or Asian British background?", []Option{
			{"asian_indian", "Indian", false}, {"asian_pakistani", "Pakistani", false}, {"asian_bangladeshi", "Bangladeshi", false},
			{"asian_chinese", "Chinese", false}, {"asian_other", "Any other Asian background", true}}},
		{Option{"black", "Black, African, Caribbean or Black British", false},
			"Which one best describes your Black, African, Caribbean or Black British background?", []Option{
				{"black_african", "African", false}, {"black_caribbean", "Caribbean", false},
				{"black_other", "Any other Black, African or Caribbean background", true}}},
		{Option{"other", "Other ethnic group", false}, "Which one best describes your background?", []Option{
			{"other_arab", "Arab", false}, {"other_other", "Any other ethnic group", true}}},
	}
}

// EthnicGroups are the answers to "What is your ethnic group?".
func EthnicGroups() []Option {
	var out []Option
	for _, g := range Groups() {
		out = append(out, g.Option)
	}
	return append(out, preferNot)
}

// GroupOf finds an ethnic group by its value.
func GroupOf(value string) (Group, bool) {
	for _, g := range Groups() {
		if g.Value == value {
			return g, true
		}
	}
	return Group{}, false
}

// Backgrounds are the answers to the second step, for those who named a group;
// none for others.
func Backgrounds(group string) []Option {
	g, ok := GroupOf(group)
	if !ok {
		return nil
	}
	return append(g.Backgrounds, preferNot)
}

func find(options []Option, value string) (Option, bool) {
	for _, o := range options {
		if o.Value == value {
			return o, true
		}
	}
	return Option{}, false
}

// Label is how an answer is shown; an empty one is no answer.
func Label(options []Option, value string) string {
	o, _ := find(options, value)
	return o.Label
}
