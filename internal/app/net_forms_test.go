package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/proof"
)

// sent is one submission of a form, as the browser sent it.
type sent struct {
	r     *http.Request
	body  []byte
	token string
}

// forgery is a submission that our pages did not make.
type forgery struct {
	name  string
	forge func(s sent, f *forms) *http.Request
}

// with is the submission with a change of its headers.
func (s sent) with(body []byte, change func(r *http.Request)) *http.Request {
	r := s.r.Clone(s.r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Form, r.PostForm, r.MultipartForm, r.Pattern = nil, nil, nil, ""
	if change != nil {
		change(r)
	}
	return r
}

// instead is the submission with another token; in place of none, a field of
// another name.
func (s sent) instead(token string) *http.Request {
	return s.with(bytes.Replace(s.body, []byte(s.token), []byte(token), 1), nil)
}

func header(name, value string) func(sent, *forms) *http.Request {
	return func(s sent, _ *forms) *http.Request {
		return s.with(s.body, func(r *http.Request) { r.Header.Set(name, value) })
	}
}

// forgeries are all ways in which another site, another person or a program
// could try to send a form in somebody's name. Each is refused.
var forgeries = []forgery{
	{"without a token", func(s sent, _ *forms) *http.Request { return s.instead("") }},
	{"without the field of the token", func(s sent, _ *forms) *http.Request {
		return s.with(bytes.Replace(s.body, []byte(ui.FormField), []byte("other"), 1), nil)
	}},
	{"with a token that was made up", func(s sent, _ *forms) *http.Request { return s.instead("made.up") }},
	{"with a changed token", func(s sent, _ *forms) *http.Request { return s.instead("x" + s.token) }},
	{"with the token of another person", func(s sent, f *forms) *http.Request { return s.instead(f.others) }},
	{"with the token of a visitor", func(s sent, f *forms) *http.Request { return s.instead(f.visitors) }},
	{"as plain text", header("Content-Type", "text/plain")},
	{"as JSON", header("Content-Type", "application/json")},
	{"without saying what it is", func(s sent, _ *forms) *http.Request {
		return s.with(s.body, func(r *http.Request) { r.Header.Del("Content-Type") })
	}},
	{"with the token in the address", func(s sent, _ *forms) *http.Request {
		body := bytes.Replace(s.body, []byte(s.token), nil, 1)
		return s.with(body, func(r *http.Request) { r.URL.RawQuery = ui.FormField + "=" + url.QueryEscape(s.token) })
	}},
	{"from another site", header("Sec-Fetch-Site", "cross-site")},
	{"from another host of the same site", header("Sec-Fetch-Site", "same-site")},
	{"from another origin", header("Origin", "https://evil.example")},
	{"from an origin that is hidden", header("Origin", "null")},
}

// detours are ways around the form: none has an effect, whatever they answer.
var detours = []forgery{
	{"as a link", func(s sent, _ *forms) *http.Request {
		return s.with(nil, func(r *http.Request) { r.Method, r.URL.RawQuery = http.MethodGet, string(s.body) })
	}},
	{"with another method", func(s sent, _ *forms) *http.Request {
		return s.with(s.body, func(r *http.Request) { r.Method = http.MethodPut })
	}},
	{"with a method in a header", func(s sent, _ *forms) *http.Request {
		return s.with(s.body, func(r *http.Request) {
			r.Method = http.MethodGet
			r.Header.Set("X-HTTP-Method-Override", http.MethodPost)
		})
	}},
	{"without a session", func(s sent, _ *forms) *http.Request {
		return s.with(s.body, func(r *http.Request) { r.Header.Del("Cookie") })
	}},
}

// forms goes along with the tour and tries, before a form is sent, to send it in
// somebody's name; and, once it has had its effect, to have it once more.
type forms struct {
	tour             *tour
	routes           map[string]web.Route
	known            *http.ServeMux // finds the route of a request
	busy             bool           // it is asking for something itself
	others, visitors string
	repeats          int            // how often a form is sent again
	tried, repeated  map[string]int // by route
	forged, again    int
}

func (f *forms) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || f.busy {
			next.ServeHTTP(w, r)
			return
		}
		f.busy = true
		s := f.read(r)
		_, pattern := f.known.Handler(r)
		if f.tried[pattern]++; f.tried[pattern] <= 2 {
			f.forge(next, pattern, s)
		}
		f.busy = false
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, s.with(s.body, nil))
		f.busy = true
		if f.done(pattern, answer.Code) && f.repeated[pattern] == 0 {
			f.repeated[pattern]++
			f.repeat(next, pattern, s, answer.Header().Get("Location"))
		}
		f.busy = false
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		io.Copy(w, answer.Body)
	})
}

// done reports whether a form has had its effect.
func (f *forms) done(pattern string, status int) bool {
	here := f.routes[pattern].Writing == web.Passing || slices.Contains(shownAtOnce, pattern)
	return status == http.StatusSeeOther || status == http.StatusOK && here
}

// read keeps the body, and finds the token in it.
func (f *forms) read(r *http.Request) sent {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		f.tour.Fatal(err)
	}
	s := sent{r: r, body: body}
	copied := s.with(body, nil)
	if err := copied.ParseMultipartForm(16 << 20); err != nil && err != http.ErrNotMultipart {
		f.tour.Fatal(err)
	}
	s.token = copied.PostFormValue(ui.FormField)
	return s
}

// forge sends the form in every wrong way, and sees that nothing comes of it.
func (f *forms) forge(next http.Handler, pattern string, s sent) {
	f.tokens()
	version, before := f.tour.ledger.version(), f.tour.ledger.state()
	try := func(one forgery, refused bool) {
		f.forged++
		w := httptest.NewRecorder()
		next.ServeHTTP(w, one.forge(s, f))
		if refused && w.Code != http.StatusForbidden && !(w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/sign-in?")) {
			f.tour.Errorf("PAG-5 %s %s is answered with %d, not refused", pattern, one.name, w.Code)
		}
		if now := f.tour.ledger.version(); now != version {
			version = now
			if tables := changed(before, f.tour.ledger.state()); len(tables) > 0 {
				f.tour.Errorf("%s %s changes %v", pattern, one.name, tables)
			}
		}
	}
	for _, one := range forgeries {
		if _, err := s.r.Cookie("asye_session"); err == nil || one.name != "with the token of a visitor" {
			try(one, true)
		}
	}
	for _, one := range detours {
		if one.name != "without a session" || f.routes[pattern].Rule.String() != "everyone" {
			try(one, false)
		}
	}
}

// tokens are those of other sessions.
func (f *forms) tokens() {
	if f.visitors == "" {
		f.visitors = f.tour.nobody().Get("/sign-in").Field(ui.FormField)
	}
	if _, err := f.tour.service.account.PersonByEmail(f.tour.Context(), lachy); f.others == "" && err == nil {
		f.others = f.tour.again(lachy).Get("/home").Field(ui.FormField)
	}
}

// wishes are the routes of which each sending is a wish of its own, with what
// keeps them from harm.
var wishes = map[string]string{
	"POST /sign-in":                   "each sending asks for one more link, at most five in a quarter of an hour (ACC-7)",
	"POST /account/app":               "each sending begins anew, with another secret that counts for nothing before it is confirmed",
	"POST /account/passkeys/begin":    "each sending asks the device anew, and one answer is taken",
	"POST /account/prove/begin":       "each sending asks the device anew, and one answer is taken",
	"POST /sign-in/passkey/begin":     "each sending asks the device anew, and one answer is taken",
	"POST /sign-in/second-step/begin": "each sending asks the device anew, and one answer is taken",
}

// endings are the acts that end the session in which their form was made, or
// give it another name: sent again from before, they lead to where one signs in.
var endings = []string{"POST /roles", "POST /account/sign-out-everywhere", "POST /account/app/new", "POST /account/app/remove",
	"POST /account/passkeys/new", "POST /account/passkeys/{id}/remove", "POST /account/password", "POST /account/password/remove", "POST /account/printed-codes"}

// repeat sends a form that has had its effect again, many times and several at
// once: it leads to where it led, and has no other effect.
func (f *forms) repeat(next http.Handler, pattern string, s sent, location string) {
	before := f.tour.ledger.state(resaved)
	if slices.Contains(endings, pattern) {
		location = "/sign-in?next=%2Fhome"
	} else if location == "" {
		location = s.r.URL.Path
	}
	wrong := make(chan string, f.repeats)
	var hands sync.WaitGroup
	for range min(f.repeats, 8) {
		hands.Go(func() {
			for range f.repeats / min(f.repeats, 8) {
				w := httptest.NewRecorder()
				next.ServeHTTP(w, s.with(s.body, nil))
				if f.routes[pattern].Writing == web.Once && (w.Code != http.StatusSeeOther || w.Header().Get("Location") != location) {
					wrong <- fmt.Sprintf("leads to %d %s", w.Code, w.Header().Get("Location"))
				}
			}
		})
	}
	hands.Wait()
	close(wrong)
	f.again += f.repeats
	for one := range wrong {
		f.tour.Errorf("PAG-6 %s, sent again, %s; the first led to %s", pattern, one, location)
		break
	}
	if tables := changed(before, f.tour.ledger.state(resaved)); len(tables) > 0 && wishes[pattern] == "" {
		f.tour.Errorf("%s, sent again %d times, changes %v", pattern, f.repeats, tables)
	}
}

// TestNetForms: every form is refused that our own page did not make for this
// session, and has its effect once.
func TestNetForms(t *testing.T) {
	f := &forms{routes: map[string]web.Route{}, known: http.NewServeMux(), tried: map[string]int{}, repeated: map[string]int{}, repeats: rounds("REPEATS", 4)}
	f.tour = newTour(t, plainly, f.watch)
	for _, r := range f.tour.service.mux().Routes() {
		f.routes[r.Pattern] = r
		f.known.Handle(r.Pattern, http.NotFoundHandler())
	}
	f.tour.all()
	count := 0
	for pattern := range f.routes {
		if !strings.HasPrefix(pattern, http.MethodPost) {
			continue
		}
		count++
		if f.tried[pattern] == 0 || f.repeated[pattern] == 0 {
			t.Errorf("%s was forged %d times and repeated %d times", pattern, f.tried[pattern], f.repeated[pattern])
		}
	}
	if !long() {
		return
	}
	var names []string
	for _, one := range slices.Concat(forgeries, detours) {
		names = append(names, one.name)
	}
	proof.Keep(t, proof.Result{Net: "forms", Part: proof.HostileInput, Command: fmt.Sprintf("make net-forms REPEATS=%d", f.repeats),
		Promise: "Only a page of this service, in this session, can send a form, and each has its effect once",
		Saw: fmt.Sprintf("%d routes that take a form; %d forgeries in %d ways (%s): none had an effect; each form sent again %d times, "+
			"eight at once, after its effect (%d in all): no second effect, and each led to where the first led",
			count, f.forged, len(names), strings.Join(names, ", "), f.repeats, f.again),
		Twin: noticed(t, "TestNetForms", formTwins()...)})
}

func formTwins() []broken {
	const form, mux, tx = "internal/platform/web/form.go", "internal/platform/web/mux.go", "internal/platform/db/tx.go"
	return []broken{
		mistake("tokens that are not checked", "not refused", form, `if nonce == "" || !hmac.Equal(`, `if false && !hmac.Equal(`),
		mistake("tokens that are not of the session", "of a visitor", form, "mac := hmac.New(sha256.New, []byte(key))", `mac := hmac.New(sha256.New, []byte(key[:0]))`),
		mistake("forms of other sites", "from another site", mux, "protect.Handler(m.mux).ServeHTTP)", "m.mux.ServeHTTP)"),
		mistake("a token in the address", "in the address", form, "token := r.PostFormValue(ui.FormField)", "token := r.FormValue(ui.FormField)"),
		mistake("a form that is not spent", "sent again", tx, "spend := form != nil && !form.Spent", "spend := form != nil && !form.Spent && false"),
		mistake("a form that is spent after its effect", "sent again", form, "if !r.once || form == nil || form.Spent {", "if true || !r.once || form == nil || form.Spent {"),
	}
}
