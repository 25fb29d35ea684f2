package backup

import (
	"strings"
	"text/template"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/mail"
)

var lateText = template.Must(template.New("late").Parse(`{{if .Last}}The last good backup of {{.Service}} is {{.Age}} old: it was begun on
{{.Last}}. It should never be older than {{.Alarm}}.
{{else}}There is no good backup of {{.Service}}, although one should have been made
every {{.Every}} for {{.Age}}.
{{end}}
If the machine were lost now, everything since then would be lost with it.

What to do: look at {{.Page}}
for why the last ones failed. Most often the disk is full, or the folder can no
longer be written to. A backup made by hand with asye backup counts as well.

You get this message because you look after the whole service, and another one
each day until there is a good backup again.
`))

var behindText = template.Must(template.New("behind").Parse(`The log of {{.Service}} is shipped to a second place, and that is {{.Age}}
behind. It should never be more than {{.Alarm}}.

If the machine were lost now, what was written since then would have to come
from the last backup.

What to do: see whether the place that ship_to names can be reached and written
to. What the service says of it is in its own log and at
{{.Page}}

You get this message because you look after the whole service, and another one
each day until it has caught up.
`))

// plight is what the texts may say. They tell nothing of any person.
type plight struct{ Service, Last, Age, Alarm, Every, Page string }

func (s *Store) lateMail(h Health) mail.Message {
	p := s.plight(h)
	p.Age, p.Alarm, p.Every = Ago(h.Age), Ago(s.settings.Alarm), Ago(s.settings.Every)
	if h.Found {
		p.Last = clock.Moment(h.Last.StartedAt)
	}
	return mail.Message{Subject: s.needs.Service + " has no recent backup", Body: write(lateText, p)}
}

func (s *Store) behindMail(h Health) mail.Message {
	p := s.plight(h)
	p.Age, p.Alarm = Ago(h.Behind), Ago(mostBehind)
	return mail.Message{Subject: s.needs.Service + " is behind with shipping its log", Body: write(behindText, p)}
}

func (s *Store) plight(Health) plight {
	return plight{Service: s.needs.Service, Page: s.needs.Site + paths.AdminBackups()}
}

// write fills a text that the tests fill in all its forms.
func write(t *template.Template, p plight) string {
	var out strings.Builder
	if err := t.Execute(&out, p); err != nil {
		return err.Error()
	}
	return out.String()
}
