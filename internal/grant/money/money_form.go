package money

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"example.org/asye/internal/grant/books"
	"example.org/asye/internal/platform/journey"
	"example.org/asye/internal/platform/web"
)

// draftName is the journey of what was read of a bank, and has not been brought
// in.
const draftName = "bank-lines"

// draft is what was read of a bank.
type draft struct {
	File   string           `json:"file"` // empty where a line was typed
	Lines  []books.BankLine `json:"lines"`
	Passed int              `json:"passed"` // rows without an amount
}

// keep lets what was read wait until it is confirmed: nothing is brought in yet.
func (p *pages) keep(r *web.Request, d draft) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return p.drafts.Save(r.Context(), r.Scope, journey.Draft{Journey: draftName, Answers: journey.Answers{"read": string(text)}})
}

// kept is what waits, and the text that tells it from other; false when nothing
// does.
func (p *pages) kept(r *web.Request) (d draft, print string, found bool, err error) {
	whole, found, err := p.drafts.Get(r.Context(), r.Scope, draftName, "")
	if err != nil || !found {
		return d, "", false, err
	}
	sum := sha256.Sum256([]byte(whole.Answers["read"]))
	return d, hex.EncodeToString(sum[:8]), true, json.Unmarshal([]byte(whole.Answers["read"]), &d)
}

// draftOf is the draft as its store names it.
func draftOf() journey.Draft { return journey.Draft{Journey: draftName} }
