package service

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/proof/visit"
)

// SignIn signs somebody in who is on record, with a link made for the purpose,
// and gives their browser.
func SignIn(ctx context.Context, d *db.DB, base, email string) (*visit.Browser, error) {
	accounts := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	id, err := accounts.PersonByEmail(ctx, email)
	if err != nil {
		return nil, err
	}
	link, err := accounts.SignInLink(ctx, id, account.ToSignIn)
	if err != nil {
		return nil, err
	}
	b := visit.New(base, time.Minute)
	page, err := b.Get(ctx, link)
	if err != nil {
		return nil, err
	}
	form, err := page.Form("/sign-in/link")
	if err != nil {
		return nil, err
	}
	if page, err = b.Send(ctx, form); err == nil && page.Status != http.StatusSeeOther {
		err = fmt.Errorf("signing in did not lead on: %d %s", page.Status, page.Text())
	}
	return b, err
}
