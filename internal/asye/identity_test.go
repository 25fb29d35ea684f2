package asye

import "testing"

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Núñez":             "nunez",
		"Nu\u0301n\u0303ez": "nunez",
		"O’Brien":           "o'brien",
		"  ÆTHEL   Þór ":    "aethel thor",
		"Siân Lŵyd":         "sian lwyd",
		"Łukasz Żak":        "lukasz zak",
		"李":                 "李",
		"":                  "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	i := Identity{GivenName: " Zoë ", MiddleNames: "Ann  May", FamilyName: "Núñez", Email: " Zoe@Example.org "}.Trimmed()
	for _, tt := range []struct{ name, got, want string }{
		{"full", i.Full(), "Zoë Ann May Núñez"},
		{"known", i.Known(), "Zoë Núñez"},
		{"sort", i.SortName(), "nunez zoe ann may"},
		{"search", i.SearchText(), "zoe ann may nunez zoe@example.org"},
		{"email", i.Email, "zoe@example.org"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
