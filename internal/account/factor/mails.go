package factor

import (
	"strings"
	"text/template"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/mail"
)

// letter is what the texts below may say.
type letter struct {
	Name, Service, Site string
	Done                string // what was done
	When                string
	Code                string
	Minutes             int
}

var changedText = template.Must(template.New("changed").Parse(`Hello {{.Name}},

{{.Done}}

It was done on {{.When}}, at {{.Service}}:
{{.Site}}

If it was you, you need do nothing. If not, sign in at once, press "Sign out
everywhere" under "Your account", and tell the person who runs the ASYE
programme at your employer.
`))

var codeText = template.Must(template.New("code").Parse(`Hello {{.Name}},

{{.Code}}

is the code with which you show {{.Service}} that it is you. Type it into the
page that asked for it. It works once, for {{.Minutes}} minutes.

Nobody will ever ask you for it by telephone or in a message. If you did not ask
for it, somebody may be at a device on which you are signed in: sign in
elsewhere, and press "Sign out everywhere" under "Your account".
`))

func write(t *template.Template, l letter) (string, error) {
	var out strings.Builder
	err := t.Execute(&out, l)
	return out.String(), err
}

// changedMail tells somebody what was changed about how they sign in.
func (s *Store) changedMail(to account.Person, l letter) (mail.Message, error) {
	l.Name, l.Service, l.Site = to.Known(), s.account.Settings().ServiceName, s.account.Settings().BaseURL
	body, err := write(changedText, l)
	return mail.Message{To: to.Email, Subject: "How you sign in to " + l.Service, Body: body}, err
}

// codeMail carries a code. The code is not in the subject, which lock screens
// show.
func (s *Store) codeMail(to account.Person, code string) (mail.Message, error) {
	l := letter{Name: to.Known(), Service: s.account.Settings().ServiceName, Code: code, Minutes: int(s.settings.MailLife.Minutes())}
	body, err := write(codeText, l)
	return mail.Message{To: to.Email, Subject: "Your code for " + l.Service, Body: body}, err
}
