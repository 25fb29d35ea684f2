package employers

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

func good() Organisation {
	return Organisation{Code: "301", Name: "Northbrook", Type: asye.LocalAuthority, Region: "London",
		OpenedOn: asye.MustDate("2012-04-01")}
}

func fields(err error) []string {
	var out []string
	for _, p := range fault.ProblemsOf(err) {
		out = append(out, p.Field)
	}
	return out
}

func TestDescribed(t *testing.T) {
	tests := []struct {
		name string
		edit func(*Organisation)
		want []string // fields with a problem
	}{
		{"good", func(o *Organisation) {}, nil},
		{"EMP-1 two digits", func(o *Organisation) { o.Code = "30" }, []string{"code"}},
		{"EMP-1 four digits", func(o *Organisation) { o.Code = "3010" }, []string{"code"}},
		{"EMP-1 a letter among an authority's", func(o *Organisation) { o.Code = "30A" }, []string{"code"}},
		{"EMP-1 a trust with letters", func(o *Organisation) { o.Type, o.Code = asye.ChildrensTrust, "nct1" }, nil},
		{"EMP-1 a trust with digits alone", func(o *Organisation) { o.Type = asye.ChildrensTrust }, []string{"code"}},
		{"EMP-1 one character", func(o *Organisation) { o.Type, o.Code = asye.NHSBody, "N" }, []string{"code"}},
		{"EMP-1 twelve characters", func(o *Organisation) { o.Type, o.Code = asye.NHSBody, "NHSABCDEFGH1" }, nil},
		{"EMP-1 thirteen characters", func(o *Organisation) { o.Type, o.Code = asye.NHSBody, "NHSABCDEFGH12" }, []string{"code"}},
		{"EMP-1 a space within", func(o *Organisation) { o.Type, o.Code = asye.NHSBody, "NHS 1" }, []string{"code"}},
		{"EMP-2 no name", func(o *Organisation) { o.Name = "  " }, []string{"name"}},
		{"EMP-2 the longest name", func(o *Organisation) { o.Name = strings.Repeat("é", longestName) }, nil},
		{"EMP-2 a longer name", func(o *Organisation) { o.Name = strings.Repeat("é", longestName+1) }, []string{"name"}},
		{"EMP-2 an unknown type", func(o *Organisation) { o.Type = "club" }, []string{"type", "code"}},
		{"EMP-2 an unknown region", func(o *Organisation) { o.Region = "Wales" }, []string{"region"}},
		{"EMP-2 an authority without a region", func(o *Organisation) { o.Region = "" }, []string{"region"}},
		{"EMP-2 an agency without a region", func(o *Organisation) { o.Type, o.Code, o.Region = asye.Agency, "AG1", "" }, nil},
		{"EMP-2 an ONS code", func(o *Organisation) { o.ONSCode = "e06000001" }, nil},
		{"EMP-2 a short ONS code", func(o *Organisation) { o.ONSCode = "E0600000" }, []string{"ons_code"}},
		{"EMP-2 no day", func(o *Organisation) { o.OpenedOn = asye.Date{} }, []string{"opened_on"}},
		{"EMP-2 closed the day after", func(o *Organisation) { o.ClosedOn = asye.MustDate("2012-04-02") }, nil},
		{"EMP-2 closed the same day", func(o *Organisation) { o.ClosedOn = o.OpenedOn }, []string{"opened_on"}},
		{"EMP-2 a nameless contact", func(o *Organisation) { o.Contact.Email = "a@b.uk" }, []string{"contact_name"}},
		{"EMP-2 a nameless director", func(o *Organisation) { o.Director.Email = "a@b.uk" }, []string{"director_name"}},
		{"EMP-2 an address without a dot", func(o *Organisation) { o.Contact = Contact{"A", "a@b", ""} }, []string{"contact_email"}},
		{"EMP-2 everything at once", func(o *Organisation) { *o = Organisation{} }, []string{"name", "type", "code", "opened_on"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := good()
			tt.edit(&o)
			_, err := Described(o)
			if got := fields(err); !slices.Equal(got, tt.want) {
				t.Errorf("problems with %v, want %v: %v", got, tt.want, err)
			}
		})
	}
}

func TestDescribedTidies(t *testing.T) {
	o := good()
	o.Type, o.Code, o.Name = asye.ChildrensTrust, " nct1 ", "  North   Trust "
	got, err := Described(o)
	if err != nil || got.Code != "NCT1" || got.Name != "North Trust" {
		t.Errorf("%q %q %v, want NCT1 and North Trust", got.Code, got.Name, err)
	}
}

func TestIsUKPhone(t *testing.T) {
	for text, want := range map[string]bool{
		"020 7946 0123": true, "(020) 7946 0123": true, "+44 20 7946 0123": true, "+44 (0)20 7946 0123": true,
		"0044 1632 960001": true, "01632-960001": true, "07700 900123": true, "0800 1111": false, "0169 77 1234": true,
		"020 7946 0123 ext 204": true, "020 7946 0123 x9": true,
		"020 7946 01234": false, "020 7946": false, "+1 202 555 0100": false, "0000 000 0000": false, "04 1234 56789": false,
		"call me": false, "": false,
	} {
		if got := isUKPhone(text); got != want {
			t.Errorf("isUKPhone(%q) = %v", text, got)
		}
	}
}

func TestIsEmail(t *testing.T) {
	long := strings.Repeat("a", 240)
	for text, want := range map[string]bool{
		"asye@northbrook.gov.uk": true, "o'neill@a.uk": true, "a@b": false, "Ann <a@b.uk>": false, "a b@c.uk": false,
		"@b.uk": false, "a@[10.0.0.1]": false, long + "@bcdefghijk.uk": true, long + "@bcdefghijkl.uk": false,
	} {
		if got := isEmail(text); got != want {
			t.Errorf("isEmail(%q) = %v", text, got)
		}
	}
}

func TestEnded(t *testing.T) {
	today := asye.MustDate("2026-11-22")
	a, b, c := good(), good(), good()
	a.ID, b.ID, c.ID = "a", "b", "c"
	a.Name, b.Name, c.Name = "A", "B", "C"
	merger := Ending{Kind: Merged, On: asye.MustDate("2023-04-01"), Predecessors: []Organisation{a}, Successors: []Organisation{b}, Reason: "The 2022 order"}
	shut := b
	shut.ClosedOn = asye.MustDate("2020-01-01")
	late := b
	late.OpenedOn = merger.On.AddDays(1)
	punctual := b
	punctual.OpenedOn = merger.On

	tests := []struct {
		name string
		edit func(*Ending)
		want []string
	}{
		{"a merger of one", func(e *Ending) {}, nil},
		{"a merger of two", func(e *Ending) { e.Predecessors = []Organisation{a, c} }, nil},
		{"a split", func(e *Ending) { e.Kind, e.Successors = Split, []Organisation{b, c} }, nil},
		{"a new name", func(e *Ending) { e.Kind = Renamed }, nil},
		{"a closing", func(e *Ending) { e.Kind, e.Successors = Closed, nil }, nil},
		{"EMP-5 today", func(e *Ending) { e.On = today }, nil},
		{"EMP-5 tomorrow", func(e *Ending) { e.On = today.AddDays(1) }, []string{"on"}},
		{"EMP-5 no day", func(e *Ending) { e.On = asye.Date{} }, []string{"on"}},
		{"EMP-5 the day after it opened", func(e *Ending) { e.On = a.OpenedOn.AddDays(1) }, nil},
		{"EMP-5 the day it opened", func(e *Ending) { e.On = a.OpenedOn }, []string{"on"}},
		{"EMP-5 closed already", func(e *Ending) { e.Predecessors = []Organisation{shut} }, []string{"others", "successors"}},
		{"EMP-5 no reason", func(e *Ending) { e.Reason = "  " }, []string{"reason"}},
		{"EMP-5 nothing chosen", func(e *Ending) { e.Kind = "" }, []string{"kind"}},
		{"EMP-6 a merger into two", func(e *Ending) { e.Successors = []Organisation{b, c} }, []string{"successors"}},
		{"EMP-6 a merger into none", func(e *Ending) { e.Successors = nil }, []string{"successors"}},
		{"EMP-6 a split into one", func(e *Ending) { e.Kind = Split }, []string{"successors"}},
		{"EMP-6 a closing with a successor", func(e *Ending) { e.Kind = Closed }, []string{"successors"}},
		{"EMP-6 two renamed at once", func(e *Ending) { e.Kind, e.Predecessors = Renamed, []Organisation{a, c} }, []string{"others"}},
		{"EMP-6 into itself", func(e *Ending) { e.Successors = []Organisation{a} }, []string{"successors"}},
		{"EMP-6 a successor that opened that day", func(e *Ending) { e.Successors = []Organisation{punctual} }, nil},
		{"EMP-6 a successor that opened the day after", func(e *Ending) { e.Successors = []Organisation{late} }, []string{"successors"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := merger
			tt.edit(&e)
			_, err := Ended(today, e)
			if got := fields(err); !slices.Equal(got, tt.want) {
				t.Errorf("problems with %v, want %v: %v", got, tt.want, err)
			}
		})
	}
}

func TestAuthorities(t *testing.T) {
	all, err := Authorities()
	if err != nil || len(all) != 153 {
		t.Fatalf("EMP-3: %d authorities, want 153: %v", len(all), err)
	}
	regions, codes := map[string]int{}, map[string]bool{}
	for _, o := range all {
		regions[o.Region]++
		codes[o.Code] = true
	}
	if len(codes) != 153 || len(regions) != 9 || regions["London"] != 33 {
		t.Errorf("EMP-3: %d codes, regions %v", len(codes), regions)
	}
}
