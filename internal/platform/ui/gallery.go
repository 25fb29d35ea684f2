package ui

import (
	"strconv"

	"example.org/asye/internal/platform/fault"
)

// galleryProblems are what the gallery's refused form got wrong.
var galleryProblems = fault.Problems{
	{Field: "wrong_name", Text: "Enter the full name as it is on the register"},
	{Field: "wrong_start", Text: "The start date must be today or in the past"},
	{Field: "wrong_end-year", Text: "The end date must include a year of four figures"},
	{Field: "wrong_route", Text: "Select the route into the profession"},
	{Field: "wrong_needs", Text: "Select what support is in place, or select none"},
	{Field: "wrong_region", Text: "Select a region"},
	{Field: "wrong_reason", Text: "The reason must be 200 characters or fewer"},
	{Field: "wrong_file", Text: "Select a file that ends in .csv or .xlsx"},
}

// GalleryPage is the page around the Gallery, with every part of the layout.
func GalleryPage() Page {
	return Page{
		Title: "Gallery", Demo: true, Wide: true, Problems: galleryProblems,
		Org: "Northbrook Council", Person: "Amina Yusuf", Role: "ASYE coordinator", Form: "token",
		Nav: []NavItem{
			{Text: "Home", Href: "#home"}, {Text: "Cohort", Href: "#cohort", Current: true}, {Text: "Outcomes", Href: "#outcomes"},
		},
		Account:     []NavItem{{Text: "Switch role", Href: "#switch"}, {Text: "Sign out", Href: "#sign-out", Post: true}},
		Breadcrumbs: []Link{{Text: "Home", Href: "#home"}, {Text: "Cohort 2026 to 2027", Href: "#cohort"}},
		Flash: &Notice{Kind: Success, Heading: "Grace Okafor has been registered",
			Text: "We have sent her an e-mail so that she can give the rest herself.", Link: &Link{Text: "Open her record", Href: "#record"}},
	}
}

var galleryRoutes = []Choice{
	{Value: "degree", Text: "Undergraduate degree", Hint: "Three years at a university"},
	{Value: "apprentice", Text: "Degree apprenticeship"},
	{Divider: "or"},
	{Value: "other", Text: "Another route", Conditional: Input(InputOptions{Name: "route_other", Label: "Which route?"})},
}

var galleryNeeds = []Choice{
	{Value: "mentor", Text: "A mentor", Conditional: Input(InputOptions{Name: "mentor_name", Label: "Who is it?"})},
	{Value: "hours", Text: "Adjusted hours", Hint: "Agreed with the line manager"},
	{Divider: "or"},
	{Value: "none", Text: "None of these", Exclusive: true},
}

var galleryRegions = []Choice{
	{Text: "Choose one"}, {Value: "NE", Text: "North East"}, {Value: "SW", Text: "South West"},
}

var galleryTagColours = []TagOptions{
	{Text: "Registered"}, {Text: "Draft", Colour: TagGrey}, {Text: "Passed", Colour: TagGreen}, {Text: "Moving", Colour: TagTeal},
	{Text: "On pause", Colour: TagBlue}, {Text: "Extended", Colour: TagPurple}, {Text: "Disputed", Colour: TagMagenta},
	{Text: "Overdue", Colour: TagRed}, {Text: "Due soon", Colour: TagOrange}, {Text: "Waiting", Colour: TagYellow},
}

var galleryTable = TableOptions{
	Caption: "Outcomes by gender, cohorts 2018-19 to 2020-21", RowHeaders: true,
	Head: []Column{
		{Text: "Gender", Href: "#sort-group", Sort: "ascending"}, {Text: "Failed", Href: "#sort-failed", Numeric: true},
		{Text: "Complete records", Numeric: true}, {Text: "Status"}, {Text: "Action", Hidden: true},
	},
	Rows: [][]Cell{
		{LinkTo("Female", "#female"), Number("18"), Number("1,486"), Part(Tag(TagOptions{Text: "Published", Colour: TagGreen})), {Text: "Open", Href: "#open", Hidden: "the figures for women"}},
		{LinkTo("Male", "#male"), Number("6"), Number("174"), Part(Tag(TagOptions{Text: "Draft", Colour: TagGrey})), {Text: "Open", Href: "#open", Hidden: "the figures for men"}},
	},
}

var galleryChart = BarChartOptions{
	ID: "gallery-chart", Title: "Fewer than 4 in 100 failed in each group", Axis: "Failed in every 100",
	Bars: []Bar{
		{Label: "Female", Text: "18 of 1,486 (1.2%)", Value: 1.2, Low: 0.8, High: 1.9},
		{Label: "Male", Text: "6 of 174 (3.4%)", Value: 3.4, Low: 1.6, High: 7.3},
		{Label: "Any other mixed or multiple ethnic background", Text: "0 of 12 (0.0%)"},
	},
}

// galleryPoints has one interval that runs past the end of its axis.
var galleryPoints = BarChartOptions{
	ID: "gallery-points", Title: "More men than women failed; of the smallest group nobody can tell", Axis: "Failed in every 100", Points: true, Cut: true, Max: 8,
	Bars: append([]Bar{{Label: "Of one, nobody failed", Text: "0 of 1 (0.0 in every 100; 0.0 to 79.3)", High: 79.3}}, galleryChart.Bars[:2]...),
}

var galleryPlot = PlotOptions{
	ID: "gallery-plot", Title: "Every employer lies between the limits that chance sets", Across: "People whose year was decided", Up: "Failed in every 100",
	Description: "A point for each employer.",
	Points:      []PlotPoint{{X: 12, Y: 0}, {X: 40, Y: 5}, {X: 90, Y: 2.2, Own: true}, {X: 160, Y: 1.25}},
	Lines:       []PlotLine{{X: []float64{0, 160}, Y: []float64{1.4, 1.4}}, {X: []float64{10, 40, 90, 160}, Y: []float64{20, 9, 5, 4}, Dashed: true}},
}

var galleryTrend = PlotOptions{
	ID: "gallery-trend", Title: "The rates of three cohorts", Names: []string{"2018-19", "2019-20", "2020-21"}, Across: "Cohort", Up: "Failed in every 100",
	Description: "A point for each group and cohort, on a line of uncertainty.", Series: []string{"Female", "Male", "Not known"},
	Points: []PlotPoint{{X: 0.9, Y: 1.2, Low: 0.8, High: 1.9}, {X: 1.1, Y: 3.4, Low: 1.6, High: 7.3, Series: 1}, {X: 2, Y: 0, High: 4, Series: 2},
		{X: 2.9, Y: 1.1, Low: 0.6, High: 2}, {X: 3.1, Y: 2.8, Low: 1.1, High: 6.6, Series: 1}},
}

func galleryHref(page int) string { return "#page-" + strconv.Itoa(page) }

// galleryItems keeps ids apart where the same choices are drawn twice.
func galleryItems(prefix string, items []Choice) []Choice {
	own := append([]Choice(nil), items...)
	for i := range own {
		if own[i].Conditional != nil {
			own[i].Conditional = Input(InputOptions{Name: prefix + items[i].Value + "_more", Label: "Give its name"})
		}
	}
	return own
}

// galleryChosen leaves the refused form without an answer.
func galleryChosen(wrong bool) string {
	if wrong {
		return ""
	}
	return "degree"
}

// Picture is one page of the service in one state, as a file of the gallery.
type Picture struct{ Href, Page, State string }

// galleryPages puts the states of each page together, in the order in which they
// come.
func galleryPages(all []Picture) [][]Picture {
	var out [][]Picture
	for _, one := range all {
		if n := len(out); n > 0 && out[n-1][0].Page == one.Page {
			out[n-1] = append(out[n-1], one)
			continue
		}
		out = append(out, []Picture{one})
	}
	return out
}
