package golden

import "testing"

func TestDifference(t *testing.T) {
	for _, tt := range []struct {
		name, got, want string
		line            int
	}{
		{"the same", "a\nb\n", "a\nb\n", 0},
		{"a line differs", "a\nb\n", "a\nc\n", 2},
		{"a line more", "a\nb", "a", 2},
		{"a line less", "a", "a\nb", 2},
		{"nothing", "", "", 0},
	} {
		if line, _, _ := difference(tt.got, tt.want); line != tt.line {
			t.Errorf("%s: line %d, want %d", tt.name, line, tt.line)
		}
	}
}

func TestLay(t *testing.T) {
	got, err := Lay("<!doctype html><main class=\"a\"><p>Ask  the\n employer</p><br><input name=\"b\"/><!-- c --></main>")
	want := `<!doctype html>
<main class="a">
  <p>
    Ask the employer
  </p>
  <br>
  <input name="b"/>
  <!-- c -->
</main>
`
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}
