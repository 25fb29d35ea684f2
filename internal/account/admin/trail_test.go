package admin_test

import (
	"testing"

	"example.org/asye/internal/account/admin"
)

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"account.personAdded": "Account: person added",
		"starts_on":           "Starts on",
		"GivenName":           "Given name",
		"contact, Email":      "Contact, Email",
		"OrgID":               "Org ID",
		"":                    "",
	} {
		if got := admin.Words(name); got != want {
			t.Errorf("Words(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAlterations(t *testing.T) {
	got := admin.Alterations(
		[]byte(`{"Name":"Ann","Contact":{"Email":"a@x"},"Funded":false,"Hours":37.5,"Gone":"x","Same":1}`),
		[]byte(`{"Name":"Anna","Contact":{"Email":"b@x"},"Funded":true,"Hours":30,"List":["p"],"Same":1}`))
	want := []admin.Altered{{"Contact, Email", "a@x", "b@x"}, {"Funded", "no", "yes"}, {"Gone", "x", ""},
		{"Hours", "37.50", "30"}, {"List, 1", "", "p"}, {"Name", "Ann", "Anna"}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
	if none := admin.Alterations(nil, nil); len(none) != 0 {
		t.Errorf("nothing became %v", none)
	}
}
