package openid_test

import (
	"encoding/json"
	"testing"

	"example.org/asye/internal/platform/openid"
)

// What a directory says only when it is asked once more is believed of the same
// person alone.
func TestUserInfo(t *testing.T) {
	l := newLiar(t)
	l.claims = map[string]any{"email": nil, "email_verified": nil}
	l.userinfo = map[string]any{"sub": "s-1", "email": "ada@northshire.gov.uk", "email_verified": true, "name": "Ada First"}
	claims, err := l.visit(t, l.client())
	if err != nil || claims.Address() != "ada@northshire.gov.uk" || claims.Name != "Ada First" {
		t.Errorf("%+v, %v", claims, err)
	}
	l.userinfo["sub"] = "s-2"
	l.wants(t, openid.Forged)
}

func TestACC30_TheAddressForWhichADirectoryAnswers(t *testing.T) {
	for name, tt := range map[string]struct{ claims, want string }{
		"verified":               {`{"email":"a@x.org","email_verified":true}`, "a@x.org"},
		"verified, as a text":    {`{"email":"a@x.org","email_verified":"true"}`, "a@x.org"},
		"not verified":           {`{"email":"a@x.org","email_verified":false}`, ""},
		"nothing said of it":     {`{"email":"a@x.org"}`, ""},
		"a user name":            {`{"preferred_username":"a@x.org"}`, ""},
		"Entra's words, not its": {`{"email":"a@x.org","xms_edov":true,"upn":"a@x.org","oid":"o"}`, ""},
	} {
		var c openid.Claims
		if err := json.Unmarshal([]byte(tt.claims), &c); err != nil {
			t.Fatal(err)
		}
		if got := c.Address(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestACC30_TheAddressForWhichEntraAnswers(t *testing.T) {
	const issuer = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
	for name, tt := range map[string]struct{ claims, want string }{
		"user name":                         {`{"preferred_username":"a@x.org"}`, "a@x.org"},
		"UPN before user name":              {`{"upn":"a@x.org","preferred_username":"b@x.org"}`, "a@x.org"},
		"an address is what somebody typed": {`{"email":"boss@x.org","preferred_username":"a@x.org"}`, "a@x.org"},
		"even one that is said to be right": {`{"email":"boss@x.org","email_verified":true,"preferred_username":"a@x.org"}`, "a@x.org"},
		"an address at a domain of its own": {`{"email":"a.b@x.org","xms_edov":1,"preferred_username":"a@x.org"}`, "a.b@x.org"},
		"a domain that is not its own":      {`{"email":"a.b@x.org","xms_edov":"0","preferred_username":"a@x.org"}`, "a@x.org"},
		"a guest":                           {`{"preferred_username":"a@x.org","acct":1}`, ""},
		"a member":                          {`{"preferred_username":"a@x.org","acct":0}`, "a@x.org"},
		"an account from elsewhere":         {`{"preferred_username":"a@x.org","idp":"live.com"}`, ""},
		"of another tenant":                 {`{"preferred_username":"a@x.org","idp":"https://sts.windows.net/99999999-2222-3333-4444-555555555555/"}`, ""},
		"of this tenant, in the old form":   {`{"preferred_username":"a@x.org","idp":"https://sts.windows.net/11111111-2222-3333-4444-555555555555/"}`, "a@x.org"},
		"a guest by the name":               {`{"upn":"a_x.org#EXT#@y.onmicrosoft.com","email":"a@x.org","xms_edov":true}`, ""},
	} {
		if got := openid.Said(issuer, tt.claims).Address(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if got := openid.Said(issuer, `{"sub":"pairwise","oid":"the-object"}`).Subject(); got != "the-object" {
		t.Errorf("the subject in Entra is %q", got)
	}
	if got := openid.Said("https://id.example", `{"sub":"s","oid":"the-object"}`).Subject(); got != "s" {
		t.Errorf("the subject elsewhere is %q", got)
	}
}

func TestShown(t *testing.T) {
	for text, want := range map[string]string{
		`{"email":"a@x.org","name":"Ada"}`:       "a@x.org",
		`{"preferred_username":"ada"}`:           "ada",
		`{"name":"Ada\r\nBcc: x@y.org"}`:         "Ada Bcc: x@y.org",
		`{"name":"a\u0000b","email":"a\u0000b"}`: "",
		`{}`:                                     "",
	} {
		if got := openid.Said("https://id.example", text).Shown(); got != want {
			t.Errorf("%s is shown as %q, want %q", text, got, want)
		}
	}
}

func TestConfigCheck(t *testing.T) {
	for issuer, fine := range map[string]bool{
		"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0": true,
		"https://id.example.org": true,
		"http://127.0.0.1:4000":  true,
		"http://[::1]:4000":      true,
		"http://localhost":       true,
		"http://id.example.org":  false,
		"id.example.org":         false,
		"":                       false,
		"https://u:p@id.example": false,
		"https://id.example?a=b": false,
		"https://login.microsoftonline.com/common/v2.0":                               false,
		"https://login.microsoftonline.com/organizations/v2.0":                        false,
		"https://login.microsoftonline.com/Consumers/v2.0":                            false,
		"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0": false,
		"https://login.microsoftonline.com/":                                          false,
	} {
		err := openid.Config{Issuer: issuer, ClientID: "c"}.Check()
		if (err == nil) != fine {
			t.Errorf("ACC-30 %q: %v", issuer, err)
		}
	}
	if (openid.Config{Issuer: "https://id.example"}).Check() == nil {
		t.Error("a directory that gave no client ID is taken")
	}
}

func FuzzClaims(f *testing.F) {
	f.Add(`{"email":"a@x.org","email_verified":"true","acct":[1],"idp":"x"}`)
	f.Add(`{"email_verified":{},"upn":"#EXT#","name":"\u0000"}`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, issuer := range []string{"https://id.example", "https://login.microsoftonline.com/t/v2.0"} {
			c := openid.Said(issuer, text)
			_, _, shown := c.Subject(), c.Address(), c.Shown()
			if len(shown) > 254 || len(c.Address()) > 254 {
				t.Errorf("%q is shown as %q", text, shown)
			}
		}
	})
}
