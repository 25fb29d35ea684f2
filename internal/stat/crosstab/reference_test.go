package crosstab

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

// TestReference compares with 50-digit arithmetic; testdata/README.md says how that was made.
func TestReference(t *testing.T) {
	f, err := os.Open("testdata/crosstab.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	worst := map[string]float64{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var one struct {
			Table [][]int64
			Want  map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		r, err := Test(one.Table, Effort)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(r)
		var got map[string]any
		_ = json.Unmarshal(text, &got)
		for name, want := range one.Want {
			check := func(far, bar float64) {
				worst[name] = max(worst[name], far)
				if !(far <= bar) {
					t.Errorf("%v: %s is %v, want %s: off by %.2g", one.Table, name, got[name], want, far)
				}
			}
			w, _ := strconv.ParseFloat(want, 64)
			g, _ := got[name].(float64)
			far := math.Abs(g-w) / max(math.Abs(w), 1e-300)
			if w == 0 {
				far = math.Abs(g)
			}
			check(far, 1e-11)
		}
	}
	for name, far := range worst {
		t.Logf("%-16s %.1e", name, far)
	}
}
