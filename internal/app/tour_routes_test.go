package app

import "testing"

// TestTourGoesEverywhere: the tour opens every page and has every form take
// effect.
func TestTourGoesEverywhere(t *testing.T) {
	o := newTour(t, plainly)
	o.all()
	for _, r := range o.service.mux().Routes() {
		if o.visited.routes[r.Pattern] == 0 {
			t.Errorf("the tour never comes to %s: add a step to one of the files tour_*_test.go", r.Pattern)
		}
	}
}
