package serving

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"
)

// served is a server on a socket of its own, and what came of it.
type served struct {
	*Server
	at    string
	leave context.CancelCauseFunc
	ended chan error
}

// start serves until the test leaves. The address /slow answers when told to.
func start(t *testing.T, s *Server, slow <-chan struct{}) served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancelCause(t.Context())
	s.Log = slog.New(slog.DiscardHandler)
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			<-slow
		}
		if s.Leaving() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_, _ = io.WriteString(w, "answered")
	})
	one := served{s, l.Addr().String(), leave, make(chan error, 1)}
	go func() { one.ended <- s.Serve(ctx, l, false) }()
	return one
}

// ends fails unless the server ends within a time, and gives how long it took.
func (s served) ends(t *testing.T, within time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(within):
		t.Fatalf("the server has not ended within %s", within)
	}
	return time.Since(began)
}

// line is a connection that asks, without a library's second attempts.
type line struct {
	net.Conn
	in *bufio.Reader
}

func dial(t *testing.T, at string) line {
	t.Helper()
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return line{conn, bufio.NewReader(conn)}
}

func (l line) ask(t *testing.T, path string) *http.Response {
	t.Helper()
	l.send(t, path)
	return l.hear(t)
}

func (l line) send(t *testing.T, path string) {
	t.Helper()
	if _, err := io.WriteString(l, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
}

func (l line) hear(t *testing.T) *http.Response {
	t.Helper()
	res, err := http.ReadResponse(l.in, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	return res
}

func TestRUN1_RequestInHandIsAnswered(t *testing.T) {
	slow := make(chan struct{})
	s := start(t, &Server{Patience: 5 * time.Second, Quiet: 50 * time.Millisecond}, slow)
	busy, idle := dial(t, s.at), dial(t, s.at)
	if res := idle.ask(t, "/"); res.Close || res.StatusCode != http.StatusOK {
		t.Errorf("before: %v", res)
	}
	busy.send(t, "/slow")
	time.Sleep(50 * time.Millisecond)
	s.leave(nil)
	time.Sleep(20 * time.Millisecond)
	if res := idle.ask(t, "/"); !res.Close || res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a connection that is kept open is not asked to end: %d, %t", res.StatusCode, res.Close)
	}
	if conn, err := net.Dial("tcp", s.at); err == nil {
		conn.Close()
		t.Error("a new connection was taken")
	}
	close(slow)
	if res := busy.hear(t); res.StatusCode == 0 {
		t.Error("the request in hand was not answered")
	}
	s.ends(t, time.Second)
}

func TestRUN1_SilenceComesFirst(t *testing.T) {
	s := start(t, &Server{Patience: 5 * time.Second, Quiet: 300 * time.Millisecond}, nil)
	kept := dial(t, s.at)
	kept.ask(t, "/")
	s.leave(nil)
	time.Sleep(150 * time.Millisecond)
	if res := kept.ask(t, "/"); !res.Close {
		t.Error("the connection is not asked to end")
	}
	s.ends(t, time.Second)
}

func TestRUN1_PatienceHasAnEnd(t *testing.T) {
	slow := make(chan struct{})
	defer close(slow)
	s := start(t, &Server{Patience: 200 * time.Millisecond, Quiet: time.Millisecond}, slow)
	dial(t, s.at).send(t, "/slow")
	time.Sleep(50 * time.Millisecond)
	s.leave(nil)
	if took := s.ends(t, 2*time.Second); took < 150*time.Millisecond {
		t.Errorf("it waited %s only", took)
	}
}

// Whoever spreads requests over nodes can see that this one is leaving while it
// still answers.
func TestRUN1_NoticeIsGiven(t *testing.T) {
	s := start(t, &Server{Notice: 300 * time.Millisecond, Patience: time.Second, Quiet: time.Millisecond}, nil)
	s.leave(nil)
	time.Sleep(50 * time.Millisecond)
	if res := dial(t, s.at).ask(t, "/readyz"); res.StatusCode != http.StatusServiceUnavailable || !res.Close {
		t.Errorf("the notice: %d, %t", res.StatusCode, res.Close)
	}
	if took := s.ends(t, 2*time.Second); took < 200*time.Millisecond {
		t.Errorf("the notice lasted %s only", took)
	}
}

// A program that has been replaced gives no notice, and lets connections that
// are kept open come to their own end.
func TestRUN2_ReplacedWithoutHurry(t *testing.T) {
	s := start(t, &Server{Notice: time.Hour, Patience: 400 * time.Millisecond, Quiet: time.Millisecond}, nil)
	kept := dial(t, s.at)
	kept.ask(t, "/")
	s.leave(ErrReplaced)
	time.Sleep(200 * time.Millisecond)
	if res := kept.ask(t, "/"); !res.Close {
		t.Error("the connection is not asked to end")
	}
	s.ends(t, time.Second)
}

func TestListenRefusesAnAddressInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := Inherit(nil)
	if err != nil || s.Handed() {
		t.Fatal(err)
	}
	if _, _, err := s.Listen(Web, l.Addr().String()); err == nil {
		t.Error("an address in use was taken")
	}
}

func TestHandedNames(t *testing.T) {
	self := "LISTEN_PID=" + strconv.Itoa(os.Getpid())
	for _, tt := range []struct {
		environ []string
		want    []string
		handed  bool
	}{
		{nil, nil, false},
		{[]string{"LISTEN_FDS=1", "LISTEN_PID=1"}, nil, false},
		{[]string{"LISTEN_FDS=1", self}, []string{Web}, false},
		{[]string{"LISTEN_FDS=2", self, "LISTEN_FDNAMES=asye.socket:metrics"}, []string{Web, Metrics}, false},
		{[]string{"ASYE_HANDED=web:metrics", "LISTEN_FDS=2"}, []string{Web, Metrics}, true},
	} {
		got, handed := handedNames(tt.environ)
		if len(got) != len(tt.want) || handed != tt.handed {
			t.Errorf("%v: %v, %t", tt.environ, got, handed)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%v: %v", tt.environ, got)
			}
		}
	}
}

// A next program that does not start changes nothing: the socket still works,
// and can be closed.
func TestRUN2_NoSuccessorNoChange(t *testing.T) {
	s, err := Inherit(nil)
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := s.Listen(Web, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/nowhere/asye", "/bin/false", "/bin/sleep"} {
		err := s.Succeed(t.Context(), Program{Path: path, Args: []string{"60"}, Out: io.Discard, Err: io.Discard}, 300*time.Millisecond)
		if err == nil {
			t.Errorf("%s has taken over", path)
		}
	}
	go func() {
		if conn, err := l.Accept(); err == nil {
			conn.Close()
		}
	}()
	if conn, err := net.Dial("tcp", l.Addr().String()); err != nil {
		t.Errorf("the socket is gone: %v", err)
	} else {
		conn.Close()
	}
	closed := make(chan error, 1)
	go func() { closed <- l.Close() }()
	select {
	case err := <-closed:
		if err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	case <-time.After(time.Second):
		t.Error("the socket cannot be closed: its mode was changed")
	}
}
