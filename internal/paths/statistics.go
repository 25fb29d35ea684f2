package paths

// Method is a way of working figures out: the anchor of its part of the page
// that explains them.
type Method string

// The methods that pages link to. The page is made of docs/statistics.md, and a
// test holds that it has each of them and no other.
const (
	WhoCounts      Method = "who-counts"
	HowComplete    Method = "how-complete"
	SmallNumbers   Method = "small-numbers"
	MissingAnswers Method = "missing-answers"
	OneRate        Method = "one-rate"
	Difference     Method = "difference-in-people"
	RatioOfRates   Method = "ratio-of-rates"
	OddsRatio      Method = "odds-ratio"
	Chance         Method = "chance"
	ShareOfEvents  Method = "share-of-events"
	AllGroups      Method = "all-groups-at-once"
	Trend          Method = "trend"
	WithinCohorts  Method = "within-each-cohort"
	ManyLooks      Method = "many-looks"
	CouldHaveShown Method = "what-the-numbers-could-have-shown"
	Regression     Method = "regression"
	Deferrals      Method = "with-and-without-deferrals"
	Combinations   Method = "combinations"
	Funnel         Method = "funnel"
	ShrunkenRate   Method = "shrunken-rate"
	Representation Method = "representation"
	Stages         Method = "stages"
	TimeToStage    Method = "time-to-each-stage"
	SmallCounts    Method = "small-counts"
	Rounding       Method = "rounding"
	Noise          Method = "noise"
	HiddenCounts   Method = "hidden-counts"
	Audit          Method = "audit"
	Questions      Method = "questions"
	TwoApprovals   Method = "two-approvals"
)

// Methods are all of them, in the order of the page.
func Methods() []Method {
	return []Method{WhoCounts, HowComplete, SmallNumbers, MissingAnswers, OneRate, Difference, RatioOfRates, OddsRatio, Chance, ShareOfEvents,
		AllGroups, Trend, WithinCohorts, ManyLooks, CouldHaveShown, Regression, Deferrals, Combinations, Funnel, ShrunkenRate,
		Representation, Stages, TimeToStage, SmallCounts, Rounding, Noise, HiddenCounts, Audit, Questions, TwoApprovals}
}

// Statistics is the page that says how figures are worked out, at one method; at
// its beginning when none is named.
func Statistics(m Method) string {
	if m == "" {
		return "/statistics"
	}
	return "/statistics#" + string(m)
}
