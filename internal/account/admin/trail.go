package admin

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"unicode"
)

// Altered is one field that a change touched, in words.
type Altered struct{ Field, Before, After string }

// Alterations compares a record as it was and as it is, field by field, and
// leaves out what stayed the same. Nothing is lost: a value within a value gets
// a name of both, like "Contact, email".
func Alterations(before, after []byte) []Altered {
	was, is := flat(before), flat(after)
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	var out []Altered
	for name := range names {
		if was[name] != is[name] {
			out = append(out, Altered{name, was[name], is[name]})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Field < out[j].Field })
	return out
}

func flat(text []byte) map[string]string {
	out := map[string]string{}
	var v any
	if len(text) > 0 && json.Unmarshal(text, &v) == nil {
		flatten(out, "", v)
	}
	return out
}

func flatten(out map[string]string, name string, v any) {
	switch v := v.(type) {
	case nil:
	case map[string]any:
		for key, inner := range v {
			flatten(out, joined(name, key), inner)
		}
	case []any:
		for i, inner := range v {
			flatten(out, joined(name, fmt.Sprint(i+1)), inner)
		}
	case bool:
		out[Words(name)] = map[bool]string{true: "yes", false: "no"}[v]
	case float64:
		out[Words(name)] = strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00")
	case string:
		if v != "" {
			out[Words(name)] = v
		}
	}
}

func joined(name, key string) string {
	if name == "" {
		return key
	}
	return name + ", " + key
}

// Words turns a name in code into words: personAdded, starts_on and
// registration.paused become "Person added", "Starts on" and
// "Registration: paused".
func Words(name string) string {
	var out []rune
	runes := []rune(name)
	upper := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsUpper(runes[i]) }
	for i, r := range runes {
		switch {
		case r == '_':
			out = append(out, ' ')
		case r == '.':
			out = append(out, ':', ' ')
		case upper(i) && i > 0 && unicode.IsLower(runes[i-1]):
			if !upper(i + 1) {
				r = unicode.ToLower(r)
			}
			out = append(out, ' ', r)
		default:
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		out[0] = unicode.ToUpper(out[0])
	}
	return string(out)
}
