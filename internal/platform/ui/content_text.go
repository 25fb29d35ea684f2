package ui

func (t Task) describedBy(id string) string {
	if t.Hint != "" {
		return id + "-hint " + id + "-status"
	}
	return id + "-status"
}

// sentence says who saved first, and that nothing typed was saved over it.
func (o ConflictOptions) sentence() string {
	who := firstOf(o.By, "Somebody else")
	when := ""
	if o.When != "" {
		when = " " + o.When
	}
	return who + " saved this record" + when + ", while you had it open. What you typed has not been saved. Compare the two, then make your change again."
}
