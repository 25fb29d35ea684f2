package claims

import (
	"bytes"
	"net/http"

	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

// claimFileView is the page that makes the funder's file: a password that is on
// no other page, and the messages to send.
type claimFileView struct {
	ui.Page
	Claim    claim.Claim
	Password string
	File     claim.Message // which carries the file
	Secret   claim.Message // which carries the password
}

// sendable is the claim of the address, where there is a file of it.
func (p *pages) sendable(r *web.Request) (claim.Claim, error) {
	c, err := p.claims.Get(r.Context(), r.Scope, r.PathValue("id"))
	if err == nil {
		err = c.Sendable()
	}
	return c, err
}

// claimFile shows a new password, and the messages. The service keeps neither:
// the password comes back with the form that asks for the file.
func (p *pages) claimFile(w http.ResponseWriter, r *web.Request) error {
	c, err := p.sendable(r)
	if err != nil {
		return err
	}
	v := claimFileView{Page: r.Page("The funder’s spreadsheet"), Claim: c, Password: claim.NewPassword()}
	v.Back = &ui.Link{Text: "Back to the claim", Href: paths.GrantClaim(c.ID)}
	v.File, v.Secret = c.Messages(r.Today, v.Password)
	return r.Render(w, claimFilePage(v))
}

// claimWorkbook gives the file, encrypted with the password that was shown.
func (p *pages) claimWorkbook(w http.ResponseWriter, r *web.Request) error {
	c, err := p.sendable(r)
	if err != nil {
		return err
	}
	password := r.Value("password")
	if !claim.IsPassword(password) {
		return fault.New(fault.Invalid, "The password did not come from this page. Open the page of the spreadsheet again: it makes a new one")
	}
	var body bytes.Buffer
	if err := c.WriteXLSX(&body, password); err != nil {
		return err
	}
	return attach(w, c.FileName(r.Today, files.XLSX), files.ContentTypeXLSX, body.Bytes())
}

// claimCSV gives the same lines without a password.
func (p *pages) claimCSV(w http.ResponseWriter, r *web.Request) error {
	c, err := p.sendable(r)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := c.WriteCSV(&body); err != nil {
		return err
	}
	return attach(w, c.FileName(r.Today, files.CSV), files.ContentTypeCSV, body.Bytes())
}

// head is to whom a message goes, and under which subject.
func head(m claim.Message) []ui.SummaryRow {
	to := m.To
	if to == "" {
		to = "The funder has published no address: ask whoever you claim from"
	}
	return []ui.SummaryRow{{Key: "To", Text: to}, {Key: "Subject", Text: m.Subject}}
}
