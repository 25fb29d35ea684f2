package audit

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/db/dbtest"
	"example.org/asye/internal/proof"
	"example.org/asye/internal/schema"
)

// TestAUD5_EveryAttackIsFound makes each attack at many positions, on each
// engine, and looks with one checkpoint from outside. Now and then it looks
// without: what leaves a shorter history whole must then not be seen, or the
// checkpoint would be for nothing.
func TestAUD5_EveryAttackIsFound(t *testing.T) {
	found, blind := map[db.Dialect]int64{}, int64(0)
	dbtest.Each(t, schema.All(), func(t *testing.T, d *db.DB) {
		g := newTarget(t, d)
		for _, how := range attacks() {
			began := clock.Real().Now().Time()
			for n := range positions() {
				at := 1 + n*(g.size-33)/positions()
				with, without := g.try(how, at, n%10 == 0)
				if with.Sound() {
					t.Errorf("%s at line %d is not found", how.name, at+1)
					continue
				}
				found[d.Dialect()]++
				if without == nil {
					continue
				}
				if how.blind != without.Sound() {
					t.Errorf("%s at line %d: without what is outside it says\n%s", how.name, at+1, without)
				}
				if how.blind {
					blind++
				}
			}
			t.Logf("%s: %.1f s", how.name, clock.Real().Now().Time().Sub(began).Seconds())
		}
	})
	if positions() < 100 || os.Getenv("ASYE_PROOF") == "" {
		return
	}
	var saw []string
	for _, engine := range slices.Sorted(maps.Keys(found)) {
		saw = append(saw, fmt.Sprintf("%s: %s of %s", engine, figure(found[engine]), figure(positions()*int64(len(attacks())))))
	}
	var twins []string
	for _, twin := range attackTwins {
		twins = append(twins, twin.name+": noticed")
	}
	proof.Keep(t, proof.Result{Net: "audit", Part: proof.NothingSilent,
		Promise: "Whatever is altered in the audit trail is found, with one checkpoint that was kept elsewhere.",
		Saw: fmt.Sprintf("%d attacks at %s positions, found with the checkpoint: %s; without it, %s cuts, old copies and copies carried on elsewhere that nothing else could tell, as expected",
			len(attacks()), figure(positions()), strings.Join(saw, ", "), figure(blind)),
		Twin: strings.Join(twins, "\n"), Command: fmt.Sprintf("make net-audit POSITIONS=%d", positions())})
}

// attackTwins are mistakes that would let an attack through.
var attackTwins = []struct {
	name string
	edit proof.Edit
}{
	{"a column that the hash of a line leaves out", proof.Edit{File: "internal/platform/lines/stored.go",
		Old: "l.EffectiveOn, text(l.Reason)}", New: "l.EffectiveOn}"}},
	{"the tree not held against checkpoints", proof.Edit{File: "internal/platform/audit/store_verify.go",
		Old: "if root == cp.Root {", New: "if root == cp.Root || true {"}},
	{"a checkpoint of more lines than there are taken as it is", proof.Edit{File: "internal/platform/audit/store_verify.go",
		Old: "if n := len(w.points); n > 0 && !w.lost {", New: "if n := len(w.points); n < 0 {"}},
	{"signatures not checked", proof.Edit{File: "internal/platform/audit/checkpoint.go",
		Old: "return c, errSignature", New: "return c, nil"}},
	{"checkpoints of another key taken as ours", proof.Edit{File: "internal/platform/audit/checkpoint.go",
		Old: "return c, errOtherKey", New: "return c, nil"}},
	{"lines without a number not looked for", proof.Edit{File: "internal/platform/audit/store_unchained.go",
		Old: "if lines != leaves+pending || !w.report.Sound() {", New: "if lines < 0 {"}},
	{"marks not checked", proof.Edit{File: "internal/platform/audit/store_verify.go",
		Old: "case w.db.Guarded() && k.number >= w.marked", New: "case !w.db.Guarded()"}},
}

// TestAttackTwins: the net notices each mistake that would let an attack
// through.
func TestAttackTwins(t *testing.T) {
	if os.Getenv("ASYE_PROOF") == "" {
		t.Skip("builds the tests once for each mistake: make net-audit runs it")
	}
	t.Setenv("POSITIONS", "10")
	t.Setenv("ASYE_TEST_POSTGRES", "")
	for _, twin := range attackTwins {
		t.Run(twin.name, func(t *testing.T) {
			proof.Noticed(t, "./internal/platform/audit", "TestAUD5_EveryAttackIsFound", twin.edit)
		})
	}
}
