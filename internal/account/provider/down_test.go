package provider_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
)

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestACC32_ADirectoryThatIsDownOrHangs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		fall, get func(*place)
	}{
		{"down", func(p *place) { p.Fall() }, func(p *place) { p.Rise() }},
		{"hanging", func(p *place) { p.Hang("/") }, func(p *place) { p.GoOn() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := open(t)
			in := p.browser(t).signIn("ada").is(200, "home of Ada First")
			halfway := p.browser(t).get(paths.Directory(key)) // is typing a password when it happens
			tt.fall(p)
			p.clock.ahead.Add(int64(31 * time.Second)) // what it said of itself is no longer fresh
			began := time.Now()
			b := p.browser(t).get(paths.Directory(key))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("the page took %s", took)
			}
			b.is(422, "The sign-in of Northshire Council does not answer at the moment", "have a link sent to your e-mail address", "Try again")
			began = time.Now()
			p.browser(t).get(paths.Directory(key)).is(422, "does not answer")
			if took := time.Since(began); took > 500*time.Millisecond {
				t.Errorf("the next page took %s", took)
			}
			in.get("/account").is(200, "Ada First")
			p.browser(t).byLink("tom@example.org").is(200, "home of Tom Other")
			if !strings.Contains(p.log.String(), "kind=away") || strings.Contains(p.log.String(), "ada@") {
				t.Errorf("the log says:\n%s", p.log.String())
			}
			tt.get(p)
			p.clock.ahead.Add(int64(6 * time.Second))
			p.browser(t).signIn("ada").is(200, "home of Ada First")
			if tt.name == "hanging" {
				halfway.send("interaction", "login=ada", "password=x")
				halfway.send("interaction").is(200, "home of Ada First")
			}
		})
	}
}

// A directory that hangs when the browser has come back from it already.
func TestACC32_ADirectoryThatHangsHalfway(t *testing.T) {
	t.Parallel()
	p := open(t)
	for _, part := range []string{"/token", "/jwks", "/me"} {
		p.clock.ahead.Add(int64(31 * time.Second)) // or the keys are known
		p.Hang(part)
		began := time.Now()
		b := p.browser(t).signIn("ada").is(422, "does not answer at the moment")
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("with %s hanging, the page took %s", part, took)
		}
		p.GoOn()
		b.get(paths.Directory(key)).is(200, "home of Ada First") // still signed in there
	}
}

// Where a directory is the only way in, the letter leads there.
func TestACC35_WhoeverSignsInWithTheDirectoryAloneGetsNoLink(t *testing.T) {
	t.Parallel()
	p := open(t, func(d *account.Directory) { d.Only = true }, func(*account.Directory) {})
	b := p.browser(t)
	b.get(paths.SignIn()).send(paths.SignIn(), "email=ada@northshire.gov.uk").is(200, "Check your e-mail")
	p.Work(t)
	letter := p.Letters(t)[0].Body
	if strings.Contains(letter, "token=") || !strings.Contains(letter, p.at+paths.Directory(key)) || p.Count(t, `sign_in_links`) != 0 {
		t.Errorf("the letter is:\n%s", letter)
	}
	p.browser(t).byLink("tom@example.org").is(200, "home of Tom Other")
	p.browser(t).signIn("ada").is(200, "home of Ada First")
}
