// Package releases has the pages of releases: those that everybody may read, and
// those on which a release is prepared, checked, approved and withdrawn.
package releases
