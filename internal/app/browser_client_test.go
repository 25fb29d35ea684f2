package app

import (
	"net/http"
	"net/http/cookiejar"
	"testing"
)

// newBrowser is a client that keeps cookies and follows redirections.
func newBrowser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}
