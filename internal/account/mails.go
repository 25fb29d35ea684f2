package account

import (
	"strings"
	"text/template"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/mail"
)

// letter is what the texts below may say. None of them tells an outcome, a
// result or an answer: mail is read in many places.
type letter struct {
	Name    string
	Service string
	Org     string
	Inviter string // who invites, where it is a person
	Role    asye.Role
	Site    string // how the address of the service begins
	Link    string
	Until   string
}

// ForNQSW reports whether the letter goes to an NQSW.
func (l letter) ForNQSW() bool { return l.Role == asye.NQSW }

// As is the role in the middle of a sentence.
func (l letter) As() string {
	switch l.Role {
	case asye.National:
		return "a member of the national team"
	case asye.Coordinator:
		return "a coordinator"
	}
	return "an " + strings.ToLower(l.Role.String())
}

var signInText = template.Must(template.New("sign in").Parse(`Hello {{.Name}},

Use this link to sign in to {{.Service}}:

{{.Link}}

On the page that opens, press "Sign in". The link works once, until {{.Until}}.

If you did not ask for it, you need do nothing: nobody can sign in without
this message.
`))

var invitationText = template.Must(template.New("invitation").Parse(`Hello {{.Name}},

{{with .Inviter}}{{.}} of {{end}}{{.Org}} invites you to {{.Service}}. It is the service that keeps the
records of the assessed and supported year in employment (ASYE), the first year
of newly qualified social workers.
{{if .ForNQSW}}
You get this message because {{.Org}} has registered you for your year. Please
do two things, which take a few minutes:

1. Check the details that were given about you, and put right what is wrong.
2. Look at the equality questions. You need not answer them, and your employer
   never sees your answers.
{{else if .Role}}
You get this message because you have been made {{.As}} there for {{.Org}}.
{{end}}
To sign in for the first time, open this link:

{{.Link}}

On the page that opens, press "Sign in". There is no password. The link works
once, until {{.Until}}. After that, go to {{.Site}}/sign-in
and have a new one sent to this address.

How to check that this message is real: the link begins with {{.Site}}/
and we never ask for a password or for bank details. If you are not sure, do not
open the link. Ask {{with .Inviter}}{{.}}{{else}}whoever runs the ASYE programme at {{.Org}}{{end}} in person, or by a telephone number that you
have from elsewhere.

If you do not work for {{.Org}}, somebody has mistyped an address. Delete this
message, and tell {{.Org}} if you can.
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
	l.Name, l.Service, l.Site = p.Known(), s.settings.ServiceName, s.settings.BaseURL
	text, subject := signInText, "Your link to sign in to "+l.Service
	if purpose == ToInvite {
		text, subject = invitationText, l.Org+" invites you to "+l.Service+", for the ASYE"
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
