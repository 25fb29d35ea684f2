package crosstab

// tooMuch reports whether exact work would take more than effort, before anything is prepared for it: every way to
// fill the columns is also one to fill them in a table of one row and the sum of the others.
func (t counts) tooMuch(effort int) bool {
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
