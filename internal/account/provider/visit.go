package provider

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"example.org/asye/internal/asye"
)

// visitLife is how long a browser may take to come back from a directory, with a
// password to be looked for and a telephone to be found.
const visitLife = 15 * time.Minute

// visit is a browser on its way to a directory and back.
type visit struct {
	Directory string
	State     string
	Nonce     string
	Verifier  string
	Next      string        // where the person wanted to go
	For       asye.PersonID // who wants to connect the account; empty when signing in
	Ends      int64         // the second in which it is too late
}

// offer is an account that its holder has just shown, and may now connect.
type offer struct {
	Proof Proof
	For   asye.PersonID
	Ends  int64
}

// pack writes what a browser keeps for us. It is signed by the page, under the
// word that says what it is.
func pack[T visit | offer](v T) (string, error) {
	text, err := json.Marshal(v)
	return base64.RawURLEncoding.EncodeToString(text), err
}

// unpack reads it; what cannot be read is empty, and so of the past.
func unpack[T visit | offer](text string) T {
	var v, none T
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(raw, &v)
	}
	if err != nil {
		return none
	}
	return v
}

func ends(now asye.Instant) int64 { return now.Add(visitLife).Time().Unix() }

func isPast(ends int64, now asye.Instant) bool { return now.Time().Unix() >= ends }
