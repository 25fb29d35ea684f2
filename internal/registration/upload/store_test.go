package upload_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/check"
	"example.org/asye/internal/registration/columns/columnstest"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/registration/upload"
)

func TestREG60_RowsThatAreRightGoAhead(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1), person(2), person(3, "hours", "many"))
		if counts(u.Plan) != [4]int{2, 0, 0, 1} {
			t.Fatalf("counts = %v", counts(u.Plan))
		}
		if h.Count(t, `enrolments`) != 0 {
			t.Error("something was stored before anybody confirmed it")
		}
		up := h.confirm(t, u)
		if done(up) != [4]int{2, 0, 0, 1} || up.Status != upload.Confirmed || up.EndedAt.IsZero() || !strings.HasPrefix(up.Reference(), "UP-") {
			t.Errorf("upload = %+v", up)
		}
		if n := h.Count(t, `enrolments where org_id = 'a'`); n != 2 {
			t.Errorf("%d enrolments, want 2", n)
		}
		if h.Count(t, `uploads where content is not null`) != 0 {
			t.Error("the data of the file is still there")
		}
		if h.Count(t, `mail_outbox`) != 0 {
			t.Error("somebody was invited without being asked to")
		}
		_, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version})
		if fault.KindOf(err) != fault.Conflict || h.Count(t, `enrolments`) != 2 {
			t.Errorf("a second confirmation: %v", err)
		}
	})
}

func TestConfirmInvites(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1), person(2, "email", ""))
		if _, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version, Invite: true}); err != nil {
			t.Fatal(err)
		}
		if n := h.Count(t, `mail_outbox where recipient = 'amara1@example.org'`); n != 1 {
			t.Errorf("%d invitations, want 1", n)
		}
	})
}

func TestREG67_OnlyWhatIsWrittenChanges(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1), person(2), person(3))
		u := h.stage(t, person(1, "family_name", "Bello", "team", "North", "hours", "18.5", "assessor_email", ""), person(2),
			row{"regulator_number": "sw 1003", "team": "South"})
		if counts(u.Plan) != [4]int{0, 2, 1, 0} {
			t.Fatalf("counts = %v: %+v", counts(u.Plan), u.Plan.Problems())
		}
		want := []check.Difference{{Key: "family_name", Was: "Okafor1", Will: "Bello"}, {Key: "hours", Was: "37", Will: "18.5"},
			{Key: "team", Was: "Duty", Will: "North"}}
		got := u.Plan.Of(check.Changed)[0].Differences
		if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("differences = %+v", got)
		}
		if got := u.Plan.Of(check.Changed)[1].Differences; len(got) != 1 || got[0] != (check.Difference{Key: "team", Was: "Duty", Will: "South"}) {
			t.Errorf("the row with two cells changes %+v", got)
		}
		if up := h.confirm(t, u); done(up) != [4]int{0, 2, 1, 0} {
			t.Errorf("done = %v: %+v", done(up), up.LeftOut)
		}
		r, err := h.House.Get(ctx, ours, u.Plan.Of(check.Changed)[0].Enrolment)
		if err != nil {
			t.Fatal(err)
		}
		if r.FamilyName != "Bello" || r.Team != "North" || r.Hours != 1850 || len(r.Patterns) != 2 || r.AssessedBy().Email != "jo.bell@example.org" {
			t.Errorf("record = %+v", r.Row)
		}
		for _, what := range []string{"detailsChanged", "hoursChanged", "allocated"} {
			if h.Count(t, `audit_lines where what = $1 and subject_id = $2`, "registration."+what, string(r.ID)) != 1 {
				t.Errorf("no audit line %s", what)
			}
		}
	})
}

func TestREG66_NeverChanged(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1), person(2), person(3), person(4))
		r, _ := h.House.List(ctx, ours, registration.Filter{Search: "SW1003"})
		h.Run(t, `insert into outcomes (id, enrolment_id, result, decided_on, recorded_at) values ('o', $1, 'passed', '2026-11-01', $2)`,
			string(r.Rows[0].ID), h.DB.Clock().Now())
		h.Run(t, `update enrolments set ends_on = '2026-11-02' where id = $1`, string(r.Rows[0].ID))
		h.Run(t, `update employments set ends_on = '2026-11-02' where person_id = $1`, string(r.Rows[0].Person))
		plan, err := h.Check(ctx, ours, columnstest.Sheet(t, person(1, "starts_on", "2 September 2026"), person(2, "programme", "adults"),
			person(3, "team", "North"), person(4, "eligibility_agency", "Yes"), person(3, "starts_on", "1 October 2026", "regulator_number", "1003", "email", "x@example.org"),
		))
		if err != nil {
			t.Fatal(err)
		}
		for row, text := range map[int]string{2: "uploading cannot change that", 3: "uploading cannot change that", 4: "has ended", 6: ""} {
			line := plan.Line(row)
			if line.Kind != check.Wrong || !strings.Contains(line.Problems[0].Reason, text) {
				t.Errorf("row %d: %+v", row, line)
			}
		}
		if line := plan.Line(5); line.Kind != check.Same || len(line.Warnings) != 1 {
			t.Errorf("eligibility: %+v", line)
		}
	})
}

// A row is judged again at the moment of commit: REG-8 may have come true
// meanwhile, and so may anything else.
func TestREG61_JudgedAgainAsItIsStored(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(7), person(8))
		u := h.stage(t, person(1), person(2), person(3), person(7, "team", "North"), person(8, "team", "North"))
		h.Register(t, ours, registrationtest.Entry(2))
		h.Run(t, `insert into people (id, given_name, family_name, email, sort_name, search_text, created_at)
			values ('x', 'X', 'Y', 'amara3@example.org', 'y x', 'x', '2026-01-01T00:00:00Z')`)
		h.Run(t, `update enrolments set team = 'West' where id = $1`, string(u.Plan.Line(5).Enrolment))
		up := h.confirm(t, u)
		if done(up) != [4]int{1, 1, 0, 3} {
			t.Errorf("done = %v: %+v", done(up), up.LeftOut)
		}
		reasons := map[int]string{}
		for _, f := range up.LeftOut {
			reasons[f.Row] = f.Reason
		}
		for row, text := range map[int]string{3: "registered after the file was checked", 4: "Another person already uses", 5: "was changed after the file was checked"} {
			if !strings.Contains(reasons[row], text) {
				t.Errorf("row %d: %q, want %q", row, reasons[row], text)
			}
		}
		if strings.Contains(strings.Join([]string{reasons[3], reasons[4], reasons[5]}, ""), "@") {
			t.Errorf("what is left out holds personal data: %v", reasons)
		}
	})
}

// What only the database knows refuses its own row, and no other.
func TestREG61_TheDatabaseRefusesOneRow(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.bring(t, person(1))
		h.Run(t, `update enrolments set ends_on = '2026-09-15'`)
		h.Run(t, `insert into outcomes (id, enrolment_id, result, decided_on, recorded_at)
			select 'o', id, 'passed', '2026-09-14', recorded_at from enrolments`)
		people := []row{person(1, "starts_on", "1 October 2026")} // the employment is still open
		for n := 2; n < 130; n++ {
			people = append(people, person(n))
		}
		up := h.bring(t, people...)
		if done(up) != [4]int{128, 0, 0, 1} || len(up.LeftOut) != 1 || up.LeftOut[0].Row != 2 {
			t.Errorf("done = %v: %+v", done(up), up.LeftOut)
		}
	})
}

func TestREG62_OneAtATime(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		var wg sync.WaitGroup
		results := make([]error, 6)
		for i := range results {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, results[i] = h.Stage(ctx, ours, columnstest.Sheet(t, person(i)))
			}()
		}
		wg.Wait()
		waits := 0
		for _, err := range results {
			if errors.Is(err, upload.ErrWaiting) {
				waits++
			} else if err != nil {
				t.Error(err)
			}
		}
		if waits != len(results)-1 || h.Count(t, `uploads`) != 1 {
			t.Errorf("%d of %d had to wait", waits, len(results))
		}
		if _, err := h.Stage(ctx, them, columnstest.Sheet(t, person(1))); err != nil {
			t.Errorf("another employer had to wait: %v", err)
		}
		u, found, err := h.Waiting(ctx, ours)
		if err != nil || !found || u.By != "Co a" {
			t.Errorf("waiting = %+v, %v, %v", u, found, err)
		}
		if err := h.Discard(ctx, ours, u.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Stage(ctx, ours, columnstest.Sheet(t, person(1))); err != nil {
			t.Errorf("after discarding: %v", err)
		}
		if h.Count(t, `uploads where status = 'discarded' and content is not null`) != 0 {
			t.Error("the data of the discarded file is still there")
		}
	})
}

func TestREG63_DeletedAfterSevenDays(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1))
		stopped := h.DB.Clock().(*clock.Stopped)
		stopped.Move(7*24*time.Hour - time.Second)
		if n, err := h.Expire(ctx); err != nil || n != 0 {
			t.Errorf("a second before: %d, %v", n, err)
		}
		stopped.Move(time.Second)
		if _, found, _ := h.Waiting(ctx, ours); found {
			t.Error("it still waits after seven days")
		}
		if n, err := h.Expire(ctx); err != nil || n != 1 {
			t.Errorf("after seven days: %d, %v", n, err)
		}
		got, err := h.Get(ctx, ours, u.ID)
		if err != nil || got.Status != upload.Expired || h.Count(t, `uploads where content is not null`) != 0 {
			t.Errorf("upload = %+v, %v", got, err)
		}
		if _, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("confirming it: %v", err)
		}
		h.stage(t, person(1))
		theirs, err := h.Stage(ctx, them, columnstest.Sheet(t, person(2)))
		must(t, err)
		stopped.Move(8 * 24 * time.Hour)
		h.stage(t, person(1)) // the job has not run: the next upload ends the last
		if got, err := h.Get(ctx, them, theirs.ID); err != nil || got.Status != upload.Checked {
			t.Errorf("which ended another employer's: %+v, %v", got, err)
		}
	})
}

func TestOtherEmployer(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1, "hours", "?"))
		_, get := h.Get(ctx, them, u.ID)
		_, staged := h.Staged(ctx, them, u.ID)
		_, confirm := h.Confirm(ctx, them, u.ID, upload.Decision{Seen: u.Version})
		_, mend := h.Mend(ctx, them, u.ID, upload.Mended{Row: 2})
		discard := h.Discard(ctx, them, u.ID)
		for name, err := range map[string]error{"Get": get, "Staged": staged, "Confirm": confirm, "Mend": mend, "Discard": discard} {
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v, want not found", name, err)
			}
		}
		past, err := h.History(ctx, them, 1)
		if _, found, _ := h.Waiting(ctx, them); found || err != nil || past.Total != 0 {
			t.Error("another employer sees the upload")
		}
	})
}

func TestMend(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		u := h.stage(t, person(1), person(2, "hours", "many", "starts_on", "13/13/2026"), person(3, "regulator_number", "1001"))
		fields, err := h.Fields(u, 3)
		if err != nil {
			t.Fatal(err)
		}
		fixed, err := h.Mend(ctx, ours, u.ID, upload.Mended{Row: 3, Seen: fields.Print(),
			Fields: upload.Fields{"hours": "30", "starts_on": "1 September 2026"}})
		if err != nil {
			t.Fatal(err)
		}
		if counts(fixed.Plan) != [4]int{2, 0, 0, 1} || fixed.Version != u.Version+1 {
			t.Errorf("counts = %v: %+v", counts(fixed.Plan), fixed.Plan.Problems())
		}
		_, err = h.Mend(ctx, ours, u.ID, upload.Mended{Row: 3, Seen: fields.Print(), Fields: upload.Fields{"hours": "31"}})
		if !errors.Is(err, db.ErrStale) {
			t.Errorf("a row that was mended meanwhile: %v", err)
		}
		if _, err := h.Confirm(ctx, ours, u.ID, upload.Decision{Seen: u.Version}); !errors.Is(err, db.ErrStale) {
			t.Errorf("confirming what was seen before: %v", err)
		}
		if up := h.confirm(t, fixed); done(up) != [4]int{2, 0, 0, 1} {
			t.Errorf("done = %v", done(up))
		}
	})
}

// A row can be given an answer for which the file has no column, and a formula
// can be replaced.
func TestMendAddsAColumn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		text := strings.Replace(string(columnstest.CSV(t, person(1), person(2))), ",Team,", ",Remarks,", 1)
		sheet := h.read(t, []byte(text))
		sheet.Rows[0].Cells[12].Formula = true
		u, err := h.Stage(ctx, ours, sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(u.Plan.Problems()) != 1 {
			t.Fatalf("problems = %+v", u.Plan.Problems())
		}
		key := u.Plan.Problems()[0].Key
		fields, _ := h.Fields(u, 2)
		fixed, err := h.Mend(ctx, ours, u.ID, upload.Mended{Row: 2, Seen: fields.Print(),
			Fields: upload.Fields{key: person(1)[key], "team": "North"}})
		if err != nil {
			t.Fatal(err)
		}
		if counts(fixed.Plan) != [4]int{2, 0, 0, 0} {
			t.Fatalf("problems = %+v", fixed.Plan.Problems())
		}
		h.confirm(t, fixed)
		if h.Count(t, `enrolments where team = 'North'`) != 1 {
			t.Error("the team was not kept")
		}
	})
}

// The file of errors can be mended and uploaded again, in its own format.
func TestErrorFile(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		semicolons := bytes.ReplaceAll(bytes.TrimPrefix(columnstest.CSV(t, person(1), person(2, "hours", "many")), []byte("\ufeff")), []byte(","), []byte(";"))
		for _, data := range [][]byte{semicolons, columnstest.XLSX(t, person(1), person(2, "hours", "many", "date_of_birth", "d36246"))} {
			sheet := h.read(t, data)
			u, err := h.Stage(ctx, ours, sheet)
			if err != nil {
				t.Fatal(err)
			}
			kept, texts := u.Errors()
			var out bytes.Buffer
			if err := files.Annotated(&out, kept, texts); err != nil {
				t.Fatal(err)
			}
			again := h.read(t, out.Bytes())
			if again.Format != sheet.Format || again.Delimiter != sheet.Delimiter || len(again.Rows) != 1 {
				t.Fatalf("the file of errors is %s with %q and %d rows", again.Format, again.Delimiter, len(again.Rows))
			}
			last := again.Rows[0].Cells[len(again.Header)-1].Text
			if !strings.Contains(last, "Contracted hours a week (N):") || !strings.Contains(last, "Write it like 37 or 22.5") {
				t.Errorf("the reason is %q", last)
			}
			for i, name := range again.Header {
				if name == "Contracted hours a week" {
					again.Rows[0].Cells[i].Text = "37"
				}
			}
			plan, err := h.Check(ctx, ours, again)
			if err != nil || counts(plan) != [4]int{1, 0, 0, 0} || len(plan.AllWarnings()) > 0 {
				t.Errorf("mended: %v, %+v, %v", counts(plan), plan.AllWarnings(), err)
			}
			if err := h.Discard(ctx, ours, u.ID); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestREG69_EqualityAnswersAreNotKept(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		text := strings.Replace(string(columnstest.CSV(t, person(1, "team", "Secretly Martian"))), ",Team,", ",Ethnic group,", 1)
		if _, err := h.Stage(ctx, ours, h.read(t, []byte(text))); err != nil {
			t.Fatal(err)
		}
		if h.Count(t, `uploads where content like '%Martian%'`) != 0 {
			t.Error("an answer about equality was kept")
		}
	})
}

func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		for range 12 {
			u := h.stage(t, person(1))
			if err := h.Discard(ctx, ours, u.ID); err != nil {
				t.Fatal(err)
			}
		}
		for page, want := range map[int]int{0: 10, 1: 10, 2: 2, 3: 2} {
			past, err := h.History(ctx, ours, page)
			if err != nil || len(past.Uploads) != want || past.Pages != 2 || past.Total != 12 {
				t.Errorf("page %d: %d uploads of %d, %v", page, len(past.Uploads), past.Total, err)
			}
		}
		if past, err := h.History(ctx, them, 1); err != nil || past.Total != 0 {
			t.Errorf("another employer is told of %d, %v", past.Total, err)
		}
	})
}
