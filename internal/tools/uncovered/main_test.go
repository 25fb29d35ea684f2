package main

import (
	"slices"
	"testing"
)

const generated = `package claims

func show() templ.Component {
	return templruntime.GeneratedTemplate(func(in templruntime.GeneratedComponentInput) (err error) {
		return nil
	})
}

func list() templ.Component {
	return templruntime.GeneratedTemplate(func(in templruntime.GeneratedComponentInput) (err error) {
		return nil
	})
}

func plain() string { return "" }
`

func TestUndrawn(t *testing.T) {
	for _, tt := range []struct {
		name, profile string
		want          []string
	}{
		{"nothing ran", "mode: set\n", []string{"show", "list"}},
		{"made and not drawn", "mode: set\nexample.org/asye/internal/a_templ.go:3.30,4.90 1 1\nexample.org/asye/internal/a_templ.go:4.98,5.13 1 0\n",
			[]string{"show", "list"}},
		{"one drawn", "mode: set\nexample.org/asye/internal/a_templ.go:4.98,5.13 1 1\n", []string{"list"}},
		{"in two runs", "example.org/asye/internal/a_templ.go:4.98,5.13 1 0\nexample.org/asye/internal/a_templ.go:4.98,5.13 1 1\nexample.org/asye/internal/a_templ.go:10.98,11.13 1 2\n", nil},
	} {
		ran, err := read(tt.profile)
		if err != nil {
			t.Fatal(err)
		}
		got, err := undrawn([]byte(generated), ran["internal/a_templ.go"])
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	if _, err := read("internal/a.go:what"); err == nil {
		t.Error("a line that cannot be read is let through")
	}
}
