package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// patience is how long one conversation with the mail server may take, where its
// address does not say, and at most: well within the claim of a message.
const (
	patience     = 20 * time.Second
	mostPatience = time.Minute
)

// Message is one plain-text mail to one person.
type Message struct{ To, Subject, Body string }

// outcome is what became of a message that was handed to the server.
type outcome int

const (
	taken   outcome = iota // the server has it
	later                  // the server does not take this message now, or took it and did not say so
	refused                // the server will never take this message
	away                   // the server takes nothing, whatever the message
)

// Server is a mail server and the address that mail comes from.
type Server struct {
	host, user, password string
	port                 int
	implicitTLS          bool
	tls                  gomail.TLSPolicy
	from, domain         string
	patience             time.Duration
}

// ParseServer reads smtp://user:password@host:port, or smtps:// where the
// server speaks TLS from the first byte, and the address that mail comes from.
// A server elsewhere must offer TLS; ?tls=off says that it need not. ?timeout=5s
// is how long one conversation may take.
func ParseServer(address, from string) (*Server, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "smtp" && u.Scheme != "smtps") || u.Hostname() == "" {
		return nil, errors.New("the mail server's address cannot be read: write it like smtp://user:password@mail.example.org:587")
	}
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, errors.New("the address that mail comes from cannot be read: write it like asye <asye@example.org>")
	}
	s := &Server{host: u.Hostname(), user: u.User.Username(), from: sender.String(),
		port: 587, implicitTLS: u.Scheme == "smtps", tls: gomail.TLSMandatory, patience: patience}
	_, s.domain, _ = strings.Cut(sender.Address, "@")
	s.password, _ = u.User.Password()
	if s.implicitTLS {
		s.port = 465
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, errors.New("the mail server's port must be a number")
		}
	}
	if here := net.ParseIP(s.host); s.host == "localhost" || here != nil && here.IsLoopback() {
		s.tls = gomail.TLSOpportunistic
	}
	if u.Query().Get("tls") == "off" {
		s.tls = gomail.NoTLS
	}
	if text := u.Query().Get("timeout"); text != "" {
		if s.patience, err = time.ParseDuration(text); err != nil || s.patience <= 0 || s.patience > mostPatience {
			return nil, errors.New("the mail server's timeout must be a length of time up to a minute, like 20s")
		}
	}
	return s, nil
}

// String names the server without its password.
func (s *Server) String() string { return fmt.Sprintf("%s:%d", s.host, s.port) }

// send hands one message to the server. id tells the message from all others:
// whoever gets it twice can see that it is the same.
func (s *Server) send(ctx context.Context, id string, m Message) (outcome, error) {
	msg := gomail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return refused, err
	}
	if err := msg.To(m.To); err != nil {
		return refused, fmt.Errorf("%q is not an e-mail address: %w", m.To, err)
	}
	msg.SetMessageIDWithValue(id + "@" + s.domain)
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	client, err := gomail.NewClient(s.host, s.options()...)
	if err != nil {
		return away, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		return taken, nil // what goes wrong in the good-bye changes nothing
	}
	return judge(err), err
}

func (s *Server) options() []gomail.Option {
	o := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.patience)}
	if s.implicitTLS {
		o = append(o, gomail.WithSSL())
	} else {
		o = append(o, gomail.WithTLSPolicy(s.tls))
	}
	if s.user != "" {
		o = append(o, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	return o
}

// judge tells what is wrong with a message from what is wrong with the server:
// an answer to the recipient or to the text is about the message (RFC 5321
// section 4.2.1), all else would befall every other message too.
func judge(err error) outcome {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return away // no conversation came about
	}
	const closing = 421 // the server is being stopped
	switch {
	case e.Reason == gomail.ErrSMTPDataClose && e.ErrorCode() == 0:
		return later // it had the whole text when it fell silent
	case e.ErrorCode() == 0, e.ErrorCode() == closing, e.Reason == gomail.ErrSMTPMailFrom:
		return away
	case e.IsTemp():
		return later
	}
	return refused
}
