package arch

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

var (
	ruleHead = regexp.MustCompile(`(?m)^(?:#+ |[-*] )?\**([A-Z]{3}-\d+)\b`)
	ruleAny  = regexp.MustCompile(`\b[A-Z]{3}-\d+\b`)
	ruleName = regexp.MustCompile(`^[A-Z]{3}-\d+\b`)
	ruleFunc = regexp.MustCompile(`^Test([A-Z]{3})_?(\d+)(_|$)`)
)

// Rules are where each rule is written, tested and cited: number to "path:line".
type Rules struct {
	Written, Tested, Cited map[string][]string
}

// ReadRules finds every rule in docs/rules, every test whose name begins with
// the number of one, and every mention in the code.
func ReadRules(t *Tree) Rules {
	r := Rules{map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for _, f := range t.Files {
		switch {
		case f.Dir() == "docs/rules" && path.Ext(f.Path) == ".md" && f.Base() != "README.md":
			for _, at := range ruleHead.FindAllStringSubmatchIndex(f.Text, -1) {
				line := strings.Count(f.Text[:at[2]], "\n") + 1
				r.Written[f.Text[at[2]:at[3]]] = append(r.Written[f.Text[at[2]:at[3]]], place(f.Path, line))
			}
		case f.Go != nil && strings.HasSuffix(f.Path, "_test.go"):
			r.test(t, f)
		case f.Go != nil:
			r.cite(t, f)
		}
	}
	return r
}

func (r Rules) cite(t *Tree, f *File) {
	for _, group := range f.Go.Comments {
		for _, number := range numbersIn(group.Text()) {
			r.Cited[number] = append(r.Cited[number], place(f.Path, t.Line(group.Pos())))
		}
	}
}

// standards are what has the form of a rule's number and is none.
var standards = map[string]bool{"UTF": true, "ISO": true, "SHA": true}

func numbersIn(text string) []string {
	var out []string
	for _, number := range ruleAny.FindAllString(strings.ReplaceAll(text, "_", " "), -1) {
		if !standards[number[:3]] {
			out = append(out, number)
		}
	}
	return out
}

// test reads the names of a file's tests: functions like TestREG8_OnlyOnce, and
// texts that begin with a number. All numbers in such a text count.
func (r Rules) test(t *Tree, f *File) {
	for _, fn := range f.Funcs() {
		if m := ruleFunc.FindStringSubmatch(fn.Name.Name); m != nil {
			number := m[1] + "-" + m[2]
			r.Tested[number] = append(r.Tested[number], place(f.Path, t.Line(fn.Pos())))
		}
	}
	ast.Inspect(f.Go, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, _ := strconv.Unquote(lit.Value)
		if ruleName.MatchString(strings.ReplaceAll(text, "_", " ")) {
			for _, number := range numbersIn(text) {
				r.Tested[number] = append(r.Tested[number], place(f.Path, t.Line(lit.Pos())))
			}
		}
		return true
	})
}

func place(path string, line int) string { return path + ":" + strconv.Itoa(line) }

// Numbers are the keys of a map of rules, by capability and number.
func Numbers(m map[string][]string) []string {
	out := make([]string, 0, len(m))
	for n := range m {
		out = append(out, n)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a[:4] != b[:4] {
			return a < b
		}
		x, _ := strconv.Atoi(a[4:])
		y, _ := strconv.Atoi(b[4:])
		return x < y
	})
	return out
}

// ruleNumbers holds that every rule has a test with its number, and every
// number in a test or a comment is a rule's.
func ruleNumbers(t *Tree) []Finding {
	r := ReadRules(t)
	var out []Finding
	say := func(places []string, subject, text string) {
		at, line, _ := strings.Cut(places[0], ":")
		n, _ := strconv.Atoi(line)
		out = append(out, Finding{Path: at, Line: n, Subject: subject, Text: text})
	}
	for _, n := range Numbers(r.Written) {
		if len(r.Written[n]) > 1 {
			say(r.Written[n][1:], n, "gives the number "+n+" a second time")
		}
		if len(r.Tested[n]) == 0 {
			say(r.Written[n], n, n+" has no test: give a test a name that begins with the number")
		}
	}
	for _, n := range Numbers(r.Tested) {
		if len(r.Written[n]) == 0 {
			say(r.Tested[n], n, "tests "+n+", which no page in docs/rules has")
		}
	}
	for _, n := range Numbers(r.Cited) {
		if len(r.Written[n]) == 0 {
			say(r.Cited[n], n, "cites "+n+", which no page in docs/rules has")
		}
	}
	return out
}
