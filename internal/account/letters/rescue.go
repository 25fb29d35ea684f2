package letters

import (
	"strings"
	"text/template"
)

// Rescue is what the letter says that tells administrators of another one, who
// was made from the command line.
type Rescue struct {
	Name     string
	Service  string
	Who      string
	Email    string
	When     string
	Operator string
	Reason   string
	Site     string
}

var rescuedText = template.Must(template.New("rescued").Parse(`Hello {{.Name}},

{{.Who}} ({{.Email}}) was made an administrator of the whole of {{.Service}},
or let in again, on {{.When}}. It was done from the command line
of the server, by {{.Operator}}, who gave this reason:

  {{.Reason}}

You get this message because you are an administrator too. If you know of it,
you need do nothing. If not, ask whoever runs the server at once; the audit
trail has the details:

{{.Site}}/admin/audit
`))

// Rescued tells an administrator of another one, who was made from the command
// line.
func Rescued(r Rescue) (Text, error) {
	r.Reason = strings.Join(strings.Fields(r.Reason), " ")
	var out strings.Builder
	err := rescuedText.Execute(&out, r)
	return Text{"An administrator of " + r.Service + " was made from the command line", out.String()}, err
}
