package backup_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/backup"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/schema"
)

var (
	system = tenant.System("test")
	whole  = tenant.SignedIn("nat", "national", asye.Administrator)
	small  = tenant.SignedIn("kent", "kent", asye.Administrator)
	other  = tenant.SignedIn("co", "kent", asye.Coordinator)
)

// place is a store of backups with a folder that does as it is told.
type place struct {
	*backup.Store
	webtest.Pages
	t      *testing.T
	db     *db.DB
	queue  *jobs.Queue
	fail   error
	behind time.Duration
	ships  bool
	kept   []backup.Kept
	gone   []string
}

func each(t *testing.T, s backup.Settings, run func(t *testing.T, p *place)) {
	t.Helper()
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p := &place{t: t, db: d, queue: jobs.NewQueue(d)}
		p.run(`insert into organisations (id, code, name, type, opened_on, search_text) values
			('national', 'n', 'The national body', 'national', '2000-01-01', ''), ('kent', 'k', 'Kent', 'local_authority', '2000-01-01', '')`)
		p.run(`insert into people (id, given_name, family_name, email, sort_name, search_text, created_at, disabled_at) values
			('nat', 'Nat', 'Ional', 'nat@example.org', '', '', '2026-01-01T00:00:00.000000Z', null),
			('gone', 'Go', 'Ne', 'gone@example.org', '', '', '2026-01-01T00:00:00.000000Z', '2026-01-02T00:00:00.000000Z'),
			('kent', 'Ken', 'T', 'kent@example.org', '', '', '2026-01-01T00:00:00.000000Z', null)`)
		p.run(`insert into memberships (id, person_id, org_id, role, starts_on) values ('m1', 'nat', 'national', 'administrator', '2026-01-01'),
			('m2', 'gone', 'national', 'administrator', '2026-01-01'), ('m3', 'kent', 'kent', 'administrator', '2026-01-01')`)
		p.Store = backup.NewStore(d, p.queue, mail.NewOutbox(d, nil), s, backup.Needs{
			Files: backup.Files{Make: p.make, List: func() ([]backup.Kept, error) { return p.kept, nil },
				Remove: func(name string) error { p.gone = append(p.gone, name); return nil }},
			Allow: func(_ context.Context, scope tenant.Scope) error {
				if scope.Org() != "national" {
					return fault.New(fault.Forbidden, "not yours")
				}
				return nil
			},
			Behind:  func() (time.Duration, bool) { return p.behind, p.ships },
			Service: "asye", Site: "https://asye.example.org",
		})
		p.Pages = webtest.Pages{DB: d, Mount: func(m *web.Mux) { backup.Mount(m, p.Store) }}
		run(t, p)
	})
}

var ordinary = backup.Settings{To: "/backups", Keys: []string{"age1992ap9dzjtczqlq9geuyldx0ulk9gyg0a6ttw4tyqs7g4jteza6sgwm8fk"},
	Every: 15 * time.Minute, Keep: 30 * 24 * time.Hour, Alarm: time.Hour}

func (p *place) make(_ context.Context, at asye.Instant) (backup.Made, error) {
	if p.fail != nil {
		return backup.Made{}, p.fail
	}
	return backup.Made{Path: "/backups/" + at.String(), Size: 3_800_000, Rows: 152_695}, nil
}

func (p *place) run(statement string, args ...any) {
	p.t.Helper()
	err := p.db.Keep(p.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(p.t.Context(), statement, args...)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) move(by time.Duration) { p.db.Clock().(*clock.Stopped).Move(by) }

// one makes a backup, which may fail.
func (p *place) one(way backup.Way, fail error) {
	p.t.Helper()
	p.fail = fail
	if err := p.Run(p.t.Context(), way); err != nil && fail == nil {
		p.t.Fatal(err)
	}
}

// due does what comes round.
func (p *place) due() {
	p.t.Helper()
	handlers, recurring := p.Making()
	r := jobs.Runner{Queue: p.queue, Handlers: handlers, Recurring: append(recurring, p.Recurring()...), Log: slog.New(slog.DiscardHandler)}
	if _, err := r.RunDue(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) health() backup.Health {
	p.t.Helper()
	h, err := p.Health(p.t.Context(), system)
	if err != nil {
		p.t.Fatal(err)
	}
	return h
}

// letters are the subjects and recipients of the mail that waits.
func (p *place) letters() string {
	p.t.Helper()
	list, _, err := mail.NewOutbox(p.db, nil).List(p.t.Context(), 1, 50)
	if err != nil {
		p.t.Fatal(err)
	}
	var out []string
	for _, m := range list {
		out = append(out, m.To+": "+m.Subject)
	}
	return strings.Join(out, "\n")
}

func TestBAK9_MadeAsItComesRound(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		p.due()
		p.kept = []backup.Kept{{Name: "old", At: asye.InstantOf(dbtest.Start.AddDate(0, -2, 0))}, {Name: "new", At: asye.InstantOf(dbtest.Start)}}
		p.move(15 * time.Minute)
		p.due()
		list, err := p.List(t.Context(), system, 10)
		if err != nil || len(list) != 1 || list[0].State != backup.Good || list[0].Way != backup.Scheduled || list[0].Size != 3_800_000 || list[0].Rows != 152_695 {
			t.Fatalf("%+v, %v", list, err)
		}
		if strings.Join(p.gone, " ") != "old" {
			t.Errorf("taken away: %v", p.gone)
		}
		p.move(10 * time.Minute)
		if age, found, err := p.Age(t.Context(), system); age != 10*time.Minute || !found || err != nil {
			t.Errorf("its age: %v, %v, %v", age, found, err)
		}
		p.one(backup.Scheduled, errors.New("the disk is full"))
		list, _ = p.List(t.Context(), system, 10)
		if len(list) != 2 || list[0].State != backup.Failed || list[0].Failure != "the disk is full" || p.health().Age != 10*time.Minute {
			t.Errorf("after a failure: %+v", list)
		}
	})
}

func TestBAK10_AlarmOnceAndEachDay(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		p.one(backup.Scheduled, nil)
		watch := func() {
			t.Helper()
			for range 2 { // two programs on one database
				if err := p.Watch(t.Context(), system); err != nil {
					t.Fatal(err)
				}
			}
		}
		const letter = "nat@example.org: asye has no recent backup"
		p.move(time.Hour)
		watch()
		if got := p.letters(); got != "" {
			t.Errorf("after an hour: %s", got)
		}
		p.move(time.Minute)
		p.one(backup.Scheduled, errors.New("the disk is full"))
		watch()
		if got := p.letters(); got != letter {
			t.Errorf("after an hour and a minute: %s", got)
		}
		p.move(23 * time.Hour)
		watch()
		if got := p.letters(); got != letter {
			t.Errorf("less than a day later: %s", got)
		}
		p.move(time.Hour)
		watch()
		if got := p.letters(); got != letter+"\n"+letter {
			t.Errorf("a day later: %s", got)
		}
		p.one(backup.Asked, nil)
		watch()
		p.move(2 * time.Hour)
		watch()
		if got := p.letters(); strings.Count(got, letter) != 3 {
			t.Errorf("when it begins again: %s", got)
		}
	})
}

func TestBAK10_TheFirstPageTells(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		cards := func(scope tenant.Scope) string {
			t.Helper()
			list, err := p.Cards(t.Context(), scope, asye.Date{})
			if err != nil {
				t.Fatal(err)
			}
			out := ""
			for _, c := range list {
				out += c.Heading + ";"
			}
			return out
		}
		if got := cards(whole); got != "" {
			t.Errorf("at the beginning: %s", got)
		}
		p.move(2 * time.Hour)
		if got := cards(whole); got != "There is no good backup;" {
			t.Errorf("two hours without any: %s", got)
		}
		p.one(backup.Scheduled, nil)
		p.move(3 * time.Hour)
		if got := cards(whole); got != "The last good backup is 3 hours old;" {
			t.Errorf("three hours after the last: %s", got)
		}
		for _, scope := range []tenant.Scope{small, other} {
			if got := cards(scope); got != "" {
				t.Errorf("to somebody else: %s", got)
			}
		}
	})
}

func TestBAK11_BehindIsAnAlarm(t *testing.T) {
	each(t, backup.Settings{Ship: "/elsewhere"}, func(t *testing.T, p *place) {
		p.due()
		p.ships, p.behind = true, time.Minute
		p.move(5 * time.Minute)
		p.due()
		if p.health().Lagging || p.letters() != "" {
			t.Error("a minute behind is an alarm")
		}
		p.behind += time.Second
		p.move(5 * time.Minute)
		p.due()
		if got := p.letters(); !p.health().Lagging || got != "nat@example.org: asye is behind with shipping its log" {
			t.Errorf("letters: %s", got)
		}
	})
}

// What went wrong is told in words that help, and remembered although the work
// was stopped.
func TestFailuresInWords(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		for failure, says := range map[error]string{context.Canceled: "stopped meanwhile", context.DeadlineExceeded: "longer than 30 minutes"} {
			p.one(backup.Scheduled, failure)
			if list, err := p.List(t.Context(), system, 1); err != nil || !strings.Contains(list[0].Failure, says) {
				t.Errorf("%v: %+v, %v", failure, list, err)
			}
			p.move(time.Second)
		}
	})
}

func TestOnlyTheWholeService(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		ctx := t.Context()
		for name, do := range map[string]func(tenant.Scope) error{
			"Begin":    func(s tenant.Scope) error { _, err := p.Begin(ctx, s, backup.Asked, ""); return err },
			"End":      func(s tenant.Scope) error { return p.End(ctx, s, "x", backup.Made{}, nil) },
			"List":     func(s tenant.Scope) error { _, err := p.List(ctx, s, 1); return err },
			"Health":   func(s tenant.Scope) error { _, err := p.Health(ctx, s); return err },
			"Age":      func(s tenant.Scope) error { _, _, err := p.Age(ctx, s); return err },
			"Ask":      func(s tenant.Scope) error { return p.Ask(ctx, s) },
			"Watch":    func(s tenant.Scope) error { return p.Watch(ctx, s) },
			"Tidy":     func(s tenant.Scope) error { return p.Tidy(ctx, s, p.db.Clock().Now()) },
			"Restored": func(s tenant.Scope) error { return p.Restored(ctx, s, schema.Tables(), nil) },
		} {
			for _, scope := range []tenant.Scope{small, other, tenant.SignedIn("nat", "national", asye.National), tenant.Nobody()} {
				if err := do(scope); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s for somebody else: %v", name, err)
				}
			}
		}
	})
}

func TestBAK7_NobodyIsSignedIn(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		p.run(`insert into sessions (id, token_hash, person_id, org_id, role, form_key, made_at, last_seen_at, expires_at)
			values ('s', 'h', 'nat', 'national', 'administrator', 'k', $1, $1, $1)`, p.db.Clock().Now())
		p.run(`insert into sign_in_links (token_hash, person_id, purpose, made_at, expires_at) values ('l', 'nat', 'sign_in', $1, $1)`, p.db.Clock().Now())
		if err := p.Restored(t.Context(), system, schema.Tables(), map[string]any{"backup": "x"}); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"sessions", "sign_in_links"} {
			n := 0
			if err := p.db.QueryRow(t.Context(), `select count(*) from `+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%d left in %s, %v", n, table, err)
			}
		}
		n := 0
		if err := p.db.QueryRow(t.Context(), `select count(*) from audit_lines where what = 'service.restored'`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d lines in the audit trail, %v", n, err)
		}
	})
}

func TestTidyKeepsTheLastGoodOne(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		p.one(backup.Scheduled, nil)
		p.one(backup.Scheduled, errors.New("no"))
		p.move(61 * 24 * time.Hour)
		if err := p.Tidy(t.Context(), system, p.db.Clock().Now()); err != nil {
			t.Fatal(err)
		}
		if list, err := p.List(t.Context(), system, 10); err != nil || len(list) != 1 || list[0].State != backup.Good {
			t.Errorf("left: %+v, %v", list, err)
		}
	})
}

func TestPage(t *testing.T) {
	each(t, ordinary, func(t *testing.T, p *place) {
		as := p.As(t, whole)
		as.Get("/admin/backups").Is(200, "None yet", "Every 15 minutes, into /backups", "age1992ap9dz…m8fk")
		p.As(t, small).Get("/admin/backups").Is(403)
		p.As(t, other).Get("/admin/backups").Is(403)
		as.Get("/admin/backups").Press("/admin/backups/now").LeadsTo("/admin/backups")
		p.due()
		as.Get("/admin/backups").Is(200, "22 November 2026 at 9:30am", "3.8 MB, 152,695 rows", "/backups/2026-11-22T09:30", "Good: 2026-11-22T09:30", "On this page")
		p.move(time.Minute)
		p.one(backup.Scheduled, errors.New("the disk is full"))
		if _, err := p.Begin(t.Context(), system, backup.Command, "/mnt/stick/asye.age"); err != nil {
			t.Fatal(err)
		}
		as.Get("/admin/backups").Is(200, "Failed: the disk is full", "Being made")
		p.move(2 * time.Hour)
		as.Get("/admin/backups").Is(200, "The last good backup is 2 hours old", "Cut off")
	})
}

func TestPageOfWhoMakesNone(t *testing.T) {
	each(t, backup.Settings{}, func(t *testing.T, p *place) {
		p.As(t, whole).Get("/admin/backups").Is(200, "makes no backups by itself", "backup_key").Lacks("Make a backup now")
		if err := p.Ask(t.Context(), system); fault.KindOf(err) != fault.Conflict {
			t.Errorf("asked all the same: %v", err)
		}
		if handlers, _ := p.Making(); handlers != nil || p.Recurring() != nil {
			t.Error("there is work for what nobody wants")
		}
	})
}
