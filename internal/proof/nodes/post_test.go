package nodes

import (
	"bytes"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// post is a mail server that remembers who got what from which node.
type post struct {
	at      string
	mu      sync.Mutex
	letters map[string][]letter // by recipient
	senders map[string]int
	hold    chan struct{} // while it is there, letters are not taken
	held    chan string   // who is kept waiting
}

func openPost(t *testing.T) *post {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &post{at: l.Addr().String(), letters: map[string][]letter{}, senders: map[string]int{}, held: make(chan string, 10)}
	server := smtp.NewServer(p)
	server.Domain = "localhost"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return p
}

// NewSession begins a conversation.
func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &conversation{p: p}, nil }

// wait keeps every letter waiting until the function that it gives is called.
func (p *post) wait() (release func()) {
	gate := make(chan struct{})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold = gate
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.hold = nil
		close(gate)
	}
}

// letter is what somebody got.
type letter struct{ heading, text string }

// of gives the letters to somebody.
func (p *post) of(recipient string) []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]letter{}, p.letters[recipient]...)
}

func (p *post) sent() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[string]int{}
	for who, n := range p.senders {
		out[who] = n
	}
	return out
}

type conversation struct {
	p        *post
	from, to string
}

// Reset forgets what was said.
func (c *conversation) Reset() {}

// Logout ends the conversation.
func (c *conversation) Logout() error { return nil }

// Mail hears who sends.
func (c *conversation) Mail(from string, _ *smtp.MailOptions) error {
	c.from = from
	return nil
}

// Rcpt hears for whom it is.
func (c *conversation) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.to = to
	return nil
}

// Data takes the letter, unless letters are kept waiting.
func (c *conversation) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.p.mu.Lock()
	gate := c.p.hold
	c.p.mu.Unlock()
	if gate != nil {
		c.p.held <- c.to
		<-gate
	}
	message, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		return err
	}
	var body io.Reader = message.Body
	if message.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(body)
	}
	words, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.letters[c.to] = append(c.p.letters[c.to], letter{message.Header.Get("Subject"), string(words)})
	c.p.senders[c.from]++
	return nil
}
