package matrix

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
)

// Where canaries are looked for, besides pages: in letters, in the log, also when
// something cannot be read, and in temporary files.

// letters sends every kind of letter, and looks for canaries in each: whoever
// gets it may read no more than the policy of letters says.
func (k *walk) letters(w *world) {
	w.undone(func(in *world, tx *db.Tx) {
		before := in.count(`mail_outbox`)
		in.write()
		rows, err := in.DB.Query(ctx, `select recipient, subject, body from mail_outbox where id not in ('mail-1') order by created_at, id`)
		in.must(err)
		defer rows.Close()
		n := 0
		for rows.Next() {
			var to, subject, body string
			in.must(rows.Scan(&to, &subject, &body))
			if n++; n > before-1 {
				k.letter(in, to, subject+"\n"+body)
			}
		}
		in.must(rows.Err())
		if n-before < leastLetters {
			k.problem("only %d letters were sent, and there are more kinds", n-before)
		}
	})
}

// work does what comes round by itself: what goes wrong there is told to the log
// too.
func (k *walk) work(w *world) {
	w.undone(func(in *world, tx *db.Tx) {
		for _, r := range in.Recurring {
			step(w.t, tx, func() {
				k.asked++
				if err := r.Do(ctx, in.DB.Clock().Now()); err != nil {
					fmt.Fprintln(w.log, r.Kind, err)
				}
			})
		}
	})
}

// leastLetters is how many letters write sends at least.
const leastLetters = 10

// write lets happen what letters are sent about.
func (w *world) write() {
	mine := w.year1("MineRunning")
	w.must(w.Registration.InviteAgain(ctx, ann, asye.EnrolmentID(mine.id)))
	w.must(w.Registration.Leaving(ctx, ann, asye.EnrolmentID(mine.id), w.version(mine.id), employerB, at("2026-11-20")))
	var number registration.Number
	var born asye.Date
	w.must(w.DB.QueryRow(ctx, `select regulator_number, date_of_birth from nqsws where person_id = $1`, string(mine.person)).Scan(&number, &born))
	w.must(w.Registration.Claim(ctx, bea, registration.Wanted{Number: number, DateOfBirth: born, JoinsOn: at("2026-11-20")}))
	w.must(w.Registration.Confirm(ctx, tenant.SignedIn(mine.person, employerA, asye.NQSW), w.transfer(mine.id)))
	for _, rec := range w.records {
		if rec.kind == "dispute" {
			w.must(w.Registration.Rule(ctx, nat, rec.id, rec.version, registration.Ruling{Why: "Because"}))
		}
	}
	ada := tenant.SignedIn("staff-ada", employerNat, asye.Administrator)
	who, _, err := w.Account.Person(ctx, ada, "staff-ben")
	w.must(err)
	w.must(w.Account.Change(ctx, ada, "staff-ben", who.Version, asye.Identity{GivenName: "New", FamilyName: "Name", Email: "new@work.example.org"}))
	w.must(w.Account.InviteAgain(ctx, ada, "staff-cat"))
	w.must(w.Factors.Reset(ctx, ada, "staff-gil"))
	_, err = w.Factors.RemovePasskey(ctx, ann, w.reader("coordinator").cookie, "passkey-staff-ann")
	w.must(err)
	email := ""
	w.must(w.DB.QueryRow(ctx, `select email from people where id = 'staff-bea'`).Scan(&email))
	w.must(w.Account.MailLink(ctx, email, "/home", func(context.Context, *db.Tx) error { return nil }))
}

// letter looks for canaries in one letter.
func (k *walk) letter(w *world, to, text string) {
	k.asked++
	var reader *human
	for _, word := range k.in(to) {
		for _, rec := range k.birds[word].about {
			reader = w.people[rec.person]
		}
	}
	if reader == nil {
		return // to an address that is not one of the world's: new@work.example.org
	}
	for _, word := range k.in(text) {
		c, known := k.birds[word]
		own := slices.ContainsFunc(c.about, func(rec record) bool { return rec.person == reader.id })
		in := policy.OtherEmployer
		if own {
			in = policy.Self
		}
		is := policy.NQSW
		if reader.works {
			is = policy.Coordinator
		}
		if known && !access.Letters.Shows(is, in, c.column) {
			k.problem("a letter to %s has %s of %s:\n%s", reader.id, c.column, c.whose(), text)
		}
	}
}

// unreadable spoils what is stored, column by column, and opens the pages that
// then break down: the log may not say what stood there.
func (k *walk) unreadable(w *world) {
	for _, spoil := range []string{
		`update nqsws set regulator_number = 'zqfffff1q'`, `update enrolments set programme = 'zqfffff2q'`,
		`update uploads set content = 'zqfffff3q' where status = 'checked'`, `update uploads set left_out = 'zqfffff4q'`,
		`update person_keys set sealed = 'zqfffff5q'`, `update eligibility_evidence set evidence = '["zqfffff6q"]'`,
		`update journey_drafts set answers = '["zqfffff7q"]'`, `update nqsws set date_of_birth = 'zqfffff8q'`,
	} {
		if strings.Contains(spoil, "date_of_birth") && w.DB.Dialect() == db.Postgres {
			continue // which keeps dates only
		}
		w.undone(func(in *world, tx *db.Tx) {
			_, err := tx.Exec(ctx, spoil)
			in.must(err)
			broken := 0
			for _, path := range []string{"/registrations?cohort=all", "/registrations/" + in.year1("MinePaused").id, "/upload", "/home", "/register",
				"/export?format=csv", "/transfers", "/registrations/" + in.year1("MinePaused").id + "/history", "/upload/" + in.one("upload", "filebwaiting.csv", "fileawaiting.csv").id} {
				if in.get(in.reader("coordinator"), path).status >= 500 {
					broken++
				}
			}
			if broken == 0 && strings.Contains(spoil, "nqsws") {
				k.problem("%s: nothing breaks down, so that nothing is shown by it", spoil)
			}
		})
	}
	if log := w.log.String(); strings.Contains(log, "zqfffff") {
		at := strings.Index(log, "zqfffff")
		k.problem("the log says what could not be read: %s", log[max(0, at-200):min(len(log), at+60)])
	}
}

// one is the record of a kind with the last of some marks that there is.
func (w *world) one(kind string, marks ...string) (out record) {
	for _, rec := range w.records {
		if rec.kind == kind && slices.Contains(marks, rec.mark) && (out.id == "" || rec.org == employerA) {
			out = rec
		}
	}
	return out
}

// metrics holds that what is counted names nobody: neither a person nor an
// organisation, whose identifiers stand in addresses.
func (k *walk) metrics(w *world) {
	out := httptest.NewRecorder()
	w.Metrics.ServeHTTP(out, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	text := out.Body.String()
	if !strings.Contains(text, "asye_http_requests") {
		k.problem("the metrics do not count the pages that were walked:\n%s", text)
	}
	for _, word := range k.in(text) {
		if c, known := k.birds[word]; known {
			k.problem("the metrics have %s of %s", c.column, c.whose())
		}
	}
	for _, rec := range w.records {
		if len(rec.id) >= len(nowhere) && strings.Contains(text, rec.id) {
			k.problem("the metrics name the record %s", rec.id)
		}
	}
}

// files holds that nothing was left in the folder for temporary files.
func (k *walk) files(w *world, folder string) {
	w.must(filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if words := k.in(string(text)); len(words) > 0 {
			k.problem("the temporary file %s has %s", filepath.Base(path), k.birds[words[0]].column)
		}
		return err
	}))
}
