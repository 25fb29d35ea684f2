package faults

import (
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"example.org/asye/internal/proof"
)

// pace is how long pages and changes took, with a mail server that hangs and
// without one.
type pace struct {
	hanging, none []time.Duration
	conversations int64
}

func (p pace) String() string {
	return fmt.Sprintf("five pages and a change, %d times each in turn: %s in the middle and %s at the 99th of a hundred with one (%d conversations), %s and %s without",
		len(p.none), at(p.hanging, 50), at(p.hanging, 99), p.conversations, at(p.none, 50), at(p.none, 99))
}

// at is the time within which so many of a hundred requests were answered.
func at(all []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)].Round(10 * time.Microsecond)
}

// A mail server that takes the call and says nothing slows no page and no
// change.
func TestDUR6_TheMailServerHangs(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	var p pace
	var conversations atomic.Int64
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	go func() {
		for {
			call, err := mute.Accept()
			if err != nil {
				return
			}
			conversations.Add(1)
			defer call.Close() // when the test is over
		}
	}()
	hanging := begin(t, filepath.Join(t.TempDir(), "asye.db"), "ASYE_SMTP=smtp://"+mute.Addr().String()+"?timeout=5s", "ASYE_MAIL_FROM=asye@example.org")
	none := begin(t, filepath.Join(t.TempDir(), "asye.db"))
	for range 5 {
		hanging.askForLink()
	}
	asked := conversations.Load()
	for began := time.Now(); conversations.Load() == asked && time.Since(began) < time.Minute; { // or nothing hangs just now
		time.Sleep(10 * time.Millisecond)
	}
	for range 50 * proof.Rounds(t, 4) {
		p.hanging = append(p.hanging, hanging.turn())
		p.none = append(p.none, none.turn())
	}
	if at(p.hanging, 50) > at(p.none, 50)*5/4+2*time.Millisecond {
		t.Errorf("a mail server that hangs slows pages: %s", p)
	}
	if at(p.hanging, 100) > at(p.none, 100)+3*time.Second {
		t.Errorf("a mail server that hangs holds somebody up for %s", at(p.hanging, 100))
	}
	if p.conversations = conversations.Load(); p.conversations == 0 {
		t.Error("nobody has called the mail server")
	}
	note(t, hangingMail, p)
}

// askForLink has a mail sent.
func (v *visitor) askForLink() {
	v.t.Helper()
	stranger := *v
	stranger.browser = v.browser.Stranger()
	page, err := stranger.browser.Get(v.t.Context(), "/sign-in")
	if err != nil {
		v.t.Fatal(err)
	}
	form, err := page.Form("/sign-in")
	if err != nil {
		v.t.Fatal(err)
	}
	stranger.send(form.With("email", "coordinator0@example.org"))
}

// turn looks at a page and changes something, and tells how long that took.
func (v *visitor) turn() time.Duration {
	v.t.Helper()
	began := time.Now()
	v.reads()
	v.save()
	return time.Since(began)
}
