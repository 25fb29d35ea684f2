package mail_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// step is how often the outbox is looked into.
const step = 2 * time.Second

// absent stands for a mail server that is not there at all.
const absent mood = "is not there"

// hour is what befalls the mail server within an hour, and for how long.
var hour = []struct {
	mood mood
	last time.Duration
}{{absent, 10 * time.Minute}, {hanging, 10 * time.Minute}, {unwilling, 5 * time.Minute}, {closing, 5 * time.Minute},
	{shy, 5 * time.Minute}, {mid, 5 * time.Minute}, {tempered, 10 * time.Minute}, {cutAndLost, 5 * time.Minute}, {cutAndTaken, 5 * time.Minute}}

// outage is an hour without a mail server that can be relied on.
type outage struct {
	t      *testing.T
	db     *db.DB
	outbox *mail.Outbox
	office *office
	total  int // letters in all
	queued int
}

// pass lets time go by, with letters written at an even pace until they are all
// written.
func (o *outage) pass(d time.Duration, perStep float64) {
	o.t.Helper()
	due := float64(o.queued)
	for range int(d / step) {
		for due += perStep; o.queued < min(int(due), o.total); o.queued++ {
			queue(o.t, o.db, o.outbox, fmt.Sprintf("n%d@example.org", o.queued))
		}
		if _, err := o.outbox.SendDue(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
		move(o.db, step)
	}
}

// through lives through the hour, and tells how long afterwards the last letter
// was taken.
func (o *outage) through() time.Duration {
	o.t.Helper()
	o.office.be(cutAfterward) // which must not count as a failure
	o.pass(time.Minute, 1)
	for _, part := range hour {
		if part.mood == absent {
			o.office.shut()
		} else {
			o.office.be(part.mood)
		}
		o.pass(part.last, float64(o.total)/1800)
		if part.mood == absent {
			o.office.reopen()
		}
	}
	o.office.be(well)
	o.pass(step, float64(o.total))
	for waited := step; waited < 2*time.Hour; waited += step {
		waiting := 0
		if err := o.db.QueryRow(o.t.Context(), `select count(*) from mail_outbox where sent_at is null`).Scan(&waiting); err != nil {
			o.t.Fatal(err)
		}
		if waiting == 0 && o.queued == o.total {
			return waited
		}
		o.pass(step, 0)
	}
	o.t.Errorf("after two more hours %d of %d letters were taken, of %d written", len(o.office.taken), o.total, o.queued)
	return 0
}

func TestDUR8_AnHourWithoutMail(t *testing.T) {
	letters := 150
	if os.Getenv("ROUNDS") != "" {
		letters = proof.Rounds(t, letters)
	}
	var saw []string
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		at := newOffice(t)
		o := &outage{t: t, db: d, outbox: mail.NewOutbox(d, at.server()), office: at, total: letters}
		after := o.through()
		twice, unsaid := 0, 0
		for id, n := range at.taken {
			if at.unsaid[id] {
				unsaid++
			} else if n != 1 {
				twice++
			}
			if !strings.HasSuffix(id, "@example.org>") {
				t.Errorf("a letter has the Message-ID %s", id)
			}
		}
		if twice > 0 {
			t.Errorf("%d letters were taken twice, though the first answer said that they were taken", twice)
		}
		list, total, err := o.outbox.List(t.Context(), 1, letters+1)
		if err != nil || total != letters {
			t.Fatalf("%d letters in the outbox, %v", total, err)
		}
		for _, e := range list {
			if e.SentAt.IsZero() || e.Body != "" || !e.FailedAt.IsZero() {
				t.Errorf("not sent: %+v", e)
			}
		}
		saw = append(saw, fmt.Sprintf("%s: %d of %d taken once, the last %s after the hour; %d more were taken without an answer, and sent again under their own Message-ID",
			d.Dialect(), len(at.taken)-unsaid, letters-unsaid, after, unsaid))
		t.Log(saw[len(saw)-1], at.tries, "conversations")
	})
	keepMail(t, letters, saw)
}

func keepMail(t *testing.T, letters int, saw []string) {
	t.Helper()
	if os.Getenv("ROUNDS") == "" || t.Failed() {
		return
	}
	t.Setenv("ROUNDS", "")
	twins := []struct {
		mistake string
		edit    proof.Edit
	}{
		{"a lost good-bye counts as a failure", proof.Edit{File: "internal/platform/mail/server.go", Old: "if err == nil || msg.IsDelivered() {", New: "if err == nil {"}},
		{"a message is marked as sent before it is", proof.Edit{File: "internal/platform/mail/store.go", Old: "became, failure := o.server.send(", New: "o.sent(ctx, m)\n\tbecame, failure := o.server.send("}},
	}
	var noticed []string
	for _, tw := range twins {
		said := proof.Noticed(t, "./internal/platform/mail", "DUR8_AnHour", tw.edit)
		for line := range strings.Lines(said) {
			if _, text, ok := strings.Cut(line, "outage_test.go:"); ok {
				_, text, _ = strings.Cut(text, ": ")
				noticed = append(noticed, tw.mistake+": "+strings.TrimSpace(text))
				break
			}
		}
	}
	proof.Keep(t, proof.Result{Net: "mail-outage", Part: proof.NothingLost,
		Promise: "No mail is lost, and none is sent twice as far as the mail server can tell, through an hour in which it is away, hangs, refuses and cuts off.",
		Saw:     strings.Join(saw, "; "), Twin: strings.Join(noticed, "\n"), Command: fmt.Sprintf("make net-mail ROUNDS=%d", letters)})
}

// A server that takes nothing is tried by one message at a time, more and more
// seldom, and no message uses up its attempts.
func TestDUR8_AServerThatIsAwayIsLeftAlone(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		at := newOffice(t)
		at.be(unwilling)
		o := &outage{t: t, db: d, outbox: mail.NewOutbox(d, at.server()), office: at, total: 20}
		o.pass(time.Hour, 20)
		if at.tries < 60 || at.tries > 70 {
			t.Errorf("tried %d times in an hour", at.tries)
		}
		list, _, err := o.outbox.List(t.Context(), 1, 20)
		if err != nil {
			t.Fatal(err)
		}
		said := 0
		for _, e := range list {
			if e.Attempts != 0 || !e.FailedAt.IsZero() {
				t.Errorf("has used up attempts: %+v", e)
			}
			if strings.Contains(e.LastError, "554") {
				said++
			}
		}
		if said == 0 {
			t.Error("nobody is told what the server said")
		}
		at.be(well)
		o.pass(time.Minute, 0)
		if len(at.taken) != 20 {
			t.Errorf("%d of 20 were taken in the minute after", len(at.taken))
		}
	})
}

// A server that refuses one recipient for good is there for all others.
func TestDUR8_OneRefusalHoldsNobodyUp(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	at := newOffice(t)
	o := mail.NewOutbox(d, at.server())
	for _, to := range []string{"gone1@example.org", "a@example.org", "gone2@example.org", "b@example.org"} {
		queue(t, d, o, to)
	}
	if n, err := o.SendDue(t.Context()); n != 2 || err != nil {
		t.Errorf("%d sent, %v", n, err)
	}
	if n, err := o.Failed(t.Context()); n != 2 || err != nil {
		t.Errorf("%d given up, %v", n, err)
	}
}
