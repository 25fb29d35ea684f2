package app

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"example.org/asye/internal/proof"
)

// TestNetSignInFactors: people come in, in a real browser, by each thing that they
// can show, and prove with it that they are there; and nobody does with less. The
// journeys are those of journey_factor_test.go, which run by themselves too.
func TestNetSignInFactors(t *testing.T) {
	rounds, err := strconv.Atoi(os.Getenv("ROUNDS"))
	if err != nil || rounds < 1 {
		t.Skip("its journeys run by themselves; make net-sign-in-factors runs them again and again, and its twins")
	}
	journeys := []struct {
		name string
		walk func(*testing.T)
	}{{"a passkey", passkeyJourney}, {"a passkey removed", passkeyRemovedJourney}, {"an app and printed codes", authenticatorAppJourney},
		{"a password", passwordJourney}, {"a proof before an act that decides", stepUpJourney}, {"a session that ends", sessionEndsJourney}}
	for round := range rounds {
		for _, j := range journeys {
			t.Run(fmt.Sprintf("%s %d", j.name, round+1), j.walk)
		}
	}
	if t.Failed() {
		return
	}
	proof.Keep(t, proof.Result{Net: "sign-in-factors", Part: proof.SigningIn,
		Promise: "Passkeys, codes from an app, printed codes and passwords let their owner in and prove that they are there; each works as often as it should, and nothing less does.",
		Saw: fmt.Sprintf("%d journeys in Chromium, %d rounds of each of %d, passkeys with its virtual device: all came in, and what must be refused was refused.",
			rounds*len(journeys), rounds, len(journeys)),
		Twin: factorTwins(t), Command: "make net-sign-in-factors ROUNDS=" + strconv.Itoa(rounds)})
}

type edits = []proof.Edit

// factorTwins builds each mistake in and expects the tests of its place to see it.
func factorTwins(t *testing.T) string {
	const store = "internal/account/factor/"
	var said []string
	for _, twin := range []struct {
		mistake, folder, tests string
		edits                  edits
	}{
		{"a code from an app works twice", "./internal/account/factor", "TestACC44", edits{{File: "internal/platform/onetime/onetime.go", Old: "if one > last && s.is(code, one) {", New: "if s.is(code, one) {"},
			{File: store + "store_app.go", Old: "where person_id = $2 and last_step < $1`", New: "where person_id = $2`"}}},
		{"a request for a passkey takes any number of answers", "./internal/account/factor", "TestACC41", edits{{File: store + "store_passkeys.go",
			Old: "delete from passkey_requests where id = $1", New: "update passkey_requests set purpose = purpose where id = $1"}}},
		{"a copied passkey is accepted", "./internal/account/factor", "TestACC42", edits{{File: "internal/platform/passkey/passkey.go", Old: "if used.Authenticator.CloneWarning {", New: "if false {"}}},
		{"a passkey without a face or a PIN is accepted", "./internal/account/factor", "TestACC40", edits{{File: "internal/platform/passkey/passkey.go",
			Old: "p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))", New: "p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationDiscouraged))"}}},
		{"a printed code works twice", "./internal/account/factor", "TestACC45", edits{{File: store + "store_printed.go", Old: "and person_id = $3 and used_at is null`,", New: "and person_id = $3`,"}}},
		{"no second step is asked for", "./internal/account/factor", "TestACC50", edits{{File: store + "factor.go", Old: "if way.IsTwo() {", New: "if way.IsTwo() || true {"}}},
		{"a code by mail may be guessed for ever", "./internal/account/factor", "TestACC53", edits{{File: store + "store_prove.go", Old: "set tries = tries + 1", New: "set tries = tries + 0"}}},
		{"the dummy cannot be computed", "./internal/platform/password", "TestTheDummyIsAHash", edits{{File: "internal/platform/password/password.go", Old: "$YXN5ZSBkdW1teSBzYWx0IQ$", New: "$?$"}}},
		{"acts that decide ask for nothing", "./internal/account/prove", "TestACC54", edits{{File: "internal/platform/web/gate.go", Old: "r.Visitor.Fresh && !r.PostForm.Has(HeldField)", New: "true"}}},
		{"a form that waited goes through with a token of its own", "./internal/account/prove", "TestACC55", edits{{File: "internal/platform/web/gate.go",
			Old: "	r.Scope = r.Scope.WithForm(form)\n	return nil\n", New: "	form.Token = form.Token + r.Now.String() + r.Header.Get(\"Cookie\")\n	r.Scope = r.Scope.WithForm(form)\n	return nil\n"}}},
		{"in the browser, any face will do", "./internal/app", "TestJourneyPasskey$", edits{{File: "internal/platform/passkey/passkey.go",
			Old: "p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))", New: "p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationDiscouraged))"}}},
	} {
		proof.Noticed(t, twin.folder, twin.tests, twin.edits...)
		said = append(said, twin.mistake+": noticed by "+twin.tests)
	}
	return strings.Join(said, "\n")
}
