package claim_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/grant"
	"example.org/asye/internal/grant/claim"
	"example.org/asye/internal/grant/granttest"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/registrationtest"
	"github.com/xuri/excelize/v2"
)

// large is a signed claim of so many payments. The first are of people whose
// names a spreadsheet program would take for formulas.
func large(tb testing.TB, n int) claim.Claim {
	tb.Helper()
	book, err := grant.Load(grant.Files())
	check(tb, err)
	scheme, _ := book.Get(granttest.Scheme)
	c := claim.Claim{Reference: "CLAIM-2026-27-7K2MQ", OrgName: "Ashford, Kent & Medway", OrgCode: "301", Scheme: scheme, State: claim.Signed}
	names := []string{"=1+1", "+44", "-Bea", "@SUM(A1)", "O’Brien", `Zoë "Z"`, "\t=cmd|' /C calc'!A0"}
	for i := range n {
		l := claim.Line{On: asye.MustDate("2026-09-01"), Pence: 100000, Milestone: "registration", Facts: grant.Facts{Reference: fmt.Sprintf("ASYE-%05d", i), Start: asye.MustDate("2026-09-01")},
			Shown: claim.Shown{GivenName: "Amara", FamilyName: fmt.Sprintf("Okafor%d", i), Number: fmt.Sprintf("SW%06d", i), Milestone: "Registration",
				OrgName: c.OrgName, OrgCode: "0301", OrgType: asye.LocalAuthority}}
		if i < len(names) {
			l.Shown.FamilyName = names[i]
		}
		c.Lines = append(c.Lines, l)
	}
	return c
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func workbook(tb testing.TB, c claim.Claim, password string) []byte {
	tb.Helper()
	var out bytes.Buffer
	check(tb, c.WriteXLSX(&out, password))
	return out.Bytes()
}

func TestGRA30_PasswordIsMadeByChanceAndCanBeReadAloud(t *testing.T) {
	seen, letters := map[string]bool{}, map[rune]int{}
	for range 2000 {
		one := claim.NewPassword()
		if seen[one] || !claim.IsPassword(one) || len(one) != 35 {
			t.Fatalf("%q", one)
		}
		seen[one] = true
		for _, r := range one {
			letters[r]++
		}
	}
	for _, r := range "bdfghjklmnprstvzaiou" {
		if share := float64(letters[r]) / (2000 * 30); math.Abs(share-map[bool]float64{true: 0.1, false: 0.6 / 16}[strings.ContainsRune("aiou", r)]) > 0.01 {
			t.Errorf("%c is %.3f of all letters", r, share)
		}
	}
	if bits := 6 * (3*math.Log2(16) + 2*math.Log2(4)); bits < 90 {
		t.Errorf("%v bits", bits)
	}
	for _, bad := range []string{"", "password", "lusab-babad", "lusab-babad-gutih-tugad-mabon-kifor-lusab", "LUSAB-babad-gutih-tugad-mabon-kifor"} {
		if claim.IsPassword(bad) {
			t.Errorf("%q passes for a password", bad)
		}
	}
}

func TestGRA30_OpensWithThePasswordOnly(t *testing.T) {
	c := large(t, 9)
	password := claim.NewPassword()
	data := workbook(t, c, password)
	for _, wrong := range []string{"", strings.ToUpper(password), password[1:]} {
		if _, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{Password: wrong}); err == nil {
			t.Errorf("it opens with the password %q", wrong)
		}
	}
	if bytes.Contains(data, []byte("Okafor")) || bytes.Contains(data, []byte(password)) {
		t.Error("the file shows what is in it")
	}
	for _, state := range []claim.State{claim.Draft, claim.Discarded} {
		c.State = state
		refused(t, c.WriteXLSX(io.Discard, password), fault.Conflict, "once the director has signed")
		refused(t, c.WriteCSV(io.Discard), fault.Conflict, "once the director has signed")
	}
	c.State, c.Scheme = claim.Signed, grant.Scheme{Key: "gone"}
	refused(t, c.WriteXLSX(io.Discard, password), fault.Conflict, "nobody knows the columns")
}

func TestGRA30_MessagesHaveTheirSubject(t *testing.T) {
	c := large(t, 3)
	first, second := c.Messages(asye.MustDate("2027-03-20"), "lusab-babad")
	for _, m := range []claim.Message{first, second} {
		if m.To != "CFASYE.payments@education.gov.uk" || !strings.HasPrefix(m.Subject, "Ashford, Kent & Medway, 20 March 2027: Child and family ASYE grant 2026 to 2027") {
			t.Errorf("%+v", m)
		}
	}
	if strings.Contains(first.Text, "lusab") || !strings.Contains(first.Text, "3 payments, £3,000.00 in total") || !strings.Contains(second.Text, "\n\nlusab-babad\n") || strings.Contains(second.Subject, "lusab") {
		t.Errorf("%+v %+v", first, second)
	}
	if got := c.FileName(asye.MustDate("2027-03-20"), files.XLSX); got != "CLAIM-2026-27-7K2MQ 2027-03-20.xlsx" {
		t.Error(got)
	}
}

// rowsOf are the header and the rows that a claim says it has.
func rowsOf(c claim.Claim) [][]string {
	out := [][]string{c.Header()}
	for row := range c.Rows() {
		out = append(out, slices.Clone(row))
	}
	return out
}

func TestGRA31_WorkbookAndCSVHaveTheSameCells(t *testing.T) {
	c := large(t, 12)
	want := rowsOf(c)
	if want[0][1] != "DfE code" || want[1][4] != "=1+1" || want[1][11] != "1000.00" || len(want) != 13 {
		t.Fatalf("%q", want[:2])
	}
	book, err := excelize.OpenReader(bytes.NewReader(workbook(t, c, "lusab-babad")), excelize.Options{Password: "lusab-babad"})
	check(t, err)
	got, err := book.GetRows("Claim")
	check(t, err)
	same(t, "the workbook", got, want)
	for y := range want {
		for x := range want[y] {
			cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
			if formula, _ := book.GetCellFormula("Claim", cell); formula != "" {
				t.Errorf("%s is a formula: %s", cell, formula)
			}
		}
	}
	var out bytes.Buffer
	check(t, c.WriteCSV(&out))
	sheet, err := files.Read("claim.csv", bytes.NewReader(out.Bytes()), int64(out.Len()), files.DefaultLimits())
	check(t, err)
	read := [][]string{sheet.Header}
	for _, row := range sheet.Rows {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		read = append(read, cells)
	}
	same(t, "the CSV file", read, want)
	raw, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff")))).ReadAll()
	check(t, err)
	for _, row := range raw {
		for _, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t") {
				t.Errorf("%q would be taken for a formula", cell)
			}
		}
	}
}

// same compares cells; what a program leaves away at the end of a row is empty.
func same(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d rows, want %d", what, len(got), len(want))
	}
	for y := range want {
		for x := range want[y] {
			cell := ""
			if x < len(got[y]) {
				cell = got[y][x]
			}
			if strings.TrimSpace(cell) != strings.TrimSpace(want[y][x]) {
				t.Errorf("%s: row %d, %s is %q, want %q", what, y, want[0][x], cell, want[y][x])
			}
		}
	}
}

// What was signed is what goes into the file, whatever happens to the record.
func TestGRA31_TheFileIsWhatWasSigned(t *testing.T) {
	granttest.Each(t, func(t *testing.T, h granttest.House) {
		r := h.Checked(t, granttest.Ours, 1, func(e *registration.Entry) { e.Identity.FamilyName = "=Okafor" })
		h.Conditions(t, granttest.Ours)
		id, err := h.Claims.Start(ctx, granttest.Ours, granttest.Scheme)
		registrationtest.Must(t, err)
		draft, _, err := h.Claims.Open(ctx, granttest.Ours, id)
		check(t, err)
		h.Sign(t, granttest.Director, id)
		h.Run(t, `update people set family_name = 'Changed' where id = $1`, string(r.Person))
		got := rowsOf(h.Claim(t, granttest.Ours, id))
		if want := rowsOf(draft); !slices.EqualFunc(got, want, slices.Equal) || got[1][4] != "=Okafor" {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func BenchmarkWorkbook1000(b *testing.B) {
	c := large(b, 1000)
	for b.Loop() {
		workbook(b, c, "lusab-babad-gutih-tugad-mabon-kifor")
	}
}
