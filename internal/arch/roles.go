package arch

import (
	"regexp"
	"strings"
)

// role is what the name of a file in a capability says it does.
type role struct {
	name  string
	files *regexp.Regexp // nil for the role of every other file
	may   []string       // packages that this role may use and a deciding file may not
}

// roleOther is every file whose name says nothing else: it decides.
var roleOther = role{"a file that decides", nil, nil}

// pure are the packages, besides the standard library, that know no database
// and no browser: every role may use them. files turns bytes into rows and back;
// docs holds our own documents and prose reads them; passkey, password and onetime
// judge what somebody shows.
var pure = []string{"docs", "internal/asye", "internal/platform/fault", "internal/programme", "internal/platform/files", "internal/platform/files/sealed", "internal/platform/workbook",
	"internal/platform/inventory", "internal/platform/prose", "internal/platform/passkey", "internal/platform/password", "internal/platform/onetime"}

// outside are the parts of the standard library that reach out of the program.
var outside = []string{"net/http", "database/sql", "os", "os/exec", "net"}

var pageUses = []string{"net/http", "internal/platform/web", "internal/platform/ui", "internal/platform/journey",
	"internal/platform/policy", "internal/platform/tenant", "internal/platform/clock",
	"internal/platform/jobs", "internal/platform/mail", "internal/platform/openid", "internal/paths", "internal/access", "internal/roster",
	"github.com/a-h/templ"}

// fileRoles are read in order. A page is known by its .templ twin instead.
var fileRoles = []role{
	{"a store", regexp.MustCompile(`^store(_\w+)?\.go$`), []string{"database/sql", "internal/platform/db",
		"internal/platform/audit", "internal/platform/lines", "internal/platform/tenant", "internal/platform/clock", "internal/platform/jobs",
		"internal/platform/mail", "internal/paths", "internal/access", "internal/platform/policy"}},
	{"routes.go", regexp.MustCompile(`^routes\.go$`), append([]string{"net"}, pageUses...)},
	{"cards.go", regexp.MustCompile(`^cards\.go$`), pageUses},
	{"a form", regexp.MustCompile(`_form\.go$`), pageUses},
	{"commands.go", regexp.MustCompile(`^commands(_\w+)?\.go$`), []string{"os", "internal/platform/cli",
		"internal/platform/tenant", "internal/platform/clock"}},
	{"jobs.go", regexp.MustCompile(`^jobs\.go$`), []string{"internal/platform/jobs", "internal/platform/mail",
		"internal/platform/tenant", "internal/platform/clock", "internal/paths"}},
	{"mails.go", regexp.MustCompile(`^mails\.go$`), []string{"internal/platform/mail", "internal/platform/clock", "internal/paths"}},
	{"an export", regexp.MustCompile(`^export(_\w+)?\.go$`), []string{"internal/platform/tenant"}},
}

// roles holds what each kind of file in a capability may import.
func roles(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		l, first := layerOf(f.Dir())
		if l != capability && first != "roster" || strings.HasSuffix(f.Dir(), "/migrations") {
			continue
		}
		r := roleOf(t, f)
		for to, pos := range f.Imports() {
			if !mayImport(r, f.Dir(), to) {
				out = append(out, t.finding(f, t.Line(pos), "imports %s, which %s may not: see \"File roles\" in docs/house.md", to, r.name))
			}
		}
	}
	return out
}

func roleOf(t *Tree, f *File) role {
	drawn := t.Find(strings.TrimSuffix(f.Path, ".go")+".templ") != nil
	for _, r := range fileRoles {
		if r.files.MatchString(f.Base()) && !drawn {
			return r
		}
	}
	if isPage(t, f) {
		return role{"a page", nil, pageUses}
	}
	return roleOther
}

// isPage reports whether a file draws a page: it has a template of its own
// name, or is one act of a noun whose acts share a form (employer_edit.go and
// employer_form.templ), or lies in a folder that has pages and nothing else.
func isPage(t *Tree, f *File) bool {
	stem := strings.TrimSuffix(f.Path, ".go")
	if t.Find(stem+".templ") != nil {
		return true
	}
	if cut := strings.LastIndex(stem, "_"); cut > 0 && t.Find(stem[:cut]+"_form.templ") != nil {
		return true
	}
	nested := strings.Count(f.Dir(), "/") > 1
	return nested && t.Find(f.Dir()+"/routes.go") != nil && !t.has(f.Dir()+"/migrations/")
}

func (t *Tree) has(prefix string) bool {
	for _, f := range t.Files {
		if strings.HasPrefix(f.Path, prefix) {
			return true
		}
	}
	return false
}

func mayImport(r role, from, to string) bool {
	for _, allowed := range r.may {
		if to == allowed {
			return true
		}
	}
	for _, allowed := range pure {
		if to == allowed {
			return true
		}
	}
	if strings.HasPrefix(to, "internal/") {
		// Another folder of the same capability; its direction is held by imports.
		// The statistics are pure functions of numbers, and analyse of what was counted.
		_, mine := layerOf(from)
		_, theirs := layerOf(to)
		return mine == theirs || theirs == "stat" || theirs == "analyse"
	}
	return isStandard(to) && !contains(outside, to)
}

// isStandard reports whether an import is of the standard library, whose paths
// begin with a word without a dot.
func isStandard(to string) bool {
	first, _, _ := strings.Cut(to, "/")
	return !strings.Contains(first, ".")
}

func contains(list []string, one string) bool {
	for _, s := range list {
		if s == one {
			return true
		}
	}
	return false
}
