package journey_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
	"github.com/a-h/templ"
)

var (
	me    = tenant.SignedIn("me", "org", asye.Coordinator)
	other = tenant.SignedIn("other", "org", asye.Coordinator)
)

// draw is a page with one form, a field for each name, and the problems.
func draw(page ui.Page, form ui.FormOptions, answers journey.Answers, names ...string) templ.Component {
	fields := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, name := range names {
			field := ui.Input(ui.InputOptions{Name: name, Label: name, Value: answers[name], Problems: page.Problems})
			if err := field.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		inside := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return ui.Form(form).Render(templ.WithChildren(ctx, fields), w)
		})
		return ui.Layout(page).Render(templ.WithChildren(ctx, inside), w)
	})
}

func step(key, field string, when func(journey.Answers) bool) journey.Step {
	return journey.Step{Key: key, Title: "Page " + key, Fields: []string{field}, When: when,
		Check: func(_ *web.Request, a journey.Answers) (p fault.Problems, err error) {
			p.If(a[field] == "", field, "Enter the %s", field)
			return p, nil
		},
		View: func(v journey.StepView) templ.Component { return draw(v.Page, v.Form, v.Answers, field) }}
}

// pet is a journey of two or three pages: only dogs are asked for a breed.
func pet(d *db.DB, done *[]journey.Answers) *journey.Journey {
	isDog := func(a journey.Answers) bool { return a["kind"] == "dog" }
	return &journey.Journey{Name: "pet", Path: "/pets/new", Title: "Check the pet", Rule: policy.Allow(asye.Coordinator),
		Steps: []journey.Step{step("kind", "kind", nil), step("breed", "breed", isDog), step("name", "name", nil)},
		Check: func(v journey.CheckView) templ.Component { return draw(v.Page, v.Form, v.Answers) },
		Done: func(w http.ResponseWriter, r *web.Request, a journey.Answers) error {
			if a["name"] == "Rex" {
				return fault.Problems{{Field: "name", Text: "There is a Rex already"}}
			}
			err := d.Write(r.Context(), r.Scope, func(tx *db.Tx) error {
				return tx.Audit(r.Context(), r.Scope, db.Line{What: "pet.added", Kind: "pet", ID: "1"})
			})
			if err != nil {
				return err
			}
			*done = append(*done, a)
			return r.SeeOther(w, "/pets/1")
		}}
}

func walk(t *testing.T, run func(t *testing.T, pages webtest.Pages, store *journey.Store, done *[]journey.Answers)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		store, done := journey.NewStore(d), new([]journey.Answers)
		run(t, webtest.Pages{DB: d, Mount: func(m *web.Mux) { pet(d, done).Mount(m, store) }}, store, done)
	})
}

func TestJourneyFromFirstPageToLast(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, _ *journey.Store, done *[]journey.Answers) {
		b := pages.As(t, me)
		b.Get("/pets/new").LeadsTo("/pets/new/kind")
		b.Fill("/pets/new/kind", "kind=").Is(422, "Enter the kind").Titled("Error: Page kind")
		b.Fill("/pets/new/kind", "kind=dog").LeadsTo("/pets/new/breed")
		b.Fill("/pets/new/breed", "breed=Collie").LeadsTo("/pets/new/name")
		b.Fill("/pets/new/name", "name=Bess").LeadsTo("/pets/new/check")
		b.Fill("/pets/new/check").LeadsTo("/pets/1")
		if len(*done) != 1 || (*done)[0]["breed"] != "Collie" || (*done)[0]["name"] != "Bess" {
			t.Fatalf("done with %v", *done)
		}
		b.Get("/pets/new").LeadsTo("/pets/new/kind")
		b.Get("/pets/new/kind")
		if got := b.Field("kind"); got != "" {
			t.Errorf("the draft is still there: %q", got)
		}
	})
}

func TestJourneyKeepsWhatWasTypedAcrossSessions(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, _ *journey.Store, _ *[]journey.Answers) {
		pages.As(t, me).Fill("/pets/new/kind", "kind=cat").LeadsTo("/pets/new/name")
		b := pages.As(t, me)
		b.Get("/pets/new").LeadsTo("/pets/new/name")
		b.Get("/pets/new/kind")
		if got := b.Field("kind"); got != "cat" {
			t.Errorf("in a new session the answer is %q", got)
		}
		pages.As(t, other).Get("/pets/new").LeadsTo("/pets/new/kind")
	})
}

func TestJourneyCannotBeSkipped(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, _ *journey.Store, done *[]journey.Answers) {
		b := pages.As(t, me)
		b.Get("/pets/new/name").LeadsTo("/pets/new/kind")
		b.Get("/pets/new/check").LeadsTo("/pets/new/kind")
		b.Get("/pets/new/breed").Is(404)
		b.Get("/pets/new/nothing").Is(404)
		if len(*done) != 0 {
			t.Errorf("done with %v", *done)
		}
	})
}

func TestJourneyChangeComesBackToTheCheckPage(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, _ *journey.Store, _ *[]journey.Answers) {
		b := pages.As(t, me)
		b.Fill("/pets/new/kind", "kind=cat")
		b.Fill("/pets/new/name", "name=Tom").LeadsTo("/pets/new/check")
		b.Get("/pets/new/name?return=check").Submit("name=Felix").LeadsTo("/pets/new/check")
		// A change that opens another question leads to that question first.
		b.Get("/pets/new/kind?return=check").Submit("kind=dog").LeadsTo("/pets/new/breed")
	})
}

func TestJourneyRefusedAtTheEndKeepsItsDraft(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, _ *journey.Store, done *[]journey.Answers) {
		b := pages.As(t, me)
		b.Fill("/pets/new/kind", "kind=cat")
		b.Fill("/pets/new/name", "name=Rex")
		b.Fill("/pets/new/check").Is(422, "There is a Rex already")
		b.Get("/pets/new/name")
		if b.Field("name") != "Rex" || len(*done) != 0 {
			t.Errorf("the name is %q, done with %v", b.Field("name"), *done)
		}
	})
}

// A draft ends in the transaction of its effect: where the effect is refused at
// the last moment, what was typed is still there.
func TestDUR1_ADraftEndsWithItsEffect(t *testing.T) {
	walk(t, func(t *testing.T, pages webtest.Pages, store *journey.Store, done *[]journey.Answers) {
		b := pages.As(t, me)
		b.Fill("/pets/new/kind", "kind=cat")
		b.Fill("/pets/new/name", "name=Tom")
		begun := func() bool {
			_, found, err := store.Get(t.Context(), me, "pet", "")
			return found && err == nil
		}
		refuse := errors.New("refused at the last moment")
		form := &tenant.Form{Token: "x", Also: func(ctx context.Context, run tenant.Statement) error {
			return errors.Join(run(ctx, `delete from journey_drafts`), refuse)
		}}
		err := pages.DB.Write(t.Context(), me.WithForm(form), func(tx *db.Tx) error {
			return tx.Audit(t.Context(), me, db.Line{What: "pet.added", Kind: "pet", ID: "1"})
		})
		if !errors.Is(err, refuse) || !begun() || len(*done) != 0 {
			t.Errorf("%v, with the draft there: %v", err, begun())
		}
		b.Fill("/pets/new/check").LeadsTo("/pets/1")
		if begun() || len(*done) != 1 {
			t.Errorf("%d effects, with the draft there: %v", len(*done), begun())
		}
	})
}

func TestStoreTellsAndForgets(t *testing.T) {
	walk(t, func(t *testing.T, _ webtest.Pages, store *journey.Store, _ *[]journey.Answers) {
		ctx := t.Context()
		for _, scope := range []tenant.Scope{me, other} {
			if err := store.Save(ctx, scope, journey.Draft{Journey: "pet", Subject: "1", Answers: journey.Answers{"kind": "cat"}}); err != nil {
				t.Fatal(err)
			}
		}
		elsewhere := tenant.SignedIn("me", "elsewhere", asye.Coordinator)
		if err := store.Save(ctx, elsewhere, journey.Draft{Journey: "pet", Subject: "2", Answers: journey.Answers{"kind": "dog"}}); err != nil {
			t.Fatal(err)
		}
		mine, err := store.List(ctx, me)
		if err != nil || len(mine) != 1 || mine[0].Subject != "1" {
			t.Fatalf("%v, %v", mine, err)
		}
		if _, found, err := store.Get(ctx, elsewhere, "pet", "1"); found || err != nil {
			t.Errorf("the draft is there in another organisation: %v", err)
		}
		if err := store.Discard(ctx, me, "pet", "1"); err != nil {
			t.Fatal(err)
		}
		if _, found, _ := store.Get(ctx, me, "pet", "1"); found {
			t.Error("the draft is still there")
		}
		if _, found, _ := store.Get(ctx, other, "pet", "1"); !found {
			t.Error("somebody else's draft is gone")
		}
		at := asye.InstantOf(dbtest.Start)
		for i, than := range []asye.Instant{at, at.Add(time.Microsecond)} {
			want := i == 0
			if err := store.DiscardOlder(ctx, than); err != nil {
				t.Fatal(err)
			}
			if _, found, _ := store.Get(ctx, other, "pet", "1"); found != want {
				t.Errorf("older than %s: found %v, want %v", than, found, want)
			}
		}
	})
}
