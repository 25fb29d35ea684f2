package upload

import (
	"net/http"
	"strconv"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// uploadDoneView is what came of an upload.
type uploadDoneView struct {
	ui.Page
	Upload Upload
}

// uploadDone serves the confirmation of an upload, and later its entry in the
// history. One that still waits leads to its check.
func (p *pages) uploadDone(w http.ResponseWriter, r *web.Request) error {
	u, err := p.store.Get(r.Context(), r.Scope, r.PathValue("id"))
	if err != nil {
		return err
	}
	if u.Status == Checked {
		return r.SeeOther(w, paths.UploadCheck(u.ID, "", 1))
	}
	v := uploadDoneView{Page: r.Page("Upload " + string(u.Status)), Upload: u}
	v.Breadcrumbs = crumbs(uploadCrumb())
	return r.Render(w, uploadDone(v))
}

func (v uploadDoneView) text() string {
	if v.Upload.Status == Discarded {
		return "The file was discarded on " + web.Moment(v.Upload.EndedAt) + ". Nothing was registered or changed."
	}
	return "Nobody confirmed or discarded the file in time, so it was deleted on " + web.Moment(v.Upload.EndedAt) + ". Nothing was registered or changed."
}

func (v uploadDoneView) summary() ui.SummaryListOptions {
	u := v.Upload
	facts := []ui.SummaryRow{{Key: "File", Text: u.File}, {Key: "Uploaded", Text: web.Moment(u.MadeAt)}, {Key: "By", Text: u.by()},
		{Key: "Rows", Text: ui.Thousands(u.Total)}}
	if u.Status == Confirmed {
		facts = append(facts, ui.SummaryRow{Key: "Confirmed", Text: web.Moment(u.EndedAt)},
			ui.SummaryRow{Key: "Registered", Text: ui.Thousands(u.New)}, ui.SummaryRow{Key: "Changed", Text: ui.Thousands(u.Changed)},
			ui.SummaryRow{Key: "Unchanged", Text: ui.Thousands(u.Same)}, ui.SummaryRow{Key: "Left out", Text: ui.Thousands(u.Wrong)})
	}
	return ui.SummaryListOptions{Rows: facts}
}

func (v uploadDoneView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Rows that no longer held when the file was confirmed",
		Head: []ui.Column{{Text: "Row"}, {Text: "Column"}, {Text: "Reason"}, {Text: "How to mend it"}}}
	for _, f := range v.Upload.LeftOut {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(strconv.Itoa(f.Row)), ui.Text(place(f)), ui.Text(f.Reason), ui.Text(f.Mend)})
	}
	return t
}
