package prove_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.org/asye/internal/account/factor"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web/webtest"
)

// begin asks what the device is to be asked, as the script of a page does.
func (s *site) begin(t testing.TB, b *webtest.Browser, path string) factor.Asked {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(url.Values{ui.FormField: {b.Field(ui.FormField)}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	page := b.Send(r)
	var said struct {
		Ceremony string
		Options  json.RawMessage
		Problem  string
	}
	if err := json.Unmarshal([]byte(page.Body), &said); err != nil || page.Status != http.StatusOK {
		t.Fatalf("%s answers %d, %v: %s", path, page.Status, err, page.Body)
	}
	return factor.Asked{ID: said.Ceremony, Options: string(said.Options)}
}
