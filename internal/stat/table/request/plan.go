package request

import (
	"encoding/json"
	"fmt"

	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// planned is the question of power: the sizes of two groups, the rate of the reference, and how the rate of the group
// may differ from it.
type planned struct {
	N1    json.RawMessage `json:"n1"`
	N0    json.RawMessage `json:"n0"`
	P0    *float64        `json:"p0"`
	RR    *float64        `json:"rr"`
	P1    *float64        `json:"p1"`
	Alpha *float64        `json:"alpha"`
	Power *float64        `json:"power"`
}

// design has the answer: the power, where a rate is given, and the smallest difference that would be found.
type design struct {
	P1 figure.Figure `json:"p1"`
	table.Power
	table.Detectable
}

func (q question) power() (asked, result any, err error) {
	var p planned
	if err := json.Unmarshal(q.Power, &p); err != nil || p.P0 == nil {
		return nil, nil, fmt.Errorf("The power needs the numbers n1, n0 and p0, and rr or p1 where a rate is to be found.")
	}
	d := table.Design{P0: *p.P0, Alpha: or(p.Alpha, 0.05)}
	if d.N1, err = countOne(p.N1, "n1"); err != nil {
		return nil, nil, err
	}
	if d.N0, err = countOne(p.N0, "n0"); err != nil {
		return nil, nil, err
	}
	u := figure.Undefined
	out := design{P1: u, Power: table.Power{Asymptotic: u, Fisher: u, MidP: u}}
	if out.Detectable, err = d.Detect(or(p.Power, 0.8)); err != nil {
		return nil, nil, err
	}
	switch {
	case p.RR != nil && p.P1 != nil:
		return nil, nil, fmt.Errorf("The power needs rr or p1, and has both.")
	case p.RR != nil:
		out.P1 = figure.Figure(*p.RR * *p.P0)
	case p.P1 != nil:
		out.P1 = figure.Figure(*p.P1)
	default:
		return d, out, nil
	}
	out.Power, err = d.Power(float64(out.P1))
	return d, out, err
}

func or(given *float64, usual float64) float64 {
	if given == nil {
		return usual
	}
	return *given
}

// groups are rows of people with the event and without it.
func (q question) groups() (asked, result any, err error) {
	cells, err := countTable(q.Groups, "groups")
	if err != nil {
		return nil, nil, err
	}
	groups, err := rowsOf(cells)
	if err != nil {
		return nil, nil, err
	}
	reference := largest(groups)
	if given(q.Reference) {
		row, err := countOne(q.Reference, "reference")
		if err != nil {
			return nil, nil, err
		}
		reference = int(row) - 1
	}
	measures, err := table.Measure(groups, reference)
	return groups, measured{reference + 1, measures}, err
}

// measured is what is told of each group, in the order of the rows.
type measured struct {
	Reference int              `json:"reference"` // its row, from 1
	Groups    []table.Measures `json:"groups"`
}

func rowsOf(cells [][]int64) (groups []table.Group, err error) {
	for i, row := range cells {
		if len(row) != 2 || row[0] < 0 || row[1] < 0 {
			return nil, fmt.Errorf("Group %d needs two counts: people with the event and people without it.", i+1)
		}
		groups = append(groups, table.Group{Events: row[0], Total: row[0] + row[1]})
	}
	return groups, nil
}

// largest is the group with the most people.
func largest(groups []table.Group) (at int) {
	for i, g := range groups {
		if g.Total > groups[at].Total {
			at = i
		}
	}
	return at
}

func (q question) interaction() (asked, result any, err error) {
	cells, err := countTable(q.Interaction, "interaction")
	if err != nil {
		return nil, nil, err
	}
	g, err := rowsOf(cells)
	if err != nil {
		return nil, nil, err
	}
	if len(g) != 4 {
		return nil, nil, fmt.Errorf("The interaction needs four rows: people with both characteristics, with the first only, with the second only, and with neither.")
	}
	result, err = table.Interact(table.Crossing{Both: g[0], First: g[1], Second: g[2], Neither: g[3]})
	return g, result, err
}

func powerInWords(d table.Design, r design) []string {
	lines := []string{fmt.Sprintf("%d people beside %d of whom %s have the event.", d.N1, d.N0, percent(figure.Figure(d.P0)))}
	if r.P1.Defined() {
		lines = append(lines, fmt.Sprintf("A rate of %s would be found with a probability of %s (mid-p), %s (Fisher), %s (score).",
			percent(r.P1), percent(r.MidP), percent(r.Fisher), percent(r.Asymptotic)))
	}
	return append(lines, fmt.Sprintf("The smallest higher rate that would be found with the power asked for: %s, %s times that of the reference.", percent(r.Rate), number(r.Ratio)))
}

func groupsMeasuredInWords(groups []table.Group, r measured) []string {
	var lines []string
	for i, m := range r.Groups {
		lines = append(lines, fmt.Sprintf("Group %d: %d of %d (%s), %s times the rate of group %d and %s times that of all others; %s of events, %s of people.",
			i+1, groups[i].Events, groups[i].Total, percent(m.Rate), number(m.LikelihoodReference), r.Reference, number(m.LikelihoodComplement), percent(m.ShareEvents), percent(m.SharePeople)))
	}
	return lines
}

func interactionInWords(r table.Interaction) []string {
	return []string{
		fmt.Sprintf("Both: %s. First only: %s. Second only: %s. Neither: %s.", percent(r.P11), percent(r.P10), percent(r.P01), percent(r.P00)),
		fmt.Sprintf("More than one added to the other: %s, 95%% interval %s to %s.", percent(r.Contrast), percent(r.ContrastCI[0]), percent(r.ContrastCI[1])),
		fmt.Sprintf("Excess risk due to interaction: %s, 95%% interval %s; synergy %s.", number(r.RERI), between(r.RERICI), number(r.Synergy)),
	}
}
