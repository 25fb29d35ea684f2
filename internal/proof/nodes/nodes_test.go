package nodes

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// amount is how many jobs the nodes share: JOBS, or a few. long tells that
// somebody asked for it.
func amount() (n int, long bool) {
	if n, err := strconv.Atoi(os.Getenv("JOBS")); err == nil && n > 0 {
		return n, true
	}
	return 60, false
}

// shortLeases is no mistake: nobody wants to wait ten minutes for a lease to run
// out, so this program has leases of three seconds.
var shortLeases = []proof.Edit{
	{File: "internal/platform/jobs/runner.go", Old: "orElse(r.Lease, 10*time.Minute)", New: "orElse(r.Lease, 3*time.Second)"},
	{File: "internal/platform/mail/store.go", Old: "lease       = 2 * time.Minute ", New: "lease       = 3 * time.Second "},
}

func TestRUN9_TwoNodes(t *testing.T) {
	if testing.Short() || os.Getenv("ASYE_TEST_POSTGRES") == "" {
		t.Skip("builds programs, and needs PostgreSQL")
	}
	n, long := amount()
	var saw []string
	say := func(format string, args ...any) {
		saw = append(saw, fmt.Sprintf(format, args...))
		t.Log(saw[len(saw)-1])
	}
	p := newPair(t, proof.Program(t))
	if n := p.count(`select count(*) from organisations where type = 'local_authority'`); n != 153 {
		t.Errorf("RUN-8 two nodes that started at once have put %d authorities on record", n)
	}
	if err := p.travel(); err != nil {
		t.Fatalf("RUN-9 requests in turn: %v", err)
	}
	say("Signing in, a form of six pages, an upload, a change with its notice and signing out, every request at the other node: all held.")
	e, err := p.once(n)
	if err != nil {
		t.Fatal(err)
	}
	if say("%s.", e); e.none+e.twice+e.unsent+e.again > 0 || long && (e.ran[names[0]] == 0 || e.ran[names[1]] == 0) {
		t.Errorf("RUN-10 two living nodes: %s", e)
	}
	if !long {
		return // nodes that die, and the twins, take minutes
	}
	if err := p.oneConversation(); err != nil {
		t.Errorf("RUN-11 %v", err)
	}
	quick := proof.Twin(t, shortLeases...)
	p = newPair(t, quick)
	took, err := p.takenOver()
	if err != nil {
		t.Errorf("RUN-10 %v", err)
	}
	say("A node that was killed in the middle of a job was followed by the other after %.1f seconds, with a lease of three.", took.Seconds())
	if e, err = p.underKills(n, max(3, n/100)); err != nil {
		t.Fatal(err)
	}
	if say("Nodes killed in turn: %s.", e); e.none+e.twice+e.unsent > 0 || e.again > e.kills {
		t.Errorf("RUN-10 nodes that die: %s", e)
	}
	if !t.Failed() {
		proof.Keep(t, proof.Result{Net: "nodes", Part: proof.Running,
			Promise: "Two programs share one PostgreSQL: any of them answers anything, and each job has its effect once.",
			Saw:     strings.Join(saw, " "), Twin: twinsNoticed(t), Command: fmt.Sprintf("make net-nodes JOBS=%d", n)})
	}
}

const (
	claims = "attempts = $3 and run_at = $4 and finished_at is null and failed_at is null`,"
	ends   = "		return end(ctx, tx)\n"
)

// twinsNoticed lets two nodes with a mistake in them work, and says what was
// seen.
func twinsNoticed(t *testing.T) string {
	t.Helper()
	var out []string
	note := func(mistake string, noticed bool, saw any) {
		if !noticed {
			t.Errorf("the net does not notice that %s: %v", mistake, saw)
			return
		}
		out = append(out, fmt.Sprintf("%s: %.120s.", mistake, fmt.Sprint(saw)))
		t.Log(out[len(out)-1])
	}
	begin := func(edits ...proof.Edit) *pair {
		p := newPair(t, proof.Twin(t, edits...))
		p.lenient = true
		return p
	}
	p := begin(
		proof.Edit{File: "internal/platform/jobs/store.go", Old: claims, New: "attempts >= $3 and run_at >= $4`,"},
		proof.Edit{File: "internal/account/store_links.go", Old: ends, New: "		return nil\n"})
	e, err := p.once(800) // so many that both have some in hand
	note("a job is claimed without looking whether another has it", err == nil && e.twice > 0, e)
	p = begin(append(shortLeases, proof.Edit{File: "internal/account/store_links.go", Old: ends, New: "		return nil\n"},
		proof.Edit{File: "internal/platform/jobs/runner.go", Old: "return r.Queue.finish(keep, j)",
			New: "time.Sleep(20 * time.Millisecond)\n\t\treturn r.Queue.finish(keep, j)"})...)
	e, err = p.underKills(400, 8)
	note("a job ends a moment after its effect, not with it", err == nil && e.twice > 0, e)
	p = begin(proof.Edit{File: "internal/account/store.go", Old: "	if s.key != \"\" {\n",
		New: "	if s.key == \"\" {\n\t\ts.key = s.db.Clock().NewID()\n\t}\n\tif s.key != \"\" {\n"})
	err = p.travel()
	note("each node signs forms with a key of its own", err != nil, err)
	return strings.Join(out, "\n")
}
