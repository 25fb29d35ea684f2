package passkey_test

import (
	"errors"
	"strings"
	"testing"

	"example.org/asye/internal/platform/passkey"
	"example.org/asye/internal/platform/passkey/passkeytest"
)

const origin = "https://asye.example.org"

func party(t *testing.T, at string) *passkey.Party {
	t.Helper()
	p, err := passkey.New(at, "asye")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// enrolled is a person with a passkey on a device.
func enrolled(t *testing.T, p *passkey.Party) (passkey.Owner, *passkeytest.Device) {
	t.Helper()
	mary, device := passkey.Owner{ID: "p1", Email: "mary@example.org", Name: "Mary Jones"}, passkeytest.New(t, origin)
	a, err := p.AskNew(mary)
	if err != nil {
		t.Fatal(err)
	}
	made, err := p.Made(mary, a.Ceremony, device.Make(a.Options))
	if err != nil {
		t.Fatal(err)
	}
	mary.Keys = []passkey.Key{made}
	return mary, device
}

func known(owners ...passkey.Owner) func(string) (passkey.Owner, error) {
	return func(id string) (passkey.Owner, error) {
		for _, o := range owners {
			if o.ID == id {
				return o, nil
			}
		}
		return passkey.Owner{}, errors.New("nobody")
	}
}

func TestSigningInWithAPasskey(t *testing.T) {
	p := party(t, origin)
	mary, device := enrolled(t, p)
	for i := range uint32(3) {
		a, err := p.AskAnyone()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(a.Options, "allowCredentials") {
			t.Errorf("the service names passkeys before it knows who is there: %s", a.Options)
		}
		who, used, err := p.Shown(a.Ceremony, device.Show(a.Options), known(mary))
		if err != nil || who.ID != "p1" || used.ID != mary.Keys[0].ID {
			t.Fatalf("%d: %v, %v", i, who, err)
		}
		mary.Keys[0] = used
	}
}

func TestShowingItAgain(t *testing.T) {
	p := party(t, origin)
	mary, device := enrolled(t, p)
	a, err := p.AskOwner(mary)
	if err != nil || !strings.Contains(a.Options, mary.Keys[0].ID) {
		t.Fatalf("%v: %s", err, a.Options)
	}
	if _, err := p.ShownBy(mary, a.Ceremony, device.Show(a.Options)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.AskOwner(passkey.Owner{ID: "p2"}); !errors.Is(err, passkey.ErrRefused) {
		t.Errorf("somebody without a passkey is asked for one: %v", err)
	}
	more, err := p.AskNew(mary)
	if err != nil || !strings.Contains(more.Options, `"excludeCredentials":[{"type":"public-key","id":"`+mary.Keys[0].ID) {
		t.Errorf("a device that has one is asked for another: %v: %s", err, more.Options)
	}
}

func TestWhatProvesNothing(t *testing.T) {
	p := party(t, origin)
	for name, spoil := range map[string]func(*passkeytest.Device){
		"at another site":         func(d *passkeytest.Device) { d.Origin = "https://asye.example.org.evil.example" },
		"over plain HTTP":         func(d *passkeytest.Device) { d.Origin = "http://asye.example.org" },
		"made for another name":   func(d *passkeytest.Device) { d.Host = "evil.example" },
		"without a face or a PIN": func(d *passkeytest.Device) { d.Unverified = true },
		"of another person":       func(d *passkeytest.Device) { d.Give("p2") },
		"of nobody":               func(d *passkeytest.Device) { d.Give("p3") },
	} {
		mary, device := enrolled(t, p)
		a, err := p.AskAnyone()
		if err != nil {
			t.Fatal(err)
		}
		spoil(device)
		if _, _, err := p.Shown(a.Ceremony, device.Show(a.Options), known(mary, passkey.Owner{ID: "p2"})); err == nil {
			t.Errorf("a passkey %s is accepted", name)
		}
	}
	mary, device := enrolled(t, p)
	one, err := p.AskAnyone()
	if err != nil {
		t.Fatal(err)
	}
	other, err := p.AskAnyone()
	if err != nil {
		t.Fatal(err)
	}
	answer := device.Show(one.Options)
	for name, bad := range map[string][2]string{"the answer to another challenge": {other.Ceremony, answer}, "no answer": {one.Ceremony, ""},
		"an answer cut short": {one.Ceremony, answer[:len(answer)/2]}, "what was never asked": {"{}", answer}} {
		if _, _, err := p.Shown(bad[0], bad[1], known(mary)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := p.Made(mary, one.Ceremony, answer); err == nil {
		t.Error("an old passkey is taken for a new one")
	}
}

// A counter that does not move on means that two devices have the passkey.
func TestACopyIsNoticed(t *testing.T) {
	p := party(t, origin)
	mary, device := enrolled(t, p)
	use := func() error {
		a, err := p.AskOwner(mary)
		if err != nil {
			t.Fatal(err)
		}
		used, err := p.ShownBy(mary, a.Ceremony, device.Show(a.Options))
		if err == nil {
			mary.Keys[0] = used
		}
		return err
	}
	device.Count = 7
	if err := use(); err != nil {
		t.Fatal(err)
	}
	device.Count = 3
	if err := use(); !errors.Is(err, passkey.ErrCopied) {
		t.Errorf("a counter that went back: %v", err)
	}
}

func TestAddressesForPasskeys(t *testing.T) {
	for at, ok := range map[string]bool{"https://asye.example.org": true, "https://asye.example.org:8443": true, "http://localhost:8080": true,
		"http://asye.example.org": false, "http://127.0.0.1:8080": false, "https://192.0.2.1": false, "https://[::1]": false, "": false, "::": false} {
		if _, err := passkey.New(at, "asye"); errors.Is(err, passkey.ErrAddress) == ok {
			t.Errorf("%q: %v", at, err)
		}
	}
}
