package upload

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// uploadNewView is the page that takes a file, or says which one is waiting.
type uploadNewView struct {
	ui.Page
	Waiting *Upload
	Past    Past
	Kept    time.Duration // of a file that nobody decides on
}

// uploadNew serves "Upload a spreadsheet".
func (p *pages) uploadNew(w http.ResponseWriter, r *web.Request) error {
	if !r.Posted() {
		v, err := p.uploadNewView(r)
		if err != nil {
			return err
		}
		return r.Render(w, uploadNew(v))
	}
	sheet, err := p.sheet(r)
	var u Staged
	if err == nil {
		u, err = p.store.Stage(r.Context(), r.Scope, sheet)
	}
	if err == nil {
		return r.SeeOther(w, paths.UploadCheck(u.ID, "", 1))
	}
	problems := fault.ProblemsOf(err)
	if problems == nil && (fault.KindOf(err) == fault.Invalid || errors.Is(err, ErrWaiting)) {
		problems = fault.Problems{{Field: "file", Text: err.Error()}}
	}
	if problems == nil {
		return err
	}
	v, err := p.uploadNewView(r)
	if err != nil {
		return err
	}
	if v.Waiting != nil {
		problems[0].Field = ""
	}
	v.Problems = problems
	return r.Refuse(w, uploadNew(v))
}

func (p *pages) uploadNewView(r *web.Request) (uploadNewView, error) {
	v := uploadNewView{Page: r.Page("Upload a spreadsheet")}
	v.Breadcrumbs, v.Wide, v.Kept = crumbs(), true, p.store.Settings().Kept
	waiting, found, err := p.store.Waiting(r.Context(), r.Scope)
	if err != nil {
		return v, err
	}
	if found {
		v.Waiting = &waiting
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page")) // anything else is the first page
	v.Past, err = p.store.History(r.Context(), r.Scope, page)
	return v, err
}

func crumbs(more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Text: "Home", Href: paths.Home()}, {Text: "NQSWs", Href: paths.Registrations(nil)}}, more...)
}

func uploadCrumb() ui.Link { return ui.Link{Text: "Upload a spreadsheet", Href: paths.Upload()} }

// sheet reads the file that was sent.
func (p *pages) sheet(r *web.Request) (*files.Sheet, error) {
	file, header, err := r.FormFile("file")
	if err != nil || header.Filename == "" {
		return nil, fault.Problems{{Field: "file", Text: "Choose the file to upload"}}
	}
	defer file.Close()
	return p.store.ReadSheet(header.Filename, file, header.Size)
}

func (v uploadNewView) waitingText() string {
	who := v.Waiting.By
	if who == "" {
		who = "The command line"
	}
	return who + " uploaded “" + v.Waiting.File + "” on " + web.Moment(v.Waiting.MadeAt) +
		". It has not been confirmed yet. Only one upload can wait at a time, so decide on it before you upload another. " +
		"Unless somebody does, it is deleted on " + web.Moment(v.Waiting.ExpiresAt) + "."
}

func (v uploadNewView) hint() string {
	return fmt.Sprintf("An Excel workbook (.xlsx) or a CSV file, of up to %d MB, without a password. It is deleted when you confirm or discard it, and after %d days at the latest.",
		files.DefaultLimits().Bytes>>20, int(v.Kept/(24*time.Hour)))
}

func (v uploadNewView) table() ui.TableOptions {
	t := ui.TableOptions{Caption: "Earlier uploads", Head: []ui.Column{{Text: "Reference"}, {Text: "File"}, {Text: "Uploaded"}, {Text: "By"},
		{Text: "Became"}, {Text: "New", Numeric: true}, {Text: "Changed", Numeric: true}, {Text: "Unchanged", Numeric: true},
		{Text: "Errors", Numeric: true}}, Small: true}
	for _, u := range v.Past.Uploads {
		t.Rows = append(t.Rows, []ui.Cell{ui.LinkTo(u.Reference(), paths.UploadDone(u.ID)), ui.Text(u.File), ui.Text(web.Moment(u.MadeAt)),
			ui.Text(u.by()), ui.Part(ui.Tag(u.tag())), count(u.New), count(u.Changed), count(u.Same), count(u.Wrong)})
	}
	return t
}

func count(n int) ui.Cell { return ui.Number(ui.Thousands(n)) }

// by is who brought the file in, as lists show it.
func (u Upload) by() string {
	if u.By == "" {
		return "Command line"
	}
	return u.By
}

func (u Upload) tag() ui.TagOptions {
	colour := ui.TagGrey
	if u.Status == Confirmed {
		colour = ui.TagGreen
	}
	return ui.TagOptions{Text: u.Status.String(), Colour: colour}
}

func (v uploadNewView) pages() ui.PaginationOptions {
	return ui.Pages(v.Past.Page, v.Past.Pages, paths.UploadPage)
}
