// Package sbom lists what a program is made of, in the form that scanners of
// known faults read: CycloneDX 1.6 in JSON.
//
// The list comes from what the compiler wrote into the program, so that it is
// of this program and no other. It has no date and no serial number: the same
// program gives the same list.
package sbom

import (
	"encoding/json"
	"io"
	"runtime/debug"
	"sort"
	"strings"
)

// Package is something in the program that is no Go module.
type Package struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence string `json:"licence"` // by its SPDX identifier
}

// document is the whole list, as https://cyclonedx.org/schema/bom-1.6.schema.json
// has it.
type document struct {
	Format       string       `json:"bomFormat"`
	Spec         string       `json:"specVersion"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type licence struct {
	Licence identified `json:"license"`
}

type identified struct {
	ID string `json:"id"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref  string   `json:"ref"`
	Upon []string `json:"dependsOn,omitempty"`
}

// Write lists a program of a version, from what the compiler wrote into it and
// from the packages that it serves to browsers.
func Write(w io.Writer, info *debug.BuildInfo, version string, served []Package) error {
	whole := component{Type: "application", Name: info.Main.Path, Version: version,
		PURL: "pkg:golang/" + info.Main.Path + "@" + version, Properties: settings(info)}
	whole.Ref = whole.PURL
	parts := []component{standard(info.GoVersion)}
	for _, m := range info.Deps {
		parts = append(parts, module(m))
	}
	for _, p := range served {
		parts = append(parts, browser(p))
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i].Ref < parts[j].Ref })
	all := dependency{Ref: whole.Ref}
	for _, p := range parts {
		all.Upon = append(all.Upon, p.Ref)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(document{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{whole},
		Components: parts, Dependencies: []dependency{all}})
}

// settings are how the program was compiled.
func settings(info *debug.BuildInfo) []property {
	var out []property
	for _, s := range info.Settings {
		out = append(out, property{"go:build:" + s.Key, s.Value})
	}
	return out
}

// standard is Go's own library, which every program has a part of.
func standard(release string) component {
	version := strings.TrimPrefix(release, "go")
	purl := "pkg:golang/std@" + version
	return component{Type: "library", Ref: purl, Name: "std", Version: version, PURL: purl}
}

// module is a Go module, as it was compiled: another one, where it was replaced.
func module(m *debug.Module) component {
	if m.Replace != nil {
		m = m.Replace
	}
	purl := "pkg:golang/" + m.Path + "@" + m.Version
	c := component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, PURL: purl}
	if m.Sum != "" {
		c.Properties = []property{{"go:sum", m.Sum}}
	}
	return c
}

// browser is a package whose styles or scripts are in the program.
func browser(p Package) component {
	purl := "pkg:npm/" + strings.Replace(p.Name, "@", "%40", 1) + "@" + p.Version
	c := component{Type: "library", Ref: purl, Name: p.Name, Version: p.Version, PURL: purl}
	if p.Licence != "" {
		c.Licences = []licence{{identified{p.Licence}}}
	}
	return c
}
