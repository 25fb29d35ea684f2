package files

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files/filestest"
)

// What is built by hand for a test.
type (
	part = filestest.Part
	book = filestest.Book
)

var (
	zipped = filestest.Zipped
	liar   = filestest.Liar
	inline = filestest.Inline
)

func piece(name, content string) part { return part{Name: name, Content: content} }

func readBytes(data []byte, choose ...Choice) (*Sheet, error) {
	return Read("cohort.csv", bytes.NewReader(data), int64(len(data)), Limits{}, choose...)
}

func mustRead(t *testing.T, data []byte, choose ...Choice) *Sheet {
	t.Helper()
	sheet, err := readBytes(data, choose...)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return sheet
}

// wantRefused checks that err is a sentence for the person, with a word in it.
func wantRefused(t *testing.T, err error, word string) {
	t.Helper()
	if err == nil {
		t.Fatalf("read without complaint; want a refusal with %q", word)
	}
	var said *fault.Error
	if !errors.As(err, &said) || said.Kind != fault.Invalid {
		t.Fatalf("error %v is not a sentence for the person", err)
	}
	if !strings.Contains(said.Text, word) {
		t.Errorf("sentence %q lacks %q", said.Text, word)
	}
	if !strings.HasSuffix(said.Text, ".") || strings.Count(said.Text, ".") < 2 {
		t.Errorf("sentence %q does not say what to do", said.Text)
	}
}

// table gives the header and the rows of a sheet as text.
func table(s *Sheet) [][]string {
	all := [][]string{s.Header}
	for _, row := range s.Rows {
		all = append(all, texts(row.Cells))
	}
	return all
}

func sameTable(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(x, y) })
}
