package sbom

import (
	"bytes"
	"encoding/json"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// The parts of the published schema that our list has: for each kind of object
// what must be there, and what else may be.
var published = map[string]struct{ must, may []string }{
	"document": {[]string{"bomFormat", "specVersion"}, []string{"serialNumber", "version", "metadata", "components", "dependencies"}},
	"metadata": {nil, []string{"timestamp", "component", "properties"}},
	"component": {[]string{"type", "name"}, []string{"bom-ref", "version", "licenses", "purl", "properties", "hashes", "description",
		"scope", "externalReferences"}},
	"dependency": {[]string{"ref"}, []string{"dependsOn", "provides"}},
	"property":   {[]string{"name"}, []string{"value"}},
}

// kinds are the types of component that the schema knows.
var kinds = []string{"application", "framework", "library", "container", "platform", "operating-system", "device", "device-driver",
	"firmware", "file", "machine-learning-model", "data", "cryptographic-asset"}

// holds checks an object against the published schema.
func holds(t *testing.T, kind string, object map[string]any) {
	t.Helper()
	for _, name := range published[kind].must {
		if text, ok := object[name].(string); !ok || text == "" {
			t.Errorf("a %s lacks %s: %v", kind, name, object)
		}
	}
	for name := range object {
		if !slices.Contains(published[kind].must, name) && !slices.Contains(published[kind].may, name) {
			t.Errorf("a %s has %s, which the schema does not know", kind, name)
		}
	}
}

func objects(of any) []map[string]any {
	var out []map[string]any
	list, _ := of.([]any)
	for _, one := range list {
		object, _ := one.(map[string]any)
		out = append(out, object)
	}
	return out
}

func components(t *testing.T, all ...map[string]any) {
	t.Helper()
	for _, c := range all {
		holds(t, "component", c)
		if kind, _ := c["type"].(string); !slices.Contains(kinds, kind) {
			t.Errorf("a component is of the type %q", kind)
		}
		for _, p := range objects(c["properties"]) {
			holds(t, "property", p)
		}
	}
}

func TestRUN17_TheListIsAsTheSchemaWants(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Path: "example.org/asye", Version: "(devel)"},
		Deps: []*debug.Module{{Path: "github.com/a/b", Version: "v1.2.3", Sum: "h1:x="},
			{Path: "github.com/old/c", Version: "v1.0.0", Replace: &debug.Module{Path: "github.com/new/c", Version: "v1.0.1"}}},
		Settings: []debug.BuildSetting{{Key: "-trimpath", Value: "true"}}}
	var first, second bytes.Buffer
	served := []Package{{"@ministryofjustice/frontend", "11.1.0", "MIT"}}
	for _, to := range []*bytes.Buffer{&first, &second} {
		if err := Write(to, info, "1.0", served); err != nil {
			t.Fatal(err)
		}
	}
	if first.String() != second.String() {
		t.Error("the same program gives two lists")
	}
	var document map[string]any
	if err := json.Unmarshal(first.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	holds(t, "document", document)
	if document["bomFormat"] != "CycloneDX" || document["specVersion"] != "1.6" || document["version"] != 1.0 {
		t.Errorf("the head is wrong: %v", document)
	}
	about, _ := document["metadata"].(map[string]any)
	holds(t, "metadata", about)
	whole, _ := about["component"].(map[string]any)
	parts := objects(document["components"])
	components(t, append(parts, whole)...)
	refs := map[string]bool{}
	for _, c := range append(parts, whole) {
		ref, _ := c["bom-ref"].(string)
		if refs[ref] || ref == "" {
			t.Errorf("two components have the reference %q", ref)
		}
		refs[ref] = true
	}
	for _, d := range objects(document["dependencies"]) {
		holds(t, "dependency", d)
		upon, _ := d["dependsOn"].([]any)
		for _, ref := range append(upon, d["ref"]) {
			if text, _ := ref.(string); !refs[text] {
				t.Errorf("the dependencies name %v, which is no component", ref)
			}
		}
	}
	for _, want := range []string{`"pkg:golang/std@1.26.8"`, `"pkg:golang/github.com/a/b@v1.2.3"`, `"pkg:golang/github.com/new/c@v1.0.1"`,
		`"pkg:npm/%40ministryofjustice/frontend@11.1.0"`, `"MIT"`, `"h1:x="`, `"go:build:-trimpath"`} {
		if !strings.Contains(first.String(), want) {
			t.Errorf("the list lacks %s", want)
		}
	}
	if strings.Contains(first.String(), "old/c") {
		t.Error("the list has a module that was replaced")
	}
}
