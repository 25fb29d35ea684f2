package request

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// countTable reads rows of counts; what names the table in a sentence.
func countTable(raw json.RawMessage, what string) ([][]int64, error) {
	var rows []json.RawMessage
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("The %s is no list of rows.", what)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("The %s has no rows.", what)
	}
	var out [][]int64
	for i, row := range rows {
		counts, err := countList(row, fmt.Sprintf("row %d of the %s", i+1, what))
		if err != nil {
			return nil, err
		}
		out = append(out, counts)
	}
	return out, nil
}

func countList(raw json.RawMessage, what string) ([]int64, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("The value of %s is no list of counts.", what)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("The list of %s is empty.", what)
	}
	var out []int64
	for _, one := range list {
		n, err := countOne(one, what)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// countOne reads a count, also one that is written 6.0 or 1e3.
func countOne(raw json.RawMessage, what string) (int64, error) {
	if raw == nil {
		return 0, fmt.Errorf("The question has no %s.", what)
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	switch {
	case err != nil:
		return 0, fmt.Errorf("The value of %s has %s, which is no count of people.", what, short(raw))
	case f != math.Trunc(f):
		return 0, fmt.Errorf("The value of %s has %s: counts of people are whole numbers.", what, short(raw))
	case math.Abs(f) > 1<<52:
		return 0, fmt.Errorf("The value of %s has %s, which is more people than can be counted exactly.", what, short(raw))
	}
	return int64(f), nil
}

func numbers(raw json.RawMessage, what string) ([]float64, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("The value of %s is no list of numbers.", what)
	}
	out := make([]float64, len(list))
	for i, one := range list {
		if err := json.Unmarshal(one, &out[i]); err != nil || string(one) == "null" {
			return nil, fmt.Errorf("The value of %s has %s, which is no number.", what, short(one))
		}
	}
	return out, nil
}

// short is what was read, cut where it is long.
func short(raw json.RawMessage) string {
	if len(raw) > 40 {
		return string(raw[:40]) + "..."
	}
	return string(raw)
}
