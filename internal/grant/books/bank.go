package books

import (
	"fmt"
	"slices"
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/statement"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
)

// mostLines is how many lines of a bank are brought in at once.
const mostLines = 2000

// mostText is how long the text of a bank may be.
const mostText = 500

// The headings by which columns of a bank's file are found, the better first:
// where two are there, the first of them counts. Texts are joined.
var (
	headDay    = []string{"date", "transactiondate", "postingdate", "bookingdate", "datereceived", "receivedon", "paymentdate", "valuedate"}
	headText   = []string{"reference", "text", "description", "details", "narrative", "transactiondescription", "transactiondetails", "particulars", "payer"}
	headAmount = []string{"paidin", "credit", "creditamount", "moneyin", "receipts", "amountreceived", "received", "amount", "value"}
)

// RowProblem is what is wrong with one row of a file.
type RowProblem struct {
	Row  int // as a spreadsheet program shows it
	Text string
}

// BankLine is one line of a bank's file, as it was read.
type BankLine struct {
	Row   int         `json:"row"`
	On    asye.Date   `json:"on"`
	Text  string      `json:"text"`
	Pence grant.Pence `json:"pence"`
}

// Remittance is the line as it is brought in.
func (l BankLine) Remittance() statement.Remittance {
	return statement.Remittance{ReceivedOn: l.On, Text: l.Text, Pence: l.Pence}
}

// bare is a heading without anything but its letters.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(text))
}

// HeadsBank reports whether a row of a file can be the header of a bank's lines.
func HeadsBank(cells []string) bool {
	return len(placed(cells, headDay)) > 0 && len(placed(cells, headText)) > 0 && len(placed(cells, headAmount)) > 0
}

// placed are the places of headings, the better first.
func placed(cells []string, names []string) []int {
	var out []int
	for _, name := range names {
		if at := slices.IndexFunc(cells, func(cell string) bool { return strings.TrimSuffix(bare(cell), "gbp") == name }); at >= 0 {
			out = append(out, at)
		}
	}
	return out
}

// ReadBank reads the lines of a bank's file, by the headings of its columns. Rows
// without an amount are passed over, and counted. Where anything is wrong, all of
// it is told by row, and nothing should be kept.
func ReadBank(sheet *files.Sheet, today asye.Date) (lines []BankLine, passed int, wrong []RowProblem, err error) {
	days, texts, amounts := placed(sheet.Header, headDay), placed(sheet.Header, headText), placed(sheet.Header, headAmount)
	var missing []string
	for _, part := range []struct {
		at   []int
		name string
	}{{days, "the day (Date)"}, {texts, "the text (Reference, Description or Details)"}, {amounts, "the amount (Amount, Credit or Paid in)"}} {
		if len(part.at) == 0 {
			missing = append(missing, part.name)
		}
	}
	if len(missing) > 0 {
		return nil, 0, nil, fault.New(fault.Invalid, "The file has no column for %s. Name it so in the first row, and choose the file again", strings.Join(missing, ", and none for "))
	}
	for _, row := range sheet.Rows {
		line, problem := readLine(row, days[0], texts, amounts[0], today)
		switch {
		case problem != "":
			wrong = append(wrong, RowProblem{row.Number, problem})
		case line.Pence == 0:
			passed++
		default:
			lines = append(lines, line)
		}
	}
	if len(lines) > mostLines {
		return nil, 0, nil, fault.New(fault.Invalid, "The file has %d lines, and no more than %d can be brought in at once. Take out those that are of other money, and choose the file again", len(lines), mostLines)
	}
	if len(lines) == 0 && len(wrong) == 0 {
		return nil, 0, nil, fault.New(fault.Invalid, "No row of the file has an amount of money that was received. Check that it is the right file")
	}
	return lines, passed, wrong, nil
}

func readLine(row files.Row, day int, texts []int, amount int, today asye.Date) (BankLine, string) {
	l := BankLine{Row: row.Number}
	if row.Problem != "" {
		return l, row.Problem
	}
	typed := strings.TrimSpace(row.Cells[amount].Text)
	if typed == "" || typed == "-" {
		return l, ""
	}
	var err error
	if l.Pence, err = grant.ParsePence(typed); err != nil {
		return l, err.Error()
	}
	if l.Pence == 0 {
		return l, ""
	}
	if l.On, err = dayOf(row.Cells[day]); err != nil {
		return l, err.Error()
	}
	var parts []string
	for _, at := range texts {
		if text := strings.Join(strings.Fields(row.Cells[at].Text), " "); text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	l.Text = strings.Join(parts, " ")
	return l, l.wrong(today)
}

func dayOf(cell files.Cell) (asye.Date, error) {
	if year, month, day, real := cell.Date(); real {
		return asye.NewDate(year, month, day), nil
	}
	return asye.ParseUKDate(strings.TrimSpace(cell.Text))
}

// wrong says what is wrong with a line; nothing when it can be brought in.
func (l BankLine) wrong(today asye.Date) string {
	switch {
	case l.On.After(today):
		return "The day " + l.On.String() + " is in the future. Mend it, or leave the row out until the money has arrived"
	case l.Text == "":
		return "There is no text. Write what the bank says, so that the money can be found again"
	case len([]rune(l.Text)) > mostText:
		return fmt.Sprintf("The text is longer than %d characters. Shorten it, and keep the reference", mostText)
	}
	return ""
}

// Typed is one line as somebody types it, judged by field.
func Typed(on asye.Date, text, amount string, today asye.Date) (BankLine, fault.Problems) {
	l := BankLine{Row: 1, On: on, Text: strings.Join(strings.Fields(text), " ")}
	var bad fault.Problems
	bad.If(on.IsZero(), "received_on", "Enter the day on which the money arrived, like 27 3 2027")
	bad.If(on.After(today), "received_on", "The day on which the money arrived cannot be in the future")
	bad.If(l.Text == "", "text", "Enter the text of the bank, with the reference if it has one")
	bad.If(len([]rune(l.Text)) > mostText, "text", "The text of the bank must be %d characters or fewer", mostText)
	var err error
	l.Pence, err = grant.ParsePence(amount)
	bad.If(strings.TrimSpace(amount) == "", "amount", "Enter the amount that arrived, like 1000.00")
	bad.If(strings.TrimSpace(amount) != "" && err != nil, "amount", "%q is not an amount of money that we can read. Write it in pounds and pence, like 1000.00", amount)
	bad.If(err == nil && l.Pence == 0, "amount", "Enter an amount that is not nothing. Money that went back is below zero, like -1000.00")
	return l, bad
}
