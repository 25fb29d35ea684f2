package disclosure

// Nearest5 rounds a count of people to the nearest 5; what is below 2.5 becomes 0
// and halves go up, as HESA's rounding has it (HESA, rounding and suppression to
// anonymise statistics). Valid for counts from 0.
func Nearest5(count int) int { return (count + 2) / 5 * 5 }

// HalvesUp rounds a sum of parts of people, such as full-time equivalents, to
// the nearest 5, halves up. Valid from 0.
func HalvesUp(sum float64) int { return int((sum+2.5)/5) * 5 }

// The sizes of HESA's rule below which something derived is withheld.
const (
	fewestForPercent = 22.5 // people that a percentage is of
	fewestForAverage = 7    // people that an average is of, which must be more
)

// MayShowPercent tells whether a percentage of so many people may be shown:
// not below 22.5 (HESA).
func MayShowPercent(people float64) bool { return people >= fewestForPercent }

// MayShowAverage tells whether an average over so many people may be shown: not
// for 7 or fewer (HESA).
func MayShowAverage(people float64) bool { return people > fewestForAverage }

// Rate is a share made from what was published of two counts, so that it tells
// no more than they do: "3.4% of 174" would give the 6 away. It is withheld
// when either is hidden or of nobody, and below HESA's 22.5 people where the
// method rounds.
func (p Policy) Rate(events, people Figure) (float64, bool) {
	if events.Hidden || people.Hidden || people.Value <= 0 || events.Value > people.Value {
		return 0, false
	}
	if p.Method != Exact && !MayShowPercent(float64(people.Value)) {
		return 0, false
	}
	return float64(events.Value) / float64(people.Value), true
}
