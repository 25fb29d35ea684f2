package disclosure

import (
	"math/rand/v2"
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// primaryOnly is the twin: what is sensitive is hidden, and nothing else.
func primaryOnly(tab Table, p Policy) []Figure {
	primary := Primary(tab, p)
	out := make([]Figure, tab.Lattice.Cells())
	for cell, x := range tab.Lattice.X {
		_, hide := primary[cell]
		out[cell] = Figure{Value: p.Value(x), Hidden: hide || !tab.shows(cell)}
	}
	return out
}

// TestTwinWithoutSecondary switches secondary suppression off: the audit must
// see all that the attacker finds, and nearly every table.
func TestTwinWithoutSecondary(t *testing.T) {
	caught, needed, found := 0, 0, 0
	for i := range 40 {
		draw := rand.New(rand.NewPCG(uint64(i), 8))
		tab := table(t, counts(draw, 16), dim("a", 4), dim("b", 4))
		if i%2 > 0 {
			tab = table(t, counts(draw, 18), dim("a", 3), dim("b", 3), dim("c", 2))
		}
		r, err := Suppress(tab, fives)
		if err != nil {
			t.Fatal(err)
		}
		figures := primaryOnly(tab, fives)
		report, err := Audit(tab, fives, figures)
		if err != nil {
			t.Fatal(err)
		}
		narrow := map[int]bool{}
		for _, n := range report.Narrow() {
			narrow[n.Cell] = true
		}
		for _, cell := range attackAll(tab, fives, figures).finds(Primary(tab, fives), tab.told, 5) {
			found++
			if !narrow[cell] {
				t.Errorf("the attacker knows %s, and the audit does not see it", tab.Lattice.Label(cell))
			}
		}
		if len(r.Secondary) > 0 {
			needed++
			if !report.Safe {
				caught++
			}
		}
	}
	t.Logf("caught %d of %d; the attacker found %d counts", caught, needed, found)
	if caught < needed || found < 60 {
		t.Errorf("caught %d of %d twins; the attacker found %d", caught, needed, found)
	}
}

// TestTwinWithoutLedger protects two linked tables, each by itself: together
// they give counts away, and the ledger must see it.
func TestTwinWithoutLedger(t *testing.T) {
	caught, tables := 0, 0
	for i := range 24 {
		draw := rand.New(rand.NewPCG(uint64(i), 3))
		s := scenes[i%4]
		dims, _, asked := s.make(draw)
		n := 1
		for _, d := range dims {
			n *= len(d.Leaves)
		}
		c := counts(draw, n)
		last := asked[len(asked)-1]
		alone, err := (&Ledger{Dims: dims}).Table(c, last)
		if err != nil {
			t.Fatal(err)
		}
		second, err := Suppress(alone, fives)
		if err != nil {
			continue
		}
		ledger := &Ledger{Dims: dims}
		first, _ := ledger.Table(c, asked[0])
		r, err := Suppress(first, fives)
		if err != nil {
			continue
		}
		if _, err := ledger.Publish("first", first, r); err != nil {
			t.Fatal(err)
		}
		together, err := ledger.Table(c, last)
		if err != nil {
			t.Fatal(err)
		}
		tables++
		if _, err := ledger.Publish("second", together, carried(alone, second, together)); err != nil {
			caught++
		}
	}
	t.Logf("%d of %d pairs are refused", caught, tables)
	if caught < 4 {
		t.Errorf("only %d of %d pairs that were protected one by one are refused", caught, tables)
	}
}

// carried is a release of one table within a larger lattice.
func carried(from Table, r Release, to Table) Release {
	where := map[string]int{}
	for cell := range from.Lattice.X {
		if from.shows(cell) {
			where[key(from.Lattice, cell)] = cell
		}
	}
	out := Release{Policy: r.Policy, Figures: make([]Figure, to.Lattice.Cells())}
	for cell := range out.Figures {
		out.Figures[cell] = Figure{Hidden: true}
		if old, ok := where[key(to.Lattice, cell)]; ok && to.shows(cell) {
			out.Figures[cell] = r.Figures[old]
		}
	}
	return out
}

func key(l *lattice.Lattice, cell int) string {
	var a Asked
	for d, c := range l.Coords(cell) {
		a = append(a, []lattice.Group{{Leaves: l.Dims[d].Members(c)}})
	}
	return a.Key()
}

// TestAuditRefusesForgedFigures holds figures against the policy.
func TestAuditRefusesForgedFigures(t *testing.T) {
	tab := table(t, []int{20, 30, 40, 50}, dim("a", 2), dim("b", 2))
	r, err := Suppress(tab, fives)
	if err != nil {
		t.Fatal(err)
	}
	r.Figures[0].Value++
	if _, err := r.Audit(tab); err == nil {
		t.Error("a figure that is not the count passes")
	}
	small := table(t, []int{3, 30, 40, 50}, dim("a", 2), dim("b", 2))
	figures := make([]Figure, small.Lattice.Cells())
	for cell, x := range small.Lattice.X {
		figures[cell] = Figure{Value: x}
	}
	report, err := Audit(small, fives, figures)
	if err != nil || report.Safe || len(report.Told) != 1 {
		t.Errorf("a small count is simply told, and the audit says %+v, %v", report, err)
	}
}
