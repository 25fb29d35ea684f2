package admin

import (
	"fmt"
	"net/http"

	"example.org/asye/internal/account"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
)

type outboxListView struct {
	ui.Page
	Sends    bool   // there is a mail server
	Base     string // how the service is reached, for links in mail
	Messages []mail.Entry
	Showing  string
	Pages    ui.PaginationOptions
}

// outboxList shows the mail that waits, was sent or could not be.
func (p *pages) outboxList(w http.ResponseWriter, r *web.Request) error {
	page := pageNumber(r)
	list, total, err := p.Works.Outbox(r.Context(), r.Scope, page)
	if err != nil {
		return err
	}
	v := outboxListView{Page: r.Page("Mail outbox"), Sends: p.Accounts.SendsMail(), Base: p.Accounts.Settings().BaseURL, Messages: list,
		Showing: ui.Showing(page, account.PageSize, total, "messages")}
	v.Pages = ui.Pages(page, pageCount(total, account.PageSize), func(n int) string {
		return fmt.Sprintf("%s?page=%d", paths.AdminOutbox(), n)
	})
	return r.Render(w, outboxListPage(v))
}

// outboxRetry lets a message that was given up wait again.
func (p *pages) outboxRetry(w http.ResponseWriter, r *web.Request) error {
	if err := p.Works.RetryMail(r.Context(), r.Scope, r.Value("message")); err != nil {
		return err
	}
	return r.Say(w, paths.AdminOutbox(), "The message waits again", "It will be sent in a moment, if the mail server takes it.")
}

func (v outboxListView) facts(e mail.Entry) []ui.SummaryRow {
	rows := []ui.SummaryRow{{Key: "To", Text: e.To}, {Key: "Written", Text: web.Moment(e.CreatedAt)},
		{Key: "State", Value: ui.Tag(v.state(e))}}
	switch {
	case !e.SentAt.IsZero():
		rows = append(rows, ui.SummaryRow{Key: "Sent", Text: web.Moment(e.SentAt)})
	case !e.FailedAt.IsZero():
		rows = append(rows, ui.SummaryRow{Key: "Given up", Text: fmt.Sprintf("%s, after %d attempts", web.Moment(e.FailedAt), e.Attempts)})
	case e.Attempts > 0:
		rows = append(rows, ui.SummaryRow{Key: "Next attempt", Text: web.Moment(e.NextAt)})
	}
	if e.LastError != "" {
		rows = append(rows, ui.SummaryRow{Key: "Why not", Text: e.LastError})
	}
	if e.Body != "" {
		rows = append(rows, ui.SummaryRow{Key: "Text", Value: mailText(partsOf(e.Body, v.Base))})
	}
	return rows
}

func (v outboxListView) state(e mail.Entry) ui.TagOptions {
	switch {
	case !e.SentAt.IsZero():
		return ui.TagOptions{Text: "Sent", Colour: ui.TagGreen}
	case !e.FailedAt.IsZero():
		return ui.TagOptions{Text: "Given up", Colour: ui.TagRed}
	case !v.Sends:
		return ui.TagOptions{Text: "Kept here", Colour: ui.TagGrey}
	}
	return ui.TagOptions{Text: "Waiting", Colour: ui.TagYellow}
}
