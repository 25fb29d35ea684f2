// Package cellkey changes counts by a little noise that depends on who is
// counted: the same people always get the same change, so that asking again, or
// in another way, brings nothing new. (Fraser and Wooton 2005, A proposed method
// for confidentialising tabular output; Thompson, Broadfoot and Elazar 2013.)
//
// Perturbed tables do not add up: every total is changed on its own, and a page
// that shows one says so.
package cellkey

import "fmt"

// Keys is how many record keys there are: 0 to 255.
const Keys = 256

// Key of a cell: the sum of the keys of its records, modulo 256. Records hold
// random keys that are stored and never go out.
func Key(records ...uint8) uint8 {
	var sum uint8
	for _, k := range records {
		sum += k
	}
	return sum
}

// Row is the row of the table of changes for a count: counts above 750 take the
// rows 501 to 750 in turn, as the cell-key code of the ONS has it. Valid for
// counts from 1; 0 has no row.
func Row(count int) int {
	if count > 750 {
		return (count-1)%250 + 501
	}
	return count
}

// Table gives the change by row and cell key.
type Table struct {
	Furthest int
	Variance float64
	rows     [][Keys]int8 // by count, up to where the noise is the same for all
}

// New makes the table of largest entropy with changes of at most furthest, mean
// 0 and this variance, in which no count becomes negative (Giessing 2016, Computational issues in the design of
// transition probabilities and disclosure risk estimation for additive noise).
// Valid for 1 to 10 and variances that the distance allows.
func New(furthest int, variance float64) (*Table, error) {
	if furthest < 1 || furthest > 10 || !(variance > 0 && variance < float64(furthest*furthest)) {
		return nil, fmt.Errorf("A change of at most %d cannot have variance %g: give a distance from 1 to 10, and a variance between 0 and its square.", furthest, variance)
	}
	t := &Table{Furthest: furthest, Variance: variance}
	for count := 1; count <= furthest; count++ {
		t.rows = append(t.rows, spread(Probabilities(count, furthest, variance), -min(count, furthest)))
	}
	return t, nil
}

// Standard is the table that releases use: at most 3, variance 1.
func Standard() *Table {
	t, _ := New(3, 1)
	return t
}

// Change is what is added to a count with this cell key. 0 stays 0. The same
// key means another change in the row of another count.
func (t *Table) Change(count int, key uint8) int {
	if count <= 0 {
		return 0
	}
	row := Row(count)
	return int(t.rows[min(row, len(t.rows))-1][key+uint8(row*turn%Keys)])
}

// Perturb is what is published of a count: never below 0.
func (t *Table) Perturb(count int, key uint8) int { return count + t.Change(count, key) }

// spread gives every change its share of the 256 keys, by largest remainders,
// then moves single keys so that the mean is exactly 0 where it can be.
func spread(p []float64, from int) [Keys]int8 {
	share := shares(p)
	balance(share, from)
	var row [Keys]int8
	at := 0
	for i, n := range share {
		for range n {
			row[at*scatter%Keys] = int8(from + i)
			at++
		}
	}
	return row
}

// scatter is odd, so that each key is met once: neighbours get different changes.
const scatter = 101

// turn is by how many keys one row is turned against the row before.
const turn = 37
