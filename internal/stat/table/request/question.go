package request

import (
	"bytes"
	"encoding/json"
	"fmt"

	"example.org/asye/internal/stat/crosstab"
	"example.org/asye/internal/stat/figure"
	"example.org/asye/internal/stat/table"
)

// question is one table, trend, list of strata, rate, list of p-values, plan, list of groups or interaction.
type question struct {
	ID          json.RawMessage `json:"id"`
	Table       json.RawMessage `json:"table"`
	Strata      json.RawMessage `json:"strata"`
	X           json.RawMessage `json:"x"`
	N           json.RawMessage `json:"n"`
	Scores      json.RawMessage `json:"scores"`
	P           json.RawMessage `json:"p"`
	Power       json.RawMessage `json:"power"`
	Groups      json.RawMessage `json:"groups"`
	Reference   json.RawMessage `json:"reference"`
	Interaction json.RawMessage `json:"interaction"`
}

// answer has a result or the reason why there is none.
type answer struct {
	ID     json.RawMessage `json:"id"`
	Result any             `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
	asked  any             // the counts as they were read, for an answer in words
}

func reply(raw json.RawMessage) answer {
	var q question
	if err := json.Unmarshal(raw, &q); err != nil {
		return answer{ID: json.RawMessage("null"), Error: "The question is no object with an id and counts."}
	}
	a := answer{ID: q.ID}
	if a.ID == nil {
		a.ID = json.RawMessage("null")
	}
	var err error
	if a.asked, a.Result, err = q.compute(); err != nil {
		a.Result, a.Error = nil, err.Error()
	}
	return a
}

// compute finds what is asked, and answers it.
func (q question) compute() (asked, result any, err error) {
	kinds := 0
	for _, part := range []json.RawMessage{q.Table, q.Strata, q.X, q.P, q.Power, q.Groups, q.Interaction} {
		if given(part) {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		return nil, nil, fmt.Errorf("The question has none of table, strata, x, p, power, groups and interaction.")
	case kinds > 1:
		return nil, nil, fmt.Errorf("The question has more than one of table, strata, x, p, power, groups and interaction.")
	case given(q.Table):
		return q.table()
	case given(q.Strata):
		return q.strata()
	case given(q.P):
		return q.many()
	case given(q.Power):
		return q.power()
	case given(q.Groups):
		return q.groups()
	case given(q.Interaction):
		return q.interaction()
	case bytes.HasPrefix(q.X, []byte("[")):
		return q.trend()
	}
	return q.rate()
}

func given(part json.RawMessage) bool { return part != nil && string(part) != "null" }

func (q question) table() (asked, result any, err error) {
	cells, err := countTable(q.Table, "table")
	if err != nil {
		return nil, nil, err
	}
	if len(cells) == 2 && len(cells[0]) == 2 && len(cells[1]) == 2 {
		t := two(cells)
		result, err = table.Compare(t, table.Levels())
		return t, result, err
	}
	result, err = crosstab.Test(cells, crosstab.Effort)
	return cells, result, err
}

func two(cells [][]int64) table.TwoByTwo {
	return table.TwoByTwo{A: cells[0][0], B: cells[0][1], C: cells[1][0], D: cells[1][1]}
}

func (q question) strata() (asked, result any, err error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(q.Strata, &parts); err != nil || len(parts) == 0 {
		return nil, nil, fmt.Errorf("The strata are no list of tables.")
	}
	var tables []table.TwoByTwo
	for i, part := range parts {
		cells, err := countTable(part, fmt.Sprintf("table of stratum %d", i+1))
		if err != nil {
			return nil, nil, err
		}
		if len(cells) != 2 || len(cells[0]) != 2 || len(cells[1]) != 2 {
			return nil, nil, fmt.Errorf("The table of stratum %d needs two rows and two columns.", i+1)
		}
		tables = append(tables, two(cells))
	}
	result, err = table.StrataOf(tables)
	return tables, result, err
}

func (q question) trend() (asked, result any, err error) {
	x, err := countList(q.X, "x")
	if err != nil {
		return nil, nil, err
	}
	n, err := countList(q.N, "n")
	if err != nil {
		return nil, nil, err
	}
	scores := make([]float64, len(x)) // 0, 1, 2 when none are given
	for i := range scores {
		scores[i] = float64(i)
	}
	if given(q.Scores) {
		if scores, err = numbers(q.Scores, "scores"); err != nil {
			return nil, nil, err
		}
	}
	result, err = table.TrendOf(x, n, scores)
	return trend{x, n, scores}, result, err
}

type trend struct {
	x, n   []int64
	scores []float64
}

func (q question) rate() (asked, result any, err error) {
	x, err := countOne(q.X, "x")
	if err != nil {
		return nil, nil, err
	}
	n, err := countOne(q.N, "n")
	if err != nil {
		return nil, nil, err
	}
	result, err = table.Rates(x, n, table.Levels())
	return table.Group{Events: x, Total: n}, result, err
}

func (q question) many() (asked, result any, err error) {
	p, err := numbers(q.P, "p")
	if err != nil {
		return nil, nil, err
	}
	result, err = table.Adjust(p)
	return figure.Figures(p), result, err
}
