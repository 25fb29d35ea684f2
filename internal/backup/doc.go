// Package backup sees to it that there is always a good backup, and that
// somebody is told when there is none: rules BAK-1 to BAK-13.
//
// It decides when one is made, which are kept and when it is time for an alarm,
// and remembers what came of each. How a backup is written and read is
// platform/archive's; the files themselves are handed in as [Files]. Start with
// backup.go.
package backup
