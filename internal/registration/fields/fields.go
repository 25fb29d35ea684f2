// Package fields draws the questions about an NQSW that more than one page
// asks: when they are registered, and when their details are put right.
package fields

import (
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/registration"
)

// Form is what was typed so far and what is wrong with it.
type Form struct {
	Typed    registration.Typed
	Problems fault.Problems
}

func (f Form) date(name string) ui.DateField { return ui.ParseDateField(f.Typed, name) }

// Choices turns a list of answers into radios.
func Choices(options registration.Options) []ui.Choice {
	choices := make([]ui.Choice, len(options))
	for i, o := range options {
		choices[i] = ui.Choice{Value: o.Key, Text: o.Label}
	}
	return choices
}

// routes are the ways into social work; the last asks for words of its own.
func (f Form) routes() []ui.Choice {
	choices := Choices(registration.EntryRoutes())
	for i := range choices {
		if choices[i].Value == registration.OtherRoute {
			choices[i].Conditional = ui.Input(ui.InputOptions{Name: "entry_route_other", Label: "Which route was it?",
				Value: f.Typed.Get("entry_route_other"), Problems: f.Problems})
		}
	}
	return choices
}
