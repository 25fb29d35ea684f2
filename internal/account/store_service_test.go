package account_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/account/trail"
	"example.org/asye/internal/account/works"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
)

func TestAuditTrail(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		before := s.count(t, `audit_lines`)
		s.move(time.Hour)
		who := asye.Identity{GivenName: "Maria", FamilyName: "Jones", Email: "mary@example.org"}
		if err := s.Change(t.Context(), c.kentAdmin, c.mary, 1, who); err != nil {
			t.Fatal(err)
		}
		s.move(24 * time.Hour)
		if err := s.SetDisabled(t.Context(), c.leedsAdmin, c.lee, true); err != nil {
			t.Fatal(err)
		}
		yesterday, today := asye.MustDate("2026-11-22"), asye.MustDate("2026-11-23")
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			f     trail.Filter
			want  int
		}{
			{"ACC-12 national", c.natAdmin, trail.Filter{}, before + 2},
			{"ACC-12 Leeds' own", c.leedsAdmin, trail.Filter{What: "disabled"}, 1},
			{"ACC-12 not Kent's", c.kentAdmin, trail.Filter{What: "disabled"}, 0},
			{"what, in words", c.natAdmin, trail.Filter{What: "Person changed"}, 1},
			{"who", c.natAdmin, trail.Filter{Who: "KATE"}, 1},
			{"who by address", c.natAdmin, trail.Filter{Who: "liam@"}, 1},
			{"record", c.natAdmin, trail.Filter{Record: string(c.mary)}, 3},
			{"ACC-12 another's record", c.leedsAdmin, trail.Filter{Record: string(c.mary)}, 0},
			{"from today", c.natAdmin, trail.Filter{From: today}, 1},
			{"until yesterday", c.natAdmin, trail.Filter{To: yesterday}, before + 1},
			{"one day", c.natAdmin, trail.Filter{From: today, To: today}, 1},
			{"tomorrow", c.natAdmin, trail.Filter{From: today.AddDays(1)}, 0},
		} {
			lines, next, err := s.trail().List(t.Context(), tt.scope, tt.f)
			if err != nil || len(lines) != tt.want || next != "" {
				t.Errorf("%s: %d lines, next %q, %v; want %d", tt.name, len(lines), next, err, tt.want)
			}
		}
		lines, _, _ := s.trail().List(t.Context(), c.kentAdmin, trail.Filter{Who: "kate"})
		l := lines[0]
		if l.ActorName != "Kate Admin" || l.About != "Maria Jones" || l.OrgName != "Kent" {
			t.Errorf("the line says %+v", l)
		}
		if got := admin.Alterations(l.Before, l.After, l.Names); len(got) != 1 || got[0] != (admin.Altered{Field: "First name", Before: "Mary", After: "Maria"}) {
			t.Errorf("it tells of %v", got)
		}
		_, _, err := s.trail().List(t.Context(), c.kentAdmin, trail.Filter{Before: "nonsense"})
		kind(t, "a page that is not there", err, fault.NotFound)
	})
}

func TestAuditTrailPages(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		for i := range 120 {
			if i%7 == 0 {
				s.move(time.Second)
			}
			err := s.write(c.kentAdmin, func(ctx context.Context, tx *db.Tx) error {
				return tx.Audit(ctx, c.kentAdmin, db.Line{What: "test.counted", Kind: "test", ID: fmt.Sprint(i)})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		f, seen, sizes := trail.Filter{What: "counted"}, map[string]bool{}, []int{}
		for {
			lines, next, err := s.trail().List(t.Context(), c.kentAdmin, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				seen[l.Subject] = true
			}
			sizes = append(sizes, len(lines))
			if next == "" {
				break
			}
			f.Before = next
		}
		if len(seen) != 120 || fmt.Sprint(sizes) != "[50 50 20]" {
			t.Errorf("%d lines on pages of %v", len(seen), sizes)
		}
	})
}

func TestOutboxIsForTheWholeService(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.link(t, "mary@example.org")
		_, _, err := s.works().Outbox(t.Context(), c.kentAdmin, 1)
		kind(t, "ACC-12 an employer's administrator", err, fault.Forbidden)
		kind(t, "ACC-12 an employer's administrator tries again", s.works().RetryMail(t.Context(), c.kentAdmin, "x"), fault.Forbidden)
		list, total, err := s.works().Outbox(t.Context(), c.natAdmin, 1)
		if err != nil || total != 1 || !strings.Contains(list[0].Body, "token=") {
			t.Errorf("without a mail server the text is shown: %+v, %v", list, err)
		}
		server, err := mail.ParseServer("smtp://127.0.0.1:1", "asye@example.org")
		if err != nil {
			t.Fatal(err)
		}
		sending := works.NewStore(s.d, s.Store, mail.NewOutbox(s.d, server), s.queue)
		list, _, err = sending.Outbox(t.Context(), c.natAdmin, 1)
		if err != nil || list[0].Body != "" {
			t.Errorf("ACC-17 with a mail server an administrator reads somebody's link: %+v, %v", list, err)
		}
		kind(t, "not given up", s.works().RetryMail(t.Context(), c.natAdmin, list[0].ID), fault.Conflict)
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update mail_outbox set failed_at = $1`, tx.Now())
			return err
		})
		kind(t, "given up", s.works().RetryMail(t.Context(), c.natAdmin, list[0].ID), fine)
		if n := s.count(t, `audit_lines where what = 'mail.retried'`); n != 1 {
			t.Errorf("%d audit lines, want 1", n)
		}
	})
}

func TestJobsAreForTheWholeService(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			if err := s.queue.Enqueue(ctx, tx, jobs.New{Kind: "test.broken"}); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `update jobs set failed_at = $1, attempts = 8, last_error = 'no'`, tx.Now())
			return err
		})
		_, _, err := s.works().Jobs(t.Context(), c.kentAdmin, jobs.Failed, 1)
		kind(t, "ACC-12 an employer's administrator", err, fault.Forbidden)
		list, counts, err := s.works().Jobs(t.Context(), c.natAdmin, jobs.Failed, 1)
		if err != nil || len(list) != 1 || counts[jobs.Failed] != 1 || list[0].LastError != "no" {
			t.Fatalf("%+v, %v, %v", list, counts, err)
		}
		kind(t, "ACC-12 retry by an employer's", s.works().RetryJob(t.Context(), c.kentAdmin, list[0].ID), fault.Forbidden)
		kind(t, "retry", s.works().RetryJob(t.Context(), c.natAdmin, list[0].ID), fine)
		kind(t, "retry twice", s.works().RetryJob(t.Context(), c.natAdmin, list[0].ID), fault.Conflict)
	})
}

func TestPlacesAndReach(t *testing.T) {
	each(t, func(t *testing.T, s *service) {
		c := people(t, s)
		s.keep(t, func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, `update organisations set closed_on = '2026-11-22' where id = 'leeds'`)
			return err
		})
		for _, tt := range []struct {
			name  string
			scope tenant.Scope
			want  string
		}{{"ACC-13 Kent", c.kentAdmin, "Kent"}, {"ACC-13 national, and not what has closed", c.natAdmin, "National body Kent"}} {
			list, err := s.Places(t.Context(), tt.scope)
			var names []string
			for _, o := range list {
				names = append(names, o.Name)
			}
			if got := strings.Join(names, " "); err != nil || got != tt.want {
				t.Errorf("%s: %q, %v", tt.name, got, err)
			}
		}
		for scope, want := range map[tenant.Scope]account.Reach{c.kentAdmin: account.OwnOrganisation, c.natAdmin: account.WholeService, system: account.WholeService} {
			if got, err := s.Reach(t.Context(), scope); got != want || err != nil {
				t.Errorf("ACC-12 reach of %s: %v, %v", scope.Org(), got, err)
			}
		}
	})
}
