package arch

import (
	"path"
	"strings"
)

// layer is where a folder stands between the dictionary and the command.
type layer int

// The layers, from the bottom. A layer imports those below it.
const (
	kernel     layer = iota // internal/asye: the dictionary
	platform                // internal/platform: may import the kernel and itself
	shared                  // programme, roster, paths, access: used by every capability
	capability              // everything else under internal
	builder                 // internal/example: uses the capabilities as a person would
	application
	command
	workshop // tools, schema and this package: no part of the program, or all of it at once
	fixture  // packages for tests alone, named after what they test: dbtest, webtest
)

var layers = map[string]layer{"asye": kernel, "platform": platform, "stat": platform, "analyse": platform, "programme": shared, "roster": shared, "paths": shared, "access": shared,
	"example": builder, "app": application, "schema": workshop, "tools": workshop, "arch": workshop,
	"proof": workshop}

// layerOf finds the layer of a folder, and its first name under internal.
func layerOf(dir string) (layer, string) {
	first, _, _ := strings.Cut(strings.TrimPrefix(dir, "internal/"), "/")
	if strings.HasPrefix(dir, "cmd/") {
		return command, ""
	}
	if isFixture(dir) {
		return fixture, first
	}
	if l, ok := layers[first]; ok {
		return l, first
	}
	return capability, first
}

// isFixture reports whether a folder is for tests alone. Its size is held like
// that of all code; what only keeps the program itself in order is not: like a
// test, it writes any table and signs anybody in.
func isFixture(dir string) bool {
	return strings.HasSuffix(dir, "test") && strings.Count(dir, "/") > 1
}

// imports holds the direction: cmd, app, capabilities, shared, platform, asye;
// never sideways.
func imports(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Code() {
		for to, pos := range f.Imports() {
			if !strings.HasPrefix(to, "internal/") {
				continue
			}
			pages := t.Find(to+"/routes.go") != nil
			if why := refusal(f.Dir(), to, pages); why != "" {
				out = append(out, t.finding(f, t.Line(pos), "imports %s: %s", to, why))
			}
		}
	}
	return out
}

// refusal says why one folder may not import another; empty when it may. pages
// tells that the other has pages.
func refusal(from, to string, pages bool) string {
	low, mine := layerOf(from)
	high, theirs := layerOf(to)
	switch {
	case low == workshop || from == to:
		return ""
	case low == fixture:
		return refusalOfFixture(from, to)
	case high == fixture:
		return "it is for tests alone"
	case high == workshop && to == "internal/schema" && low >= application:
		return ""
	case high == workshop:
		return "no part of the program imports tools, schema, proof or arch"
	case low == command && high != application && high != workshop:
		return "a command imports only internal/app"
	case low == capability && high == capability && mine != theirs:
		return "capabilities never import each other; share a noun through asye, or let internal/app connect them"
	case low == capability && high == capability && !within(from, to) && pages:
		return "a folder of pages is imported by internal/app alone; move what two of them need to their parent"
	case low == shared && high == shared:
		return "programme, roster, paths and access do not import each other"
	case high > low:
		return "imports go from cmd to app, the capabilities, the shared packages, platform and asye, and never back"
	}
	return ""
}

// refusalOfFixture says why a package for tests may not import another: it
// stands where the folder stands that it lies in, but that a capability's may
// use other capabilities, and the schema of all. That of the database uses the
// schema too: whom its rows are about decides how the audit trail is sealed.
func refusalOfFixture(from, to string) string {
	low, _ := layerOf(path.Dir(from))
	high, _ := layerOf(to)
	if high <= low || high == fixture || to == "internal/schema" && (low == capability || from == "internal/platform/db/dbtest") {
		return ""
	}
	return "a package for tests imports what stands below the folder it lies in"
}

// within reports whether a folder lies inside another.
func within(inner, outer string) bool { return strings.HasPrefix(inner, outer+"/") }
