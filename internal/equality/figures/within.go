package figures

import (
	"fmt"
	"slices"

	"example.org/asye/internal/analyse"
	"example.org/asye/internal/equality"
)

// gapsWithin says of each comparison of a characteristic what it is when groups are
// compared within each cohort, employer or region and that is put together, and
// whether they agree on it (EQU-21).
func gapsWithin(t equality.Table, study *analyse.Analysis, within, everywhere, many string) []string {
	at := slices.IndexFunc(study.Tables, func(s analyse.Table) bool { return s.Characteristic == t.Characteristic.Key })
	var out []string
	for _, c := range study.Tables[at].Comparisons {
		if c.Strata == nil || !c.Strata.RD.Defined() || !c.Strata.RDCI[0].Defined() {
			continue
		}
		if (section{Table: t}).handful(c) {
			out = append(out, fmt.Sprintf("%s against %s: too few records to be compared %s.", t.Display(c.Group), t.Display(c.Reference), within))
			continue
		}
		text := fmt.Sprintf("%s against %s, compared %s and put together: %s in every 100.",
			t.Display(c.Group), t.Display(c.Reference), within, equality.Difference(c.Strata.RD, c.Strata.RDCI))
		if c.Strata.TaroneP.Defined() {
			text += fmt.Sprintf(" If the ratio of odds were the same %s, chance would make %s differ as much as these do in %s such sets of records.", everywhere, many, equality.OutOf(c.Strata.TaroneP))
		}
		out = append(out, text)
	}
	return out
}
