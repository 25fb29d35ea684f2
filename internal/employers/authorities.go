package employers

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"

	"example.org/asye/internal/asye"
)

//go:embed data/local-authorities.csv
var authorityList []byte

// OnRecordSince is the day from which the local authorities of the embedded
// list are on record: the first day of the first cohort, 2012-13. It is not the
// day on which each was founded, which the list does not have.
var OnRecordSince = asye.NewDate(2012, 4, 1)

// Authorities is the embedded list of the 153 local authorities of England that
// have children's services, with the code that the Department for Education
// gives each.
func Authorities() ([]Organisation, error) {
	rows, err := csv.NewReader(bytes.NewReader(authorityList)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the list of local authorities cannot be read: %w", err)
	}
	var all []Organisation
	for i, row := range rows[1:] {
		o, err := Described(Organisation{Code: row[0], Name: row[1], Type: asye.LocalAuthority,
			ONSCode: row[2], Region: row[3], OpenedOn: OnRecordSince})
		if err != nil {
			return nil, fmt.Errorf("row %d of the list of local authorities: %w", i+2, err)
		}
		all = append(all, o)
	}
	return all, nil
}
