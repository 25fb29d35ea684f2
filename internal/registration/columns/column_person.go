package columns

import (
	"strconv"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/files"
	"example.org/asye/internal/registration"
)

// personColumns say who the NQSW is.
func personColumns() []Column {
	return []Column{
		wordsColumn(Column{Key: "given_name", Header: "First name", Required: true, Example: "Amara",
			Help: "The first name, as the NQSW writes it.", Mend: "Write the NQSW's first name",
			Aliases: []string{"Forename", "Given name", "First names"}},
			func(e *registration.Entry) *string { return &e.Identity.GivenName }),
		wordsColumn(Column{Key: "middle_names", Header: "Middle names", Example: "Grace",
			Help: "Any middle names.", Mend: "Shorten the middle names", Aliases: []string{"Middle name"}},
			func(e *registration.Entry) *string { return &e.Identity.MiddleNames }),
		wordsColumn(Column{Key: "family_name", Header: "Last name", Required: true, Example: "Okafor",
			Help: "The last name, as the NQSW writes it.", Mend: "Write the NQSW's last name",
			Aliases: []string{"Surname", "Family name"}},
			func(e *registration.Entry) *string { return &e.Identity.FamilyName }),
		wordsColumn(Column{Key: "email", Header: "E-mail address", Example: "amara.okafor@example.org",
			Help: "The NQSW's own address at work. Without it they cannot be invited to fill in their part.",
			Mend: "Write one address, like name@example.org", Aliases: []string{"Email", "Email address", "E-mail", "NQSW email"}},
			func(e *registration.Entry) *string { return &e.Identity.Email }),
		numberColumn(),
		dayColumn(Column{Key: "date_of_birth", Header: "Date of birth", Required: true, Example: "27/03/1999",
			Help: "The day, the month and the year.", Mend: "Write the date of birth like 27/03/1999",
			Aliases: []string{"DOB", "Birth date"}}, func(e *registration.Entry) *asye.Date { return &e.DateOfBirth }),
		dayColumn(Column{Key: "added_to_register_on", Header: "Date added to the register", Example: "14/07/2026",
			Help: "The day on which Social Work England added the NQSW to its register.",
			Mend: "Write the date like 14/07/2026", Aliases: []string{"Date added to SWE register",
				"Date added to Social Work England register", "SWE registration date", "Registered from"}},
			func(e *registration.Entry) *asye.Date { return &e.AddedToRegisterOn }),
	}
}

func numberColumn() Column {
	return Column{Key: "regulator_number", Header: "Social Work England number", Required: true, Example: "SW1234",
		Help: "SW and up to six figures. The letters may be left out. It tells us who is registered already.",
		Mend: "Look the number up on Social Work England's public register and write it like SW1234",
		Aliases: []string{"SWE number", "Social Work England registration number", "Registration number",
			"Regulator number", "SWE ID", "Social Work England ID", "SWE registration number"},
		parse: func(cell files.Cell, e *registration.Entry) error {
			number, err := readNumber(cell)
			e.Number = number
			return err
		},
		text: func(e registration.Entry) string { return string(e.Number) }}
}

// backgroundColumns say how the NQSW came to social work.
func backgroundColumns() []Column {
	return []Column{
		choiceColumn(Column{Key: "qualification", Header: "Highest qualification", Example: "MA",
			Help: "The highest qualification in social work, from the list.", Mend: "Choose one from the list",
			Options: registration.Qualifications(), Aliases: []string{"Qualification"}},
			func(e *registration.Entry) *string { return &e.Qualification }),
		yearColumn(),
		choiceColumn(Column{Key: "entry_route", Header: "Entry route", Example: "Step Up to Social Work",
			Help: "How the NQSW came into social work, from the list.", Mend: "Choose one from the list",
			Options: registration.EntryRoutes(), Aliases: []string{"Route", "Route into social work", "Social work entry route"}},
			func(e *registration.Entry) *string { return &e.EntryRoute }),
		wordsColumn(Column{Key: "entry_route_other", Header: "Other entry route", Example: "Trained abroad",
			Help: "The route in words, when the entry route is Other.", Mend: "Write which route it was",
			Aliases: []string{"Entry route other", "Other route"}},
			func(e *registration.Entry) *string { return &e.EntryRouteOther }),
	}
}

func yearColumn() Column {
	return Column{Key: "qualified_year", Header: "Year finished qualification", Example: "2026", kind: figures,
		Help: "The year in which the social work qualification was finished. It decides funding where no date is given.",
		Mend: "Write the year in four figures, like 2026",
		Aliases: []string{"Year finished social work qualification", "Year qualified", "Qualified year",
			"Social work qualification end year"},
		parse: func(cell files.Cell, e *registration.Entry) (err error) {
			e.QualifiedYear, err = readYear(cell)
			return err
		},
		text: func(e registration.Entry) string {
			if e.QualifiedYear == 0 {
				return ""
			}
			return strconv.Itoa(e.QualifiedYear)
		}}
}
