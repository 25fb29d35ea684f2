package main

import "testing"

func TestPrune(t *testing.T) {
	for _, c := range []struct{ name, css, want string }{
		{"typeface", `@font-face{font-family:"GDS Transport";src:url(x)}.govuk-body{font-family:"GDS Transport",arial,sans-serif}`, `.govuk-body{font-family:arial,sans-serif}`},
		{"typeface without quotes", `.govuk-body{font-family:GDS Transport,arial}`, `.govuk-body{font-family:arial}`},
		{"unused part", `.govuk-header{a:b}.govuk-body{c:d}`, `.govuk-body{c:d}`},
		{"unused selector of several", `.govuk-header,.govuk-body{c:d}`, `.govuk-body{c:d}`},
		{"comma inside brackets", `.govuk-link:is(.a,.b),.govuk-header{c:d}`, `.govuk-link:is(.a,.b){c:d}`},
		{"inside a media query", `@media print{.govuk-header{a:b}.govuk-body{c:d}}`, `@media print{.govuk-body{c:d}}`},
		{"media query left empty", `@media print{.govuk-header{a:b}}.govuk-body{c:d}`, `.govuk-body{c:d}`},
		{"Internet Explorer alone", `@media screen\0 and (min-width:1em){.govuk-body{a:b}}`, ``},
		{"charset and comment", `@charset "UTF-8";/* {;} */.govuk-body{c:d}`, `.govuk-body{c:d}`},
		{"frames of an animation", `@keyframes x{0%{a:b}to{c:d}}`, `@keyframes x{0%{a:b}to{c:d}}`},
	} {
		if got := prune(c.css, keepGOVUK); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := prune(`:root{a:b}.moj-timeline,.moj-banner{c:d}.moj-filter__close{e:f}`, keepMOJ); got != `.moj-timeline{c:d}` {
		t.Errorf("of MOJ Frontend only the parts in use are kept: %q", got)
	}
}
