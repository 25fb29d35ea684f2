package disclosure

import (
	"testing"

	"example.org/asye/internal/stat/disclosure/lattice"
)

// TestFiveOnesAreNotTold is the attack on ranges that begin at 0: five hidden
// counts with a known sum of 5 can each be anything up to 5, but who has read
// that zeros are shown knows that each is 1.
func TestFiveOnesAreNotTold(t *testing.T) {
	tab := table(t, []int{1, 1, 1, 1, 1, 40}, dim("group", 6))
	blunt := fives
	blunt.Sharp = 0
	figures := primaryOnly(tab, blunt)
	report, err := Audit(tab, blunt, figures)
	if err != nil || !report.Safe {
		t.Fatalf("the plain attacker is met: %v %v", report.Narrow(), err)
	}
	report, err = Audit(tab, fives, figures)
	if err != nil || report.Safe || report.Ranges[0].Sharp != 0 {
		t.Fatalf("the sharp attacker is not seen: %+v %v", report, err)
	}
	r, err := Suppress(tab, fives)
	if err != nil {
		t.Fatal(err)
	}
	if report, err := r.Audit(tab); err != nil || !report.Safe || len(r.Secondary) == 0 {
		t.Errorf("%v %v %v", r.Secondary, report.Narrow(), err)
	}
}

// TestNationalFiguresAreKept: hiding one national sum would protect every
// employer below it with the fewest cells. Some must be hidden: where all that
// a nation has are ones.
func TestNationalFiguresAreKept(t *testing.T) {
	tab := nation(t, 60)
	free := tab
	free.Keep = nil
	with, without := hiddenOf(t, tab, tab.Keep), hiddenOf(t, free, tab.Keep)
	t.Logf("%d national figures are hidden, %d when nothing is kept", with, without)
	if with*3 > without*2 {
		t.Errorf("%d national figures are hidden, %d when nothing is kept", with, without)
	}
}

// hiddenOf counts the secondary cells among some.
func hiddenOf(t *testing.T, tab Table, among map[int]bool) int {
	t.Helper()
	r, err := Suppress(tab, fives)
	if err != nil {
		t.Fatal(err)
	}
	if report, err := r.Audit(tab); err != nil || !report.Safe {
		t.Fatal(err, report.Narrow())
	}
	n := 0
	for _, cell := range r.Secondary {
		if among[cell] {
			n++
		}
	}
	return n
}

func TestWhatChangedSinceIsRefused(t *testing.T) {
	ledger := &Ledger{Dims: []lattice.Dim{dim("year", 2)}}
	first, err := ledger.Table([]int{20, 30}, Asked{withTotal(ledger.Dims[0])})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Suppress(first, fives)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Publish("first", first, r); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Table([]int{21, 30}, Asked{nil}); err == nil {
		t.Error("one more person than was published passes")
	}
}

func TestTablesThatCannotBe(t *testing.T) {
	if _, err := Suppress(Table{}, fives); err == nil {
		t.Error("no table passes")
	}
	tab := table(t, []int{0, 0, 0, 0}, dim("a", 2), dim("b", 2))
	if r, err := Suppress(tab, fives); err != nil || len(r.Primary)+len(r.Secondary) > 0 {
		t.Errorf("a table of nobody: %v %v", r, err)
	}
	bad := fives
	bad.Share = 101
	if _, err := Suppress(tab, bad); err == nil {
		t.Error("a share of 101 percent passes")
	}
	tab.Shown = []bool{true}
	if _, err := Suppress(tab, fives); err == nil {
		t.Error("what is shown does not fit the cells and passes")
	}
}
