package equality

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/equality/equalitytest"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/schema"
)

var (
	ctx     = context.Background()
	system  = tenant.System("test")
	analyst = tenant.SignedIn("ana", "nat", asye.Analyst)
	cora    = tenant.SignedIn("cora", "la1", asye.Coordinator)
)

func asNQSW(person asye.PersonID) tenant.Scope { return tenant.SignedIn(person, "la1", asye.NQSW) }

// world inserts records as other capabilities would.
type world struct{ *equalitytest.World }

func build(t *testing.T, d *db.DB, do func(world)) {
	t.Helper()
	equalitytest.Build(t, d, func(w *equalitytest.World) { do(world{w}) })
}

// one is a registration with everything that is counted about it.
type one struct {
	record
	cohort    asye.Cohort
	employer  string
	programme string
}

// add gives the person's identifier.
func (w world) add(o one) asye.PersonID {
	return w.Add(equalitytest.Record{Cohort: o.cohort, Employer: o.employer, Programme: o.programme, Result: o.result, Deferrals: o.deferrals,
		StartsOn: o.startsOn, BornOn: o.bornOn, Route: o.route, Sex: o.sex, EthnicGroup: o.ethnicGroup, EthnicBackground: o.ethnicBackground, Disability: o.disability})
}

func wantKind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("error %v of kind %v, want kind %v", err, fault.KindOf(err), want)
	}
}

// given is a person whose every answer is a word that stands nowhere else.
var given = Answers{Sex: "male", GenderSame: "no", GenderIdentity: "qqidentity", EthnicGroup: "asian",
	EthnicBackground: "asian_other", EthnicDetail: "qqdetail", Disability: PreferNot}

func TestAnswers(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d)
		var me, other asye.PersonID
		build(t, d, func(w world) {
			w.Employer("la1", asye.LocalAuthority, "London")
			w.Employer("la2", asye.LocalAuthority, "London")
			me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
			other = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la2"})
		})
		if a, err := s.Mine(ctx, asNQSW(me)); err != nil || a != (Answers{}) || a.Answered() {
			t.Errorf("EQU-1: before any answer: %+v %v", a, err)
		}
		if err := s.Answer(ctx, asNQSW(me), given); err != nil {
			t.Fatal(err)
		}
		a, err := s.Mine(ctx, asNQSW(me))
		want := given
		want.Version, want.AnsweredOn = 1, asye.MustDate("2026-11-22")
		if err != nil || a != want || !a.Answered() {
			t.Errorf("EQU-4: %+v %v, want %+v", a, err, want)
		}
		if b, err := s.Mine(ctx, asNQSW(other)); err != nil || b != (Answers{}) {
			t.Errorf("EQU-5: another person reads %+v %v", b, err)
		}
		d.Clock().(*clock.Stopped).Move(48 * time.Hour)
		a.Disability = "yes"
		if err := s.Answer(ctx, asNQSW(me), a); err != nil {
			t.Fatal(err)
		}
		wantKind(t, s.Answer(ctx, asNQSW(me), a), fault.Conflict) // version 1 is no longer the latest
		if b, _ := s.Mine(ctx, asNQSW(me)); b.Disability != "yes" || b.Version != 2 || b.AnsweredOn != asye.MustDate("2026-11-24") {
			t.Errorf("EQU-4: after a change: %+v", b)
		}
		wantKind(t, s.Answer(ctx, asNQSW(other), Answers{Sex: "x"}), fault.Invalid)

		done, err := s.Complete(ctx, cora, me, other)
		if err != nil || len(done) != 1 || !done[me] {
			t.Errorf("EQU-3: %v %v", done, err)
		}
		if err := s.Answer(ctx, asNQSW(other), Answers{}); err != nil {
			t.Fatal("EQU-1: leaving everything blank:", err)
		}
		if done, _ = s.Complete(ctx, cora, me, other); done[other] {
			t.Error("EQU-3: a coordinator is told of another employer's NQSW")
		}
		if done, _ = s.Complete(ctx, tenant.SignedIn("n", "nat", asye.National), me, other); len(done) != 2 {
			t.Errorf("EQU-3: the national team is told of %v", done)
		}
		if done, err = s.Complete(ctx, tenant.SignedIn(me, "a", asye.NQSW), me, other); err != nil || !done[me] || len(done) != 1 {
			t.Errorf("an NQSW is told of %v, %v, want of themselves only", done, err)
		}
		if done, err = s.Complete(ctx, cora); err != nil || len(done) != 0 {
			t.Errorf("of nobody: %v %v", done, err)
		}
		if err := s.Wipe(ctx, asNQSW(me)); err != nil {
			t.Fatal(err)
		}
		if b, err := s.Mine(ctx, asNQSW(me)); err != nil || b != (Answers{}) {
			t.Errorf("EQU-7: after the wipe: %+v %v", b, err)
		}
		if err := s.Wipe(ctx, asNQSW(me)); err != nil {
			t.Errorf("EQU-7: a second wipe: %v", err)
		}
		if b, err := s.Mine(ctx, asNQSW(other)); err != nil || !b.Answered() {
			t.Errorf("EQU-7: somebody else's answers after the wipe: %+v %v", b, err)
		}
	})
}

func TestNobodyElseReadsAnswers(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d)
		for name, scope := range map[string]tenant.Scope{"coordinator": cora, "analyst": analyst, "system": system, "visitor": tenant.Nobody(),
			"administrator": tenant.SignedIn("x", "nat", asye.Administrator), "on behalf": asNQSW("p1").OnBehalfOf("p2")} {
			_, err := s.Mine(ctx, scope)
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("EQU-5: %s reads: %v", name, err)
			}
			if err := s.Answer(ctx, scope, Answers{}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("EQU-5: %s answers: %v", name, err)
			}
			if err := s.Wipe(ctx, scope); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("EQU-5: %s wipes: %v", name, err)
			}
		}
		for _, scope := range []tenant.Scope{analyst, tenant.Nobody()} {
			_, err := s.Complete(ctx, scope, "p1")
			wantKind(t, err, fault.Forbidden)
		}
		for _, scope := range []tenant.Scope{cora, asNQSW("p1"), tenant.Nobody(), tenant.SignedIn("x", "nat", asye.Administrator)} {
			t.Run("EQU-14 "+string(scope.Role()), func(t *testing.T) {
				_, err := s.Count(ctx, scope, Query{})
				wantKind(t, err, fault.Forbidden)
				_, err = s.Cohorts(ctx, scope, "")
				wantKind(t, err, fault.Forbidden)
				_, err = s.RegistrationsByCohort(ctx, scope, ChildAndFamily)
				wantKind(t, err, fault.Forbidden)
			})
		}
	})
}

func TestRecord(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d)
		var me asye.PersonID
		build(t, d, func(w world) {
			w.Employer("la1", asye.LocalAuthority, "London")
			me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
		})
		record := func(scope tenant.Scope, a Answers) error {
			return d.Write(ctx, scope, func(tx *db.Tx) error { return s.Record(ctx, tx, scope, me, a) })
		}
		wantKind(t, record(cora, given), fault.Forbidden)
		a := given
		a.AnsweredOn = asye.MustDate("2026-10-01")
		if err := record(system, a); err != nil {
			t.Fatal(err)
		}
		if b, _ := s.Mine(ctx, asNQSW(me)); b.AnsweredOn != a.AnsweredOn || b.EthnicDetail != "qqdetail" {
			t.Errorf("recorded %+v", b)
		}
		wantKind(t, record(system, a), fault.Conflict)
	})
}

// EQU-6: whatever is done, no answer reaches the audit trail.
func TestAuditHoldsNoAnswer(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		s := NewStore(d)
		var me asye.PersonID
		build(t, d, func(w world) {
			w.Employer("la1", asye.LocalAuthority, "London")
			me = w.add(one{record: record{startsOn: asye.MustDate("2026-09-01")}, cohort: 2026, employer: "la1"})
		})
		if err := s.Answer(ctx, asNQSW(me), given); err != nil {
			t.Fatal(err)
		}
		if err := s.Wipe(ctx, asNQSW(me)); err != nil {
			t.Fatal(err)
		}
		rows, err := d.Query(ctx, `select what, subject_kind, subject_id, before is null and after is null, reason from audit_lines order by id`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var what, kind, id, reason string
			var bare bool
			if err := rows.Scan(&what, &kind, &id, &bare, &reason); err != nil {
				t.Fatal(err)
			}
			got = append(got, what)
			if kind != "person" || id != string(me) || !bare || reason != "" {
				t.Errorf("EQU-6: %s says more than it may", what)
			}
		}
		if strings.Join(got, " ") != "equality.answered equality.wiped" {
			t.Errorf("EQU-6: the trail has %v", got)
		}
	})
}

// EQU-5: no way out of the store puts a person beside an answer.
func TestNoMethodLeadsFromAPersonToAnAnswer(t *testing.T) {
	store := reflect.TypeFor[*Store]()
	answers, person := reflect.TypeFor[Answers](), reflect.TypeFor[asye.PersonID]()
	for i := range store.NumMethod() {
		m := store.Method(i)
		for out := range m.Type.NumOut() {
			if !mentions(m.Type.Out(out), answers) {
				continue
			}
			if m.Name != "Mine" {
				t.Errorf("%s gives answers: only Mine may", m.Name)
			}
			for in := range m.Type.NumIn() {
				if m.Type.In(in) == person {
					t.Errorf("%s gives the answers of a person who is named", m.Name)
				}
			}
		}
	}
	for _, of := range []reflect.Type{answers, reflect.TypeFor[Report](), reflect.TypeFor[record]()} {
		if mentions(of, person) {
			t.Errorf("%s has a person in it", of)
		}
	}
}

func mentions(t, sought reflect.Type) bool {
	switch {
	case t == sought:
		return true
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Pointer, t.Kind() == reflect.Array:
		return mentions(t.Elem(), sought)
	case t.Kind() == reflect.Map:
		return mentions(t.Key(), sought) || mentions(t.Elem(), sought)
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			if mentions(t.Field(i).Type, sought) {
				return true
			}
		}
	}
	return false
}

// EQU-5: the statements themselves: none that reads an answer names a person's
// name, number or address; and nobody outside this package reads the table.
func TestStatementsNameNobody(t *testing.T) {
	statement := regexp.MustCompile("(?s)`[^`]*equality_answers[^`]*`")
	named := regexp.MustCompile(`given_name|family_name|sort_name|search_text|email|regulator_number|\bpeople\b`)
	found := 0
	err := filepath.WalkDir("..", func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, sql := range statement.FindAllString(string(text), -1) {
			found++
			if !strings.HasPrefix(path, "../equality/") {
				t.Errorf("%s reads equality_answers, which only the package equality may", path)
			}
			if named.MatchString(sql) {
				t.Errorf("%s puts a person beside an answer: %s", path, sql)
			}
		}
		return err
	})
	if err != nil || found < 4 {
		t.Errorf("%d statements found: %v", found, err)
	}
}
