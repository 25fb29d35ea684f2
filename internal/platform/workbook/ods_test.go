package workbook

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/platform/golden"
)

func TestODSAsOthersReadIt(t *testing.T) {
	data := written(t, writers[0], sample())
	if got := string(data[30 : 30+8+len(ContentTypeODS)]); got != "mimetype"+ContentTypeODS {
		t.Errorf("the file begins with %q, and not with its media type as it is", got)
	}
	if data[6]&8 != 0 || data[28] != 0 || data[29] != 0 {
		t.Error("the length of the media type stands after it, or it has an extra field")
	}
	parts, names := unpacked(t, data)
	if want := []string{"mimetype", "META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml"}; !slices.Equal(names, want) {
		t.Errorf("parts %q", names)
	}
	f := readODS(t, parts["content.xml"])
	pages := sample().pages()
	if len(f.Tables) != len(pages) {
		t.Fatalf("%d worksheets, want %d", len(f.Tables), len(pages))
	}
	for n, p := range pages {
		if f.Tables[n].Name != p.name {
			t.Errorf("worksheet %d is %s, want %s", n, f.Tables[n].Name, p.name)
		}
		sameCells(t, p, f.rows(n, len(p.lines)))
	}
	for _, bad := range []string{"table:formula", "spanned", "covered-table-cell", "repeated", "visibility"} {
		if strings.Contains(parts["content.xml"], bad) {
			t.Errorf("the content has %s", bad)
		}
	}
	for _, must := range []string{"<dc:language>en-GB</dc:language>", "<dc:title>Outcomes of the assessed &amp; supported year</dc:title>", "<dc:date>2026-11-25T00:00:00</dc:date>", "<meta:keyword>outcomes</meta:keyword>"} {
		if !strings.Contains(parts["meta.xml"], must) {
			t.Errorf("meta.xml lacks %s", must)
		}
	}
}

func TestODSTablesAreMarked(t *testing.T) {
	parts, _ := unpacked(t, written(t, writers[0], sample()))
	f := readODS(t, parts["content.xml"])
	var got []string
	for _, r := range f.Ranges {
		got = append(got, r.Name+" "+r.Address)
		if r.Header != "true" || r.Filter != "false" {
			t.Errorf("%s: header %s, filter buttons %s", r.Name, r.Header, r.Filter)
		}
	}
	want := []string{"table_contents 'Contents'.A3:'Contents'.B7", "table_notes 'Notes'.A4:'Notes'.B11", "table_1_gender '1_Gender'.A6:'1_Gender'.E9",
		"table_2_awkward '2_Awkward'.A5:'2_Awkward'.B26", "table_3 '3'.A5:'3'.B6"}
	if !slices.Equal(got, want) {
		t.Errorf("ranges\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, s := range f.Tables[1:] {
		if len(s.Head.Rows) != 1 {
			t.Errorf("worksheet %s has %d rows of headings", s.Name, len(s.Head.Rows))
		}
	}
	rate := f.Tables[3].Rows[len(f.Tables[3].Rows)-3].Cells[3]
	if rate.Type != "percentage" || rate.Value != "0.010" {
		t.Errorf("the rate is kept as %+v", rate)
	}
	golden.Text(t, "content.xml", spread(parts["content.xml"]))
	golden.Text(t, "styles.xml", spread(parts["styles.xml"]))
	golden.Text(t, "meta.xml", spread(parts["meta.xml"]))
}
