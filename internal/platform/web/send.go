package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	gzips   = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
)

// send draws the whole page before a byte of it leaves, so that a failure half
// way down never shows half a page.
func (m *Mux) send(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	body := take()
	defer buffers.Put(body)
	if err := page.Render(r.Context(), body); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding")
	out := body
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		packed := take()
		defer buffers.Put(packed)
		if err := pack(packed, body.Bytes()); err != nil {
			return err
		}
		h.Set("Content-Encoding", "gzip")
		out = packed
	}
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = w.Write(out.Bytes()) // the reader has gone: nobody is left to tell
	return nil
}

func take() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func pack(to *bytes.Buffer, body []byte) error {
	z := gzips.Get().(*gzip.Writer)
	defer gzips.Put(z)
	z.Reset(to)
	if _, err := z.Write(body); err != nil {
		return err
	}
	return z.Close()
}

// contentPolicy lets a page load our own files and nothing else: no inline
// script or style, and no text that a script turns into markup (trusted types).
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// harden tells the browser to run nothing that is not ours, and to keep nothing.
func harden(w http.ResponseWriter, site Site) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	if site.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
