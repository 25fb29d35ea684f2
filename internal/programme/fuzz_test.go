package programme

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

// A programme file from an operator is a programme, or is refused by name.
func FuzzVersion(f *testing.F) {
	names, err := fs.Glob(Files(), "*.json")
	if err != nil || len(names) == 0 {
		f.Fatal(err, names)
	}
	for _, name := range names {
		text, err := fs.ReadFile(Files(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"length": {"months": -1}}`))
	f.Add([]byte(`{}{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := Load(fstest.MapFS{"x.json": {Data: text}})
		if (err == nil) != (c != nil) {
			t.Fatalf("%v with the error %v", c, err)
		}
	})
}
