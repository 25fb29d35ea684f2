package equality

// Released is a report that may leave: be shown on a page, printed or written
// to a file. Only [Release] makes one, and every way out takes one.
type Released struct{ report Report }

// Release is the one gate between counting and any output (EQU-15). Whatever
// must happen to figures before people see them, such as suppressing small
// counts, happens here and reaches every page, file and command at once. The
// figures are national, of the kind that has been published before, and leave
// as they were counted.
func Release(r Report) Released { return Released{r} }

// Report is what may be seen.
func (r Released) Report() Report { return r.report }
