package example

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/tenant"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/regulator"
)

// fundedBy is the scheme that the years of the example are paid by.
const fundedBy = "child-and-family-2026-27"

// purse is the large county with its money: who claims, signs and pays.
type purse struct {
	*builder
	due         *grant.Store
	claims      *claim.Store
	statements  *statement.Store
	coordinator tenant.Scope
	director    tenant.Scope
	first       tenant.Scope // of the national team
	second      tenant.Scope
}

// fund has the large county claim twice. The first claim was paid in July, with
// one payment returned, and less has arrived than was paid; the second waits for
// the national team. A third is begun and waits for its director.
func (b *builder) fund(ctx context.Context) error {
	book, err := grant.Load(grant.Files())
	if err != nil {
		return err
	}
	org := b.orgOf(county)
	p := &purse{builder: b, due: grant.NewStore(b.db, book), statements: statement.NewStore(b.db, book),
		coordinator: tenant.SignedIn(b.personas["amina.yusuf@example.org"], org, asye.Coordinator),
		director:    tenant.SignedIn(b.personas["patience.hargreave@example.org"], org, asye.Director),
		first:       tenant.SignedIn(b.personas["ruth.illingworth@example.org"], b.national, asye.National),
		second:      tenant.SignedIn(b.personas["kwame.boateng@example.org"], b.national, asye.National)}
	p.claims = claim.NewStore(b.db, p.due, p.statements)
	for _, act := range []func(context.Context) error{p.paidInJuly, p.sentInOctober, p.begunInNovember} {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return nil
}

// paidInJuly is a claim from its draft to the money that arrived.
func (p *purse) paidInJuly(ctx context.Context) error {
	id, err := p.send(ctx, asye.MustDate("2026-07-13"))
	if err != nil {
		return err
	}
	p.stand(asye.MustDate("2026-07-20"))
	c, err := p.claims.Received(ctx, p.first, id)
	if err != nil {
		return err
	}
	returned := map[string]string{}
	if n := len(c.Lines); n > 1 {
		returned[c.Lines[n-1].ID] = "The start date is after the date of the contract that you sent. Tell us which of them is right"
	}
	if err := p.claims.Answer(ctx, p.first, id, c.Version, returned); err != nil {
		return err
	}
	return p.pay(ctx)
}

// pay closes what is open, has two approve it, pays it, and lets a little less
// arrive.
func (p *purse) pay(ctx context.Context) error {
	if _, err := p.statements.Close(ctx, p.second, fundedBy); err != nil {
		return err
	}
	id, err := p.statements.Prepare(ctx, p.second, fundedBy)
	if err != nil {
		return err
	}
	var batch statement.Batch
	for _, who := range []tenant.Scope{p.second, p.first} {
		if batch, err = p.statements.Batch(ctx, who, id); err != nil {
			return err
		}
		if err := p.statements.Approve(ctx, who, id, batch.Hash, batch.Version); err != nil {
			return err
		}
	}
	p.stand(asye.MustDate("2026-07-31"))
	if batch, err = p.statements.Batch(ctx, p.first, id); err != nil {
		return err
	}
	if err := p.statements.Pay(ctx, p.first, id, batch.Version, p.today()); err != nil {
		return err
	}
	p.stand(asye.MustDate("2026-08-06"))
	const missing = 100000 // one payment of 1,000 pounds
	paid := batch.Statements[0]
	_, err = p.statements.Receive(ctx, p.coordinator, []statement.Remittance{
		{ReceivedOn: asye.MustDate("2026-08-04"), Text: "DFE GRANTS " + paid.Reference, Pence: paid.Pence - missing},
		{ReceivedOn: asye.MustDate("2026-08-05"), Text: "DFE REF 88120/TP", Pence: 50000},
	})
	return err
}

// sentInOctober is a claim that the national team has not answered.
func (p *purse) sentInOctober(ctx context.Context) error {
	_, err := p.send(ctx, asye.MustDate("2026-10-12"))
	return err
}

// begunInNovember is a claim that waits for the director.
func (p *purse) begunInNovember(ctx context.Context) error {
	if err := p.look(ctx, asye.MustDate("2026-11-16")); err != nil {
		return err
	}
	_, err := p.claims.Start(ctx, p.coordinator, fundedBy)
	return err
}

// send claims everything that is due on a day, and has it signed and sent.
func (p *purse) send(ctx context.Context, day asye.Date) (string, error) {
	if err := p.look(ctx, day); err != nil {
		return "", err
	}
	if err := p.conditions(ctx); err != nil {
		return "", err
	}
	id, err := p.claims.Start(ctx, p.coordinator, fundedBy)
	if err != nil {
		return "", err
	}
	p.stand(day.AddDays(1))
	c, _, err := p.claims.Open(ctx, p.director, id)
	if err == nil {
		err = p.claims.Sign(ctx, p.director, id, c.Hash, c.Version)
	}
	if err == nil {
		c, err = p.claims.Get(ctx, p.coordinator, id)
	}
	if err == nil {
		err = p.claims.Submit(ctx, p.coordinator, id, c.Version)
	}
	return id, err
}

// look looks up in the register whoever could be claimed for.
func (p *purse) look(ctx context.Context, day asye.Date) error {
	p.stand(day)
	register, err := regulator.NewSimulator(nil)
	if err != nil {
		return err
	}
	due, err := p.due.Due(ctx, p.coordinator)
	if err != nil {
		return err
	}
	for _, r := range due {
		if r.State != grant.Claimable || len(r.Missing) == 0 {
			continue
		}
		if err := p.records.CheckRegister(ctx, p.coordinator, r.Facts.Enrolment, registration.RegisterCheck{Number: registration.Number(r.Number), CheckedOn: day,
			Result: string(regulator.Registered), RegisteredName: r.Name(), Source: register.Source()}); err != nil {
			return err
		}
	}
	return nil
}

// conditions shows what the scheme asks of the employer, once.
func (p *purse) conditions(ctx context.Context) error {
	shown, err := p.claims.Documents(ctx, p.coordinator, fundedBy)
	if err != nil || len(shown) > 0 {
		return err
	}
	s, _ := p.due.Book().Get(fundedBy)
	for _, c := range s.Conditions {
		if err := p.claims.Meet(ctx, p.coordinator, fundedBy, c.Key, c.Name+".txt", []byte(Note+"\n")); err != nil {
			return err
		}
	}
	return nil
}
