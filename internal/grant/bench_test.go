package grant

import (
	"testing"

	"example.org/asye/internal/asye"
)

// BenchmarkEntitlements decides every milestone of 12,000 NQSWs for the employer
// of each: the whole country at once.
func BenchmarkEntitlements(b *testing.B) {
	book, at := built(b), moment(b, "2026-11-25 12:00")
	country := make([]Facts, 12000)
	for i := range country {
		d := roll(uint64(i))
		country[i] = d.facts()
		if len(country[i].Stays) == 0 {
			country[i].Stays = []Stay{{"kent", asye.LocalAuthority, asye.Since(country[i].Start)}}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for i := range country {
			book.Entitlements(country[i], country[i].Stays[0].Org, at)
		}
	}
}
