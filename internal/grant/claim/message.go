package claim

import (
	"fmt"

	"example.org/asye/internal/asye"
)

// Message is a text that is sent to the funder by hand.
type Message struct {
	To      string // empty where the funder has published no address
	Subject string
	Text    string
}

// Messages are the two messages with which a claim goes to its funder on a day:
// the first carries the file and the second the password. Both have the name of
// the organisation and the day in their subject (GRA-30).
func (c Claim) Messages(today asye.Date, password string) (file, secret Message) {
	subject := fmt.Sprintf("%s, %s: %s", c.OrgName, today, c.Scheme.Name)
	count := "1 payment"
	if n := len(c.Lines); n != 1 {
		count = fmt.Sprintf("%d payments", n)
	}
	file = Message{c.Scheme.Funder.Email, subject, fmt.Sprintf("Please find attached the claim %s of %s (code %s) from the %s: %s, %s in total.\n\n"+
		"The workbook is protected with a password, which follows in a message of its own.\n", c.Reference, c.OrgName, c.OrgCode, c.Scheme.Name, count, Total(c.Lines))}
	secret = Message{c.Scheme.Funder.Email, subject + ": password", fmt.Sprintf("The password for the workbook of the claim %s, which we sent in a message of its own, is:\n\n%s\n", c.Reference, password)}
	return file, secret
}
