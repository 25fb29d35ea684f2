package service

import "strings"

// Row is one NQSW of a spreadsheet.
type Row struct{ Name, Email, Number string }

const header = "First name,Last name,E-mail address,Social Work England number,Date of birth,Year finished qualification," +
	"Entry route,Programme,Start date,Contracted hours a week,Full-time hours a week,Team,Assessor's name," +
	"Registered with Social Work England,Works in the programme's sector,Agency worker,Already funded\n"

// Sheet is a spreadsheet of NQSWs, as CSV, with nothing wrong in it.
func Sheet(rows []Row) string {
	var b strings.Builder
	b.WriteString(header)
	for _, r := range rows {
		b.WriteString("Una," + r.Name + "," + r.Email + "," + r.Number + ",03/02/1998,2026,Undergraduate degree in social work," +
			"Child and family ASYE,01/09/2026,37,37,Duty,Ann Assessor,Yes,Yes,No,No\n")
	}
	return b.String()
}
