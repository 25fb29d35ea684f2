package analyse

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"example.org/asye/internal/stat/small"
)

const funnelHeight = 380

// funnel draws each employer by how many people it had, with the limits that
// chance sets. No employer is named: it is no league table.
func (a *Analysis) funnel() template.HTML {
	if a.Employers == nil {
		return ""
	}
	theta := float64(a.Employers.Theta0)
	var widest int64
	highest := 2 * theta
	for _, e := range a.Employers.Employers {
		widest = max(widest, e.N)
		if e.N > 0 {
			highest = math.Max(highest, float64(e.Rate))
		}
	}
	if widest == 0 || theta <= 0 || theta >= 1 {
		return ""
	}
	highest *= 1.05
	x := func(n float64) float64 { return 60 + n/float64(widest)*(chartWidth-80) }
	y := func(rate float64) float64 {
		return 10 + (1-math.Min(math.Max(rate, 0), highest)/highest)*(funnelHeight-60)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="Each employer by its number of people and its rate, between the limits that chance sets">`, chartWidth, funnelHeight)
	fmt.Fprintf(&b, `<line class="middle" x1="60" x2="%d" y1="%.1f" y2="%.1f"/>`, chartWidth-20, y(theta), y(theta))
	for _, share := range []float64{0.001, 0.025, 0.975, 0.999} {
		fmt.Fprintf(&b, `<polyline class="limit" points="%s"/>`, limit(theta, share, widest, x, y))
	}
	for _, e := range a.Employers.Employers {
		if e.N > 0 {
			fmt.Fprintf(&b, `<circle class="employer" cx="%.1f" cy="%.1f" r="3.5"/>`, x(float64(e.N)), y(float64(e.Rate)))
		}
	}
	for i := range 5 {
		rate, n := highest*float64(i)/4, float64(widest)*float64(i)/4
		fmt.Fprintf(&b, `<text x="52" y="%.1f" text-anchor="end">%.1f%%</text><text x="%.1f" y="%d" text-anchor="middle">%.0f</text>`, y(rate)+4, 100*rate, x(n), funnelHeight-28, n)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">people who count</text>`, chartWidth/2, funnelHeight-8)
	return template.HTML(b.String() + "</svg>")
}

// limit is the line of one limit, at enough sizes to look smooth.
func limit(theta, share float64, widest int64, x, y func(float64) float64) string {
	var sizes []int64
	for i := range 60 {
		sizes = append(sizes, max(1, int64(math.Round(float64(widest)*math.Pow(float64(i+1)/60, 2)))))
	}
	var points []string
	for _, n := range slices.Compact(sizes) {
		points = append(points, fmt.Sprintf("%.1f,%.1f", x(float64(n)), y(small.FunnelLimit(theta, n, share))))
	}
	return strings.Join(points, " ")
}
