// Package home has the first pages: the start page for visitors, each role's
// page of what needs them today, and the national team's look-up; and the page
// that says how figures are worked out, made of docs/statistics.md.
//
// It knows no other capability: each gives it web.Cards.
package home
