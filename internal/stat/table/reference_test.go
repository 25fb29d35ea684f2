package table

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// bars are how far each figure may be from the reference, relative to it.
var bars = map[string]float64{"wilson": 1e-11, "newcombe": 1e-11, "chisq": 1e-11, "yates": 1e-11, "n1": 1e-11, "G": 1e-11,
	"cp": 1e-9, "jeffreys": 1e-9, "midp": 1e-9, "p": 1e-9, "fisher": 1e-9, "mn": 1e-8, "koopman": 1e-8, "exact": 1e-8,
	"cmle": 1e-8, "scas": 1e-6, "mh": 1e-11, "cmh": 1e-11, "bd": 1e-11, "breslow": 1e-11, "tarone": 1e-11}

func barOf(path string) float64 {
	name := path[strings.LastIndex(path, ".")+1:]
	switch {
	case strings.HasPrefix(name, "or_midp"), strings.HasPrefix(name, "exact_or"):
		return 1e-8
	case strings.HasPrefix(name, "fisher"), strings.HasPrefix(name, "midp"), name == "p_obs", strings.Contains(path, ".exact."), strings.HasPrefix(name, "exact"):
		return 1e-9
	}
	for _, part := range strings.Split(name, "_") {
		if bar, ok := bars[part]; ok && part != "p" {
			return bar
		}
	}
	return 1e-11
}

// compare walks what is wanted beside what came, and notes the largest error by name.
func compare(t *testing.T, path string, want, got any, worst map[string]float64) {
	t.Helper()
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for k, v := range w {
			compare(t, path+"."+k, v, g[k], worst)
		}
	case []any:
		g, _ := got.([]any)
		if len(g) != len(w) {
			t.Errorf("%s is %v, want %v", path, got, want)
			return
		}
		for i, v := range w {
			compare(t, path, v, g[i], worst)
		}
	case nil:
		if got != nil {
			t.Errorf("%s is %v, want nothing", path, got)
		}
	case string:
		compareFigure(t, path, w, got, worst)
	}
}

func compareFigure(t *testing.T, path, want string, got any, worst map[string]float64) {
	t.Helper()
	if want == "inf" || want == "-inf" {
		if got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
		return
	}
	w, err := strconv.ParseFloat(want, 64)
	g, ok := got.(float64)
	if !ok || err != nil && w != 0 && !math.IsInf(w, 0) {
		t.Errorf("%s is %v, want %s", path, got, want)
		return
	}
	far := math.Abs(g - w)
	if math.Abs(w) > 1e-300 {
		far /= math.Abs(w)
	}
	if math.Abs(w) < 1e-14 && math.Abs(g-w) < 1e-14 && strings.Contains(path, "rd") {
		far = 0 // a limit at zero has no relative error
	}
	name := path[strings.LastIndex(path, ".")+1:]
	worst[name] = max(worst[name], far)
	if !(far <= barOf(path)) {
		t.Errorf("%s is %.17g, want %.17g: off by %.2g", path, g, w, far)
	}
}

// plain is a value as JSON has it.
func plain(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// each reads a file of cases, one JSON object on each line.
func each[T any](t *testing.T, name string, do func(T)) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		do(one)
	}
}

func tell(t *testing.T, worst map[string]float64) {
	t.Helper()
	var names []string
	for name := range worst {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		t.Logf("%-28s %.1e", name, worst[name])
	}
}

// TestTwoByTwoReference compares with 50-digit arithmetic; testdata/README.md says how that was made.
func TestTwoByTwoReference(t *testing.T) {
	worst := map[string]float64{}
	file := "two_by_two.jsonl"
	if other := os.Getenv("ASYE_TABLES"); other != "" {
		file = other
	}
	n := 0
	each(t, file, func(c struct {
		Table [2][2]int64
		Want  any
	}) {
		n++
		got, err := Compare(TwoByTwo{c.Table[0][0], c.Table[0][1], c.Table[1][0], c.Table[1][1]}, Levels())
		if err != nil {
			t.Fatal(err)
		}
		compare(t, fmt.Sprint(c.Table), c.Want, plain(t, got), worst)
	})
	t.Log(n, "tables")
	tell(t, worst)
}

func TestTrendReference(t *testing.T) {
	worst := map[string]float64{}
	each(t, "trend.jsonl", func(c struct {
		X, N   []int64
		Scores []float64
		Want   any
	}) {
		got, err := TrendOf(c.X, c.N, c.Scores)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, fmt.Sprint(c.X, c.N, c.Scores), c.Want, plain(t, got), worst)
	})
	tell(t, worst)
}

func TestStrataReference(t *testing.T) {
	worst := map[string]float64{}
	each(t, "strata.jsonl", func(c struct {
		Strata [][2][2]int64
		Want   any
	}) {
		var tables []TwoByTwo
		for _, s := range c.Strata {
			tables = append(tables, TwoByTwo{s[0][0], s[0][1], s[1][0], s[1][1]})
		}
		got, err := StrataOf(tables)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, fmt.Sprint(c.Strata), c.Want, plain(t, got), worst)
	})
	tell(t, worst)
}
