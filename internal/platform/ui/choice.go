package ui

import "strings"

// describes gives the ids that explain one box. Without a fieldset to carry
// them, the group's own hint and problem belong to each box.
func (o CheckboxesOptions) describes(item Choice, id string) string {
	ids := ""
	if o.Legend == "" {
		ids = describedBy(o.Name, o.Hint, o.Problems.For(o.Name))
	}
	if item.Hint != "" {
		ids += " " + id + "-item-hint"
	}
	return strings.TrimSpace(ids)
}

// question is what Radios and Checkboxes have around their answers.
type question struct {
	name, legend, size string
	heading            bool
	hint, problem      string
}
