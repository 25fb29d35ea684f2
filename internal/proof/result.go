package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/platform/clock"
)

// Result is what one run of one net saw.
type Result struct {
	Net     string // its own name, in small letters and hyphens: "kill-sqlite"
	Part    Part   // the heading that it stands under
	Promise string // one sentence: what the service promises
	Saw     string // the figures: "1,000 rounds, 41,233 saves acknowledged: 0 lost"
	Twin    string // the mistake that was built in, and what noticed it; one for each mistake
	Command string // the make target that runs it again: "make net-kill ROUNDS=1000"
	On      string // the day of the run; Keep fills it in
	Machine string // where it ran; Keep fills it in
}

// Part is a heading of docs/how-it-is-tested.md.
type Part string

// The parts, in the order of the page.
const (
	NobodyIn      Part = "Nobody in who does not belong"
	SigningIn     Part = "Signing in"
	NothingLost   Part = "Nothing lost"
	NothingSilent Part = "Nothing altered in silence"
	HostileInput  Part = "Hostile input and the browser"
	ForEverybody  Part = "For everybody"
	Running       Part = "Running it"
)

// Parts are all parts, in the order of the page.
func Parts() []Part {
	return []Part{NobodyIn, SigningIn, NothingLost, NothingSilent, HostileInput, ForEverybody, Running}
}

// Keep writes what a run saw into the folder that ASYE_PROOF names; where it
// names none, it only says it. Call it at the end of a net: a net that failed
// keeps nothing.
func Keep(t testing.TB, r Result) {
	t.Helper()
	t.Logf("%s: %s", r.Net, r.Saw)
	dir := os.Getenv("ASYE_PROOF")
	if dir == "" || t.Failed() {
		return
	}
	r.On = clock.Today(clock.Real()).String()
	r.Machine = fmt.Sprintf("%d cores, %s, %s", runtime.NumCPU(), runtime.GOOS, strings.TrimPrefix(runtime.Version(), "go"))
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, r.Net+".json"), append(text, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Results reads what the last runs saw, in the order of the page.
func Results(dir string) ([]Result, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, part := range Parts() {
		for _, name := range names {
			r, err := read(name)
			if err != nil {
				return nil, err
			}
			if r.Part == part {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func read(name string) (Result, error) {
	var r Result
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// Rounds is how often a net is to be run: what ROUNDS says, or a few.
func Rounds(t testing.TB, few int) int {
	t.Helper()
	text := os.Getenv("ROUNDS")
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("ROUNDS is %q: give a number", text)
	}
	return n
}

// Measuring reports whether this is the long run of a net, on a machine that
// does nothing else: only then is a time judged. An ordinary run of the tests
// shares its machine, and times prove nothing there.
func Measuring() bool { return os.Getenv("ASYE_PROOF") != "" }
