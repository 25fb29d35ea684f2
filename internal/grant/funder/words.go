package funder

import (
	"fmt"
	"strings"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/ui"
)

// amount is a cell with money, which stays on one line.
func amount(p grant.Pence) ui.Cell {
	return ui.Cell{Part: nowrap(p.String()), Numeric: true}
}

func lower(text string) string { return strings.ToLower(text[:1]) + text[1:] }

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// stateTag says how far a statement has come.
func stateTag(s statement.State) ui.TagOptions {
	colours := map[statement.State]ui.TagColour{statement.Open: ui.TagBlue, statement.Payable: ui.TagYellow, statement.Authorised: ui.TagTeal, statement.Paid: ui.TagGreen}
	return ui.TagOptions{Text: s.String(), Colour: colours[s]}
}

// batchTag says how far a batch has come.
func batchTag(b statement.Batch) ui.TagOptions {
	colours := map[statement.BatchState]ui.TagColour{statement.BatchPrepared: ui.TagYellow, statement.BatchAuthorised: ui.TagTeal,
		statement.BatchPaid: ui.TagGreen, statement.BatchDiscarded: ui.TagGrey}
	tag := ui.TagOptions{Text: b.State.String(), Colour: colours[b.State]}
	if b.State == statement.BatchPrepared {
		tag.Text = fmt.Sprintf("%d of %d approvals", b.Approved(), statement.Approvals)
	}
	return tag
}
