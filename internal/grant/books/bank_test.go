package books_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/grant"
	. "example.org/asye/internal/grant/books"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
)

func sheet(t *testing.T, text string) *files.Sheet {
	t.Helper()
	s, err := files.Read("bank.csv", strings.NewReader(text), int64(len(text)), files.DefaultLimits(), files.HeadedBy(HeadsBank))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGRA47_ABanksFileIsReadByItsHeadings(t *testing.T) {
	for name, text := range map[string]string{
		"plain":   "Date,Reference,Amount\n01/11/2026,DFE CAF2627-301-1,\"£1,000.00\"\n2026-11-02,OTHER,-5\n",
		"a bank":  "Account 12345678\n\nTransaction date,Description,Paid out,Paid in (£),Balance\n01/11/2026,DFE CAF2627-301-1,,1000.00,9\n03/11/2026,RENT,700,,8\n02/11/2026,OTHER,,-5,3\n",
		"details": "AMOUNT (GBP);Details;Date\n1000;DFE  CAF2627-301-1;1 November 2026\n-5.00;OTHER;2 Nov 2026\n",
	} {
		lines, passed, wrong, err := ReadBank(sheet(t, text), day("2026-11-25"))
		if err != nil || len(wrong) > 0 || len(lines) != 2 {
			t.Errorf("%s: %v %v %v", name, lines, wrong, err)
			continue
		}
		if l := lines[0]; l.On != day("2026-11-01") || l.Pence != 100000 || l.Text != "DFE CAF2627-301-1" {
			t.Errorf("%s: %+v", name, l)
		}
		if l := lines[1]; l.Pence != -500 || (passed == 1) != (name == "a bank") {
			t.Errorf("%s: %+v, %d passed over", name, l, passed)
		}
	}
}

func TestGRA47_ReferenceAndDescriptionAreBothKept(t *testing.T) {
	lines, _, _, err := ReadBank(sheet(t, "Date,Description,Reference,Credit\n01/11/2026,DFE,CAF2627-301-1,10\n01/11/2026,SAME,SAME,20\n"), day("2026-11-25"))
	if err != nil || lines[0].Text != "CAF2627-301-1 DFE" || lines[1].Text != "SAME" {
		t.Errorf("%+v, %v", lines, err)
	}
}

func TestGRA47_WhatIsWrongIsToldByRow(t *testing.T) {
	_, _, wrong, err := ReadBank(sheet(t, "Date,Reference,Amount\n31/02/2026,A,1\n01/11/2026,,1\n26/11/2026,C,1\n01/11/2026,D,ten\n01/11/2026,E,1,000.00\n01/11/2026,F,1\n01/11/2026,"+
		strings.Repeat("x", 501)+",1\n"), day("2026-11-25"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, w := range wrong {
		rows = append(rows, w.Row)
	}
	if !slices.Equal(rows, []int{2, 3, 4, 5, 6, 8}) {
		t.Errorf("rows %v are wrong: %v", rows, wrong)
	}
}

func TestGRA47_AFileThatIsNoneOfABankSaysWhy(t *testing.T) {
	for text, says := range map[string]string{
		"Name,Amount\nA,1\n":                                                 "the day (Date), and none for the text",
		"Date,Reference,Balance\n01/11/2026,A,1\n":                           "the amount (Amount, Credit or Paid in)",
		"Date,Reference,Amount\n01/11/2026,A,\n":                             "No row of the file",
		"Date,Reference,Amount\n" + strings.Repeat("01/11/2026,A,1\n", 2001): "no more than 2000",
	} {
		_, _, _, err := ReadBank(sheet(t, text), day("2026-11-25"))
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

func TestGRA47_OneLineIsTyped(t *testing.T) {
	l, bad := Typed(day("2026-11-01"), " DFE  CAF2627-301-1 ", "£1,000", day("2026-11-25"))
	if bad.Err() != nil || l.Text != "DFE CAF2627-301-1" || l.Pence != 100000 {
		t.Errorf("%+v, %v", l, bad)
	}
	if _, bad = Typed(day("2026-11-26"), "", "x", day("2026-11-25")); len(bad) != 3 {
		t.Errorf("%v", bad)
	}
	if _, bad = Typed(day("2026-11-01"), "A", "0.00", day("2026-11-25")); bad.For("amount") == "" {
		t.Error("nothing is an amount")
	}
}

// Whatever is in a file, reading it neither fails otherwise than in words nor
// makes a line that could not be typed.
func FuzzReadBank(f *testing.F) {
	f.Add("Date,Reference,Amount\n01/11/2026,A,1\n")
	f.Add("Paid in;Date;Details\n1.5;1 Nov 2026;=1+1\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := files.Read("bank.csv", bytes.NewReader([]byte(text)), int64(len(text)), files.DefaultLimits(), files.HeadedBy(HeadsBank))
		if err != nil {
			return
		}
		lines, _, wrong, err := ReadBank(s, day("2026-11-25"))
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatal(err)
		}
		if len(wrong) > 0 {
			return
		}
		for _, l := range lines {
			if _, bad := Typed(l.On, l.Text, grant.Pence(l.Pence).Plain(), day("2026-11-25")); bad.Err() != nil {
				t.Fatalf("%+v: %v", l, bad)
			}
		}
	})
}
