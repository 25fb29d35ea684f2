package crosstab

import (
	"fmt"
)

// most is how many people one table may count: beyond it products of counts would no longer be exact.
const most = 1_000_000_000

// counts is a table without rows and columns of zeros.
type counts struct {
	cells      [][]int64
	rows, cols []int64
	n          int64
	dropped    []string
}

// read checks a table, and leaves out rows and columns of zeros.
func read(cells [][]int64) (counts, error) {
	if err := check(cells); err != nil {
		return counts{}, err
	}
	var t counts
	rows, cols := sums(cells)
	var keep []int
	for j, n := range cols {
		if n > 0 {
			keep = append(keep, j)
			t.cols = append(t.cols, n)
		}
	}
	for i, n := range rows {
		if n == 0 {
			t.dropped = append(t.dropped, fmt.Sprintf("row %d", i+1))
			continue
		}
		var row []int64
		for _, j := range keep {
			row = append(row, cells[i][j])
		}
		t.cells, t.rows, t.n = append(t.cells, row), append(t.rows, n), t.n+n
	}
	for j, n := range cols {
		if n == 0 {
			t.dropped = append(t.dropped, fmt.Sprintf("column %d", j+1))
		}
	}
	if len(t.rows) < 2 || len(t.cols) < 2 {
		return counts{}, fmt.Errorf("Without rows and columns of zeros the table has %d rows and %d columns: nothing is left to compare.",
			len(t.rows), len(t.cols))
	}
	return t, nil
}

func check(cells [][]int64) error {
	if len(cells) < 2 || len(cells[0]) < 2 {
		return fmt.Errorf("The table needs at least two rows and two columns.")
	}
	total := int64(0)
	for i, row := range cells {
		if len(row) != len(cells[0]) {
			return fmt.Errorf("Row %d has %d counts and row 1 has %d: every row needs as many.", i+1, len(row), len(cells[0]))
		}
		for _, n := range row {
			if n < 0 {
				return fmt.Errorf("A count is %d: counts of people are never negative.", n)
			}
			if total += min(n, most+1); total > most {
				return fmt.Errorf("The table counts more than %d people, the most that is computed exactly.", most)
			}
		}
	}
	return nil
}

func sums(cells [][]int64) (rows, cols []int64) {
	rows, cols = make([]int64, len(cells)), make([]int64, len(cells[0]))
	for i, row := range cells {
		for j, n := range row {
			rows[i] += n
			cols[j] += n
		}
	}
	return rows, cols
}

// lying has the longer side of the table as its columns.
func (t counts) lying() counts {
	if len(t.rows) <= len(t.cols) {
		return t
	}
	out := counts{rows: t.cols, cols: t.rows, n: t.n}
	for j := range t.cols {
		var row []int64
		for i := range t.rows {
			row = append(row, t.cells[i][j])
		}
		out.cells = append(out.cells, row)
	}
	return out
}

// expected is the count of a cell if rows and columns had nothing to do with each other, and off what is observed
// less that, without loss.
func (t counts) expected(i, j int) (e, off float64) {
	product := t.rows[i] * t.cols[j]
	return float64(product) / float64(t.n), float64(t.cells[i][j]*t.n-product) / float64(t.n)
}
