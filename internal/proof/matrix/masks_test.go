package matrix

import (
	"net/http"
	"os"
	"regexp"

	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/policy"
	"example.org/asye/internal/platform/web"
)

// webSwitches is what the mutated package web has more than the source: a rule
// that lets in more than it says, and a page that shows one more of the values
// that it holds.
const webSwitches = `package web

import (
	"context"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"example.org/asye/internal/platform/tenant"
	"github.com/a-h/templ"
)

func asyePermits(route Route, s tenant.Scope) bool {
	switch os.Getenv("ASYE_RULE") {
	case "everyone " + route.Pattern:
		return true
	case "anyone signed in " + route.Pattern:
		return s.IsSignedIn()
	}
	return route.Rule.Permits(s)
}

// AsyeShow is a page that shows one more of the values of its view, or lists all
// of them.
func AsyeShow(view any, page templ.Component) templ.Component {
	wanted := os.Getenv("ASYE_SHOW")
	if wanted == "" {
		return page
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if err := page.Render(ctx, w); err != nil {
			return err
		}
		asyeLeaves(reflect.ValueOf(view), "view", 0, func(path, value string) {
			switch {
			case wanted == "every value":
				fmt.Fprintf(w, "\nLEAF\t%s\t%s\t", path, strings.ReplaceAll(value, "\n", " "))
			case wanted == path:
				fmt.Fprintf(w, "<p>%s</p>", templ.EscapeString(value))
			}
		})
		return nil
	})
}

func asyeLeaves(v reflect.Value, path string, depth int, visit func(path, value string)) {
	if depth > 8 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Int:
		visit(path, fmt.Sprint(v.Int()))
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			asyeLeaves(v.Elem(), path, depth+1, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			asyeLeaves(v.Field(i), path+"."+v.Type().Field(i).Name, depth+1, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range min(v.Len(), 3) {
			asyeLeaves(v.Index(i), fmt.Sprintf("%s.%d", path, i), depth+1, visit)
		}
	case reflect.Map:
		for i, key := range v.MapKeys() {
			asyeLeaves(v.MapIndex(key), fmt.Sprintf("%s.%d", path, i), depth+1, visit)
		}
	}
}
`

// mask is a sensitive value that a page holds, and does not show its reader.
type mask struct {
	Route, Reader, Column, Path string
	Noticed                     bool
}

func (m mask) String() string {
	return m.Route + ": " + m.Reader + " is not shown " + m.Column + ", which the page holds"
}

var leaf = regexp.MustCompile(`(?m)\nLEAF\t([^\t]+)\t([^\t]*)\t`)

// masks finds every value that a page holds and its reader may not see, lets the
// page show it, and looks whether the canaries notice.
func (c court) masks() []mask {
	var out []mask
	w := c.sown
	w.must(ignoreUndo(w.DB.Keep(ctx, func(tx *db.Tx) error {
		in := w.on(w.DB.Within(tx, w.DB.Clock()))
		in.thin = true
		for _, route := range in.Mux.Routes() {
			for _, r := range in.readers {
				if placeOf(route.Pattern).method == http.MethodGet && expect(route.Rule, r, "") == comesIn {
					out = append(out, c.masksOf(in, tx, route, r)...)
				}
			}
		}
		return errUndo
	})))
	return out
}

func ignoreUndo(err error) error {
	if err == errUndo {
		return nil
	}
	return err
}

func (c court) masksOf(w *world, tx *db.Tx, route web.Route, r *reader) []mask {
	p, done := placeOf(route.Pattern), map[string]bool{}
	paths := []string{p.path + first(widest[p.path])}
	if p.kind != "" {
		paths = nil
		for _, in := range policy.Anybody() {
			for _, rec := range w.of(p.kind, r, in) {
				paths = append(paths, p.fill(rec))
			}
		}
	}
	var out []mask
	for _, path := range paths {
		step(w.t, tx, func() {
			for _, found := range leaf.FindAllStringSubmatch(w.shown(r, path, "every value"), -1) {
				for _, word := range (&walk{birds: c.birds}).in(found[2]) {
					bird, known := c.birds[word]
					if !known || done[bird.column] || w.mayRead(route.Rule.Thing(), r, bird) {
						continue
					}
					done[bird.column] = true
					k := &walk{birds: c.birds, seen: map[string]int{}, told: map[string]bool{}}
					k.look(w, route, r, answer{status: http.StatusOK, body: w.shown(r, path, found[1])})
					out = append(out, mask{route.Pattern, r.name, bird.column, found[1], len(k.problems) > 0})
				}
			}
		})
	}
	return out
}

func first(queries []string) string {
	if len(queries) == 0 {
		return ""
	}
	return queries[0]
}

// shown is a page with one more of its values.
func (w *world) shown(r *reader, path, value string) string {
	os.Setenv("ASYE_SHOW", value)
	defer os.Unsetenv("ASYE_SHOW")
	return w.get(r, path).body
}

// dropped is a rule of a route that has been let go.
type dropped struct {
	Rule    string
	Noticed string
}

// rules lets go of the rule of each route, in two ways, and looks whether the
// matrix notices.
func (c court) rules() []dropped {
	var out []dropped
	for _, route := range c.plain.Mux.Routes() {
		for _, to := range []string{"everyone", "anyone signed in"} {
			if route.Rule.Open() || route.Rule.String() == to {
				continue
			}
			os.Setenv("ASYE_RULE", to+" "+route.Pattern)
			one := &look{name: "the route", in: c.plain, thin: true, do: func(n *tally, in *world, tx *db.Tx) { n.route(in, tx, route) }}
			noticed := c.plain.try([]*look{one}, func(*look) bool { return true }, func(*look) {})
			os.Unsetenv("ASYE_RULE")
			out = append(out, dropped{to + ": " + route.Pattern, noticed})
		}
	}
	return out
}
