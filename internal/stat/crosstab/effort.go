package crosstab

import "math"

// rough is how many people the table has in which ways are counted.
const rough = 60

// tooMuch reports whether exact work would take more than effort, before anything is prepared for it: where a rough
// count of the ways to fill the columns, which comes out low, is too large, or a sure one, since every way is also one to fill the
// columns of a table of one row and the sum of the others.
func (t counts) tooMuch(effort int) bool {
	if t.ways() > float64(effort) {
		return true
	}
	for _, r := range t.rows {
		if t.waysOf(r, effort) > effort {
			return true
		}
	}
	return false
}

// waysOf counts the ways to fill each column from what a row can have left over before it.
func (t counts) waysOf(row int64, effort int) (ways int) {
	before, after := int64(0), t.n
	for _, c := range t.cols {
		least, most := max(0, row-before), min(row, after) // left over of the row
		for left := least; left <= most && ways <= effort; left++ {
			if x := min(c, left) - max(0, c-(after-left)) + 1; x > 0 {
				ways += int(x)
			}
		}
		before += c
		after -= c
	}
	return ways
}

// ways is about how many ways there are to fill a column from what rows can have left over before it, for all columns
// but the last. They are counted in a table of few people with like shares; each row has as many times more pairs of
// what goes and what stays as it is larger, and two sums are fixed.
func (t counts) ways() (sum float64) {
	scale := max(1, float64(t.n)/rough)
	rows, total, factor := make([]int, len(t.rows)), 0, 1/(scale*scale)
	for i, r := range t.rows {
		rows[i] = int(math.Round(float64(r) / scale))
		total += rows[i]
		factor *= float64(r+1) / float64(rows[i]+1) * float64(r+2) / float64(rows[i]+2)
	}
	if t.n <= sortable { // then the order of rows does not matter
		factor /= math.Gamma(float64(len(rows)) + 1)
	}
	done := int64(0)
	for _, c := range t.cols[:len(t.cols)-1] {
		done += c
		goes := int(math.Round(float64(c) / scale))
		stays := max(0, total-int(math.Round(float64(done)/scale)))
		sum += fillings(rows, goes, stays) * factor
	}
	return sum
}

// fillings counts the ways in which so many people go and so many stay, with no row exceeded.
func fillings(rows []int, goes, stays int) float64 {
	now := filled{make([]float64, (goes+1)*(stays+1)), goes, stays}
	now.ways[0] = 1
	for _, r := range rows {
		next := filled{make([]float64, len(now.ways)), goes, stays}
		for at, n := range now.ways {
			next.row(r, at, n)
		}
		now = next
	}
	return now.ways[len(now.ways)-1]
}

// filled is the ways by how many went, and then by how many stayed.
type filled struct {
	ways        []float64
	goes, stays int
}

// row adds n ways for each that a row can be divided.
func (f filled) row(r, at int, n float64) {
	width := f.stays + 1
	for leave := 0; n > 0 && leave <= min(r, f.goes-at/width); leave++ {
		for stay := 0; stay <= min(r-leave, f.stays-at%width); stay++ {
			f.ways[at+leave*width+stay] += n
		}
	}
}
