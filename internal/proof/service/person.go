package service

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/jobs"
	"example.org/asye/internal/platform/mail"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/proof/visit"
	"example.org/asye/internal/roster"
)

// Person is somebody who has signed in, for as long as their session lasts.
type Person struct {
	Email   string
	cookies []*http.Cookie
}

// Browser is a browser at which the person is signed in.
func (p Person) Browser(base string, patience time.Duration) *visit.Browser {
	return visit.New(base, patience).Take(p.cookies)
}

// Coordinators makes a database with n coordinators in it, each of an employer
// of their own, and signs them in with the links that the running program mails
// them.
func Coordinators(ctx context.Context, binary, database string, n int) ([]Person, error) {
	first, err := Start(binary, database) // which makes the schema
	if err != nil {
		return nil, err
	}
	defer first.Stop()
	d, err := Open(ctx, database)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	if err := Guard(d); err != nil {
		return nil, err
	}
	people, err := appoint(ctx, d, n)
	for i := range people {
		if err == nil {
			err = people[i].signIn(ctx, d, first.Base)
		}
	}
	return people, err
}

// appoint puts coordinators on record.
func appoint(ctx context.Context, d *db.DB, n int) ([]Person, error) {
	store := account.NewStore(d, mail.NewOutbox(d, nil), jobs.NewQueue(d), account.DefaultSettings())
	employers, err := roster.NewStore(d).Employers(ctx, clock.Today(clock.Real()))
	if err != nil {
		return nil, err
	}
	var out []Person
	scope := tenant.System("a net makes coordinators")
	err = d.Write(ctx, scope, func(tx *db.Tx) error {
		out = nil
		for i := range n {
			p := Person{Email: fmt.Sprintf("coordinator%d@example.org", i)}
			who := asye.Identity{GivenName: "Coordinator", FamilyName: fmt.Sprintf("Number%c", 'A'+i), Email: p.Email}
			id, err := store.AddPerson(ctx, tx, scope, who)
			if err != nil {
				return err
			}
			if err := store.Join(ctx, tx, scope, id, employers[i].ID, asye.Coordinator, asye.MustDate("2026-01-01")); err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

var address = regexp.MustCompile(`/sign-in/link\?\S+`)

// signIn asks for a link, waits for it in the outbox, and presses its button.
func (p *Person) signIn(ctx context.Context, d *db.DB, base string) error {
	b := visit.New(base, time.Minute)
	page, err := b.Get(ctx, "/sign-in")
	if err != nil {
		return err
	}
	form, err := page.Form("/sign-in")
	if err != nil {
		return err
	}
	if page, err = b.Send(ctx, form.With("email", p.Email)); led(page, err) != nil {
		return led(page, err)
	}
	link, err := mailed(ctx, d, p.Email)
	if err != nil {
		return err
	}
	if page, err = b.Get(ctx, link); err != nil {
		return err
	}
	if form, err = page.Form("/sign-in/link"); err != nil {
		return err
	}
	if page, err = b.Send(ctx, form); led(page, err) != nil {
		return led(page, err)
	}
	p.cookies = b.Cookies()
	return nil
}

// led is what went wrong where a form should have led on.
func led(page visit.Page, err error) error {
	if err == nil && page.Status != http.StatusSeeOther {
		err = fmt.Errorf("%s did not lead on: %d %s", page.Path, page.Status, page.Text())
	}
	return err
}

// mailed waits for the link in the message to an address.
func mailed(ctx context.Context, d *db.DB, email string) (string, error) {
	const attempts, pause = 200, 50 * time.Millisecond
	for range attempts {
		list, _, err := mail.NewOutbox(d, nil).List(ctx, 1, 50)
		if err != nil {
			return "", err
		}
		for _, one := range list {
			if link := address.FindString(one.Body); one.To == email && link != "" {
				return strings.TrimSpace(link), nil
			}
		}
		time.Sleep(pause)
	}
	return "", fmt.Errorf("no link was mailed to %s", email)
}
