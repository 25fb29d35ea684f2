// Package tally reads a file of records once and keeps how many there are of each
// combination of what stands in some of its columns. From that every table of
// those columns follows without reading again, and memory grows with the number
// of combinations, not of records.
//
// [Read] is the way in; a [Cube] is what comes out. Several goroutines take
// blocks of whole lines in turn, and each counts for itself. block.go cuts the
// blocks; mark.go finds where commas and ends of lines stand; line.go counts
// plain lines and quoted.go those with quotation marks; run.go knows the texts of
// neighbouring columns again, and level.go numbers them; grid.go counts
// combinations in an array while there can be few, and cell.go while there are
// few; cube.go puts together what the workers counted.
package tally
