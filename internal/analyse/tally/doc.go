// Package tally reads a file of records once and keeps how many there are of each
// combination of what stands in some of its columns. From that every table of
// those columns follows without reading again, and memory grows with the number
// of combinations, not of records.
//
// [Read] is the way in; a [Cube] is what comes out. Several goroutines take
// blocks of whole lines in turn, and each counts for itself: block.go cuts the
// blocks, line.go the lines, level.go numbers what stands in a column, cell.go
// counts combinations, and cube.go puts together what they counted.
package tally
