package grant

import (
	"strings"
	"testing"
	"testing/fstest"

	"example.org/asye/internal/platform/fault"
)

// built is the book of the files that are built in.
func built(t testing.TB) *Book {
	t.Helper()
	b, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGRA8_EveryRuleHasASourceOrIsAssumed(t *testing.T) {
	for _, s := range built(t).Schemes() {
		for _, r := range s.Rules() {
			if r.Basis.Assumed == (r.Basis.Title != "") || r.Basis.Assumed && r.Basis.Note == "" {
				t.Errorf("%s: %s rests on %+v", s.Key, r.Key, r.Basis)
			}
			if !strings.HasSuffix(r.Text, ".") || r.Title == "" {
				t.Errorf("%s: %s reads %q: %q", s.Key, r.Key, r.Title, r.Text)
			}
		}
		if len(s.Assumed()) == 0 || s.Hash == "" {
			t.Errorf("%s assumes nothing, or has no hash", s.Key)
		}
	}
	for _, one := range []struct{ says, old, new string }{
		{"has no source", `"source": "funding-2026"`, `"local": false`},
		{"that is not in its list of sources", `"source": "year-end"`, `"source": "nowhere"`},
		{"is assumed and does not say why", `"note": "How recent the check of the register has to be is not published."`, `"note": ""`},
		{"unknown field", `"zone"`, `"timezone"`},
	} {
		_, err := Load(changed(t, one.old, one.new))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", one.says, err)
		}
	}
}

func TestGRA9_NoDayIsPaidForTwice(t *testing.T) {
	earlier := changed(t, `"first_day": "2026-04-01", "last_day": "2027-03-31", "source": "funding-2026" }`, `"first_day": "2026-03-31", "last_day": "2027-03-31", "source": "funding-2026" }`)
	for _, file := range earlier { // and its deadline with it
		file.Data = []byte(strings.Replace(string(file.Data), `"first_day": "2026-04-01"`, `"first_day": "2026-03-31"`, 1))
	}
	_, err := Load(Files(), earlier)
	if err == nil || !strings.Contains(err.Error(), "overlaps") {
		t.Errorf("%v", err)
	}
	b, err := Load(Files(), changed(t, `"pence": 100000`, `"pence": 120000`))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := b.Get("child-and-family-2026-27"); s.Milestones[0].Pence != 120000 {
		t.Errorf("an operator's file does not replace ours: %+v", s.Milestones)
	}
}

// changed is the file of 2026-27 with one text exchanged.
func changed(t *testing.T, old, now string) fstest.MapFS {
	t.Helper()
	return altered(t, "child-and-family-2026-27.json", old, now)
}

func TestABadSchemeIsRefused(t *testing.T) {
	for _, one := range []struct{ says, old, new string }{
		{"is skipped when the clocks go forward", `"at": "2027-03-31 23:59"`, `"at": "2027-03-28 01:30"`},
		{"cannot be read", `"at": "2027-03-31 23:59"`, `"at": "31 March 2027"`},
		{"outside of its window", `"day": "2027-03-01"`, `"day": "2027-04-01"`},
		{"that is not in its list", `"milestone": "completion"`, `"milestone": "complete"`},
		{"falls on", `"on": "start"`, `"on": "begin"`},
		{"needs an amount", `"pence": 100000`, `"pence": 0`},
		{"pays a completion to", `"last_employer"`, `"nobody"`},
		{"is not one that can be looked for", `"key": "register-check"`, `"key": "photograph"`},
		{"has a column", `"value": "amount"`, `"value": "sum"`},
		{"cover the same day", `"deadlines": [`, `"deadlines": [ { "key": "other", "first_day": "2026-04-01", "last_day": "2026-05-01", "at": "2026-06-01 12:00", "zone": "Europe/London", "source": "funding-2026" },`},
		{"after the end", "\n}\n", "\n} {}\n"},
	} {
		_, err := Load(changed(t, one.old, one.new))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", one.says, err)
		}
	}
}
