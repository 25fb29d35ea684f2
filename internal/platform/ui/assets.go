package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"example.org/asye/internal/platform/sbom"
)

//go:embed all:dist
var built embed.FS

//go:embed static
var written embed.FS

const (
	assetsPrefix = "/assets/"
	immutable    = "public, max-age=31536000, immutable"
)

// kinds are the types of the files we have, the same on every machine.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// asset is one file as it is sent.
type asset struct {
	kind    string // its Content-Type
	body    []byte
	gzipped []byte
}

// shelf holds every file by its name in the address, which carries a digest of
// what is in it: a changed file has another address, so none is ever stale.
type shelf struct {
	files  map[string]asset
	latest map[string]string // plain name, such as app.css, to name in the address
}

var stock = sync.OnceValue(func() shelf {
	s := shelf{files: map[string]asset{}, latest: map[string]string{}}
	s.take(written, "static", digestName)
	s.take(built, "dist", builtName)
	return s
})

// take puts a folder on the shelf. Files that are not for the browser, such as
// the one that keeps the folder in version control, begin with a full stop.
func (s shelf) take(files fs.FS, folder string, name func(string, []byte) (plain, hashed string)) {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return // an embedded folder always reads; an empty one has no entries
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		body, err := fs.ReadFile(files, path.Join(folder, e.Name()))
		if err != nil {
			continue
		}
		plain, hashed := name(e.Name(), body)
		s.latest[plain] = hashed
		s.files[hashed] = asset{kind: kinds[path.Ext(plain)], body: body, gzipped: squeeze(body)}
	}
}

// digestName gives a hand-written file the digest that a built one has.
func digestName(name string, body []byte) (plain, hashed string) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	return name, strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:5]) + ext
}

// builtName takes the digest out of app-XXXXXXXX.css.
func builtName(name string, _ []byte) (plain, hashed string) {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if at := strings.LastIndex(stem, "-"); at > 0 {
		stem = stem[:at]
	}
	return stem + ext, name
}

func squeeze(body []byte) []byte {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil {
		return nil
	}
	if err := w.Close(); err != nil || buf.Len() >= len(body) {
		return nil
	}
	return buf.Bytes()
}

// Assets serves everything under /assets/: styles, scripts, icon and theme.
func Assets() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+assetsPrefix+"theme.css", serveTheme)
	mux.HandleFunc("GET "+assetsPrefix+"{name}", serveAsset)
	return mux
}

// serveAsset serves a file by its name with a digest. One with another digest is
// of another release: a page of it is still on somebody's screen, or another
// node serves it. It gets the file as it is here, to be kept by nobody.
func serveAsset(w http.ResponseWriter, r *http.Request) {
	name, keep := r.PathValue("name"), immutable
	a, ok := stock().files[name]
	if plain, _ := builtName(name, nil); !ok && plain != name {
		a, ok = stock().files[stock().latest[plain]]
		keep = "no-store"
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", keep)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body := a.body
	if a.gzipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.gzipped
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	// A write fails only when the browser has gone, and there is nobody to tell.
	_, _ = w.Write(body)
}

func address(plain string) string {
	if name, ok := stock().latest[plain]; ok {
		return assetsPrefix + name
	}
	return ""
}

// StylesheetPath is the address of the stylesheet: the built one, or the short
// hand-written one when the assets have not been built.
func StylesheetPath() string { return firstOf(address("app.css"), address("plain.css")) }

// ScriptPath is the address of the script, a module, or nothing when the
// assets have not been built. Every page works without it.
func ScriptPath() string { return address("app.js") }

// BootPath is the address of the few bytes that tell the stylesheet that
// scripts run, before anything is drawn; nothing without ScriptPath.
func BootPath() string { return address("boot.js") }

// IconPath is the address of the icon in the browser's tab.
func IconPath() string { return address("icon.svg") }

// Built reports whether the assets were built into this program.
func Built() bool { return address("app.css") != "" }

// Packages are the npm packages whose styles and scripts are in the program, as
// the tool that bundled them wrote down; none when the assets were not built.
func Packages() ([]sbom.Package, error) {
	text, err := built.ReadFile("dist/.packages.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []sbom.Package
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	return out, err
}
