package app

import (
	"context"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/admin"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/employers"
	"example.org/asye/internal/equality/figures"
	"example.org/asye/internal/equality/publication/releases"
	"example.org/asye/internal/grant/claims"
	"example.org/asye/internal/grant/funder"
	"example.org/asye/internal/grant/money"
	"example.org/asye/internal/home"
	"example.org/asye/internal/paths"
	"example.org/asye/internal/platform/clock"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/platform/ui"
	"example.org/asye/internal/platform/web"
	"example.org/asye/internal/registration/cohort"
	"example.org/asye/internal/registration/mine"
	"example.org/asye/internal/registration/queue"
)

// navigation is the sections of each role.
func navigation() map[asye.Role][]ui.NavItem {
	homePage := ui.NavItem{Text: "Home", Href: paths.Home()}
	return map[asye.Role][]ui.NavItem{
		asye.NQSW: {homePage, {Text: "My year", Href: paths.MyYear()}, {Text: "My details", Href: paths.MyDetails()},
			{Text: "Who can see what", Href: paths.Privacy()}},
		asye.Coordinator: {homePage, {Text: "NQSWs", Href: paths.Registrations(nil)}, {Text: "Register", Href: paths.Register()},
			{Text: "Upload", Href: paths.Upload()}, {Text: "Moves", Href: paths.Transfers()}, {Text: "Grants", Href: paths.Grants()},
			{Text: "Outcomes", Href: paths.OurOutcomes()}, {Text: "Organisation", Href: paths.Organisation()}},
		asye.Director: {homePage, {Text: "Grants", Href: paths.Grants()}, {Text: "Outcomes", Href: paths.OurOutcomes()}, {Text: "Organisation", Href: paths.Organisation()}},
		asye.National: {homePage, {Text: "Employers", Href: paths.Employers()}, {Text: "Find", Href: paths.Find()},
			{Text: "Registrations", Href: paths.RegistrationsByCohort()}, {Text: "Outcomes", Href: paths.Outcomes(nil)},
			{Text: "Funding", Href: paths.Funding()}, {Text: "Releases", Href: paths.Publication()}, {Text: "Duplicates", Href: paths.Duplicates()}, {Text: "Disputes", Href: paths.Disputes()}},
		asye.Analyst: {homePage, {Text: "Outcomes", Href: paths.Outcomes(nil)}, {Text: "Releases", Href: paths.Publication()},
			{Text: "Registrations", Href: paths.RegistrationsByCohort()}},
		asye.Administrator: {homePage, {Text: "People", Href: paths.AdminPeople()}, {Text: "Audit trail", Href: paths.AdminAudit()},
			{Text: "Outbox", Href: paths.AdminOutbox()}, {Text: "Jobs", Href: paths.AdminJobs()}, {Text: "Backups", Href: paths.AdminBackups()},
			{Text: "Settings", Href: paths.AdminSettings()}, {Text: "Retention", Href: paths.RetentionDue()}},
	}
}

// cards is what the home page of each role is made of.
func (s *service) cards() map[asye.Role][]web.Cards {
	return map[asye.Role][]web.Cards{
		asye.NQSW:        {mine.Cards(s.mineNeeds()), s.equality.Cards},
		asye.Coordinator: {cohort.Cards(s.registration), s.uploadCards, claims.Cards(s.grants, s.claims), money.Cards(s.statements), s.employers.Cards},
		asye.Director:    {claims.Cards(s.grants, s.claims), figures.DirectorCards, employers.DirectorCards},
		asye.National:    {queue.Cards(s.registration), funder.Cards(s.funderNeeds()), claims.Cards(s.grants, s.claims), releases.Cards(s.publication), s.employers.Cards},
		asye.Analyst:     {releases.Cards(s.publication), analystCards},
		asye.Administrator: {admin.Cards(s.account, s.works), s.backupCards, s.rights.Cards,
			admin.ChainCards(s.trail(), s.db.Clock().Now)},
	}
}

// uploadCards tells a coordinator of an upload that waits for a decision, and
// until when: what nobody decides on is deleted.
func (s *service) uploadCards(ctx context.Context, scope tenant.Scope, _ asye.Date) ([]web.Card, error) {
	if scope.Role() != asye.Coordinator {
		return nil, nil
	}
	waiting, found, err := s.upload.Waiting(ctx, scope)
	if err != nil || !found {
		return nil, err
	}
	by := ""
	if waiting.By != "" {
		by = " by " + waiting.By
	}
	return []web.Card{{Heading: "An upload waits for your decision", Urgent: true, Order: 15,
		Text: "“" + waiting.File + "” was uploaded" + by + " and has had no effect yet. Confirm or discard it; it is deleted on " +
			clock.DateOf(waiting.ExpiresAt).String() + ".",
		Action: "See the upload", Href: paths.UploadCheck(waiting.ID, "", 1)}}, nil
}

// draftName is the NQSW whose registration has been begun.
func draftName(a journey.Answers) string {
	return asye.Identity{GivenName: a["given_name"], FamilyName: a["family_name"]}.Known()
}

// known is the journeys that can be carried on from the home page.
func known() map[string]home.Draft {
	return map[string]home.Draft{
		"register":   {Title: "Register an NQSW", Name: draftName, Href: func(string) string { return paths.RegisterOn() }},
		"equality":   {Title: "Equality questions", Href: func(string) string { return paths.MyEquality() }},
		"bank-lines": {Title: "What your bank tells", Href: func(string) string { return paths.GrantMoneyCheck(1) }},
		"employer-ending": {Title: "Record how an employer ended",
			Href: func(org string) string { return paths.EmployerEnding(asye.OrganisationID(org)) }},
	}
}

// settingLines is the settings page.
func (s *service) settingLines() []account.Setting {
	var lines []account.Setting
	for _, at := range settings {
		v := s.config.values.All[at.Key]
		lines = append(lines, account.Setting{Key: v.Key, Value: v.Shown(), Origin: v.Origin, Help: v.Help})
	}
	return lines
}

// analystCards leads an analyst to what they are here for.
func analystCards(context.Context, tenant.Scope, asye.Date) ([]web.Card, error) {
	return []web.Card{
		{Heading: "Outcomes by characteristic", Text: "How many passed and failed, counted from records, with how complete they are.",
			Action: "See the outcomes", Href: paths.Outcomes(nil), Order: 10},
		{Heading: "Registrations by cohort", Text: "How many were registered, by type of employer, beside the published figures.",
			Action: "See the registrations", Href: paths.RegistrationsByCohort(), Order: 20},
		{Heading: "Releases and questions", Text: "What is published of outcomes, what waits for approval, and questions about groups.",
			Action: "See the releases", Href: paths.Publication(), Order: 30},
	}, nil
}

func (s *service) today() asye.Date { return clock.Today(s.db.Clock()) }
