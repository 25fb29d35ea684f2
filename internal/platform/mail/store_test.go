package mail_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/schema"
	"github.com/emersion/go-smtp"
)

// post is a real mail server that refuses what it is told to.
type post struct {
	mu     sync.Mutex
	got    []string
	refuse error
	act    func() // while a letter is handed over
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{p: p}, nil }

func (p *post) set(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = err
}

func (p *post) during(act func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.act = act
}

func (p *post) letters() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.got...)
}

type session struct {
	p  *post
	to string
}

func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	s.to = to
	return s.p.refuse
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	if s.p.act != nil {
		s.p.act()
	}
	s.p.got = append(s.p.got, s.to+"\n"+string(text))
	return err
}

func serve(t *testing.T) (*post, *mail.Server) {
	t.Helper()
	p := &post{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	s, err := mail.ParseServer("smtp://"+listener.Addr().String(), "asye <asye@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return p, s
}

func queue(t *testing.T, d *db.DB, o *mail.Outbox, to string) {
	t.Helper()
	err := d.Keep(t.Context(), func(tx *db.Tx) error {
		return o.Queue(t.Context(), tx, mail.Message{To: to, Subject: "A link – for Zoë", Body: "Hello,\n\nhttp://127.0.0.1/x\n"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func one(t *testing.T, o *mail.Outbox) mail.Entry {
	t.Helper()
	list, total, err := o.List(t.Context(), 1, 10)
	if err != nil || total != 1 || len(list) != 1 {
		t.Fatalf("%d of %d messages, %v", len(list), total, err)
	}
	return list[0]
}

func move(d *db.DB, by time.Duration) { d.Clock().(*clock.Stopped).Move(by) }

func TestSentOnceAndForgotten(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p, server := serve(t)
		o := mail.NewOutbox(d, server)
		queue(t, d, o, "mary@example.org")
		for range 2 {
			if _, err := o.SendDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		got := p.letters()
		if len(got) != 1 {
			t.Fatalf("%d letters, want 1", len(got))
		}
		for _, want := range []string{"mary@example.org\n", "From: \"asye\" <asye@example.org>", "http://127.0.0.1/x", "Auto-Submitted: auto-generated", "text/plain"} {
			if !strings.Contains(got[0], want) {
				t.Errorf("the letter lacks %q:\n%s", want, got[0])
			}
		}
		if e := one(t, o); e.SentAt.IsZero() || e.Body != "" || e.Attempts != 1 {
			t.Errorf("kept: %+v", e)
		}
	})
}

func TestKeptInTheTransaction(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		o := mail.NewOutbox(d, nil)
		undo := errors.New("undo")
		_ = d.Keep(t.Context(), func(tx *db.Tx) error {
			if err := o.Queue(t.Context(), tx, mail.Message{To: "a@example.org", Subject: "x", Body: "y"}); err != nil {
				t.Fatal(err)
			}
			return undo
		})
		if _, total, err := o.List(t.Context(), 1, 10); total != 0 || err != nil {
			t.Errorf("%d messages outlived their change, %v", total, err)
		}
	})
}

func TestStaysWithoutAServer(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		o := mail.NewOutbox(d, nil)
		queue(t, d, o, "a@example.org")
		if n, err := o.SendDue(t.Context()); n != 0 || err != nil {
			t.Errorf("sent %d, %v", n, err)
		}
		if e := one(t, o); e.Body == "" || e.Attempts != 0 || o.Sends() {
			t.Errorf("kept: %+v", e)
		}
	})
}

func TestTriesAgainThenGivesUp(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p, server := serve(t)
		o := mail.NewOutbox(d, server)
		queue(t, d, o, "a@example.org")
		p.set(&smtp.SMTPError{Code: 451, Message: "later"})
		if n, err := o.SendDue(t.Context()); n != 0 || err != nil {
			t.Fatalf("sent %d, %v", n, err)
		}
		e := one(t, o)
		if e.Attempts != 1 || !strings.Contains(e.LastError, "later") || e.NextAt.Time().Sub(dbtest.Start) != 30*time.Second {
			t.Errorf("after one failure: %+v", e)
		}
		move(d, 29*time.Second)
		if _, _ = o.SendDue(t.Context()); one(t, o).Attempts != 1 {
			t.Error("tried again a second too soon")
		}
		move(d, time.Second)
		if _, _ = o.SendDue(t.Context()); one(t, o).Attempts != 2 {
			t.Error("not tried again when the time had come")
		}
		for range 12 {
			move(d, 4*time.Hour)
			_, _ = o.SendDue(t.Context())
		}
		e = one(t, o)
		if e.Attempts != 12 || e.FailedAt.IsZero() {
			t.Errorf("not given up after twelve attempts: %+v", e)
		}
		p.set(nil)
		err := d.Keep(t.Context(), func(tx *db.Tx) error { return o.Retry(t.Context(), tx, e.ID) })
		if err != nil {
			t.Fatal(err)
		}
		if n, err := o.SendDue(t.Context()); n != 1 || err != nil {
			t.Errorf("after Retry: sent %d, %v", n, err)
		}
		err = d.Keep(t.Context(), func(tx *db.Tx) error { return o.Retry(t.Context(), tx, e.ID) })
		if fault.KindOf(err) != fault.Conflict {
			t.Errorf("Retry of a message that was sent: %v", err)
		}
	})
}

func TestRefusedForGood(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p, server := serve(t)
		o := mail.NewOutbox(d, server)
		queue(t, d, o, "gone@example.org")
		p.set(&smtp.SMTPError{Code: 550, Message: "no such mailbox"})
		_, _ = o.SendDue(t.Context())
		if e := one(t, o); e.FailedAt.IsZero() || e.Attempts != 1 || !strings.Contains(e.LastError, "no such mailbox") {
			t.Errorf("kept: %+v", e)
		}
	})
}

// A program that died between claiming and sending loses no mail: its claim
// ends after two minutes.
func TestTwoSendersAndADeadOne(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		p, server := serve(t)
		for range 10 {
			queue(t, d, mail.NewOutbox(d, server), "a@example.org")
		}
		err := d.Keep(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `update mail_outbox set attempts = 1, next_at = $1
				where id = (select min(id) from mail_outbox)`, tx.Now().Add(2*time.Minute))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if _, err := mail.NewOutbox(d, server).SendDue(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(p.letters()); n != 9 {
			t.Fatalf("%d letters, want 9", n)
		}
		move(d, 2*time.Minute)
		if n, err := mail.NewOutbox(d, server).SendDue(t.Context()); n != 1 || err != nil {
			t.Errorf("after the claim had ended: %d, %v", n, err)
		}
	})
}

func TestRunSendsWhenWoken(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	p, server := serve(t)
	o := mail.NewOutbox(d, server)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { o.Run(ctx, slog.New(slog.DiscardHandler)); close(ended) }()
	queue(t, d, o, "a@example.org")
	o.Wake()
	for i := 0; len(p.letters()) == 0; i++ {
		if i == 200 {
			t.Fatal("nothing was sent")
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	<-ended
}

func TestTidy(t *testing.T) {
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		o := mail.NewOutbox(d, nil)
		queue(t, d, o, "a@example.org")
		for _, tt := range []struct {
			after time.Duration
			want  int
		}{{30 * 24 * time.Hour, 1}, {30*24*time.Hour + time.Second, 0}} {
			now := d.Clock().Now().Add(tt.after)
			if err := o.Tidy(t.Context(), now); err != nil {
				t.Fatal(err)
			}
			if _, total, _ := o.List(t.Context(), 1, 10); total != tt.want {
				t.Errorf("after %s: %d messages, want %d", tt.after, total, tt.want)
			}
		}
	})
}

func TestQueueRefuses(t *testing.T) {
	d := dbtest.OpenSQLite(t, schema.All())
	o := mail.NewOutbox(d, nil)
	for _, m := range []mail.Message{{Subject: "x"}, {To: "a@example.org"}, {To: "a@example.org\r\nBcc: b@example.org", Subject: "x"}, {To: "a@example.org", Subject: "x\ny"}} {
		err := d.Keep(t.Context(), func(tx *db.Tx) error { return o.Queue(t.Context(), tx, m) })
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q was queued: %v", m, err)
		}
	}
}

func TestParseServer(t *testing.T) {
	for _, tt := range []struct{ address, from, want string }{
		{"smtp://mail.example.org", "a@example.org", "mail.example.org:587"},
		{"smtps://u:p@mail.example.org", "a@example.org", "mail.example.org:465"},
		{"smtp://u:secret@mail.example.org:2525?tls=off", "asye <a@example.org>", "mail.example.org:2525"},
		{"smtp://mail.example.org?timeout=5s", "a@example.org", "mail.example.org:587"},
		{"smtp://mail.example.org?timeout=2m", "a@example.org", ""},
		{"smtp://mail.example.org?timeout=soon", "a@example.org", ""},
		{"mail.example.org:25", "a@example.org", ""},
		{"http://mail.example.org", "a@example.org", ""},
		{"smtp://", "a@example.org", ""},
		{"smtp://mail.example.org", "nobody", ""},
	} {
		s, err := mail.ParseServer(tt.address, tt.from)
		if (err != nil) != (tt.want == "") {
			t.Errorf("%s from %s: %v", tt.address, tt.from, err)
		} else if err == nil && s.String() != tt.want {
			t.Errorf("%s is %s, want %s", tt.address, s, tt.want)
		}
	}
}
