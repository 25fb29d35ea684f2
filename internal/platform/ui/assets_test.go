package ui

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// While one release follows another, or two run side by side, a page of one is
// drawn with the files of the other.
func TestRUN9_AssetsOfAnotherReleaseAreFound(t *testing.T) {
	plain, hashed := "plain.css", stock().latest["plain.css"]
	if hashed == "" {
		t.Fatal("there is no stylesheet")
	}
	res, here := get(t, "/assets/plain-0000000000.css", ""), get(t, assetsPrefix+hashed, "")
	got, _ := io.ReadAll(res.Body)
	want, _ := io.ReadAll(here.Body)
	if res.StatusCode != http.StatusOK || string(got) != string(want) || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Errorf("%s of another release: %d, %d bytes", plain, res.StatusCode, len(got))
	}
	if kept := res.Header.Get("Cache-Control"); kept != "no-store" {
		t.Errorf("it may be kept under the name that is not its own: %s", kept)
	}
	for _, none := range []string{"/assets/none-0000000000.css", "/assets/-.css", "/assets/-"} {
		if res := get(t, none, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", none, res.StatusCode)
		}
	}
}
