package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// unpacked are the parts of a file, and their names in order.
func unpacked(t testing.TB, data []byte) (parts map[string]string, names []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		names = append(names, f.Name)
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s bears a time: %v", f.Name, f.Modified)
		}
	}
	return parts, names
}

// folder is what we read of an OpenDocument spreadsheet.
type folder struct {
	Tables []struct {
		Name    string `xml:"name,attr"`
		Columns []struct {
			Repeated int `xml:"number-columns-repeated,attr"`
		} `xml:"table-column"`
		Rows []odsRow `xml:"table-row"`
		Head struct {
			Rows []odsRow `xml:"table-row"`
		} `xml:"table-header-rows"`
	} `xml:"body>spreadsheet>table"`
	Ranges []odsRange `xml:"body>spreadsheet>database-ranges>database-range"`
}

type odsRange struct {
	Name    string `xml:"name,attr"`
	Address string `xml:"target-range-address,attr"`
	Header  string `xml:"contains-header,attr"`
	Filter  string `xml:"display-filter-buttons,attr"`
}

type odsRow struct {
	Repeated int       `xml:"number-rows-repeated,attr"`
	Cells    []odsCell `xml:"table-cell"`
}

type odsCell struct {
	Style    string  `xml:"style-name,attr"`
	Type     string  `xml:"value-type,attr"`
	Value    string  `xml:"value,attr"`
	Formula  *string `xml:"formula,attr"`
	Repeated int     `xml:"number-columns-repeated,attr"`
	Spanned  *string `xml:"number-columns-spanned,attr"`
	Text     []struct {
		Plain string `xml:",chardata"`
		Link  struct {
			Href string `xml:"href,attr"`
			Text string `xml:",chardata"`
		} `xml:"a"`
	} `xml:"p"`
}

func (c odsCell) seen() string {
	var out []string
	for _, p := range c.Text {
		out = append(out, p.Plain+p.Link.Text)
	}
	return strings.Join(out, "\n")
}

func readODS(t testing.TB, content string) (f folder) {
	t.Helper()
	if err := xml.Unmarshal([]byte(content), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// sameCells compares what a reader saw of a worksheet with what was laid out.
func sameCells(t testing.TB, p page, got [][]string) {
	t.Helper()
	var want [][]string
	add := func(cells []cell) {
		var row []string
		for _, c := range cells {
			row = append(row, c.String())
		}
		want = append(want, row)
	}
	for _, c := range p.lines {
		add([]cell{c})
	}
	if p.table != nil {
		add(p.table.head)
		for _, row := range p.table.rows {
			add(row)
		}
	}
	if !slices.EqualFunc(got, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
		t.Errorf("worksheet %s\n got %q\nwant %q", p.name, got, want)
	}
}

// spread is a part with one tag on a line, for reading.
func spread(part string) string { return strings.ReplaceAll(part, "><", ">\n<") + "\n" }

// rows are the cells of a worksheet, with the headings where they stand.
func (f folder) rows(n, top int) (out [][]string) {
	s := f.Tables[n]
	rows := slices.Clone(s.Rows)
	if len(s.Head.Rows) > 0 {
		rows = slices.Insert(rows, top, s.Head.Rows...)
	}
	for _, r := range rows {
		var row []string
		for _, c := range r.Cells {
			row = append(row, c.seen())
		}
		out = append(out, row)
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
