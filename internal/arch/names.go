package arch

import (
	"path"
	"strings"
)

// vague are the names that say nothing of what is inside.
var vague = map[string]bool{"models": true, "handlers": true, "services": true, "store": true, "common": true,
	"utils": true, "util": true, "helpers": true, "helper": true, "types": true, "base": true, "impl": true,
	"manager": true, "misc": true}

// names refuses folders, packages and files with a name that says nothing. A
// file store.go is a role, and allowed.
func names(t *Tree) []Finding {
	var out []Finding
	seen := map[string]bool{}
	for _, f := range t.Files {
		if f.Go == nil {
			continue
		}
		if file := strings.TrimSuffix(f.Base(), ".go"); vague[file] && file != "store" {
			out = append(out, t.finding(f, 0, "has a name that says nothing of its content: name it after its noun"))
		}
		if dir := f.Dir(); !seen[dir] && (vague[path.Base(dir)] || vague[f.Go.Name.Name]) {
			seen[dir] = true
			out = append(out, Finding{Path: dir, Subject: dir,
				Text: "has a name that says nothing of its content: name the folder and the package after their noun"})
		}
	}
	return out
}

// generated holds that every template has its generated twin, and no twin has
// lost its template.
func generated(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		switch {
		case strings.HasSuffix(f.Path, ".templ") && t.Find(strings.TrimSuffix(f.Path, ".templ")+"_templ.go") == nil:
			out = append(out, t.finding(f, 0, "has not been generated: run go tool templ generate"))
		case f.IsGenerated() && t.Find(strings.TrimSuffix(f.Path, "_templ.go")+".templ") == nil:
			out = append(out, t.finding(f, 0, "is left over from a template that is gone: delete it"))
		}
	}
	return out
}
