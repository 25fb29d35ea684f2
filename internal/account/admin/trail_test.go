package admin_test

import (
	"testing"

	"example.org/asye/internal/account/admin"
)

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"personAdded":     "Person added",
		"starts_on":       "Starts on",
		"local-authority": "Local authority",
		"OrgID":           "Org ID",
		"":                "",
	} {
		if got := admin.Words(name); got != want {
			t.Errorf("Words(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAlterations(t *testing.T) {
	const kent, somebody = "01a2035f-89e6-73f7-8688-eff9306686dc", "01a1cf22-0be9-7000-8000-00000001c70f"
	got := admin.Alterations(
		[]byte(`{"GivenName":"Ann","Contact":{"Email":"a@x"},"funded":false,"hours":3750,"team":"x","Same":1,"Version":1}`),
		[]byte(`{"GivenName":"Anna","Contact":{"Email":"b@x"},"funded":true,"hours":3000,"Same":1,"Version":2,"ID":"x",
			"employer":"`+kent+`","other":"`+somebody+`","starts_on":"2026-09-01","reason":"assessor-changed",
			"Successors":[{"ID":"a","Code":"301"},{"ID":"b","Code":"302"}],"role":"nqsw"}`),
		map[string]string{kent: "Kent"})
	want := []string{"Contact: E-mail address: a@x became b@x", "Employer: Kent", "First day: 1 September 2026", "First name: Ann became Anna",
		"Funded: no became yes", "Hours a week: 37.5 became 30", "Reason: Assessor changed", "Role: NQSW",
		"Successor: code: 301; 302", "Team: x, now empty"}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i].String() != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
	if none := admin.Alterations(nil, nil, nil); len(none) != 0 {
		t.Errorf("nothing became %v", none)
	}
}
