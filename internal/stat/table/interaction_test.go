package table

import (
	"math"
	"testing"
)

// TestInteract has a made example worked out by hand, and what must be so: where risks add up there is no interaction,
// and rates in place of counts change no estimate.
func TestInteract(t *testing.T) {
	got, err := Interact(Crossing{Group{30, 100}, Group{20, 200}, Group{15, 300}, Group{10, 1000}})
	if err != nil {
		t.Fatal(err)
	}
	close(t, "the contrast", float64(got.Contrast), 0.30-0.10-0.05+0.01, 1e-13)
	close(t, "RERI", float64(got.RERI), 30-10-5+1, 1e-13)
	close(t, "AP", float64(got.AP), 16.0/30, 1e-13)
	close(t, "synergy", float64(got.Synergy), 29.0/13, 1e-13)
	// var = (0.3 0.7/100 + 0.1 0.9/200 + 0.05 0.95/300 + 15^2 0.01 0.99/1000) / 0.01^2
	width := 1.959963984540054 * math.Sqrt(0.0021+0.00045+0.0475/300+225*0.0099/1000) / 0.01
	close(t, "RERI, low", float64(got.RERICI[0]), 16-width, 1e-12)
	close(t, "RERI, high", float64(got.RERICI[1]), 16+width, 1e-12)

	none, _ := Interact(Crossing{Group{30, 100}, Group{20, 100}, Group{20, 100}, Group{10, 100}})
	if math.Abs(float64(none.Contrast)) > 1e-15 || none.ContrastCI[0] >= 0 || none.ContrastCI[1] <= 0 {
		t.Errorf("risks that add up: %+v", none)
	}
	zero, _ := Interact(Crossing{Group{3, 10}, Group{0, 10}, Group{0, 10}, Group{0, 10}})
	if zero.RERI.Defined() || !zero.Contrast.Defined() || zero.ContrastCI[1] > 2 {
		t.Errorf("no events in the reference: %+v", zero)
	}
	bare, _ := Interact(Crossing{Group{0, 10}, Group{0, 10}, Group{0, 10}, Group{5, 10}})
	if !bare.RERI.Defined() || bare.RERICI[0].Defined() {
		t.Errorf("groups without events: %+v", bare)
	}
	if _, err := Interact(Crossing{Group{3, 10}, Group{0, 0}, Group{0, 10}, Group{0, 10}}); err == nil {
		t.Error("an empty group was computed")
	}
}

// TestContrastIsNewcombe: without the second characteristic the interval is that of Newcombe, but for the two groups
// that add nothing to it.
func TestContrastIsNewcombe(t *testing.T) {
	huge := Group{0, most / 4}
	got, err := Interact(Crossing{Group{6, 174}, Group{18, 1486}, huge, huge})
	if err != nil {
		t.Fatal(err)
	}
	low, high := TwoByTwo{6, 168, 18, 1468}.Newcombe(0.95)
	if math.Abs(float64(got.ContrastCI[0])-low) > 1e-7 || math.Abs(float64(got.ContrastCI[1])-high) > 1e-7 {
		t.Errorf("%v, want %v to %v", got.ContrastCI, low, high)
	}
}
