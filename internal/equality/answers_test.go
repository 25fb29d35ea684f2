package equality

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
)

func TestGiven(t *testing.T) {
	words := strings.Repeat("é", longestDetail)
	full := Answers{Sex: "female", GenderSame: "no", GenderIdentity: words, EthnicGroup: "asian",
		EthnicBackground: "asian_other", EthnicDetail: words, Disability: PreferNot}
	tests := []struct {
		name string
		edit func(*Answers)
		want []string
	}{
		{"everything answered", func(a *Answers) {}, nil},
		{"EQU-1 nothing answered", func(a *Answers) { *a = Answers{} }, nil},
		{"EQU-1 every question preferred not", func(a *Answers) {
			*a = Answers{Sex: PreferNot, GenderSame: PreferNot, EthnicGroup: PreferNot, Disability: PreferNot}
		}, nil},
		{"EQU-1 a background preferred not", func(a *Answers) { a.EthnicBackground = PreferNot }, nil},
		{"EQU-2 an unlisted sex", func(a *Answers) { a.Sex = "yes" }, []string{"sex"}},
		{"EQU-2 an unlisted group", func(a *Answers) { a.EthnicGroup = "asian_other" }, []string{"ethnic_group"}},
		{"EQU-2 a background of another group", func(a *Answers) { a.EthnicGroup = "white" }, []string{"ethnic_background"}},
		{"EQU-2 an unlisted disability", func(a *Answers) { a.Disability = "maybe" }, []string{"disability"}},
		{"EQU-2 101 characters of identity", func(a *Answers) { a.GenderIdentity += "é" }, []string{"gender_identity"}},
		{"EQU-2 101 characters of background", func(a *Answers) { a.EthnicDetail += "é" }, []string{"ethnic_detail"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := full
			tt.edit(&a)
			_, err := Given(a)
			var got []string
			for _, p := range fault.ProblemsOf(err) {
				got = append(got, p.Field)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("problems with %v, want %v: %v", got, tt.want, err)
			}
		})
	}
}

func TestGivenDropsWordsThatNoLongerBelong(t *testing.T) {
	a, err := Given(Answers{GenderSame: "yes", GenderIdentity: "x", EthnicGroup: "white", EthnicBackground: "white_irish", EthnicDetail: "x"})
	if err != nil || a.GenderIdentity != "" || a.EthnicDetail != "" || a.EthnicBackground != "white_irish" {
		t.Errorf("EQU-2: %+v %v", a, err)
	}
	a, err = Given(Answers{EthnicGroup: PreferNot, EthnicBackground: "white_irish"})
	if err != nil || a.EthnicBackground != "" {
		t.Errorf("EQU-2: a background without a group stays: %+v %v", a, err)
	}
}

// The labels are the harmonised ones, to the letter.
func TestLabels(t *testing.T) {
	if got := strings.Join(labels(EthnicGroups()), "|"); got != "White|Mixed or multiple ethnic groups|Asian or Asian British|"+
		"Black, African, Caribbean or Black British|Other ethnic group" {
		t.Error(got)
	}
	if got := strings.Join(backgroundLabels(), "|"); got != "English, Welsh, Scottish, Northern Irish or British|Irish|Gypsy or Irish Traveller|"+
		"Any other White background|White and Black Caribbean|White and Black African|White and Asian|"+
		"Any other mixed or multiple ethnic background|Indian|Pakistani|Bangladeshi|Chinese|Any other Asian background|African|Caribbean|"+
		"Any other Black, African or Caribbean background|Arab|Any other ethnic group" {
		t.Error(got)
	}
	seen := map[string]bool{}
	for _, g := range Groups() {
		for _, o := range g.Backgrounds {
			if seen[o.Value] || seen[o.Label] {
				t.Errorf("%s or %q stands twice", o.Value, o.Label)
			}
			seen[o.Value], seen[o.Label] = true, true
			if o.Text != strings.HasPrefix(o.Label, "Any other") {
				t.Errorf("%q asks for words: %v", o.Label, o.Text)
			}
		}
		if all := Backgrounds(g.Value); all[len(all)-1].Value != PreferNot {
			t.Errorf("%s has no way to prefer not to say", g.Value)
		}
	}
	for _, options := range [][]Option{Sexes(), GenderSame(), EthnicGroups(), Disabilities()} {
		if options[len(options)-1] != preferNot {
			t.Errorf("%v has no way to prefer not to say", options)
		}
	}
}
