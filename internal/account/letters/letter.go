package letters

import (
	"strings"
	"text/template"

	"example.org/asye/internal/asye"
)

// Letter is what the texts below may say. None of them tells an outcome, a
// result or an answer: mail is read in many places.
type Letter struct {
	Name    string
	Service string
	Org     string
	Inviter string // who invites, where it is a person
	Role    asye.Role
	Site    string // how the address of the service begins
	Link    string
	Until   string

	Directory string // with which alone the person signs in; empty for a link that signs in
}

// ForNQSW reports whether the letter goes to an NQSW.
func (l Letter) ForNQSW() bool { return l.Role == asye.NQSW }

// As is the role in the middle of a sentence.
func (l Letter) As() string {
	switch l.Role {
	case asye.National:
		return "a member of the national team"
	case asye.Coordinator:
		return "a coordinator"
	case asye.Director:
		return "a director"
	}
	return "an " + strings.ToLower(l.Role.String())
}

var signInText = template.Must(template.New("sign in").Parse(`Hello {{.Name}},

{{if .Directory}}You sign in to {{.Service}} with your account at {{.Directory}}, and not
with a link that works once. This page leads there:

{{.Link}}

If you did not ask for it, you need do nothing.
{{else}}Use this link to sign in to {{.Service}}:

{{.Link}}

On the page that opens, press "Sign in". The link works once, until {{.Until}}.

If you did not ask for it, you need do nothing: nobody can sign in without
this message.
{{end}}`))

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

{{if .Directory}}It leads to the sign-in of {{.Directory}}. Use the account that you
have there.
{{else}}On the page that opens, press "Sign in". There is no password. The link works
once, until {{.Until}}. After that, go to {{.Site}}/sign-in
and have a new one sent to this address.
{{end}}
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

// Text is a letter as it is mailed.
type Text struct{ Subject, Body string }

func write(t *template.Template, subject string, l Letter) (Text, error) {
	var out strings.Builder
	err := t.Execute(&out, l)
	return Text{subject, out.String()}, err
}

// SignIn carries a link to sign in.
func SignIn(l Letter) (Text, error) {
	return write(signInText, "Your link to sign in to "+l.Service, l)
}

// Invitation carries the first link.
func Invitation(l Letter) (Text, error) {
	return write(invitationText, l.Org+" invites you to "+l.Service+", for the ASYE", l)
}

// Moved tells the old mailbox that it is no longer used. It does not give the
// new address away.
func Moved(l Letter) (Text, error) {
	return write(movedText, "Your e-mail address at "+l.Service+" has changed", l)
}
