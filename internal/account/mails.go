package account

import (
	"example.org/asye/internal/account/letters"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/mail"
)

// linkMail is the message that carries a one-time link.
func (s *Store) linkMail(p Person, purpose Purpose, l letters.Letter) (mail.Message, error) {
	l.Name, l.Service, l.Site = p.Known(), s.settings.ServiceName, s.settings.BaseURL
	write := letters.SignIn
	if purpose == ToInvite {
		write = letters.Invitation
	}
	text, err := write(l)
	return mail.Message{To: p.Email, Subject: text.Subject, Body: text.Body}, err
}

// movedMail tells the old mailbox that it is no longer used.
func (s *Store) movedMail(was Person, who asye.Identity) (mail.Message, error) {
	text, err := letters.Moved(letters.Letter{Name: who.Known(), Service: s.settings.ServiceName})
	return mail.Message{To: was.Email, Subject: text.Subject, Body: text.Body}, err
}
