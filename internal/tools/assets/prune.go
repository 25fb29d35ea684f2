package main

import (
	"regexp"
	"strings"
)

var comment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// unusedGOVUK are the parts of GOV.UK Frontend that no page draws, among them
// every one that carries the crown or the crest.
var unusedGOVUK = []string{
	".govuk-header", ".govuk-footer__crown", ".govuk-footer__copyright-logo", ".govuk-footer__licence",
	".govuk-footer__navigation", ".govuk-footer__section", ".govuk-accordion", ".govuk-cookie-banner",
	".govuk-exit-this-page", ".govuk-tabs", ".govuk-password-input", ".govuk-feedback",
	".govuk-language-navigation", ".govuk-logo",
}

// usedMOJ are the parts of MOJ Frontend that pages draw.
var usedMOJ = []string{".moj-identity-bar", ".moj-sub-navigation", ".moj-timeline", ".moj-filter"}

// unusedMOJ are the parts of those that no page draws.
var unusedMOJ = []string{".moj-filter__close", ".moj-filter-toggle", ".moj-timeline__document"}

// keepGOVUK keeps a selector unless it belongs to an unused part.
func keepGOVUK(selector string) bool { return !hasAny(selector, unusedGOVUK) }

// keepMOJ keeps a selector only when it belongs to a used part.
func keepMOJ(selector string) bool {
	return hasAny(selector, usedMOJ) && !hasAny(selector, unusedMOJ)
}

func hasAny(selector string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(selector, p) {
			return true
		}
	}
	return false
}

// prune takes out of a stylesheet the selectors that are not kept, the rules
// left with none, every @font-face, and the name of the typeface. It reads
// minified CSS as the packages ship it, with no braces inside strings.
func prune(css string, keep func(selector string) bool) string {
	var out strings.Builder
	css = comment.ReplaceAllString(css, "")
	for css != "" {
		end := strings.IndexAny(css, "{;")
		if end < 0 {
			break
		}
		head := css[:end]
		if css[end] == ';' { // @charset and the like
			css = css[end+1:]
			continue
		}
		body, rest := block(css[end:])
		css = rest
		out.WriteString(rule(strings.TrimSpace(head), body, keep))
	}
	return strings.NewReplacer(`"GDS Transport",`, "", `GDS Transport,`, "").Replace(out.String())
}

// rule is one rule after pruning, or nothing.
func rule(head, body string, keep func(string) bool) string {
	switch {
	// The second is an old trick to speak to Internet Explorer alone.
	case strings.HasPrefix(head, "@font-face"), strings.Contains(head, `screen\0`):
		return ""
	case strings.HasPrefix(head, "@media"), strings.HasPrefix(head, "@supports"):
		if inner := prune(body, keep); inner != "" {
			return head + "{" + inner + "}"
		}
		return ""
	case strings.HasPrefix(head, "@"):
		return head + "{" + body + "}"
	}
	var kept []string
	for _, selector := range selectors(head) {
		if keep(selector) {
			kept = append(kept, selector)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return strings.Join(kept, ",") + "{" + body + "}"
}

// block is what stands between a brace at the start of css and its partner,
// and what follows.
func block(css string) (body, rest string) {
	depth := 0
	for i, c := range css {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			return css[1:i], css[i+1:]
		}
	}
	return css[1:], ""
}

// selectors splits a list at its commas, but not inside :not(…).
func selectors(head string) []string {
	var list []string
	depth, start := 0, 0
	for i, c := range head {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				list, start = append(list, head[start:i]), i+1
			}
		}
	}
	return append(list, head[start:])
}
