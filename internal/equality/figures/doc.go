// Package figures shows how years ended, by characteristic, to those who count
// across the country: how complete, how many, how different and how sure.
//
// Each page is one question: by characteristic, over time, with the others held
// equal, in combination, at each stage of the year, by employer, in proportion,
// and of whom nothing is known. All of them have one filter and are made from one
// [equality.Report]; what is worked out of it stands in internal/analyse and
// internal/stat, and the sentences in equality.
//
// frame.go reads the filter and draws what the pages share; start reading there.
package figures
