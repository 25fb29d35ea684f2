package mine

import (
	"net/http"
	"strings"

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

// rows are who sees a kind of information, the reader's own role first. Those
// who see nothing of it share a line.
func (v privacyShowView) rows(k kept) []ui.SummaryRow {
	var first, rest []ui.SummaryRow
	var none []string
	for _, role := range asye.Roles() {
		text, sees := k.Seen[role]
		if !sees {
			none = append(none, v.name(role))
			continue
		}
		row := ui.SummaryRow{Key: v.name(role), Text: text}
		if role == v.Role {
			first = append(first, row)
		} else {
			rest = append(rest, row)
		}
	}
	rows := append([]ui.SummaryRow{{Key: "Why it is kept", Text: k.Why}}, append(first, rest...)...)
	if len(none) > 0 {
		rows = append(rows, ui.SummaryRow{Key: "Sees nothing of it", Text: strings.Join(none, ", ")})
	}
	return rows
}

// employer is whose employer the page tells of.
func (v privacyShowView) employer() string {
	if v.Role == asye.NQSW || v.Role == "" {
		return "your employer"
	}
	return "an NQSW’s employer"
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
