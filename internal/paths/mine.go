package paths

// MyYear is an NQSW's own year.
func MyYear() string { return "/my" }

// MyHistory is everything that has happened to an NQSW's own record.
func MyHistory() string { return "/my/history" }

// MyDetails is where an NQSW confirms their details.
func MyDetails() string { return "/my/details" }

// MyDetailsEdit is where an NQSW puts their details right.
func MyDetailsEdit() string { return "/my/details/edit" }

// MyMove is where an NQSW confirms a move to another employer, or says what is
// wrong with it.
func MyMove() string { return "/my/move" }

// Privacy is the page of who can see what.
func Privacy() string { return "/privacy" }

// Help is the page of whom to ask.
func Help() string { return "/help" }

// Accessibility is the accessibility statement.
func Accessibility() string { return "/accessibility" }
