package matrix

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/arch"
	"example.org/asye/internal/proof"
)

// mutant is one small mistake: a condition of the SQL that is always true, a
// guard that lets everybody through, a decision on who asks that is always made
// one way.
type mutant struct {
	ID   string
	Kind string // "condition", "guard", "decision"
	File string
	Line int
	Func string
	Was  string
	Nth  int // among those that are otherwise alike, from 1
}

// String names the mutant and where it is.
func (m mutant) String() string {
	return fmt.Sprintf("%s:%d %s: %s: %s", m.File, m.Line, m.Func, m.Kind, m.Was)
}

// lab is the source with every mutant in it, each asleep until the environment
// names it.
type lab struct {
	set     *token.FileSet
	mutants []mutant
	edits   map[string][]edit // by file
	folders map[string]string // and the name of the package in it
}

// edit replaces a stretch of a file.
type edit struct {
	from, to int
	text     string
}

// breed reads the source, as internal/arch does, and finds every mutant.
func breed(t testing.TB) *lab {
	t.Helper()
	tree, err := arch.Load(os.DirFS(proof.Root(t)))
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{set: tree.Set, edits: map[string][]edit{}, folders: map[string]string{}}
	for _, f := range tree.Code() {
		if !isMutable(f) {
			continue
		}
		for _, fn := range f.Funcs() {
			l.function(f, fn)
		}
	}
	l.tell()
	return l
}

// tell tells those apart that are alike in all but their line.
func (l *lab) tell() {
	alike := map[string]int{}
	for i := range l.mutants {
		alike[l.mutants[i].place()]++
		l.mutants[i].Nth = alike[l.mutants[i].place()]
	}
}

// isMutable reports whether a file decides who may see what: a store, or what a
// page or a card asks of the scope.
func isMutable(f *arch.File) bool {
	dir := f.Dir()
	for _, not := range []string{"internal/example", "internal/app", "internal/stat", "internal/analyse", "internal/arch", "internal/tools", "internal/proof", "internal/schema", "internal/asye", "cmd/"} {
		if strings.HasPrefix(dir, not) {
			return false
		}
	}
	for _, not := range []string{"internal/platform/tenant", "internal/platform/policy", "internal/platform/db", "internal/platform/ui"} {
		if dir == not || strings.HasPrefix(dir, not+"/") {
			return false
		}
	}
	return !strings.HasSuffix(dir, "test") && !strings.HasSuffix(dir, "/migrations")
}

func (l *lab) function(f *arch.File, fn *ast.FuncDecl) {
	where := fn.Name.Name
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			l.call(f, n)
			return lastName(n.Fun) != "Replace" // which looks for a text of the SQL, and is none
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				l.conditions(f, where, n)
			}
		case *ast.IfStmt:
			l.decision(f, where, n)
		}
		return true
	})
}

// call lets two calls be changed while the program runs: the one by which a route
// lets in, and those by which a page is drawn, which can then show one more of
// the values that the page holds.
func (l *lab) call(f *arch.File, n *ast.CallExpr) {
	text := func(e ast.Expr) string { return f.Text[l.offset(e.Pos()):l.offset(e.End())] }
	if f.Dir() == webFolder && lastName(n.Fun) == "Permits" {
		l.replace(f, n.Pos(), n.End(), "asyePermits(route, "+text(n.Args[0])+")")
		return
	}
	draws := lastName(n.Fun) == "Render" || lastName(n.Fun) == "Refuse" || lastName(n.Fun) == "Stale"
	if _, imported := f.Imports()[webFolder]; !draws || !imported || len(n.Args) != 2 {
		return
	}
	page, ok := n.Args[1].(*ast.CallExpr)
	if !ok || len(page.Args) == 0 {
		return
	}
	if view, ok := page.Args[0].(*ast.Ident); ok {
		from, to := l.offset(page.Pos()), l.offset(page.End())
		l.edits[f.Path] = append(l.edits[f.Path], edit{from, from, "web.AsyeShow(" + view.Name + ", "}, edit{to, to, ")"})
	}
}

const webFolder = "internal/platform/web"

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// narrowing is a condition that keeps rows to one organisation, one person, or
// the holder of one secret.
var narrowing = regexp.MustCompile(`(?:\b\w+\.)?(?:\b\w*org_id|\bperson_id|\btoken_hash)\s*(?:=|<>)\s*(\$(?:\d+|%d|%\[\d\]d))|\((\$\d+) = '' or (?:\w+\.)?id = \$\d+\)`)

// begun is such a condition whose parameter is added to it.
var begun = regexp.MustCompile(`(?:\b\w+\.)?\b\w*(?:org_id|person_id)\s*=\s*$`)

var setting = regexp.MustCompile(`(?s)^\s*update\s.*?\sset\s(.*?)\swhere\s`)

// conditions makes a mutant of each narrowing condition in a text.
func (l *lab) conditions(f *arch.File, where string, lit *ast.BasicLit) {
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return
	}
	skipped := setting.FindStringSubmatchIndex(text)
	replaced := lit.Value
	for _, m := range narrowing.FindAllStringSubmatchIndex(text, -1) {
		if skipped != nil && m[0] >= skipped[2] && m[1] <= skipped[3] {
			continue // what is set, and not what is asked
		}
		parameter := text[max(m[2], m[4]):max(m[3], m[5])]
		is := text[:m[0]] + "(coalesce(cast(" + parameter + " as text), '') is not null)" + text[m[1]:]
		id := l.add(mutant{Kind: "condition", File: f.Path, Line: l.line(lit.Pos()), Func: where, Was: text[m[0]:m[1]]})
		replaced = fmt.Sprintf("asyeText(%q, %s, %q)", id, replaced, is)
	}
	if m := begun.FindStringIndex(text); m != nil {
		id := l.add(mutant{Kind: "condition", File: f.Path, Line: l.line(lit.Pos()), Func: where, Was: text[m[0]:m[1]] + "…"})
		replaced = fmt.Sprintf("asyeText(%q, %s, %q)", id, replaced, text[:m[0]]+"1 = 1 or "+text[m[0]:])
	}
	if replaced != lit.Value {
		l.replace(f, lit.Pos(), lit.End(), replaced)
	}
}

// guarding are the names of those who refuse.
var guarding = regexp.MustCompile(`^(may[A-Z]\w*|stillAtWork|national|manages|within|moves|uploads|counts|Ask|WholeService|isFree)$`)

// asking is what a decision on who asks looks at.
var asking = regexp.MustCompile(`\b[sS]cope\.(Role|Actor|Org|Person|IsSignedIn|Behalf)\(\)|\breach\b|\.Reach\b|\bSends\(\)|\.refused\b|\.byOther\b|\bmayManage\(`)

// decision makes mutants of a guard, or of a condition that looks at who asks.
func (l *lab) decision(f *arch.File, where string, n *ast.IfStmt) {
	from, to := l.offset(n.Cond.Pos()), l.offset(n.Cond.End())
	cond := f.Text[from:to]
	kind := ""
	if call := guardOf(n); call != "" && cond == "err != nil" {
		kind, cond = "guard", call
	} else if asking.MatchString(cond) {
		kind = "decision"
	}
	if kind == "" {
		return
	}
	m := mutant{Kind: kind, File: f.Path, Line: l.line(n.Cond.Pos()), Func: where, Was: cond}
	m.Was = cond + " → never"
	never, always := l.add(m), ""
	if kind == "decision" && !strings.Contains(cond, ".refused") {
		m.Was = cond + " → always"
		always = l.add(m)
	}
	l.edits[f.Path] = append(l.edits[f.Path], edit{from, from, fmt.Sprintf("asyeIf(%q, %q, ", never, always)}, edit{to, to, ")"})
	l.folders[f.Dir()] = f.Go.Name.Name
}

// guardOf is the call of a guard whose refusal an if passes on.
func guardOf(n *ast.IfStmt) string {
	assign, ok := n.Init.(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return ""
	}
	call, ok := assign.Rhs[0].(*ast.CallExpr)
	if !ok || !guarding.MatchString(lastName(call.Fun)) {
		return ""
	}
	return lastName(call.Fun)
}

func (l *lab) add(m mutant) string {
	m.ID = strconv.Itoa(len(l.mutants) + 1)
	l.mutants = append(l.mutants, m)
	return m.ID
}

func (l *lab) line(p token.Pos) int { return l.set.Position(p).Line }

func (l *lab) offset(p token.Pos) int { return l.set.Position(p).Offset }

func (l *lab) replace(f *arch.File, from, to token.Pos, text string) {
	l.edits[f.Path] = append(l.edits[f.Path], edit{l.offset(from), l.offset(to), text})
	l.folders[f.Dir()] = f.Go.Name.Name
}

// switches is what each mutated package has more than the source: it looks who is
// awake.
const switches = `package %s

import mutants "example.org/asye/internal/asye"

func asyeText(id, was, is string) string {
	if mutants.MutantAwake(id) {
		return is
	}
	return was
}

func asyeIf[B ~bool](never, always string, cond B) B {
	switch {
	case mutants.MutantAwake(never):
		return false
	case mutants.MutantAwake(always):
		return true
	}
	return cond
}

var _, _ = asyeText, asyeIf[bool]
`

// registry is where it is known who is awake, and whom the program has met: in a
// package that imports nothing of ours.
const registry = `package asye

import (
	"os"
	"sync"
)

var mutants = struct {
	sync.Mutex
	awake string
	met   map[string]bool
	told  *os.File
}{awake: os.Getenv("ASYE_MUTANT"), met: map[string]bool{}}

func init() {
	if path := os.Getenv("ASYE_MET"); path != "" {
		mutants.told, _ = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	}
}

func WakeMutant(id string) {
	mutants.Lock()
	defer mutants.Unlock()
	mutants.awake = id
}

func MetMutants() map[string]bool {
	mutants.Lock()
	defer mutants.Unlock()
	met := mutants.met
	mutants.met = map[string]bool{}
	return met
}

func MutantAwake(id string) bool {
	if id == "" {
		return false
	}
	mutants.Lock()
	defer mutants.Unlock()
	if !mutants.met[id] && mutants.told != nil {
		mutants.told.WriteString(id + "\n")
	}
	mutants.met[id] = true
	return id == mutants.awake
}
`

// opener is what the lab has more than its source: it can wake mutants.
const opener = `package matrix

import "example.org/asye/internal/asye"

func init() { wake, met = asye.WakeMutant, asye.MetMutants }
`

// overlay writes the mutated source aside, and gives the list by which the
// compiler reads it.
func (l *lab) overlay(t testing.TB) string {
	t.Helper()
	dir, root, replaced := t.TempDir(), proof.Root(t), map[string]string{}
	put := func(path, text string) {
		to := filepath.Join(dir, strconv.Itoa(len(replaced))+".go")
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		replaced[filepath.Join(root, filepath.FromSlash(path))] = to
	}
	for path, edits := range l.edits {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		put(path, apply(string(text), edits))
	}
	for folder, name := range l.folders {
		put(folder+"/zz_mutant.go", fmt.Sprintf(switches, name))
	}
	put(webFolder+"/zz_mutant_web.go", webSwitches)
	put("internal/asye/zz_mutant.go", registry)
	put("internal/proof/matrix/zz_mutant_test.go", opener)
	list, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(name, list, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// apply makes edits from the end of a text, so that the places of the others stay
// right. Of two at one place, the one that opens comes last.
func apply(text string, edits []edit) string {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].from > edits[j].from })
	for _, e := range edits {
		text = text[:e.from] + e.text + text[e.to:]
	}
	return text
}
