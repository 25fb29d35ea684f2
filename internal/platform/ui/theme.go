package ui

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// DefaultColour is the colour of the header, panels and banners: a deep teal,
// 8.4 to 1 against white.
const DefaultColour = "#0b5560"

// MinimumContrast is the least contrast between text and what it stands on.
// Source: WCAG 2.2, success criterion 1.4.3, level AA.
const MinimumContrast = 4.5

// Theme is what an operator may change: the name of the service, and its one
// colour as #rrggbb. The zero value is the service's own identity.
type Theme struct {
	ServiceName string
	Colour      string
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Check refuses a colour that is not #rrggbb, or on which white text could not
// be read. The sentence names the contrast measured.
func (t Theme) Check() error {
	if t.Colour == "" {
		return nil
	}
	if !hexColour.MatchString(t.Colour) {
		return fmt.Errorf("the theme colour %q is not a colour: write # and six hexadecimal digits, such as %s", t.Colour, DefaultColour)
	}
	// Rounded down, so that a colour just short of the limit is not said to reach it.
	if ratio := ContrastWithWhite(t.Colour); ratio < MinimumContrast {
		return fmt.Errorf("the theme colour %s has a contrast of %.1f to 1 with white, and text needs %.1f to 1: choose a darker colour", t.Colour, math.Floor(ratio*10)/10, MinimumContrast)
	}
	return nil
}

// StylesheetPath is where the theme's own rules are served, or nothing when it
// keeps the default colour. A colour that Check refuses is left out.
func (t Theme) StylesheetPath() string {
	if t.Colour == "" || strings.EqualFold(t.Colour, DefaultColour) || t.Check() != nil {
		return ""
	}
	return assetsPrefix + "theme.css?colour=" + url.QueryEscape(strings.ToLower(t.Colour))
}

func (t Theme) colour() string {
	if t.Check() != nil {
		return DefaultColour
	}
	return firstOf(t.Colour, DefaultColour)
}

// ContrastWithWhite is the contrast ratio, 1 to 21, between a colour written
// #rrggbb and white. An unreadable colour has 1. Source: WCAG 2.2, definitions
// of contrast ratio and relative luminance.
func ContrastWithWhite(colour string) float64 {
	if !hexColour.MatchString(colour) {
		return 1
	}
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	luminance := 0.0
	for i, weight := range weights {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return 1
		}
		luminance += weight * linear(float64(n)/255)
	}
	return 1.05 / (luminance + 0.05)
}

func linear(c float64) float64 {
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

func serveTheme(w http.ResponseWriter, r *http.Request) {
	theme := Theme{Colour: r.URL.Query().Get("colour")}
	if err := theme.Check(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", immutable)
	fmt.Fprintf(w, ":root{--govuk-brand-colour:%s;--asye-colour:%s}\n", theme.colour(), theme.colour())
}
