package app

import (
	"os"
	"path/filepath"
	"testing"
)

// A payment came up short: its coordinator finds it, brings in what the bank told
// later, and settles what nobody expected.
func TestJourneyShortPayment(t *testing.T) {
	t.Parallel()
	s := exampleSite(t)
	b := as(t, s, amina)
	b.see("Payment that fell short", "Unexpected amount of money")
	b.press("Grants")
	b.press("Statements")
	b.see("The latest first", "It was paid on 31 July 2026")
	b.picture("money-statements")
	b.accessible()
	b.press("CAF2627-881-1")
	b.see("£1,000.00 has not arrived, 114 days after it was paid", "What is on it", "Payment: registration")
	b.picture("money-statement")
	b.accessible()
	b.open("/grants/money")
	b.see("Short", "114 days", "Over 90 days", "DFE REF 88120/TP", "£500.00")
	b.picture("money-received")
	b.accessible()

	b.press("Bring in what your bank tells")
	b.picture("money-new")
	b.accessible()
	wrong := bankFile(t, "wrong.csv", "Date,Reference,Amount\n31/09/2026,DFE,1000\n02/11/2026,DFE,lots\n")
	b.attach("file", wrong)
	b.press("Read the file")
	b.see("2 rows of the file cannot be read, and nothing was kept of it", "31/09/2026", "lots")
	b.picture("money-new-wrong")
	b.accessible()
	right := bankFile(t, "november.csv", "Transaction date,Description,Paid out,Paid in,Balance\n04/08/2026,Payroll,1200.00,,3\n05/08/2026,DFE REF 88120/TP,,500.00,4\n"+
		"02/11/2026,DFE caf2627 881 1 balance,,\"1,000.00\",5\n03/11/2026,COUNCIL TAX REFUND,,77.10,6\n")
	b.attach("file", right)
	b.press("Read the file")
	b.see("2 amounts can be brought in: £1,077.10", "1 amount was brought in before", "1 row without an amount received was left alone", "Only the 1 with the reference of a statement")
	b.picture("money-check")
	b.accessible()
	b.choose("bring", "all")
	b.press("Bring in")
	b.see("2 amounts brought in", "Matched", "COUNCIL TAX REFUND")
	b.miss("Short")
	b.press("Say what it is for")
	b.picture("money-hold")
	b.accessible()
	b.choose("statement", "none")
	b.press("Save")
	b.see("Write what you have found out about the money")
	b.picture("money-hold-wrong")
	b.fill("note", "A refund of council tax, passed on to finance")
	b.press("Save")
	b.see("is settled")
	b.picture("money-settled")
	b.open("/grants/money/new/line")
	b.picture("money-line")
	b.accessible()
	b.open("/grants/year")
	b.see("Expected in all", "On 31 March 2027", "by the financial year of the start")
	b.picture("money-year")
	b.accessible()
	b.open("/grants/schemes/adults-2026-27/estimate")
	b.see("How many NQSWs do you expect?", "7 January 2027")
	b.picture("money-estimate")
	b.accessible()

	d := as(t, s, patience)
	d.press("Grants")
	d.press("Statements")
	d.see("The latest first")
	d.open("/grants/money")
	d.see("Matched")
	d.miss("Say what it is for")
	d.open("/grants/year")
	d.picture("money-year-director")
}

// An employer whose funder does not use the service records what it did.
func TestJourneyFunderElsewhere(t *testing.T) {
	t.Parallel()
	s := exampleSite(t, "grants=elsewhere")
	b := as(t, s, amina)
	b.press("Grants")
	b.press("Statements")
	b.see("Claims that wait for the funder’s answer")
	b.picture("elsewhere-statements")
	b.accessible()
	b.press("Record the answer")
	b.see("Which payments did the funder return?")
	b.picture("elsewhere-answer")
	b.accessible()
	b.press("Record the answer")
	b.see("is recorded", "What was accepted is on the open statement")
	b.press("CAF2627-881-2")
	b.picture("elsewhere-statement")
	b.accessible()
	b.press("The funder has announced it")
	b.picture("elsewhere-announced")
	b.accessible()
	b.press("Close it as authorised by the funder")
	b.see("is closed and authorised")
	b.press("The funder has paid it")
	b.date("paid_on", "20 11 2026")
	b.picture("elsewhere-paid")
	b.accessible()
	b.press("Record the payment")
	b.see("It was paid on 20 November 2026")
	b.press("Record")
	b.see("The funder takes a payment back")
	b.picture("elsewhere-back")
	b.accessible()
}

// bankFile is a file as a bank gives it.
func bankFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
