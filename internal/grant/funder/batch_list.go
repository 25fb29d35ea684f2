package funder

import (
	"net/http"

	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// batchListView is the batches, and what could go into the next.
type batchListView struct {
	deciding
	Batches []statement.Batch
	Tallies []statement.Tally
	scheme  func(string) grant.Scheme
}

// batchList lists batches, and prepares one.
func (p *pages) batchList(w http.ResponseWriter, r *web.Request) error {
	v := batchListView{deciding: deciding{Page: r.Page("Batches")}, scheme: p.scheme}
	v.Wide = true
	if r.Posted() {
		id, err := p.Statements.Prepare(r.Context(), r.Scope, r.Value("scheme"))
		if err == nil {
			return r.Say(w, paths.FundingBatch(id), "The batch is prepared", "Two different people of the national team now look at it and approve it. Nothing is paid yet.")
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	var err error
	if v.Batches, err = p.Statements.Batches(r.Context(), r.Scope); err != nil {
		return err
	}
	if v.Tallies, err = p.Statements.Tallies(r.Context(), r.Scope); err != nil {
		return err
	}
	return v.answer(w, r, batchListPage(v))
}

// payable are the schemes of which closed statements are in no batch.
func (v batchListView) payable() []statement.Tally {
	var out []statement.Tally
	for _, t := range v.Tallies {
		if t.Payable > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (v batchListView) table() ui.TableOptions { return batchTable(v.Batches, v.scheme) }

func batchTable(all []statement.Batch, scheme func(string) grant.Scheme) ui.TableOptions {
	o := ui.TableOptions{Caption: "Batches, the latest first", CaptionHidden: true, RowHeaders: true, Stacked: true,
		Head: []ui.Column{{Text: "Batch"}, {Text: "Scheme"}, {Text: "Statements", Numeric: true}, {Text: "Amount", Numeric: true}, {Text: "Prepared"}, {Text: "State"}}}
	for _, b := range all {
		o.Rows = append(o.Rows, []ui.Cell{ui.LinkTo(b.Reference, paths.FundingBatch(b.ID)), ui.Text(scheme(b.Scheme).Name), ui.Number(ui.Thousands(b.Count)),
			amount(b.Pence), ui.Text(web.Moment(b.PreparedAt)), ui.Part(ui.Tag(batchTag(b)))})
	}
	return o
}
