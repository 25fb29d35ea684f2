package check

import (
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
	"example.org/asye/internal/registration/columns"
)

// Names are those whom a sheet names, each once.
type Names struct {
	Numbers   []registration.Number
	Addresses []string // e-mail addresses
}

// Named reads the numbers and e-mail addresses of a sheet. Cells that cannot be
// read are left out: they are findings of [Rules.Judge].
func Named(list columns.List, l columns.Layout, sheet *files.Sheet) Names {
	var n Names
	numbers, addresses := map[registration.Number]bool{}, map[string]bool{}
	for _, key := range []string{"regulator_number", "email"} {
		column, _ := list.Of(key)
		for _, row := range sheet.Rows {
			var e registration.Entry
			cell := l.Cell(row, key)
			if cell.Blank() || column.Parse(cell, &e) != nil {
				continue
			}
			if e.Number != "" && !numbers[e.Number] {
				numbers[e.Number] = true
				n.Numbers = append(n.Numbers, e.Number)
			}
			if address := e.Identity.Trimmed().Email; address != "" && !addresses[address] {
				addresses[address] = true
				n.Addresses = append(n.Addresses, address)
			}
		}
	}
	return n
}
