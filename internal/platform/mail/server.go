package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// sendTimeout is how long one conversation with the mail server may take.
const sendTimeout = 20 * time.Second

// Message is one plain-text mail to one person.
type Message struct{ To, Subject, Body string }

// Server is a mail server and the address that mail comes from.
type Server struct {
	host, user, password string
	port                 int
	implicitTLS          bool
	tls                  gomail.TLSPolicy
	from                 string
}

// ParseServer reads smtp://user:password@host:port, or smtps:// where the
// server speaks TLS from the first byte, and the address that mail comes from.
// A server elsewhere must offer TLS; ?tls=off says that it need not.
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
		port: 587, implicitTLS: u.Scheme == "smtps", tls: gomail.TLSMandatory}
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
	return s, nil
}

// String names the server without its password.
func (s *Server) String() string { return fmt.Sprintf("%s:%d", s.host, s.port) }

// send hands one message to the server. permanent tells that it never will be
// taken.
func (s *Server) send(ctx context.Context, m Message) (permanent bool, err error) {
	msg := gomail.NewMsg()
	if err := msg.From(s.from); err != nil {
		return true, err
	}
	if err := msg.To(m.To); err != nil {
		return true, fmt.Errorf("%q is not an e-mail address: %w", m.To, err)
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Body)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	client, err := gomail.NewClient(s.host, s.options()...)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return refused(err), err
	}
	return false, nil
}

func (s *Server) options() []gomail.Option {
	o := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(sendTimeout)}
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

// refused reports whether the server will never take this message (a 5xx
// answer to the recipient or to the text, RFC 5321 section 4.2.1).
func refused(err error) bool {
	var e *gomail.SendError
	return errors.As(err, &e) && !e.IsTemp() && e.ErrorCode() >= 500
}
