package impersonation

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// trouble is a name that would let somebody be somebody else.
var trouble = regexp.MustCompile(`(?i)impersonat|masquerad|back_?door|(sign|log)_?in_?as|log_?on_?as|act(ing)?_?as_?(user|person|someone)|` +
	`become_?(user|person)|switch_?user|sudo|super_?user|god_?mode|(skip|bypass|disable|without|no)_?(auth|sign_?in|log_?in)|` +
	`(debug|dev|test|fake|magic|master)_?(auth|sign_?in|log_?in|user|session|password|token)`)

// harmless are names of ours that look like trouble and are none.
var harmless = regexp.MustCompile(`\.(TestUser)$`)

// strangers are packages that have no place in a release.
var strangers = regexp.MustCompile(`^(testing|net/http/httptest|example\.org/asye/internal/(proof|tools|arch)[./]|` +
	`example\.org/asye/internal/\S*test)\.`)

// innocent are words of the binary that begin like a header and are none: an
// encoding of texts, which the library for workbooks knows.
var innocent = []string{"X-User-Defined"}

// headers are those by which programs have let a proxy, or anybody, say who is
// at the other end. None may even be spelt in the binary.
var headers = []string{"X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Preferred-Username",
	"X-Auth-Request-User", "X-Auth-Request-Email", "X-User", "X-User-Id", "X-Person", "X-Impersonate", "X-Impersonate-User", "X-Act-As",
	"X-On-Behalf-Of", "X-Sudo", "X-Role", "X-Tenant", "X-Org", "X-Admin", "X-Debug", "X-Test-User", "X-Original-User", "X-SSL-Client-S-DN",
	"X-Client-Cert", "X-Ms-Client-Principal", "X-Ms-Client-Principal-Name", "X-Ms-Client-Principal-Id", "X-Goog-Authenticated-User-Email",
	"Cf-Access-Authenticated-User-Email", "X-Amzn-Oidc-Data", "X-Webauth-User", "X-Time-Travel", "X-Session", "X-Session-Id", "X-Api-Key"}

// names are the functions in a binary, those that were folded into others too.
func names(t testing.TB, binary string) []string {
	t.Helper()
	f, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	section := f.Section(".gopclntab")
	if section == nil {
		t.Fatal("the binary has no table of functions")
	}
	data, err := section.Data()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range bytes.Split(data, []byte{0}) {
		if len(name) > 3 && len(name) < 300 && bytes.IndexByte(name, '.') > 0 && !bytes.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) {
			out = append(out, string(name))
		}
	}
	return out
}

// searched is what a search of a binary found.
type searched struct {
	ours, all int      // functions
	found     []string // what must not be there
}

// search looks through a binary: functions, packages, texts, and how it was
// built.
func search(t testing.TB, binary string) searched {
	t.Helper()
	var s searched
	for _, name := range names(t, binary) {
		s.all++
		if strangers.MatchString(name) {
			s.found = append(s.found, "the package of "+name)
		}
		if !strings.HasPrefix(name, "example.org/asye/") && !strings.HasPrefix(name, "main.") {
			continue
		}
		s.ours++
		if trouble.MatchString(name) && !harmless.MatchString(name) {
			s.found = append(s.found, "the function "+name)
		}
	}
	text, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range innocent {
		text = bytes.ReplaceAll(text, []byte(name), nil)
	}
	for _, header := range headers {
		if bytes.Contains(text, []byte(header)) {
			s.found = append(s.found, "the header "+header)
		}
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	for _, setting := range info.Settings {
		if setting.Key == "-tags" && setting.Value != "" {
			s.found = append(s.found, "the build tags "+setting.Value)
		}
	}
	return s
}

// spoken looks through what the program says of its commands, flags and
// settings, and through its addresses.
func spoken(t testing.TB, binary string) (words int, found []string) {
	t.Helper()
	help, err := os.ReadFile(filepath.Join(proof.Root(t), "internal", "app", "testdata", "help.golden"))
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^\$ asye (.*)--help$`).FindAllStringSubmatch(string(help), -1) {
		said.WriteString(run(t, binary, append(strings.Fields(m[1]), "--help")...))
	}
	said.WriteString(run(t, binary, "config", "check"))
	for _, r := range routes(t) {
		said.WriteString(r.pattern + "\n")
	}
	for _, word := range strings.Fields(said.String()) {
		words++
		if trouble.MatchString(word) {
			found = append(found, "the word "+word)
		}
	}
	return words, found
}

func run(t testing.TB, binary string, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Env = t.TempDir(), []string{"HOME=" + t.TempDir()}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("asye %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// route is one address of the program, and who may use it, as people have read
// it.
type route struct {
	method, pattern string
	open            bool
}

// routes reads the list of addresses, which TestRoutes of internal/app holds
// against the program.
func routes(t testing.TB) []route {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(proof.Root(t), "internal", "app", "testdata", "routes.golden"))
	if err != nil {
		t.Fatal(err)
	}
	var out []route
	for line := range strings.Lines(string(text)) {
		method, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		pattern, who, _ := strings.Cut(rest, "  ")
		out = append(out, route{method, strings.ReplaceAll(pattern, "{$}", ""), strings.HasPrefix(who, "everyone")})
	}
	if len(out) < 100 {
		t.Fatalf("there are only %d addresses in the list", len(out))
	}
	return out
}
