package serving

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Handed is the variable in which a program tells its successor the names of
// the sockets that it hands over.
const Handed = "ASYE_HANDED"

// firstHanded is the number of the first file that a program is started with,
// after the three standard ones: SD_LISTEN_FDS_START of systemd.
const firstHanded = 3

// Sockets are the sockets of a program: those that it was started with, and
// those that it has opened.
type Sockets struct {
	environ []string
	handed  bool // by a predecessor, who waits to be told
	kept    bool // by systemd, whoever handed them on
	before  int  // the process that handed them
	tell    *os.File
	mu      sync.Mutex
	given   map[string]net.Listener
	open    []socket
}

type socket struct {
	name string
	net.Listener
}

// Inherit takes the sockets that this program was started with, from systemd or
// from the program before it; most often there are none.
func Inherit(environ []string) (*Sockets, error) {
	s := &Sockets{environ: environ, given: map[string]net.Listener{}}
	names, handed := handedNames(environ)
	_, system := lookUp(environ, "LISTEN_FDS")
	s.kept = system && len(names) > 0
	for i, name := range names {
		l, err := take(firstHanded+i, name)
		if err != nil {
			return nil, fmt.Errorf("the socket %q that the program was started with cannot be used: %w", name, err)
		}
		if s.given[name] != nil {
			l.Close()
			return nil, fmt.Errorf("the program was started with two sockets called %q: name them with FileDescriptorName=", name)
		}
		s.given[name] = l
	}
	if handed {
		at := firstHanded + len(names)
		syscall.CloseOnExec(at)
		s.handed, s.tell, s.before = true, os.NewFile(uintptr(at), "predecessor"), os.Getppid()
	}
	return s, nil
}

// handedNames are the names of the sockets that the program was started with,
// in the order of their files. handed tells that a predecessor gave them.
func handedNames(environ []string) (names []string, handed bool) {
	if text, ok := lookUp(environ, Handed); ok {
		return strings.Split(text, ":"), true
	}
	if pid, _ := lookUp(environ, "LISTEN_PID"); pid != strconv.Itoa(os.Getpid()) {
		return nil, false // they are meant for another process
	}
	count, _ := lookUp(environ, "LISTEN_FDS")
	n, err := strconv.Atoi(count)
	if err != nil {
		return nil, false
	}
	text, _ := lookUp(environ, "LISTEN_FDNAMES")
	given := strings.Split(text, ":")
	for i := range n {
		name := Web
		if i < len(given) && given[i] == Metrics {
			name = Metrics
		}
		names = append(names, name)
	}
	return names, false
}

// The names of the sockets. One that systemd calls anything but metrics is the
// service's own.
const (
	Web     = "web"
	Metrics = "metrics"
)

func lookUp(environ []string, name string) (string, bool) {
	for _, pair := range environ {
		if key, text, _ := strings.Cut(pair, "="); key == name && text != "" {
			return text, true
		}
	}
	return "", false
}

func take(fd int, name string) (net.Listener, error) {
	syscall.CloseOnExec(fd)
	f := os.NewFile(uintptr(fd), name)
	if f == nil {
		return nil, os.ErrInvalid
	}
	defer f.Close() // the listener has a copy
	return net.FileListener(f)
}

// Handed reports whether a predecessor handed its sockets to this program.
func (s *Sockets) Handed() bool { return s.handed }

// Alone waits until the predecessor has ended, where there is one, for work that
// only one program may do. It is false when ctx ends first.
func (s *Sockets) Alone(ctx context.Context) bool {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for s.handed && os.Getppid() == s.before {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return true
}

// Listen is the socket of a name: the one that the program was started with,
// else a new one. held tells that systemd keeps it open when this program ends.
// One that a predecessor opened itself, at another address, is closed.
func (s *Sockets) Listen(name, addr string) (l net.Listener, held bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l = s.given[name]
	delete(s.given, name)
	if l != nil && !s.kept && !isAt(l, addr) {
		l.Close()
		l = nil
	}
	held = l != nil && s.kept
	if l == nil {
		if l, err = net.Listen("tcp", addr); err != nil {
			return nil, false, fmt.Errorf("the address %s cannot be listened on: %w", addr, err)
		}
	}
	s.open = append(s.open, socket{name, l})
	return l, held, nil
}

// isAt reports whether a socket listens at an address.
func isAt(l net.Listener, addr string) bool {
	want, err := net.ResolveTCPAddr("tcp", addr)
	have, ok := l.Addr().(*net.TCPAddr)
	if err != nil || !ok {
		return false
	}
	anywhere := func(ip net.IP) bool { return ip == nil || ip.IsUnspecified() }
	return (want.Port == 0 || want.Port == have.Port) &&
		(want.IP.Equal(have.IP) || anywhere(want.IP) && anywhere(have.IP))
}

// Ready tells whoever started the program that it serves: systemd, and the
// predecessor, who now stops. Sockets that nobody has asked for are closed.
func (s *Sockets) Ready() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.given {
		l.Close()
	}
	s.given = map[string]net.Listener{}
	if s.tell != nil {
		_, _ = s.tell.Write([]byte{'r'}) // a predecessor that has gone needs no telling
		s.tell.Close()
		s.tell = nil
		return
	}
	s.notify("READY=1")
}

// Stopping tells systemd that the program is about to end.
func (s *Sockets) Stopping() { s.notify("STOPPING=1") }

// notify speaks to systemd, sd_notify(3), where that has started the program.
func (s *Sockets) notify(text string) {
	at, ok := lookUp(s.environ, "NOTIFY_SOCKET")
	if !ok {
		return
	}
	conn, err := net.Dial("unixgram", at)
	if err != nil {
		return // whoever asked to be told has gone
	}
	defer conn.Close()
	_, _ = conn.Write([]byte(text))
}
