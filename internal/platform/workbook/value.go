package workbook

import (
	"math"
	"strconv"
	"strings"
)

// Value is what one cell holds. An empty one is refused.
type Value struct {
	kind     valueKind
	text     string // a number is kept as its decimal text, rounded
	decimals int    // shown behind the point
}

type valueKind int

const (
	empty valueKind = iota
	words
	number
	percent
	symbol
	broken // not a number
)

// Symbol stands where a number cannot: the shorthand of the Analysis Function.
type Symbol string

const (
	Confidential  Symbol = "c"
	NotApplicable Symbol = "z"
	NotAvailable  Symbol = "x"
	Low           Symbol = "low"
	Unreliable    Symbol = "u"
)

// Symbols are all of them, in the order in which they are explained.
var Symbols = []Symbol{Confidential, Low, Unreliable, NotAvailable, NotApplicable}

// String is the symbol as it stands in a cell.
func (s Symbol) String() string { return "[" + string(s) + "]" }

// Meaning explains the symbol; empty when there is no such symbol.
func (s Symbol) Meaning() string {
	switch s {
	case Confidential:
		return "Confidential: not shown, so that nobody can be recognised."
	case Low:
		return "Low: not zero, but zero once it is rounded."
	case Unreliable:
		return "Unreliable: so few people stand behind it that it could easily have been another."
	case NotAvailable:
		return "Not available: it was not recorded, or could not be worked out."
	case NotApplicable:
		return "Not applicable: there can be no such figure."
	}
	return ""
}

// Text is a cell of words.
func Text(text string) Value { return Value{kind: words, text: clean(text)} }

// Mark is a cell with a symbol.
func Mark(s Symbol) Value { return Value{kind: symbol, text: string(s)} }

// Whole is a whole number.
func Whole(n int) Value { return Value{kind: number, text: strconv.Itoa(n)} }

// Number is a number rounded to so many decimals, of which there are at most
// ten. One that is not zero, but would be once rounded, becomes [Low].
func Number(f float64, decimals int) Value { return rounded(number, f, decimals, decimals) }

// Percent is a share, such as 0.125, shown as a percentage, 12.5%, with so many
// decimals. It is rounded, and may become [Low], as [Number] does.
func Percent(share float64, decimals int) Value { return rounded(percent, share, decimals, decimals+2) }

func rounded(kind valueKind, f float64, shown, kept int) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Value{kind: broken, text: strconv.FormatFloat(f, 'g', -1, 64)}
	}
	text := strconv.FormatFloat(f, 'f', max(kept, 0), 64)
	if strings.Trim(text, "-0.") != "" {
		return Value{kind: kind, text: text, decimals: shown}
	}
	if f != 0 {
		return Mark(Low)
	}
	return Value{kind: kind, text: "0", decimals: shown} // never -0
}

// String is the cell as it is shown: 1,234.5, 12.5% or [c].
func (v Value) String() string {
	switch v.kind {
	case number:
		return grouped(v.float(), v.decimals)
	case percent:
		return grouped(v.float()*100, v.decimals) + "%"
	case symbol:
		return Symbol(v.text).String()
	}
	return v.text
}

func (v Value) isFigure() bool { return v.kind == number || v.kind == percent }

func (v Value) float() float64 {
	f, _ := strconv.ParseFloat(v.text, 64) // rounded wrote it
	return f
}

// grouped writes a number with commas between thousands.
func grouped(f float64, decimals int) string {
	text := strconv.FormatFloat(f, 'f', decimals, 64)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	whole, fraction, pointed := strings.Cut(text, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if pointed {
		whole += "." + fraction
	}
	return sign + whole
}
