package money

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// moneyNewView takes a file of a bank.
type moneyNewView struct {
	ui.Page
	Waiting bool // something was read before, and has not been confirmed
	Wrong   []books.RowProblem
}

// mostShown is how many problems of a file are listed.
const mostShown = 100

// moneyNew reads a file of a bank, and shows what it read before anything is
// brought in.
func (p *pages) moneyNew(w http.ResponseWriter, r *web.Request) error {
	v := moneyNewView{Page: r.Page("Bring in what your bank tells")}
	v.Breadcrumbs = underMoney()
	var err error
	if _, _, v.Waiting, err = p.kept(r); err != nil {
		return err
	}
	if !r.Posted() {
		return r.Render(w, moneyNew(v))
	}
	d, wrong, err := p.readFile(r)
	if err == nil && len(wrong) == 0 {
		if err := p.keep(r, d); err != nil {
			return err
		}
		return r.SeeOther(w, paths.GrantMoneyCheck(1))
	}
	v.Wrong = wrong
	switch {
	case len(wrong) > 0:
		v.Problems = fault.Problems{{Field: "file", Text: fmt.Sprintf("%s of the file cannot be read, and nothing was kept of it. Mend the file, and choose it again", rowsOf(len(wrong)))}}
	case fault.ProblemsOf(err) != nil:
		v.Problems = fault.ProblemsOf(err)
	case fault.KindOf(err) == fault.Invalid:
		v.Problems = fault.Problems{{Field: "file", Text: err.Error()}}
	default:
		return err
	}
	return r.Refuse(w, moneyNew(v))
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 row"
	}
	return ui.Thousands(n) + " rows"
}

func (p *pages) readFile(r *web.Request) (draft, []books.RowProblem, error) {
	file, header, err := r.FormFile("file")
	if err != nil || header.Filename == "" {
		return draft{}, nil, fault.Problems{{Field: "file", Text: "Choose the file from your bank"}}
	}
	defer file.Close()
	sheet, err := files.Read(header.Filename, file, header.Size, files.DefaultLimits(), files.HeadedBy(books.HeadsBank))
	if err != nil {
		return draft{}, nil, err
	}
	lines, passed, wrong, err := books.ReadBank(sheet, r.Today)
	return draft{File: sheet.File, Lines: lines, Passed: passed}, wrong, err
}

func (v moneyNewView) problems() ui.TableOptions {
	t := ui.TableOptions{Caption: "What is wrong, row by row", RowHeaders: true, Stacked: true, Head: []ui.Column{{Text: "Row"}, {Text: "What to mend"}}}
	for _, w := range v.Wrong[:min(len(v.Wrong), mostShown)] {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text(fmt.Sprint(w.Row)), ui.Text(w.Text)})
	}
	if n := len(v.Wrong) - mostShown; n > 0 {
		t.Rows = append(t.Rows, []ui.Cell{ui.Text("…"), ui.Text(rowsOf(n) + " more")})
	}
	return t
}
