package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// glossary is where the words are.
const glossary = "docs/glossary.md"

var (
	entry   = regexp.MustCompile(`(?s)^\*\*(.+?)\*\*.*?\*Avoid: (.+?)\.?\*$`)
	tag     = regexp.MustCompile(`(?s)<[/!]?[a-zA-Z][^<>]*>`)
	braces  = regexp.MustCompile(`\{[^{}]*\}`)
	quoted  = regexp.MustCompile("\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`")
	codeish = regexp.MustCompile(`^\s*(templ |if |for |switch |case |default:|@|\}|package |import |//|func |var |const |type |return )`)
)

// avoided is a word that people should not meet, and the one to use.
type avoided struct {
	word, instead string
	match         *regexp.Regexp
}

// readAvoided reads the words to avoid from the glossary.
func readAvoided(t *Tree) []avoided {
	f := t.Find(glossary)
	if f == nil {
		return nil
	}
	var out []avoided
	for _, paragraph := range strings.Split(f.Text, "\n\n") {
		m := entry.FindStringSubmatch(strings.TrimSpace(paragraph))
		if m == nil {
			continue
		}
		for _, word := range strings.Split(strings.ReplaceAll(m[2], "\n", " "), ",") {
			word = strings.TrimSpace(word)
			out = append(out, avoided{word, m[1], regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(word) + `\b`)})
		}
	}
	return out
}

// words holds that the glossary's words are used on every page and in every
// message.
func words(t *Tree) []Finding {
	list := readAvoided(t)
	var out []Finding
	for _, f := range t.Files {
		for line, text := range visible(t, f) {
			for _, why := range misused(list, text) {
				out = append(out, t.finding(f, line, "%s", why))
			}
		}
	}
	return out
}

func misused(list []avoided, text string) []string {
	var out []string
	for _, a := range list {
		if found := a.match.FindString(text); found != "" {
			out = append(out, fmt.Sprintf("says %q where the glossary says %q", found, a.instead))
		}
	}
	return out
}

// visible is what people can read in a file, by line: the text of a template,
// and the sentences in code.
func visible(t *Tree, f *File) map[int]string {
	out := map[int]string{}
	switch {
	case strings.HasSuffix(f.Path, ".templ"):
		for i, line := range strings.Split(f.Text, "\n") {
			out[i+1] = templateText(line)
		}
	case f.Go != nil && !f.IsTest() && !f.IsGenerated() && !strings.HasPrefix(f.Path, "internal/arch/"):
		ast.Inspect(f.Go, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, _ := strconv.Unquote(lit.Value); isSentence(text) {
					out[t.Line(lit.Pos())] += " " + text
				}
			}
			return true
		})
	}
	return out
}

// templateText is what a line of a template shows: its text outside tags and
// code, and its strings of more than one word.
func templateText(line string) string {
	var out strings.Builder
	for _, q := range quoted.FindAllString(line, -1) {
		if text := strings.Trim(q, "\"`"); isSentence(text) {
			out.WriteString(text + " ")
		}
	}
	if !codeish.MatchString(line) {
		out.WriteString(tag.ReplaceAllString(braces.ReplaceAllString(line, " "), " "))
	}
	return out.String()
}

// isSentence tells words for people from keys, paths and SQL: more than one
// word, the first with a capital or a blank to be filled in.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, " ") {
		return false
	}
	first := []rune(text)[0]
	return unicode.IsUpper(first) || first == '%'
}
