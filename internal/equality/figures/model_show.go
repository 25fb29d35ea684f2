package figures

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/firth"
)

// modelShowView is what the page of figures with others held equal shows.
type modelShowView struct {
	frame
	Study   *analyse.Analysis
	Without *firth.Model // of every characteristic asked for but deferrals
	With    *firth.Model // deferrals too; nil when nobody asked for them
	Why     string       // why there is no model
}

// modelShow serves what is left of a difference between people who are alike in
// everything else that was asked for.
func (p *pages) modelShow(w http.ResponseWriter, r *web.Request) error {
	f, err := p.count(r, heldEqual)
	if err != nil {
		return err
	}
	v := modelShowView{frame: f}
	if v.Study, err = f.study(); err != nil {
		return err
	}
	if f.counts() {
		v.fit()
	}
	if asked(r) && f.counts() {
		return f.tablesFile(w, v.tables())
	}
	return f.show(w, r, modelShowPage(v))
}

// fit fits both models. A deferral often follows from trouble: to hold it equal
// could explain away what it is a part of, so that it has a model of its own.
func (v *modelShowView) fit() {
	traits := slices.DeleteFunc(slices.Clone(v.Query.By), func(key string) bool { return key == "deferrals" })
	if v.Report.Failed == 0 || v.Report.Passed == 0 {
		v.Why = "Nobody failed, or everybody did: there is no difference to hold anything equal for."
		return
	}
	if len(traits) < 2 && len(traits) == len(v.Query.By) {
		v.Why = "Tick two characteristics or more: with one, nothing else is held equal."
		return
	}
	model := func(terms []string) *firth.Model {
		found, err := v.Report.Model(terms)
		if err != nil {
			v.Why = "There is no answer for these records: " + err.Error() + "."
			return nil
		}
		return found.Model
	}
	if len(traits) > 0 {
		v.Without = model(traits)
	}
	if len(traits) < len(v.Query.By) && v.Why == "" {
		v.With = model(v.Query.By)
	}
}

// models are those that were fitted.
func (v modelShowView) models() []*firth.Model {
	var out []*firth.Model
	for _, m := range []*firth.Model{v.Without, v.With} {
		if m != nil {
			out = append(out, m)
		}
	}
	return out
}

// basis says of whom the models speak.
func (v modelShowView) basis() string {
	m := v.models()[0]
	text := fmt.Sprintf("Of %s people everything asked for is known, and %s of them failed.", ui.Thousands(int(m.N)), ui.Thousands(int(m.Events)))
	if m.Dropped == 0 {
		return text + " Nobody is left out."
	}
	return text + fmt.Sprintf(" Left out because something is not known of them: %s.", ui.Thousands(int(m.Dropped)))
}

// cautions are what a reader has to know of the models.
func (v modelShowView) cautions() []string {
	var out []string
	for _, m := range v.models() {
		if len(m.Separation) > 0 {
			out = append(out, "Of some groups nobody failed, or everybody did ("+named(m.Separation)+"): ordinary regression has no answer there. The penalised one here has, with a wide interval.")
		}
		if len(m.Aliased) > 0 {
			out = append(out, "Left out, because those before say the same: "+strings.Join(m.Aliased, ", ")+".")
		}
		if perTerm := float64(m.Events) / float64(max(len(m.Names)-1, 1)); perTerm < 5 {
			out = append(out, fmt.Sprintf("There are %.1f fails for each figure that is estimated. With so few, take the intervals for what they are: wide.", perTerm))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func named(separated map[string]int) string {
	var names []string
	for name := range separated {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// table has a row for each group, unadjusted beside adjusted.
func (v modelShowView) table() ui.TableOptions {
	o := ui.TableOptions{Caption: "Ratio of the odds of failing to those of the group that each is compared with", CaptionSize: "s", RowHeaders: true, Stacked: true, Small: true,
		Head: []ui.Column{{Text: "Group"}, {Text: "Failed", Numeric: true}, {Text: "By itself", Numeric: true}}}
	if v.Without != nil {
		o.Head = append(o.Head, ui.Column{Text: "Others held equal", Numeric: true})
	}
	if v.With != nil {
		o.Head = append(o.Head, ui.Column{Text: "Deferrals held equal too", Numeric: true})
	}
	for i, t := range v.Report.Tables {
		s := section{Table: t, Study: v.Study.Tables[i]}
		for _, g := range t.WithRecords() {
			row := []ui.Cell{ui.Text(t.Characteristic.Name + ": " + t.Display(g.Group)), ui.Number(ui.Thousands(g.Failed) + " of " + ui.Thousands(g.Total())), ui.Number(byItself(s, g.Group))}
			for _, m := range v.models() {
				row = append(row, ui.Number(adjusted(m, t.Characteristic.Key, g.Group, s.Study.Reference)))
			}
			o.Rows = append(o.Rows, row)
		}
	}
	if v.With != nil {
		o.Rows = append(o.Rows, v.deferralRow())
	}
	return o
}

// deferralRow is one deferral more, which acts linearly in the model.
func (v modelShowView) deferralRow() []ui.Cell {
	row := []ui.Cell{ui.Text("One deferral more"), ui.Number("–"), ui.Number("–")}
	for _, m := range v.models() {
		row = append(row, ui.Number(ratio(m, "deferrals")))
	}
	return row
}

func byItself(s section, group string) string {
	if group == s.Study.Reference {
		return "compared with this"
	}
	c, found := s.comparison(group)
	if !found {
		return "–"
	}
	return equality.Times(c.ConditionalOR, c.CI[levelName].ORMidP)
}

func adjusted(m *firth.Model, key, group, reference string) string {
	switch {
	case key == "deferrals":
		return "–"
	case group == reference:
		return "compared with this"
	}
	return ratio(m, key+group)
}

// ratio is a ratio of odds of a model with its interval; a dash where it was not
// estimated.
func ratio(m *firth.Model, name string) string {
	return equality.Times(oddsRatio(m, name))
}

// oddsRatio is a ratio of odds of a model with its interval; not defined where it
// was not estimated.
func oddsRatio(m *firth.Model, name string) (figure.Figure, figure.Pair) {
	at := slices.Index(m.Names, name)
	if at < 0 || slices.Contains(m.Aliased, name) {
		return figure.Undefined, figure.Pair{figure.Undefined, figure.Undefined}
	}
	exp := func(v figure.Figure) figure.Figure { return figure.Figure(math.Exp(float64(v))) }
	limits := m.Firth.ProfileCI95[at]
	return figure.Figure(math.Exp(m.Firth.Coef[at])), figure.Pair{exp(limits[0]), exp(limits[1])}
}

// said is what becomes of each comparison when others are held equal, of
// characteristics with few groups.
func (v modelShowView) said() []string {
	var out []string
	for i, t := range v.Report.Tables {
		s := section{Table: t, Study: v.Study.Tables[i]}
		if _, open := s.sentences(); !open || t.Characteristic.Key == "deferrals" {
			continue
		}
		for _, c := range s.Study.Comparisons {
			if text := v.left(s, c); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

// counts are how many of a group failed, of how many.
func (s section) counts(group string) string {
	at := slices.IndexFunc(s.Groups, func(c equality.Count) bool { return c.Group == group })
	if at < 0 {
		return "nobody"
	}
	return ui.Thousands(s.Groups[at].Failed) + " of " + ui.Thousands(s.Groups[at].Total()) + " failed"
}

// left is what is left of a comparison. It never says more than the last interval.
func (v modelShowView) left(s section, c analyse.Comparison) string {
	names := map[*firth.Model]string{v.Without: "with the others held equal", v.With: "with deferrals held equal too"}
	text, last := fmt.Sprintf("%s (%s) against %s (%s): the ratio of odds is %.2f by itself", s.Display(c.Group), s.counts(c.Group),
		s.Display(c.Reference), s.counts(c.Reference), float64(c.ConditionalOR)), figure.Pair{}
	for _, m := range v.models() {
		value, limits := oddsRatio(m, s.Characteristic.Key+c.Group)
		if !value.Defined() || !limits[0].Defined() || !limits[1].Defined() || !c.ConditionalOR.Defined() {
			return ""
		}
		text, last = text+fmt.Sprintf(", %.2f %s", float64(value), names[m]), limits
	}
	text += ". "
	if last[0] <= 1 && last[1] >= 1 {
		return text + "By the last of these the counts do not tell in which group the odds are higher."
	}
	return text + "Also by the last of these the counts tell in which group the odds are higher."
}

// risks are how many of every 100 would fail if everybody were of a group, and
// otherwise as they are.
func (v modelShowView) risks() []string {
	m := v.models()[0]
	var out []string
	for _, t := range v.Report.Tables {
		by := m.Firth.Risks[t.Characteristic.Key]
		var parts []string
		for _, g := range t.WithRecords() {
			if risk, known := by[g.Group]; known && risk.Defined() {
				parts = append(parts, fmt.Sprintf("%s %s", t.Display(g.Group), equality.InHundred(100*float64(risk))))
			}
		}
		if len(parts) > 1 {
			out = append(out, t.Characteristic.Name+": "+strings.Join(parts, ", "))
		}
	}
	return out
}

// tests are how often chance would do as much for each characteristic.
func (v modelShowView) tests() []string {
	var out []string
	for _, m := range v.models() {
		for _, t := range v.Report.Tables {
			if test, known := m.Firth.TermTests[t.Characteristic.Key]; known && test.DF > 0 && (m == v.With) == (t.Characteristic.Key == "deferrals") {
				out = append(out, fmt.Sprintf("%s: if it made no difference with the others held equal, chance would do as much in %s such sets of records.", t.Characteristic.Name, equality.OutOf(test.P)))
			}
		}
	}
	return out
}

// tables are all that the page shows.
func (v modelShowView) tables() []ui.TableOptions {
	if len(v.models()) == 0 {
		return nil
	}
	return []ui.TableOptions{v.table()}
}
