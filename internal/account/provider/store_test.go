package provider_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/asye/internal/account"
	"example.org/asye/internal/account/accounttest"
	"example.org/asye/internal/account/provider"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/tenant"
)

// office is a house with two directories.
type office struct {
	accounttest.House
	links *provider.Store

	ada, una   asye.PersonID // a coordinator of Kent, and the administrator of all
	kent, boss tenant.Scope  // the administrators of Kent and of all
}

const north, south = "https://north.example", "https://south.example"

func eachOffice(t *testing.T, run func(t *testing.T, o office)) {
	t.Helper()
	accounttest.Each(t, func(t *testing.T, h accounttest.House) {
		o := office{House: h, links: provider.NewStore(h.DB, h.Store, []provider.Directory{
			{Directory: account.Directory{Key: "north", Name: "Northshire Council", Domains: []string{"north.gov.uk", "shared.gov.uk"}}, Issuer: north},
			{Directory: account.Directory{Key: "south", Name: "Southshire Council", Domains: []string{"south.gov.uk"}}, Issuer: south},
		})}
		o.OnMoved(o.links.Moved)
		o.ada = o.Person(t, "Ada First", "ada@north.gov.uk", accounttest.As(accounttest.Kent, asye.Coordinator))
		kim := o.Person(t, "Kim Kent", "kim@example.org", accounttest.As(accounttest.Kent, asye.Administrator))
		o.una = o.Person(t, "Una Boss", "una@example.org", accounttest.As(accounttest.National, asye.Administrator))
		o.kent = tenant.SignedIn(kim, accounttest.Kent, asye.Administrator)
		o.boss = tenant.SignedIn(o.una, accounttest.National, asye.Administrator)
		run(t, o)
	})
}

func (o office) scope() tenant.Scope {
	return tenant.SignedIn(o.ada, accounttest.Kent, asye.Coordinator)
}

// ofAda is what a directory says of Ada.
func ofAda(edit ...func(*provider.Proof)) provider.Proof {
	p := provider.Proof{Directory: "north", Issuer: north, Subject: "s-1", Address: "ada@north.gov.uk", Shown: "ada@north.gov.uk"}
	for _, change := range edit {
		change(&p)
	}
	return p
}

func (o office) forbids(t *testing.T, what string, err error, says string) {
	t.Helper()
	if fault.KindOf(err) != fault.Forbidden || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

func TestACC30_WhoseAccountItIs(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for what, proof := range map[string]provider.Proof{
			"an address at another directory's domain": ofAda(func(p *provider.Proof) { p.Address = "ada@south.gov.uk" }),
			"a domain that begins like ours":           ofAda(func(p *provider.Proof) { p.Address = "ada@north.gov.uk.evil.example" }),
			"a domain that ends like ours":             ofAda(func(p *provider.Proof) { p.Address = "ada@evil-north.gov.uk" }),
			"a domain below ours":                      ofAda(func(p *provider.Proof) { p.Address = "ada@team.north.gov.uk" }),
			"two addresses in one":                     ofAda(func(p *provider.Proof) { p.Address = "ada@evil.example@north.gov.uk" }),
			"no address":                               ofAda(func(p *provider.Proof) { p.Address = "" }),
			"an address that nobody has":               ofAda(func(p *provider.Proof) { p.Address = "adam@north.gov.uk" }),
			"the other directory":                      ofAda(func(p *provider.Proof) { p.Directory, p.Issuer = "south", south }),
			"the issuer of one and the key of another": ofAda(func(p *provider.Proof) { p.Issuer = south }),
			"a directory that is not set up":           ofAda(func(p *provider.Proof) { p.Directory = "west" }),
		} {
			_, err := o.links.SignIn(t.Context(), "state of "+what, proof, "")
			o.forbids(t, what, err, "nobody who is known here")
		}
		if n := o.Count(t, `sessions`) + o.Count(t, `directory_accounts`) + o.Count(t, `directory_visits`); n != 0 {
			t.Errorf("refusals left %d rows behind", n)
		}
		capitals := ofAda(func(p *provider.Proof) { p.Address = "ADA@North.gov.uk" })
		if _, err := o.links.SignIn(t.Context(), "one", capitals, ""); err != nil {
			t.Errorf("an address in capitals: %v", err)
		}
		moved := ofAda(func(p *provider.Proof) { p.Address, p.Shown = "ada.married@elsewhere.example", "new" })
		if _, err := o.links.SignIn(t.Context(), "two", moved, ""); err != nil {
			t.Errorf("once connected, the address still matters: %v", err)
		}
		if n := o.Count(t, `directory_accounts where shown_as = 'new'`); n != 1 {
			t.Error("the account is not shown as it is now called")
		}
	})
}

// Whoever else has come in at the same moment, what is connected is connected by
// its owner, where they work.
func TestACC30_WhoeverElseHasComeIn(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.Open(t.Context(), nil, o.Link(t, "una@example.org"), account.Entry{})
		o.Clock.Move(-time.Minute)
		if _, err := o.links.SignIn(t.Context(), "one", ofAda(), ""); err != nil {
			t.Fatal(err)
		}
		if n := o.Count(t, `audit_lines where what = 'account.providerLinked' and actor_id = $1 and org_id = 'kent' and actor_role = 'coordinator'`, string(o.ada)); n != 1 {
			t.Errorf("%d lines say that Ada did it as a coordinator of Kent, want 1", n)
		}
	})
}

func TestACC31_AVisitEndsOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() { _, errs[i] = o.links.SignIn(background, "the same visit", ofAda(), "") })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if fault.KindOf(err) != fault.Forbidden {
				t.Error(err)
			}
		}
		if won != 1 || o.Count(t, `sessions`) != 1 || o.Count(t, `directory_accounts`) != 1 {
			t.Errorf("%d of 6 got in, %d sessions", won, o.Count(t, `sessions`))
		}
		o.Clock.Move(time.Hour + time.Second)
		if err := o.links.Tidy(t.Context(), o.DB.Clock().Now()); err != nil || o.Count(t, `directory_visits`) != 0 {
			t.Errorf("visits of an hour ago are kept: %v", err)
		}
	})
}

// Two visits of one new account at the same moment: both are Ada's.
func TestTwoFirstVisitsAtOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wg.Go(func() { _, errs[i] = o.links.SignIn(background, string(rune('a'+i)), ofAda(), "") })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if n, all := o.Count(t, `directory_accounts`), o.Count(t, `sessions`); n != 1 || all != 4 {
			t.Errorf("%d accounts are connected and %d sessions begun, want 1 and 4", n, all)
		}
	})
}

func TestACC34_ConnectAndDisconnect(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		private := ofAda(func(p *provider.Proof) { p.Address, p.Shown = "", "ada at home" })
		if err := o.links.Connect(t.Context(), o.scope(), private); err != nil {
			t.Fatal(err)
		}
		tom := tenant.SignedIn(o.Person(t, "Tom Other", "tom@example.org", accounttest.As(accounttest.Kent, asye.Coordinator)), accounttest.Kent, asye.Coordinator)
		o.forbids(t, "somebody else's account", o.links.Connect(t.Context(), tom, private), "connected to somebody else")
		second := ofAda(func(p *provider.Proof) { p.Subject = "s-2" })
		o.forbids(t, "a second of one directory", o.links.Connect(t.Context(), o.scope(), second), "another account of this organisation")
		if err := o.links.Connect(t.Context(), o.scope(), private); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same once more: %v", err)
		}
		other := ofAda(func(p *provider.Proof) { p.Directory, p.Issuer = "south", south })
		if err := o.links.Connect(t.Context(), o.scope(), other); err != nil {
			t.Errorf("one of the other directory: %v", err)
		}
		list, err := o.links.Links(t.Context(), o.scope())
		if err != nil || len(list) != 2 || list[0].Name != "Northshire Council" || list[0].Shown != "ada at home" || !list[0].ByPerson {
			t.Fatalf("%+v, %v", list, err)
		}
		if theirs, err := o.links.Links(t.Context(), tom); err != nil || len(theirs) != 0 {
			t.Errorf("Tom sees %v, %v", theirs, err)
		}
		if err := o.links.Disconnect(t.Context(), tom, list[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Tom disconnects Ada's: %v", err)
		}
		if _, err := o.links.SignIn(t.Context(), "one", private, ""); err != nil {
			t.Errorf("signing in with what was connected: %v", err)
		}
		if err := o.links.Disconnect(t.Context(), o.scope(), list[0].ID); err != nil {
			t.Fatal(err)
		}
		_, err = o.links.SignIn(t.Context(), "two", private, "")
		o.forbids(t, "signing in with what was disconnected", err, "nobody who is known here")
		for what, want := range map[string]int{"account.providerLinked": 2, "account.providerUnlinked": 1} {
			if n := o.Count(t, `audit_lines where what = $1 and actor_id = $2`, what, string(o.ada)); n != want {
				t.Errorf("%d lines %s, want %d", n, what, want)
			}
		}
	})
}

func TestACC34_AdministratorsDisconnect(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		if err := o.links.Connect(t.Context(), o.scope(), ofAda()); err != nil {
			t.Fatal(err)
		}
		leeds := tenant.SignedIn(o.Person(t, "Lee Leeds", "lee@example.org", accounttest.As(accounttest.Leeds, asye.Administrator)), accounttest.Leeds, asye.Administrator)
		_, list, err := o.links.LinksOf(t.Context(), o.kent, o.ada)
		if err != nil || len(list) != 1 {
			t.Fatalf("Kent's administrator sees %v, %v", list, err)
		}
		id := list[0].ID
		if _, _, err := o.links.LinksOf(t.Context(), leeds, o.ada); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Leeds looks: %v", err)
		}
		if err := o.links.DisconnectOf(t.Context(), leeds, o.ada, id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Leeds disconnects: %v", err)
		}
		if err := o.links.DisconnectOf(t.Context(), o.kent, o.una, id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Kent disconnects somebody whom it does not see: %v", err)
		}
		if err := o.links.DisconnectOf(t.Context(), o.boss, o.una, id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Ada's account is taken for Una's: %v", err)
		}
		if err := o.links.DisconnectOf(t.Context(), o.kent, o.ada, id); err != nil {
			t.Errorf("Kent disconnects: %v", err)
		}
		if n := o.Count(t, `audit_lines where what = 'account.providerUnlinked' and org_id = 'kent' and subject_id = $1`, string(o.ada)); n != 1 {
			t.Errorf("%d lines, want 1", n)
		}
	})
}

// Whoever has a role elsewhere too is the national team's to touch.
func TestACC34_BeyondReach(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		both := o.Person(t, "Bo Both", "bo@example.org", accounttest.As(accounttest.Kent, asye.Coordinator), accounttest.As(accounttest.Leeds, asye.Coordinator))
		at := tenant.SignedIn(both, accounttest.Kent, asye.Coordinator)
		if err := o.links.Connect(t.Context(), at, ofAda()); err != nil {
			t.Fatal(err)
		}
		_, list, err := o.links.LinksOf(t.Context(), o.kent, both)
		if err != nil {
			t.Fatal(err)
		}
		o.forbids(t, "Kent's administrator", o.links.DisconnectOf(t.Context(), o.kent, both, list[0].ID), "another organisation")
		if err := o.links.DisconnectOf(t.Context(), o.boss, both, list[0].ID); err != nil {
			t.Errorf("the administrator of all: %v", err)
		}
	})
}

// The directory of the employer before must not sign anybody in who has moved.
func TestACC34_ANewAddressDisconnects(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		if _, err := o.links.SignIn(t.Context(), "one", ofAda(), ""); err != nil {
			t.Fatal(err)
		}
		change := func(email string) {
			t.Helper()
			person, _, err := o.Store.Person(t.Context(), o.boss, o.ada)
			if err == nil {
				who := person.Identity
				who.Email = email
				err = o.Change(t.Context(), o.boss, o.ada, person.Version, who)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		change("ada.married@shared.gov.uk") // the same directory's
		if n := o.Count(t, `directory_accounts`); n != 1 {
			t.Error("an address of the same directory disconnects its account")
		}
		change("ada@south.gov.uk")
		if n := o.Count(t, `directory_accounts`); n != 0 {
			t.Error("the account of the directory before is still connected")
		}
		if n := o.Count(t, `audit_lines where what = 'account.providerUnlinked'`); n != 1 {
			t.Errorf("%d lines tell of it, want 1", n)
		}
		_, err := o.links.SignIn(t.Context(), "two", ofAda(), "")
		o.forbids(t, "the directory before", err, "nobody who is known here")
	})
}

func TestMayTouch(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for _, tt := range []struct {
			who  tenant.Scope
			whom asye.PersonID
			want fault.Kind
		}{{o.kent, o.ada, fault.Internal}, {o.kent, o.una, fault.NotFound}, {o.boss, o.ada, fault.Internal}} {
			err := o.DB.Keep(t.Context(), func(tx *txOf) error { return o.MayTouch(t.Context(), tx, tt.who, tt.whom) })
			if (err == nil) != (tt.want == fault.Internal) || err != nil && fault.KindOf(err) != tt.want {
				t.Errorf("%v: %v", tt.whom, err)
			}
		}
	})
}
