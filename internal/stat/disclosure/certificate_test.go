package disclosure

import "testing"

// TestCertificateIsChecked forges certificates: each breaks something that is
// published, and must be refused.
func TestCertificateIsChecked(t *testing.T) {
	tab := table(t, []int{3, 9, 7, 8}, dim("a", 2), dim("b", 2))
	r, err := Suppress(tab, fives)
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Audit(tab)
	if err != nil || len(report.Ranges) == 0 {
		t.Fatal(err)
	}
	good := report.Ranges[0].Certificate
	if d, ok := good.Distance(tab, fives, r.Figures); !ok || d < 5 {
		t.Fatalf("the certificate itself is %d wide, %v", d, ok)
	}
	published := -1
	for cell, f := range r.Figures {
		if !f.Hidden {
			published = cell
		}
	}
	for name, up := range map[string][]Change{
		"below zero":          {{Cell: tab.Lattice.Index(0, 0), By: -4}},
		"a published sum":     {{Cell: tab.Lattice.Index(1, 1), By: 1}, {Cell: tab.Lattice.Index(0, 0), By: 1}},
		"fewer than shown":    {{Cell: tab.Lattice.Index(1, 1), By: -1}},
		"a sum that is moved": {{Cell: tab.Lattice.Index(2, 2), By: 1}},
	} {
		forged := good
		forged.Up = up
		if _, ok := forged.Distance(tab, fives, r.Figures); ok && published >= 0 {
			t.Errorf("%s passes", name)
		}
	}
	if _, ok := good.Distance(tab, fives, make([]Figure, 3)); ok {
		t.Error("figures that do not fit pass")
	}
}
