package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestJourneyOutcomesTable(t *testing.T) {
	t.Parallel()
	readOutcomes(t, exampleSite(t))
}

// readOutcomes reads the published table off the page: each line is one of the
// annual report's.
func readOutcomes(t *testing.T, s *site) {
	b := as(t, s, hina)
	b.press("See the outcomes")
	b.open("/outcomes?cohorts=2018-19&cohorts=2019-20&cohorts=2020-21&by=gender&by=ethnicity&by=deferrals&complete=yes")
	b.picture("outcomes")
	b.accessible()
	rows := js[[]string](b, `[...document.querySelectorAll("main table tbody tr")].map(r => [...r.cells].map(c => c.innerText.replace(/\s+/g, " ").trim()).join(" | "))`)
	for _, want := range []string{"Female | 18 | 1,486", "Male | 6 | 174", "White | 10 | 1,188", "Minoritised ethnic groups | 14 | 472",
		"| 10 | 1,110", "| 9 | 409", "| 5 | 141"} {
		found := 0
		for _, row := range rows {
			if strings.Contains(row, want+" |") {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d rows say %q:\n%s", found, want, strings.Join(rows, "\n"))
		}
	}
	charts := js[[]string](b, `[...document.querySelectorAll("main section")].map(s => [...s.querySelectorAll("svg[role=img] title, svg[role=img] text")].map(e => e.textContent).join(" | "))`)
	if len(charts) != 3 || !strings.Contains(charts[0], "18 of 1,486") || !strings.Contains(charts[1], "14 of 472") || !strings.Contains(charts[2], "5 of 141") {
		t.Errorf("the charts say:\n%s", strings.Join(charts, "\n"))
	}
	name, body := b.download("CSV, for a spreadsheet")
	if !strings.HasSuffix(name, ".csv") || !strings.Contains(string(body), "1486") {
		t.Errorf("%s: %s", name, body)
	}
	_, body = b.download("JSON, for a program, with every statistic")
	var file struct {
		Complete, Failed int
		Tables           []struct {
			Characteristic string
			Groups         []struct {
				Group         string
				Failed, Total int
			}
		}
	}
	if err := json.Unmarshal(body, &file); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if file.Complete != 1660 || file.Failed != 24 || len(file.Tables) != 3 || fmt.Sprint(file.Tables[0].Groups[0]) != "{Female 18 1486}" {
		t.Errorf("the file says %s", body)
	}
	b.press("Registrations")
	b.see("3,065", "2,799", "3,052")
	b.picture("registrations-by-cohort")
	b.accessible()
}

func TestJourneyNationalTeam(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, ruth)
	b.picture("national-home")
	b.accessible()
	b.open("/duplicates")
	pairs := js[int](b, `document.querySelectorAll("main tbody tr").length`)
	b.press("Compare")
	b.see("One person or two?", "Whom to ask")
	b.press("Save the decision")
	b.refused("Say whether the two are one person")
	b.picture("duplicate")
	b.accessible()
	b.choose("decision", "different")
	b.fill("note", "Both employers sent a copy of the certificate.")
	b.press("Save the decision")
	b.see("The two records are two people")
	if left := js[int](b, `document.querySelectorAll("main tbody tr").length`); left != pairs-1 {
		t.Errorf("%d pairs wait, after one of %d was decided", left, pairs)
	}
	b.open("/disputes")
	b.picture("disputes")
	b.press("Decide")
	b.see("What happens to the year?")
	b.picture("dispute")
	b.press("Save the decision")
	b.refused("Say whether the year moves or stays")
	b.accessible()
	b.choose("moves", "no")
	b.fill("why", "The employer that she is said to leave still employs her.")
	b.press("Save the decision")
	b.see("The year stays where it is")

	b.open("/employers?q=Rutland")
	b.see("Rutland", "857")
	b.picture("employers")
	b.accessible()
	b.press("Rutland")
	b.press("Record a closing, merger, split or new name")
	b.choose("kind", "merged")
	b.date("on", "1 11 2026")
	b.press("Continue")
	b.press("Continue")
	b.refused("Choose the one employer that takes over")
	b.accessible()
	b.choose("successors", "881")
	b.press("Continue")
	b.fill("reason", "The Example (Structural Changes) Order 2026.")
	b.press("Continue")
	b.see("Check before you record the ending", "Rutland", "Essex")
	b.picture("merger-check")
	b.accessible()
	running := `select count(*) from enrolments where ends_on is null and org_id = (select id from organisations where code = $1)`
	from, to := s.count(t, running, "857"), s.count(t, running, "881")
	b.press("Record the ending")
	b.see("The ending is recorded")
	if left, now := s.count(t, running, "857"), s.count(t, running, "881"); left != 0 || now != from+to {
		t.Errorf("after the merger %d run at the one and %d at the other; before it was %d and %d", left, now, from, to)
	}
	gaining := as(t, s, amina)
	gaining.open(s.recordOf(t, megan))
	gaining.see("Megan Polglase", "Rutland")
	gaining.picture("record-merged")
}
