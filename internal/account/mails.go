package account

import (
	"strings"
	"text/template"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/mail"
)

// letter is what the texts below may say. None of them tells an outcome, a
// result or an answer: mail is read in many places.
type letter struct {
	Name    string
	Service string
	Org     string
	Link    string
	Until   string
}

var signInText = template.Must(template.New("sign in").Parse(`Hello {{.Name}},

Use this link to sign in to {{.Service}}:

{{.Link}}

On the page that opens, press "Sign in". The link works once, until {{.Until}}.

If you did not ask for it, you need do nothing: nobody can sign in without
this message.
`))

var invitationText = template.Must(template.New("invitation").Parse(`Hello {{.Name}},

{{.Org}} has given you access to {{.Service}}, where the assessed and supported
year in employment (ASYE) is recorded.

Use this link to sign in for the first time:

{{.Link}}

On the page that opens, press "Sign in". The link works once, until {{.Until}}.
After that, you can have a new one sent to this address whenever you sign in.
`))

var movedText = template.Must(template.New("moved").Parse(`Hello {{.Name}},

Your account at {{.Service}} now uses another e-mail address. This address can
no longer be used to sign in.

If you did not expect this, tell the person who runs the ASYE programme at your
employer at once.
`))

func write(t *template.Template, l letter) (string, error) {
	var out strings.Builder
	err := t.Execute(&out, l)
	return out.String(), err
}

// linkMail is the message that carries a one-time link.
func (s *Store) linkMail(p Person, purpose Purpose, l letter) (mail.Message, error) {
	l.Name, l.Service = p.Known(), s.settings.ServiceName
	text, subject := signInText, "Your link to sign in to "+l.Service
	if purpose == ToInvite {
		text, subject = invitationText, "You now have access to "+l.Service
	}
	body, err := write(text, l)
	return mail.Message{To: p.Email, Subject: subject, Body: body}, err
}

// movedMail tells the old mailbox that it is no longer used. It does not give
// the new address away.
func (s *Store) movedMail(was Person, who asye.Identity) (mail.Message, error) {
	body, err := write(movedText, letter{Name: who.Known(), Service: s.settings.ServiceName})
	return mail.Message{To: was.Email, Subject: "Your e-mail address at " + s.settings.ServiceName + " has changed", Body: body}, err
}

// Moment is an instant as people read it, on the clock in London: "10:15 on 22
// November 2026".
func Moment(at asye.Instant) string {
	return at.Time().In(clock.London).Format("15:04 on 2 January 2006")
}
