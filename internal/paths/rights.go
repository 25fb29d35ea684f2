package paths

import "example.org/asye/internal/asye"

// MyData is everything that is held of the person signed in.
func MyData() string { return Account() + "/data" }

// MyDataFile is the same, to keep.
func MyDataFile() string { return MyData() + "/download" }

// PersonData is what is held of a person, and what can be done about it.
func PersonData(id asye.PersonID) string { return AdminPerson(id) + "/data" }

// PersonDataAct is one of the things that can be done about a person's data:
// download, hold, lift, erase.
func PersonDataAct(id asye.PersonID, act string) string { return PersonData(id) + "/" + act }

// RetentionDue lists whose data has no reason to be here for long.
func RetentionDue() string { return "/admin/retention" }
