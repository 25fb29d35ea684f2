package upload

import (
	"bytes"
	"testing"

	"example.org/asye/internal/platform/files"
)

// What is kept of a file while it waits is what was in it.
func FuzzKept(f *testing.F) {
	f.Add([]byte("First name,Hours\r\nAmara,37\r\n\"a\"\"b\",=1\r\n"))
	f.Add([]byte("a;b\n1;2;3\n"))
	f.Add([]byte(`{"r": [{"c": ["x"], "m": "zz"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var k keptSheet
		if decode(string(data), &k) == nil {
			return // what is in the database was written by us alone
		}
		sheet, err := files.Read("a.csv", bytes.NewReader(data), int64(len(data)), files.Limits{Bytes: 1 << 16})
		if err != nil {
			return
		}
		text, err := encode(keep(sheet))
		if err != nil {
			t.Fatal(err)
		}
		if err := decode(text, &k); err != nil {
			t.Fatal(err)
		}
		again, err := encode(keep(k.sheet()))
		if err != nil || again != text {
			t.Fatalf("kept as\n%s\nand then as\n%s\n%v", text, again, err)
		}
	})
}
