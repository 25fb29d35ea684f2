package admin

import (
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"example.org/asye/internal/asye"
)

// Altered is one field that a change touched, in words. Before or After is
// empty where there was, or is, nothing.
type Altered struct{ Field, Before, After string }

// String is the change as one reads it: "Team: North became South", "First day:
// 1 September 2026" where there was none before, "Team: North, now empty".
func (a Altered) String() string {
	switch {
	case a.Before == "":
		return a.Field + ": " + a.After
	case a.After == "":
		return a.Field + ": " + a.Before + ", now empty"
	}
	return a.Field + ": " + a.Before + " became " + a.After
}

// Alterations compares a record as it was and as it is, fact by fact, and leaves
// out what stayed the same, and what only the program reads: identifiers and
// versions. names are the names of the records that identifiers stand for.
func Alterations(before, after []byte, names map[string]string) []Altered {
	was, is := flat(before, names), flat(after, names)
	fields := map[string]bool{}
	for field := range was {
		fields[field] = true
	}
	for field := range is {
		fields[field] = true
	}
	var out []Altered
	for field := range fields {
		if was[field] != is[field] {
			out = append(out, Altered{field, was[field], is[field]})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Field < out[j].Field })
	return out
}

func flat(text []byte, names map[string]string) map[string]string {
	out := map[string]string{}
	var v any
	if len(text) > 0 && json.Unmarshal(text, &v) == nil {
		flatten(out, nil, v, names)
	}
	return out
}

func flatten(out map[string]string, path []string, v any, names map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			if key != "Version" && key != "ID" && key != "id" {
				flatten(out, append(slices.Clone(path), key), inner, names)
			}
		}
		return
	case []any:
		for _, inner := range v {
			flatten(out, path, inner, names)
		}
		return
	}
	text := value(path, v, names)
	if text == "" {
		return
	}
	if field := fact(path); out[field] == "" {
		out[field] = text
	} else {
		out[field] += "; " + text
	}
}

// identifier is how the service writes the key of a record.
var identifier = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// value is one value as people read it; empty for what only the program reads.
func value(path []string, v any, names map[string]string) string {
	key := ""
	if len(path) > 0 {
		key = path[len(path)-1]
	}
	switch v := v.(type) {
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	case float64:
		if key == "hours" || key == "full_time_hours" {
			v /= 100 // kept in hundredths
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		if name, known := names[v]; known {
			return name
		}
		if identifier.MatchString(v) {
			return ""
		}
		if day, err := asye.ParseDate(v); err == nil {
			return day.String()
		}
		if coded[key] {
			return coding(key, v)
		}
		return strings.TrimSpace(v)
	}
	return ""
}

func coding(key, v string) string {
	if key == "role" {
		return asye.Role(v).String()
	}
	return Words(v)
}
