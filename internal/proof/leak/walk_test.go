package leak

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/example"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// mostPages is how many pages one person looks at.
const mostPages = 120

// walk lets somebody of each role look at what there is to see and fill in what
// there is to fill in. It gives how many requests there were.
func walk(t *testing.T, d *db.DB, base string) int {
	t.Helper()
	requests := stranger(t, base)
	seen := map[asye.Role]int{}
	for _, p := range example.Personas() {
		if seen[p.Role]++; seen[p.Role] > 1 {
			continue
		}
		b, err := service.SignIn(t.Context(), d, base, p.Email)
		if err != nil {
			t.Fatalf("%s: %v", p.Email, err)
		}
		requests += look(t, b)
		requests += fill(t, b, p.Role)
	}
	return requests
}

var href = regexp.MustCompile(`href="(/[^"#]*)"`)

// look opens every page that can be reached by links, to a limit.
func look(t *testing.T, b *visit.Browser) int {
	t.Helper()
	queue, known := []string{"/home"}, map[string]bool{"/home": true}
	for i := 0; i < len(queue) && i < mostPages; i++ {
		page, err := b.Get(t.Context(), queue[i])
		if err != nil {
			t.Fatalf("%s: %v", queue[i], err)
		}
		if page.Status >= http.StatusInternalServerError {
			t.Errorf("%s: %d", queue[i], page.Status)
		}
		for _, m := range href.FindAllStringSubmatch(page.Body, -1) {
			path := strings.ReplaceAll(m[1], "&amp;", "&")
			if !known[path] && !strings.HasPrefix(path, "/assets/") {
				known[path] = true
				queue = append(queue, path)
			}
		}
	}
	return min(len(queue), mostPages)
}

// stranger asks for what is not there, and to sign in as nobody.
func stranger(t *testing.T, base string) int {
	t.Helper()
	b := visit.New(base, patience)
	paths := []string{"/nowhere/Qwyzzelda", "/registrations/qwyzzelda.vroxanthe@canary.example", "/find?q=Qwyzzelda+Vroxanthe", "/sign-in/link?token=Krumhornist"}
	for _, path := range paths {
		if _, err := b.Get(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	}
	send(t, b, "/sign-in", "email", "qwyzzelda.vroxanthe@canary.example")
	send(t, b, "/sign-in", "email", "Qwyzzelda Vroxanthe")
	return len(paths) + 4
}

// fill types unheard-of names into the forms of a role, right and wrong.
func fill(t *testing.T, b *visit.Browser, role asye.Role) int {
	t.Helper()
	forms := map[asye.Role][][]string{
		asye.Coordinator: {
			{"/register/name", "given_name", "Qwyzzelda", "family_name", "Vroxanthe", "email", "qwyzzelda.vroxanthe@canary.example"},
			{"/register/regulator", "regulator_number", "SW998877", "date_of_birth-day", "30", "date_of_birth-month", "2", "date_of_birth-year", "1998"},
			{"/organisation/edit", "contact_name", "Qwyzzelda Vroxanthe", "contact_email", "qwyzzelda.vroxanthe@canary.example"},
			{"/organisation/edit", "contact_name", "Qwyzzelda\xff", "contact_email", "Vroxanthe"},
		},
		asye.National: {{"/employers/new", "name", "Krumhornist Vroxanthe Trust", "code", "Krumhornist"}},
		asye.Administrator: {{"/admin/people/new", "given_name", "Qwyzzelda", "family_name", "Vroxanthe",
			"email", "qwyzzelda.vroxanthe@canary.example"}},
	}[role]
	for _, form := range forms {
		send(t, b, form[0], form[1:]...)
	}
	if role != asye.Coordinator {
		return 2 * len(forms)
	}
	page, err := b.Get(t.Context(), "/upload")
	if err != nil {
		t.Fatal(err)
	}
	form, err := page.Form("/upload")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(t.Context(), form.Attach("file", "Krumhornist.csv", []byte("First name,Last name\r\nQwyzzelda,Vroxanthe\r\n"))); err != nil {
		t.Fatal(err)
	}
	return 2*len(forms) + 2
}

func send(t *testing.T, b *visit.Browser, path string, fields ...string) {
	t.Helper()
	page, err := b.Get(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	form, err := page.Form(path)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", path, err))
	}
	for i := 0; i < len(fields); i += 2 {
		form = form.With(fields[i], fields[i+1])
	}
	if page, err = b.Send(t.Context(), form); err != nil || page.Status >= http.StatusInternalServerError {
		t.Fatalf("%s: %d, %v", path, page.Status, err)
	}
}
