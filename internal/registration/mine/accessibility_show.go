package mine

import (
	"net/http"

	"example.org/asye/internal/platform/web"
)

// accessibilityShow serves the accessibility statement.
func accessibilityShow(w http.ResponseWriter, r *web.Request) error {
	return r.Render(w, accessibilityPage(r.Page("Accessibility statement")))
}
