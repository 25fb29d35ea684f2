package matrix

// equivalentInAccounts are mutants of accounts, the platform, backups and the pages that everybody has
// that change nothing that anybody could see, by place, with the reason.
var equivalentInAccounts = map[string]string{
	"account change: guard: isFree → never":                       "the index of addresses refuses it too, and is answered in the same words; asking first keeps the transaction of PostgreSQL usable",
	"account become: condition: person_id = $6":                   "the secret of the session was made in the same transaction, for the same person",
	"account/factor ConfirmApp: condition: person_id = $3":        "the secret that is being set up is random, and nobody else's",
	"account/factor used: condition: person_id = $4":              "no two passkeys have one credential, and it was found among those of the person",
	"account/factor RenamePasskey: condition: person_id = $3":     "the passkey was found among the person's own a line before",
	"account/factor RemovePasskey: condition: person_id = $2":     "the passkey was found among the person's own a line before",
	"account/factor usePrinted: condition: person_id = $3":        "the person is in what the hash of the code is made of",
	"account/factor prepareMailed: condition: person_id = $2":     "a session has one mailed code, and was found to be the person's own a line before",
	"account/factor prepareMailed: condition: person_id = $2 (2)": "a session has one mailed code, and was found to be the person's own before",
	"account/held Open: condition: person_id = $2":                "what is held opens under the name of its own person alone: the seal covers it",
	"account/held Reopen: condition: person_id = $2":              "what is held opens under the name of its own person alone: the seal covers it",
}
