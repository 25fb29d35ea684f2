package mail_test

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/platform/mail"
)

// mood is how the post office behaves.
type mood string

const (
	well         mood = "well"
	hanging      mood = "takes the call and says nothing"
	closing      mood = "says 421 and hangs up"
	unwilling    mood = "greets with 554"
	tempered     mood = "says 451 to every recipient"
	shy          mood = "hangs up at the sender"
	mid          mood = "hangs up in the middle of the text"
	cutAndLost   mood = "hangs up after the text, and has lost it"
	cutAndTaken  mood = "hangs up after the text, and has it"
	cutAfterward mood = "takes the text, says so, and hangs up"
)

// office is a post office that can be in any mood, or not be there at all.
type office struct {
	t       *testing.T
	address string
	mu      sync.Mutex
	mood    mood
	open    net.Listener
	taken   map[string]int  // by Message-ID
	unsaid  map[string]bool // taken, without an answer that said so
	tries   int
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, mood: well, taken: map[string]int{}, unsaid: map[string]bool{}}
	o.reopen()
	t.Cleanup(o.shut)
	return o
}

// server is the office as the outbox knows it.
func (o *office) server() *mail.Server {
	o.t.Helper()
	s, err := mail.ParseServer("smtp://"+o.address+"?timeout=100ms", "asye <asye@example.org>")
	if err != nil {
		o.t.Fatal(err)
	}
	return s
}

// reopen listens, at the same address as before.
func (o *office) reopen() {
	o.t.Helper()
	at := o.address
	if at == "" {
		at = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", at)
	if err != nil {
		o.t.Fatal(err)
	}
	o.open, o.address = listener, listener.Addr().String()
	go func() {
		for {
			call, err := listener.Accept()
			if err != nil {
				return
			}
			go o.answer(call)
		}
	}()
}

// shut lets nobody in any more.
func (o *office) shut() { o.open.Close() }

func (o *office) be(m mood) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.mood = m
}

// answer is one conversation.
func (o *office) answer(call net.Conn) {
	defer call.Close()
	o.mu.Lock()
	m := o.mood
	o.tries++
	o.mu.Unlock()
	greeting := map[mood]string{closing: "421 closing", unwilling: "554 go away"}[m]
	if m == hanging {
		call.Read(make([]byte, 1)) // until the caller gives up
		return
	}
	if greeting != "" {
		call.Write([]byte(greeting + "\r\n"))
		return
	}
	call.Write([]byte("220 here\r\n"))
	for lines := bufio.NewReader(call); o.command(m, call, lines); {
	}
}

// command answers one line, and reports whether the conversation goes on.
func (o *office) command(m mood, call net.Conn, lines *bufio.Reader) bool {
	line, err := lines.ReadString('\n')
	verb := strings.ToUpper(strings.TrimSpace(line))
	reply := "250 fine"
	switch {
	case err != nil, m == shy && strings.HasPrefix(verb, "MAIL"), m == cutAfterward && verb == "RSET":
		return false
	case strings.HasPrefix(verb, "RCPT") && strings.Contains(verb, "<GONE"):
		reply = "550 no such mailbox"
	case strings.HasPrefix(verb, "RCPT") && m == tempered:
		reply = "451 later"
	case verb == "DATA":
		call.Write([]byte("354 go on\r\n"))
		if !o.text(m, lines) {
			return false
		}
	case verb == "QUIT":
		call.Write([]byte("221 bye\r\n"))
		return false
	}
	_, err = call.Write([]byte(reply + "\r\n"))
	return err == nil
}

// text reads a message, and reports whether to say that it was taken.
func (o *office) text(m mood, lines *bufio.Reader) bool {
	id := ""
	for n := 0; ; n++ {
		line, err := lines.ReadString('\n')
		if err != nil || m == mid && n == 3 {
			return false
		}
		if value, ok := strings.CutPrefix(line, "Message-ID: "); ok {
			id = strings.TrimSpace(value)
		}
		if line == ".\r\n" {
			break
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if m == cutAndLost {
		return false
	}
	o.taken[id]++
	if m == cutAndTaken {
		o.unsaid[id] = true
		return false
	}
	return true
}
