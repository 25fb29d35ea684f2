package grant

import (
	"fmt"
	"strconv"
	"strings"

	"example.org/asye/internal/platform/fault"
)

// Pence is an amount of money in whole pence; below zero it is owed the other
// way.
type Pence int64

// String is the amount as people write it: £1,000.00, or −£800.00.
func (p Pence) String() string {
	minus, pounds, rest := p.parts("−")
	for at := len(pounds) - 3; at > 0; at -= 3 {
		pounds = pounds[:at] + "," + pounds[at:]
	}
	return minus + "£" + pounds + "." + rest
}

// Plain is the amount as spreadsheets and finance systems read it: 1000.00, or
// -800.00.
func (p Pence) Plain() string {
	minus, pounds, rest := p.parts("-")
	return minus + pounds + "." + rest
}

// parts are the sign, the pounds and two digits of pence.
func (p Pence) parts(sign string) (minus, pounds, rest string) {
	size := uint64(p)
	if p < 0 {
		minus, size = sign, -size
	}
	return minus, strconv.FormatUint(size/100, 10), fmt.Sprintf("%02d", size%100)
}

// mostPounds is more than any grant, and far from where pence would overflow.
const (
	mostPounds = 1_000_000_000_000
	mostPence  = Pence(mostPounds * 100)
)

// typed takes away what people and spreadsheets put around the digits; two of
// the spaces are those that do not break.
var typed = strings.NewReplacer("£", "", ",", "", " ", "", "\u00a0", "", "\u202f", "", "−", "-")

// ParsePence reads an amount as people type it: 1000, £1,000.00 or -800.5 are
// read, and 1000.005 is not. Its error is a whole sentence.
func ParsePence(text string) (Pence, error) {
	plain := typed.Replace(text)
	digits, minus := strings.CutPrefix(plain, "-")
	pounds, rest, _ := strings.Cut(digits, ".")
	whole, err := strconv.ParseUint(pounds, 10, 63)
	part, err2 := uint64(0), error(nil)
	if rest != "" {
		part, err2 = strconv.ParseUint((rest + "0")[:2], 10, 63)
	}
	if err != nil || err2 != nil || len(rest) > 2 || whole > mostPounds {
		return 0, fault.New(fault.Invalid, "%q is not an amount of money that we can read. Write it in pounds and pence, like 1000 or 1000.00", text)
	}
	p := Pence(whole*100 + part)
	if minus {
		p = -p
	}
	return p, nil
}
