package uploads

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/platform/files/filestest"
	"example.org/asye/internal/proof/service"
	"example.org/asye/internal/proof/visit"
)

// The most that one hostile file may cost.
const (
	longest = time.Second
	most    = 64 << 20
	atOnce  = 8
)

// house is the program at work, with people who send files, one who reads pages,
// and a folder of its own for temporary files.
type house struct {
	*testing.T
	program *service.Program
	senders []*visit.Browser
	reader  *visit.Browser
	temp    string
}

func newHouse(t *testing.T, binary string) *house {
	t.Helper()
	h := &house{T: t, temp: t.TempDir()}
	t.Setenv("TMPDIR", h.temp)
	database := filepath.Join(t.TempDir(), "asye.db")
	people, err := service.Coordinators(t.Context(), binary, database, atOnce+1)
	if err == nil {
		h.program, err = service.Start(binary, database)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.program.Stop)
	for _, p := range people[:atOnce] {
		h.senders = append(h.senders, p.Browser(h.program.Base, time.Minute))
	}
	h.reader = people[atOnce].Browser(h.program.Base, time.Minute)
	return h
}

// send sends a file as somebody does, and gives how long the program worked on
// it, and what it said where it refused. What waits for a decision afterwards is
// thrown away.
func (h *house) send(b *visit.Browser, one filestest.Hostile) (worked time.Duration, said string) {
	h.Helper()
	ctx := context.Background()
	page, err := b.Get(ctx, "/upload")
	var form visit.Form
	if err == nil {
		form, err = page.Form("/upload")
	}
	if err != nil {
		h.Errorf("%s: %v", one.Name, err)
		return 0, ""
	}
	before := h.work()
	answer, err := b.Send(ctx, form.Attach("file", one.File, one.Data))
	worked = h.work() - before
	switch {
	case err != nil:
		h.Errorf("%s: %v", one.Name, err)
	case answer.Status == http.StatusSeeOther:
		h.discard(b, one, answer.Location)
	case answer.Status == http.StatusUnprocessableEntity:
		said = sentence(answer.Body)
	default:
		h.Errorf("%s is answered with %d:\n%.400s", one.Name, answer.Status, answer.Body)
	}
	return worked, said
}

// work is how long the program has worked so far: a machine that is busy with
// something else does not make it longer.
func (h *house) work() time.Duration {
	h.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.program.PID()))
	if err != nil {
		h.Skip("this machine does not tell how long a program has worked")
	}
	const user, system, tick = 11, 12, 10 * time.Millisecond // counted from behind the name
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+2:]))
	var ticks int
	for _, at := range []int{user, system} {
		n, err := strconv.Atoi(fields[at])
		if err != nil {
			h.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick
}

func (h *house) discard(b *visit.Browser, one filestest.Hostile, location string) {
	h.Helper()
	check, err := b.Get(context.Background(), location)
	if err != nil || check.Status != http.StatusOK {
		h.Errorf("%s: the page of its check has status %d, %v", one.Name, check.Status, err)
	}
	path := location + "/discard"
	page, err := b.Get(context.Background(), path)
	if err != nil {
		h.Fatal(err)
	}
	form, err := page.Form(path)
	if err == nil {
		_, err = b.Send(context.Background(), form)
	}
	if err != nil {
		h.Errorf("%s cannot be discarded: %v", one.Name, err)
	}
}

var problem = regexp.MustCompile(`(?s)govuk-error-summary__list[^>]*>(.*?)</ul>`)
var marks = regexp.MustCompile(`<[^>]*>|\s+`)

// sentence is what a refused page says is wrong.
func sentence(body string) string {
	if m := problem.FindStringSubmatch(body); m != nil {
		return strings.TrimSpace(marks.ReplaceAllString(m[1], " "))
	}
	return ""
}

// helps reports whether a refusal says what to do.
func helps(said string) bool {
	return regexp.MustCompile(`(?i)\b(Add|Choose|Check|Copy|Fill in|Open|Put|Remove|Save|Select|Shorten|Split|Unpack|Upload)\b`).MatchString(said)
}

// memory is the largest size that the program has had since it was last asked.
func (h *house) memory() int {
	h.Helper()
	dir := fmt.Sprintf("/proc/%d/", h.program.PID())
	text, err := os.ReadFile(dir + "status")
	if err != nil {
		h.Skip("this machine does not tell how large a program is")
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(text)
	if m == nil {
		h.Fatal("no VmHWM")
	}
	kilobytes, _ := strconv.Atoi(string(m[1])) // the expression takes figures only
	if err := os.WriteFile(dir+"clear_refs", []byte("5"), 0); err != nil {
		h.Fatal(err)
	}
	return kilobytes << 10
}

// left are the temporary files that nobody has taken away.
func (h *house) left() []string {
	h.Helper()
	var out []string
	err := filepath.WalkDir(h.temp, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return out
}

// pages opens pages for so long, and gives how long each took.
func (h *house) pages(enough func() bool) []time.Duration {
	var times []time.Duration
	for i := 0; !enough(); i++ {
		path := []string{"/home", "/registrations", "/upload", "/organisation"}[i%4]
		began := time.Now()
		page, err := h.reader.Get(context.Background(), path)
		times = append(times, time.Since(began))
		if err != nil || page.Status != http.StatusOK {
			h.Errorf("%s: status %d, %v", path, page.Status, err)
		}
	}
	return times
}

func sorted(times []time.Duration) []time.Duration {
	slices.Sort(times)
	return times
}

func p99(times []time.Duration) time.Duration { return times[len(times)*99/100] }

// rush sends the whole corpus, so many at once, until all is sent.
func (h *house) rush(corpus []filestest.Hostile) {
	todo := make(chan filestest.Hostile, len(corpus))
	for _, one := range corpus {
		todo <- one
	}
	close(todo)
	var hands sync.WaitGroup
	for _, b := range h.senders {
		hands.Go(func() {
			for one := range todo {
				h.send(b, one)
			}
		})
	}
	hands.Wait()
}
