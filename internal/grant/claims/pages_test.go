package claims_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/claims"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/platform/web/webtest"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
	"example.org/asye/internal/schema"
	"github.com/xuri/excelize/v2"
)

var (
	ctx  = context.Background()
	must = registrationtest.Must
)

// open is a browser at which somebody works with the pages of a house.
func open(t *testing.T, h granttest.House, who tenant.Scope) *webtest.Browser {
	t.Helper()
	return webtest.Pages{DB: h.DB, Mount: func(m *web.Mux) { claims.Mount(m, h.Grants, h.Claims) }}.As(t, who)
}

// began starts a claim on the page, and gives its address.
func began(t *testing.T, b *webtest.Browser) string {
	t.Helper()
	return b.Get("/grants").Press("/grants/claims/start", "scheme="+granttest.Scheme).Is(http.StatusSeeOther).Location
}

func TestWhoMayOpenWhat(t *testing.T) {
	h := granttest.OnSQLite(t)
	for _, role := range asye.Roles() {
		b := open(t, h, tenant.SignedIn("co-a", "a", role))
		employer := role == asye.Coordinator || role == asye.Director
		for path, may := range map[string]bool{"/grants": employer, "/grants/claims": employer, "/grants/download?format=csv": employer,
			"/grants/schemes": employer || role == asye.National, "/grants/schemes/" + granttest.Scheme: employer || role == asye.National,
			"/grants/schemes/" + granttest.Scheme + "/confirm/leaving":        role == asye.National,
			"/grants/schemes/" + granttest.Scheme + "/conditions/action-plan": role == asye.Coordinator} {
			want := http.StatusForbidden
			if may {
				want = http.StatusOK
			}
			if got := b.Get(path).Status; got != want {
				t.Errorf("%s opens %s: %d", role, path, got)
			}
		}
	}
}

func TestGRA32_WhatIsDue(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b, d := open(t, h, granttest.Ours), open(t, h, granttest.Director)
		b.Get("/grants").Is(200, "Nothing to show", "Once an NQSW is registered").Lacks("Start a claim")
		r := h.Checked(t, granttest.Ours, 1)
		blocked := h.Register(t, granttest.Ours, registrationtest.Entry(2))
		h.Checked(t, granttest.Them, 3)
		page := b.Get("/grants").Is(200, "1 payment, £1,000.00 in total", "can be claimed now", "By 23:59 on 31 March 2027: 129 days left.", "1 more payment can be claimed once something is put right",
			"Before it can be signed: Action plan of the year", "Claimable 2, £2,000.00", "Not yet 2, £2,000.00", "Showing 1 to 4 of 4 payments",
			"Nobody has looked the NQSW up in the regulator’s register", "From 1 March 2027. Everybody on the programme on 1 March 2027 is paid for").Lacks("Okafor3")
		page.Has("/registrations/"+string(blocked.ID)+"/check", "/registrations/"+string(r.ID), "Start a claim")
		if text := page.Text(); strings.Index(text, "Claimable") > strings.Index(text, "Not yet") {
			t.Error("what asks for something does not come first")
		}
		d.Get("/grants").Is(200, "Amara Okafor1", "A coordinator starts the claim; you sign it").Lacks("Start a claim", "Look at the register").HasNot("/registrations/")
		b.Get("/grants?state=not_yet").Is(200, "Showing 1 to 2 of 2").Lacks("Nobody has looked")
		b.Get("/grants?state=paid").Is(200, "No payment is in this state")
		b.Get("/grants?state=nonsense&page=99").Is(200, "Showing 1 to 4 of 4")
		b.Get("/grants?scheme=adults-2026-27").Is(200, "No payment is in this state and of this scheme")
	})
}

func TestGRA32_ALongListHasPages(t *testing.T) {
	h := granttest.OnSQLite(t)
	for n := range 30 {
		h.Checked(t, granttest.Ours, n+1)
	}
	b := open(t, h, granttest.Ours)
	b.Get("/grants").Is(200, "Showing 1 to 50 of 60 payments").Has("/grants?page=2")
	b.Get("/grants?page=2").Is(200, "Showing 51 to 60 of 60 payments", "Not yet")
	if page := b.Get("/grants/download?format=csv").Is(200); strings.Count(page.Body, "\n") != 61 {
		t.Errorf("the file has %d lines", strings.Count(page.Body, "\n"))
	}
}

// The file has the rows of the page, and nothing in it is a formula.
func TestGRA32_TheFileIsTheList(t *testing.T) {
	h := granttest.OnSQLite(t)
	b := open(t, h, granttest.Ours)
	h.Checked(t, granttest.Ours, 1, func(e *registration.Entry) { e.Identity.FamilyName = "=1+1" })
	h.Checked(t, granttest.Ours, 2)
	for _, query := range []string{"", "&state=claimable", "&state=not_yet", "&scheme=adults-2026-27"} {
		shown := strings.Count(b.Get("/grants?x=1"+query).Is(200).Body, `scope="row"`)
		page := b.Get("/grants/download?format=csv" + query).Is(200)
		sheet, err := files.Read("due.csv", strings.NewReader(page.Body), int64(len(page.Body)), files.DefaultLimits())
		if shown == 0 {
			if strings.Count(page.Body, "\n") != 1 {
				t.Errorf("%s: %q", query, page.Body)
			}
			continue
		}
		must(t, err)
		if len(sheet.Rows) != shown || strings.Contains(page.Body, ",=1") || strings.Contains(page.Body, "\n=1") {
			t.Errorf("%s: %d rows in the file and %d on the page: %s", query, len(sheet.Rows), shown, page.Body)
		}
	}
	page := b.Get("/grants/download?format=xlsx&state=claimable").Is(200)
	if page.Header.Get("Content-Disposition") != `attachment; filename="grants 2026-11-22.xlsx"` {
		t.Error(page.Header)
	}
	book, err := excelize.OpenReader(strings.NewReader(page.Body))
	must(t, err)
	rows, err := book.GetRows("What is due")
	if err != nil || len(rows) != 3 || rows[1][0] != "=1+1" || rows[1][6] != "1000.00" {
		t.Errorf("%q %v", rows, err)
	}
	if formula, _ := book.GetCellFormula("What is due", "A2"); formula != "" {
		t.Error(formula)
	}
	b.Get("/grants/download?format=ods").Is(422, "Choose csv or xlsx")
}

func TestClaimFromDraftToAnswer(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		b, d, them := open(t, h, granttest.Ours), open(t, h, granttest.Director), open(t, h, granttest.Them)
		h.Checked(t, granttest.Ours, 1)
		h.Checked(t, granttest.Ours, 2)
		at := began(t, b)
		b.Get(at).Is(200, "What would be signed", "£2,000.00, 2 payments", "Action plan of the year: not shown yet", "It cannot be signed yet. The scheme asks for more", "Discard the draft", "Drafted").Lacks("Sign the claim")
		d.Get(at).Is(200, "It cannot be signed yet").Lacks("Sign the claim", "Discard the draft", "Leave out")
		them.Get(at).Is(404)
		h.Conditions(t, granttest.Ours)
		b.Get(at).Is(200, "action-plan.pdf", "It is ready, and waits for the director’s signature")
		b.Get(at).Answer(at + "/leave-out").LeadsTo(at)
		b.Get(at).Is(200, "£1,000.00, 1 payment", "Left out by you", "Take it in again").Answer(at + "/leave-out").LeadsTo(at)

		b.Get(at).Answer(at + "/leave-out").LeadsTo(at) // out once more; in again below
		shown := d.Get(at).Is(200, "You sign exactly the 1 payment above, £1,000.00 in total")
		h.Checked(t, granttest.Ours, 3)
		stale := shown.Answer(at+"/sign").Is(http.StatusConflict, "The registrations have changed since this claim was shown to you. Nothing was signed", "£2,000.00, 2 payments", "Sign the claim")
		stale.Answer(at + "/sign").LeadsTo(at)
		d.Get(at).Is(200, "What was signed", "Submit the claim", "Signed", "Open it again")
		b.Get("/grants").Is(200, "is signed, and has not been sent")

		b.Get(at).Answer(at + "/reopen").LeadsTo(at)
		d.Get(at).Answer(at + "/sign").LeadsTo(at)
		late := b.Get(at).Is(200)
		b.Get(at).Answer(at + "/submit").LeadsTo(at)
		late.Answer(at+"/reopen").Is(http.StatusConflict, "Someone else changed this", "With the funder")
		c := h.Claim(t, granttest.Ours, id(at))
		b.Get(at).Is(200, "What was claimed", "With the funder", "make the spreadsheet and its messages").Lacks("Submit the claim", "Open it again")
		must(t, h.Claims.Answer(ctx, granttest.Team, c.ID, c.Version, map[string]string{c.Lines[0].ID: "The start day is wrong"}))
		b.Get(at).Is(200, "The funder’s answer", "Accepted: 1 payment, £1,000.00.", "£1,000.00: The start day is wrong", "Returned", "Answered")
		b.Get("/grants").Is(200, "The funder returned it before: The start day is wrong", "In claim "+c.Reference)
		b.Get("/grants/claims").Is(200, c.Reference, "Answered on")
	})
}

// Where the funder is outside, the employer records what it sent and was
// answered.
func TestClaimOfAFunderOutside(t *testing.T) {
	h := granttest.OnSQLite(t)
	h.Statements.PaidBy(grant.PaidElsewhere)
	h.Checked(t, granttest.Ours, 1)
	h.Conditions(t, granttest.Ours)
	b, d := open(t, h, granttest.Ours), open(t, h, granttest.Director)
	at := began(t, b)
	d.Get(at).Answer(at + "/sign").LeadsTo(at)
	b.Get(at).Is(200, "The funder takes claims by e-mail", "I have sent the claim").Lacks("Submit the claim").Answer(at + "/submit").LeadsTo(at)
	b.Get(at).Is(200, "Record the funder’s answer").Has(at + "/answer")
	d.Get(at).Is(200).Lacks("Record the funder’s answer")
	c := h.Claim(t, granttest.Ours, id(at))
	must(t, h.Claims.Record(ctx, granttest.Ours, c.ID, c.Version, nil))
	b.Get(at).Is(200, "Accepted: 1 payment", "Record that it was taken back").Has("/grants/payments/" + c.Lines[0].ID)
}

// id is the identifier of a claim in its address.
func id(at string) string { return at[strings.LastIndex(at, "/")+1:] }

func TestGRA23_RefusedOnThePageWithTheTime(t *testing.T) {
	h := granttest.OnSQLite(t)
	h.At(t, "2027-03-31T09:00:00Z")
	r := h.Register(t, granttest.Ours, registrationtest.Entry(1))
	h.Check(t, r.Person, asye.MustDate("2027-03-30"))
	h.Conditions(t, granttest.Ours)
	b, d := open(t, h, granttest.Ours), open(t, h, granttest.Director)
	b.Get("/grants").Is(200, "By 23:59 on 31 March 2027: 14 hours left.", "Soon")
	at := began(t, b)
	d.Get(at).Answer(at + "/sign").LeadsTo(at)
	page := b.Get(at).Is(200, "23:59 on 31 March 2027: 14 hours left")
	h.At(t, "2027-03-31T23:00:01Z")
	page.Answer(at+"/submit").Is(http.StatusConflict, "The deadline for registration of Amara Okafor1 was 23:59 on 31 March 2027, and now it is 00:00:01 on 1 April 2027. Nothing was sent").Titled("Error")
	late := b.Get("/grants").Is(200, "The deadline has passed: it was 23:59 on 31 March 2027", "Ask to claim late", "£1,000.00")
	form := "/grants/late/" + string(r.ID) + "/registration"
	late.Has(form)
	b.Get(form).Is(200, "The deadline was 23:59 on 31 March 2027", "£1,000.00").Submit("reason= ").Is(422, "Write why the deadline was missed")
	b.Get(form).Submit("reason="+strings.Repeat("x", 501)).Is(422, "500 characters or fewer").Has(strings.Repeat("x", 501))
	b.Get(form).Submit("reason=The office was flooded").LeadsTo("/grants/claims")
	b.Get("/grants/claims").Is(200, "What you have asked to claim late", "The office was flooded", "Not answered yet")
	b.Get("/grants").Is(200, "to claim it late. The funder has not answered yet")
	b.Get(form).Submit("reason=Again").Is(http.StatusConflict, "already")
	open(t, h, granttest.Them).Get(form).Is(404)
	waiting, err := h.Claims.LateWaiting(ctx, granttest.Team)
	must(t, err)
	must(t, h.Claims.AnswerLate(ctx, granttest.Team, waiting[0].ID, waiting[0].Version, false, "It was open"))
	b.Get("/grants").Is(200, "The funder refused to let you claim it late: It was open", "Ask to claim late")
	b.Get("/grants/claims").Is(200, "Refused: It was open")
}

func TestGRA27_ClashPages(t *testing.T) {
	h := granttest.OnSQLite(t)
	r := h.Checked(t, granttest.Ours, 1)
	must(t, h.Decide(ctx, granttest.Ours, r.ID, r.Version, registration.Outcome{Result: registration.ResultWithdrawn, DecidedOn: asye.MustDate("2026-10-31"), Reason: "other-role", Concerns: "no"}))
	again := h.Register(t, granttest.Them, registrationtest.Entry(1, func(e *registration.Entry) {
		e.StartsOn, e.Identity.Email = asye.MustDate("2026-11-02"), "o@example.org"
	}))
	twins, err := h.Twins(ctx, granttest.Team)
	must(t, err)
	must(t, h.Judge(ctx, granttest.Team, twins[0].ID, true, "One person"))
	h.Check(t, r.Person, asye.MustDate("2026-11-03"))
	h.Conditions(t, granttest.Ours)
	h.Sent(t, granttest.Ours, granttest.Director)
	b, ours := open(t, h, granttest.Them), open(t, h, granttest.Ours)
	form := "/grants/clash/" + string(again.ID) + "/registration"
	b.Get("/grants").Is(200, "Claimed by another employer", "Tell the national team that it is yours").Lacks("Ashford").Has(form)
	b.Get(form).Is(200, "Each payment is made once").Submit("reason=").Is(422, "Write why this payment is yours")
	b.Get(form).Submit("reason=With us since November").LeadsTo("/grants/claims")
	b.Get("/grants").Is(200, "You told the national team on")
	b.Get("/grants/claims").Is(200, "With us since November", "Not decided yet").Lacks("Ashford")
	ours.Get("/grants/claims").Is(200, "Another employer told the national team").Lacks("With us since November", "Barnwell")
	ours.Get(form).Is(404)
	all, err := h.Claims.Clashes(ctx, granttest.Team)
	must(t, err)
	must(t, h.Claims.Decide(ctx, granttest.Team, all[0].ID, all[0].Version, claim.Stays, "The first year counts"))
	b.Get("/grants").Is(200, "stays with the other employer: The first year counts")
	b.Get("/grants/claims").Is(200, "It is the other employer’s: The first year counts")
	ours.Get("/grants/claims").Is(200, "It is yours: The first year counts")
}

func TestGRA30_TheFileIsMadeWithThePasswordThatWasShown(t *testing.T) {
	h := granttest.OnSQLite(t)
	h.Checked(t, granttest.Ours, 1)
	h.Conditions(t, granttest.Ours)
	b, them := open(t, h, granttest.Ours), open(t, h, granttest.Them)
	at := began(t, b)
	b.Get(at+"/file").Is(http.StatusConflict, "once the director has signed the claim. This one is Draft")
	h.Sign(t, granttest.Director, id(at))
	page := b.Get(at+"/file").Is(200, "opens with this password only", "CFASYE.payments@education.gov.uk", "Ashford, 22 November 2026: Child and family ASYE grant 2026 to 2027",
		"Ashford, 22 November 2026: Child and family ASYE grant 2026 to 2027: password", "1 payment, £1,000.00 in total")
	password := page.Field("password")
	if !claim.IsPassword(password) || page.Header.Get("Cache-Control") != "no-store" || strings.Count(page.Text(), password) != 2 {
		t.Fatalf("%q %v", password, page.Header)
	}
	if again := b.Get(at + "/file").Field("password"); again == password {
		t.Error("the same password is shown twice")
	}
	for range 2 { // a download that broke off is asked for again
		file := page.Submit().Is(200)
		book, err := excelize.OpenReader(bytes.NewReader([]byte(file.Body)), excelize.Options{Password: password})
		must(t, err)
		if rows, err := book.GetRows("Claim"); err != nil || len(rows) != 2 || rows[1][4] != "Okafor1" {
			t.Errorf("%q %v", rows, err)
		}
		if !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") || file.Header.Get("Cache-Control") != "no-store" {
			t.Error(file.Header)
		}
	}
	page.Submit("password=secret").Is(422, "The password did not come from this page")
	b.Get(at+"/file.csv").Is(200).Has("Okafor1", "1000.00")
	them.Get(at + "/file").Is(404)
	them.Get(at + "/file.csv").Is(404)
	them.Forge(page, at+"/file", "password="+password).Is(404)
	if n := h.Count(t, `audit_lines where what = 'claim.downloaded' and subject_id = $1`, id(at)); n != 3 {
		t.Errorf("taking the file out left %d lines", n)
	}
	for _, table := range schema.Tables() {
		if kept(t, h, table.Name, password) {
			t.Errorf("the password is kept in %s", table.Name)
		}
	}
}

// kept reports whether a text stands anywhere in a table.
func kept(t *testing.T, h granttest.House, table, text string) bool {
	t.Helper()
	rows, err := h.DB.Query(ctx, `select * from `+table)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		must(t, rows.Scan(into...))
		if strings.Contains(fmt.Sprintf("%s", cells), text) {
			return true
		}
	}
	must(t, rows.Err())
	return false
}

func TestGRA29_DocumentPages(t *testing.T) {
	h := granttest.OnSQLite(t)
	b, d, them := open(t, h, granttest.Ours), open(t, h, granttest.Director), open(t, h, granttest.Them)
	form := "/grants/schemes/" + granttest.Scheme + "/conditions/action-plan"
	b.Get(form).Is(200, "Action plan of the year").Attach("document", "", nil).Is(422, "Choose the document")
	b.Get(form).Attach("document", "plan.pdf", make([]byte, 5<<20+1)).Is(422, "larger than 5 MB")
	b.Get(form).Attach("document", `..\..\plan<script>.html`, []byte("<script>alert(1)</script>")).LeadsTo("/grants/schemes/" + granttest.Scheme)
	page := b.Get("/grants/schemes/"+granttest.Scheme).Is(200, "plan", "by Co a")
	at := page.Body[strings.Index(page.Body, "/grants/documents/"):]
	at = at[:strings.IndexByte(at, '"')]
	for _, who := range []*webtest.Browser{b, d} {
		got := who.Get(at).Is(200)
		if got.Body != "<script>alert(1)</script>" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") ||
			got.Header.Get("Content-Type") != "application/octet-stream" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%v", got.Header)
		}
	}
	them.Get(at).Is(404)
	them.Get("/grants/schemes/"+granttest.Scheme).Is(200, "not shown yet")
	b.Get("/grants/schemes/" + granttest.Scheme + "/conditions/nothing").Is(404)
	b.Get("/grants/schemes/nothing/conditions/action-plan").Is(404)
}

func TestGRA15_RulesAreConfirmedInTheirWords(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		n, b := open(t, h, granttest.Team), open(t, h, granttest.Ours)
		n.Get("/grants/schemes").Is(200, "Child and family ASYE grant 2026 to 2027", "rules, not confirmed").Lacks("What is due")
		at := "/grants/schemes/" + granttest.Scheme
		b.Get(at).Is(200, "Leaving", "Assumed", "GOV.UK, Child and family ASYE, April 2026 to March 2027", "DfE code", "Social Work England number").Lacks("Confirm : Leaving")
		form := at + "/confirm/leaving"
		n.Get(at).Is(200, "Confirm : Leaving").Has(form)
		n.Get(form).Is(200, "Whoever withdraws within the first 28 days").Submit("note=").Is(422, "Write how it was confirmed")
		old := n.Get(form)
		n.Get(form).Submit("note=By Jo Bell of the department, 3 November 2026").LeadsTo(at)
		b.Get(at).Is(200, "Confirmed by Co national", "By Jo Bell of the department")
		old.Submit("note=Again").Is(http.StatusConflict, "Somebody has confirmed this rule already")
		n.Get(at + "/confirm/window").Is(404)
		n.Get("/grants/schemes/" + url.PathEscape("no/such")).Is(404)
	})
}
