package ui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"example.org/asye/internal/platform/fault"
)

func TestDocumentTitle(t *testing.T) {
	wrong := fault.Problems{{Field: "name", Text: "Enter a name"}}
	for _, c := range []struct {
		page Page
		want string
	}{
		{Page{}, "asye"},
		{Page{Title: "Cohort"}, "Cohort - asye"},
		{Page{Title: "Cohort", Problems: wrong}, "Error: Cohort - asye"},
		{Page{Title: "Cohort", Theme: Theme{ServiceName: "Northbrook ASYE"}}, "Cohort - Northbrook ASYE"},
		{Page{Title: "Cohort", ServiceName: "First year", Theme: Theme{ServiceName: "Northbrook ASYE"}}, "Cohort - First year"},
	} {
		if got := c.page.DocumentTitle(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.page, got, c.want)
		}
	}
}

func TestLayoutIsSafeUnderAStrictPolicy(t *testing.T) {
	for name, page := range map[string]templ.Component{
		"gallery": Gallery(),
		"bare":    Layout(Page{Title: "A page"}),
		"back":    Layout(Page{Title: "A page", Back: &Link{Href: "/"}, NoIndex: true, Theme: Theme{Colour: "#884400"}}),
	} {
		t.Run(name, func(t *testing.T) {
			root, err := html.Parse(strings.NewReader(render(t, page, nil)))
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			for n := range root.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				for _, a := range n.Attr {
					if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
						t.Errorf("<%s> has the inline attribute %s", n.Data, a.Key)
					}
					if a.Key == "id" && ids[a.Val] {
						t.Errorf("the id %q is used twice", a.Val)
					}
					if a.Key == "id" {
						ids[a.Val] = true
					}
				}
				if (n.Data == "script" || n.Data == "style") && n.FirstChild != nil {
					t.Errorf("<%s> has inline text", n.Data)
				}
			}
		})
	}
}

func TestErrorSummaryLinksLeadToFields(t *testing.T) {
	text := render(t, Gallery(), nil)
	for _, p := range galleryProblems {
		if !strings.Contains(text, `href="#`+p.Field+`"`) {
			t.Errorf("no link to %s", p.Field)
		}
		if !strings.Contains(text, `id="`+p.Field+`"`) {
			t.Errorf("no field with the id %s", p.Field)
		}
		if strings.Count(text, p.Text) != 2 {
			t.Errorf("%q should be in the summary and beside its field", p.Text)
		}
	}
}

func TestLayoutShowsWhatItIsGiven(t *testing.T) {
	page := GalleryPage()
	text := render(t, Layout(page), templ.Raw("<h1>Mine</h1>"))
	for _, want := range []string{
		`<html lang="en"`, "Skip to main content", "<h1>Mine</h1>", "Amina Yusuf", "ASYE coordinator, Northbrook Council",
		`name="robots" content="noindex, nofollow"`, "This is an example service", "Get help with this page", `href="/help"`,
		"Who can see what", "Accessibility statement", `<form method="post" action="#sign-out">`, `name="_form" value="token"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if plain := render(t, Layout(Page{Title: "A"}), nil); strings.Contains(plain, "noindex") || strings.Contains(plain, "example service") {
		t.Error("a page that is not an example must neither say it is one nor hide from search engines")
	}
}

func TestHrefsAreSanitised(t *testing.T) {
	text := render(t, Button(ButtonOptions{Text: "Go", Href: "javascript:alert(1)"}), nil)
	if strings.Contains(text, "javascript:") {
		t.Errorf("a script address went through: %s", text)
	}
}

func TestTextareaKeepsAFirstEmptyLine(t *testing.T) {
	for _, value := range []string{"\nSecond line", "First line", "</textarea><b>", ""} {
		root, err := html.Parse(strings.NewReader(render(t, Textarea(TextareaOptions{Name: "note", Value: value}), nil)))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for n := range root.Descendants() {
			if n.Data == "textarea" && n.FirstChild != nil {
				got = n.FirstChild.Data
			}
		}
		if got != value {
			t.Errorf("typed %q, shown again as %q", value, got)
		}
	}
}

func TestParseDateField(t *testing.T) {
	form := url.Values{"start-day": {" 4 "}, "start-month": {"January"}, "start-year": {"27"}}
	if got, want := ParseDateField(form, "start"), (DateField{"4", "January", "27"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !ParseDateField(form, "end").Blank() || ParseDateField(form, "start").Blank() {
		t.Error("only a date with nothing typed is blank")
	}
}

func TestThemeCheck(t *testing.T) {
	for _, c := range []struct {
		colour string
		says   string // part of the sentence; nothing when accepted
	}{
		{"", ""}, {DefaultColour, ""}, {"#000000", ""},
		{"#767676", ""}, // 4.54 to 1, the lightest grey that passes
		{"#777777", "4.4 to 1"},
		{"#ffffff", "1.0 to 1"},
		{"teal", "is not a colour"}, {"#0b556", "is not a colour"}, {"#0b5560;}", "is not a colour"},
	} {
		err := Theme{Colour: c.colour}.Check()
		if (err == nil) != (c.says == "") {
			t.Errorf("%q: %v", c.colour, err)
		}
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %q does not say %q", c.colour, err, c.says)
		}
	}
}

func get(t *testing.T, address, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssets(t *testing.T) {
	for _, c := range []struct{ address, kind string }{
		{StylesheetPath(), "text/css"}, {IconPath(), "image/svg+xml"}, {ScriptPath(), "text/javascript"}, {BootPath(), "text/javascript"},
		{Theme{Colour: "#884400"}.StylesheetPath(), "text/css"},
	} {
		if c.address == "" {
			if Built() {
				t.Errorf("no address for a built asset of type %s", c.kind)
			}
			continue
		}
		res := get(t, c.address, "gzip")
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), c.kind) {
			t.Errorf("%s: %d %s", c.address, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s may not be kept: %s", c.address, res.Header.Get("Cache-Control"))
		}
	}
	if res := get(t, "/assets/none.css", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown asset: %d", res.StatusCode)
	}
	if res := get(t, "/assets/theme.css?colour=%23ffff00", ""); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a colour too light to read on: %d", res.StatusCode)
	}
	if packed, plain := get(t, StylesheetPath(), "gzip"), get(t, StylesheetPath(), ""); packed.Header.Get("Content-Encoding") != "gzip" || plain.Header.Get("Content-Encoding") != "" {
		t.Error("the stylesheet must be compressed for those who ask, and for nobody else")
	}
}

// TestAssetsCarryNoGOVUKBrand holds the rule that the typeface, crown and crest
// are for GOV.UK alone.
func TestAssetsCarryNoGOVUKBrand(t *testing.T) {
	if !Built() {
		t.Log("the assets are not built: only the hand-written ones are looked at; run go run ./internal/tools/assets")
	}
	for name := range stock().files {
		body, err := io.ReadAll(get(t, assetsPrefix+name, "").Body)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(string(body))
		for _, banned := range []string{"gds transport", "@font-face", "crown", "crest", "fonts/"} {
			if strings.Contains(text, banned) {
				t.Errorf("%s contains %q", name, banned)
			}
		}
	}
	if text := strings.ToLower(render(t, Gallery(), nil)); strings.Contains(text, "crown") {
		t.Error("the gallery draws a crown")
	}
}

// TestWeight holds the styles and scripts to the share of the 60 kilobytes of
// a page that they may take.
func TestWeight(t *testing.T) {
	total := 0
	for _, address := range []string{StylesheetPath(), ScriptPath(), BootPath()} {
		if address == "" {
			continue
		}
		body, err := io.ReadAll(get(t, address, "gzip").Body)
		if err != nil {
			t.Fatal(err)
		}
		total += len(body)
	}
	if total > 30_000 {
		t.Errorf("styles and scripts weigh %d bytes compressed, over 30,000", total)
	}
}

func TestPages(t *testing.T) {
	href := func(n int) string { return "?page=" + Thousands(n) }
	for _, c := range []struct {
		current, total int
		want           string
	}{
		{1, 0, ""}, {1, 1, ""}, {1, 2, "[1] 2 >"}, {2, 2, "< 1 [2]"},
		{3, 5, "< 1 2 [3] 4 5 >"}, {1, 9, "[1] 2 … 9 >"}, {5, 9, "< 1 … 4 [5] 6 … 9 >"}, {9, 9, "< 1 … 8 [9]"},
	} {
		if got := sketch(Pages(c.current, c.total, href)); got != c.want {
			t.Errorf("page %d of %d: %q, want %q", c.current, c.total, got, c.want)
		}
	}
}

func sketch(o PaginationOptions) string {
	var parts []string
	if o.Previous != nil {
		parts = append(parts, "<")
	}
	for _, it := range o.Items {
		switch {
		case it.Number == 0:
			parts = append(parts, "…")
		case it.Current:
			parts = append(parts, "["+Thousands(it.Number)+"]")
		default:
			parts = append(parts, Thousands(it.Number))
		}
	}
	if o.Next != nil {
		parts = append(parts, ">")
	}
	return strings.Join(parts, " ")
}

func TestShowing(t *testing.T) {
	for _, c := range []struct {
		page, size, total int
		want              string
	}{
		{1, 25, 0, "No registrations"},
		{1, 25, 25, "Showing 1 to 25 of 25 registrations"},
		{2, 25, 26, "Showing 26 to 26 of 26 registrations"},
		{3, 1000, 3052, "Showing 2,001 to 3,000 of 3,052 registrations"},
	} {
		if got := Showing(c.page, c.size, c.total, "registrations"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got := Thousands(-1234567) + " " + Thousands(999) + " " + Thousands(1000); got != "-1,234,567 999 1,000" {
		t.Error(got)
	}
}

func TestBarChart(t *testing.T) {
	o := BarChartOptions{ID: "c", Title: "Finding", Bars: []Bar{
		{Label: "Any other mixed or multiple ethnic background", Text: "1 of 4", Value: 25, Low: 10, High: 50},
		{Label: "None", Value: 0},
	}}
	bars := o.draw().bars
	if got := bars[0].width + " " + bars[0].low + " " + bars[0].high + " " + bars[1].width; got != "50.00% 20.00% 100.00% 0%" {
		t.Errorf("widths are shares of the axis, and begin at zero: %s", got)
	}
	if n := len(bars[0].lines); n != 3 {
		t.Errorf("a long label is broken over two lines, with the value on a third: %d lines", n)
	}
	text := render(t, BarChart(o), nil)
	for _, want := range []string{`role="img"`, `<title id="c-title">Finding</title>`, `<desc id="c-desc">`, `aria-labelledby="c-title c-desc"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	if got := percent(5, 0) + percent(-1, 10) + percent(11, 10); got != "0%0%100.00%" {
		t.Errorf("bars stay within the picture: %s", got)
	}
	if strings.Count(text, "<rect") != len(o.Bars) {
		t.Error("something else is drawn like a bar: a bar of full width behind each looks like all of it")
	}
}

func TestBarChartAxis(t *testing.T) {
	tests := []struct {
		name  string
		max   float64
		whole bool
		want  string
	}{
		{"a rate", 3.5, false, "0 1 2 3 4"},
		{"a rate that is a mark", 4, false, "0 1 2 3 4"},
		{"a small rate", 0.7, false, "0.0 0.2 0.4 0.6 0.8"},
		{"half steps", 2.1, false, "0.0 0.5 1.0 1.5 2.0 2.5"},
		{"no record failed", 0, false, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{"everybody", 100, false, "0 20 40 60 80 100"},
		{"registrations", 3065, true, "0 1,000 2,000 3,000 4,000"},
		{"one registration", 1, true, "0 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := BarChartOptions{Max: tt.max, Whole: tt.whole, Bars: []Bar{{Label: "a", Value: tt.max / 2}}}
			var got []string
			for _, m := range o.draw().marks {
				got = append(got, m.text)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("marks %s, want %s", s, tt.want)
			}
		})
	}
	one, other := BarChartOptions{Max: 4, Bars: []Bar{{Value: 1}}}, BarChartOptions{Max: 4, Bars: []Bar{{Value: 4}}}
	if a, b := one.draw().bars[0].width, other.draw().bars[0].width; a != "25.00%" || b != "100.00%" {
		t.Errorf("charts with one Max have one axis: %s and %s", a, b)
	}
	text := render(t, BarChart(BarChartOptions{ID: "c", Axis: "Failed in every 100", Bars: []Bar{{Label: "a", Value: 3.5}}}), nil)
	for _, want := range []string{">Failed in every 100</text>", `text-anchor="end">4</text>`} {
		if !strings.Contains(text, want) {
			t.Errorf("the axis lacks %s in %s", want, text)
		}
	}
}

func TestTableSaysHowItIsSorted(t *testing.T) {
	text := render(t, Table(galleryTable), nil)
	for _, want := range []string{`aria-sort="ascending"`, `aria-sort="none"`, `scope="row"`, `tabindex="0"`, `role="region"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %s", want)
		}
	}
}
