package mine

import (
	"net/http"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// privacyShowView is who can see what, from where the reader stands.
type privacyShowView struct {
	ui.Page
	Role     asye.Role // the reader's; empty for a visitor
	Holdings []kept
}

// privacyShow serves "Who can see what".
func (p *pages) privacyShow(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, privacyShow(privacyShowView{r.Page("Who can see what"), r.Scope.Role(), holdings()}))
}

// intro says what the page means for the reader.
func (v privacyShowView) intro() string {
	switch v.Role {
	case asye.NQSW:
		return "This is your own information. Each part says why it is kept and who sees it."
	case "":
		return "“You” is a newly qualified social worker (NQSW) whose year is recorded here."
	}
	return "You are signed in as: " + v.Role.String() + ". Your own role comes first in each part. “You” in the other lines is the NQSW whom the information is about."
}

// rows are who sees a kind of information, the reader's own role first.
func (v privacyShowView) rows(k kept) []ui.SummaryRow {
	var first, rest []ui.SummaryRow
	for _, role := range asye.Roles() {
		text, sees := k.Seen[role]
		if !sees {
			text = "Nothing."
		}
		row := ui.SummaryRow{Key: v.name(role), Text: text}
		if role == v.Role {
			first = append(first, row)
		} else {
			rest = append(rest, row)
		}
	}
	return append(first, rest...)
}

func (v privacyShowView) name(role asye.Role) string {
	name := role.String()
	if role == asye.NQSW && (v.Role == "" || v.Role == asye.NQSW) {
		return "You"
	}
	if role == v.Role {
		return name + " (your role now)"
	}
	return name
}
