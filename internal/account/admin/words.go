package admin

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// deeds says in words what was done, where its name in code does not.
var deeds = map[string]string{
	"readings.lost":                "Readings that could not be noted",
	"account.joined":               "Role given",
	"account.left":                 "Role ended",
	"account.personAdded":          "Person put on record",
	"account.personChanged":        "Name or address changed",
	"account.personDisabled":       "Person disabled",
	"account.personEnabled":        "Person let in again",
	"account.administratorMade":    "Administrator made from the command line",
	"account.invited":              "Invitation sent",
	"account.signedIn":             "Signed in",
	"account.providerLinked":       "Account of a directory connected",
	"account.providerUnlinked":     "Account of a directory disconnected",
	"account.sessionEnded":         "Signed out on one device",
	"account.signedOutEverywhere":  "Signed out everywhere",
	"account.signInBegun":          "Sign-in begun, second step asked for",
	"account.proved":               "Showed again that it was them",
	"account.passkeyAdded":         "Passkey added",
	"account.passkeyRenamed":       "Passkey renamed",
	"account.passkeyRemoved":       "Passkey removed",
	"account.appAdded":             "Authenticator app set up",
	"account.appRemoved":           "Authenticator app removed",
	"account.codesPrinted":         "Codes printed",
	"account.passwordSet":          "Password set",
	"account.passwordRemoved":      "Password removed",
	"account.waysReset":            "What they sign in with removed",
	"equality.answered":            "Equality questions answered",
	"equality.wiped":               "Equality answers deleted",
	"release.prepared":             "Release prepared",
	"release.approved":             "Release approved",
	"release.published":            "Release published",
	"release.discarded":            "Release discarded",
	"release.withdrawn":            "Release withdrawn",
	"question.asked":               "Question asked of the figures",
	"employer.added":               "Employer put on record",
	"employer.changed":             "Employer changed",
	"registration.allocated":       "Team, assessor or coordinator changed",
	"registration.registered":      "NQSW registered",
	"registration.invited":         "Invitation sent again",
	"registration.claimMissed":     "Claim of somebody who was not found",
	"registration.employerMerged":  "Moved to the employer’s successor",
	"registration.extended":        "Year extended",
	"registration.failed":          "Outcome recorded: failed",
	"registration.passed":          "Outcome recorded: passed",
	"registration.withdrawn":       "Outcome recorded: withdrawn",
	"registration.pairJudged":      "Possible duplicate decided",
	"registration.paused":          "Year paused",
	"registration.registerChecked": "Regulator’s register checked",
	"registration.returned":        "Return from a pause",
	"registration.ruledStays":      "Dispute decided: the NQSW stays",
	"registration.transferred":     "Moved to another employer",
}

// lookedAt says what was looked at, or taken out as a file.
var lookedAt = map[string]string{
	"enrolment": "Registration", "enrolments": "List of registrations", "people": "List of people", "person": "Person",
	"upload": "Upload", "export": "Download of registrations", "outcomes": "Outcomes by characteristic", "trail": "Audit trail",
	"outbox": "Mail outbox", "transfers": "List of moves", "transfer": "Move", "duplicates": "List of possible duplicates",
	"duplicate": "Possible duplicate", "disputes": "List of disputed moves", "data": "Everything that is held of a person", "retention": "List of data that is due to go",
	"releases": "List of releases", "release": "Release", "questions": "Log of questions", "question": "Question",
}

// downloaded says what was taken out as a file, where that reads better.
var downloaded = map[string]string{"export": "Registrations", "upload": "Rows of an upload"}

// Deed says what was done: "Role given", "Hours changed", "Registration looked
// at".
func Deed(what string) string {
	if words, known := deeds[what]; known {
		return words
	}
	if kind, read := strings.CutSuffix(what, ".read"); read {
		return orWords(lookedAt[kind], kind) + " looked at"
	}
	if kind, taken := strings.CutSuffix(what, ".downloaded"); taken {
		return orWords(orWords(downloaded[kind], lookedAt[kind]), kind) + " downloaded"
	}
	_, name, cut := strings.Cut(what, ".")
	if !cut {
		name = what
	}
	return Words(name)
}

// deedsLike are the names in code of what a person calls so.
func deedsLike(text string) []string {
	var names []string
	if text = strings.ToLower(text); text == "" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(deeds)) {
		if strings.Contains(strings.ToLower(deeds[name]), text) {
			names = append(names, name)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(lookedAt)) {
		for _, name := range []string{kind + ".read", kind + ".downloaded"} {
			if strings.Contains(strings.ToLower(Deed(name)), text) {
				names = append(names, name)
			}
		}
	}
	return names
}

func orWords(words, name string) string {
	if words == "" {
		return Words(name)
	}
	return words
}

// kinds says what sort of record a line is about.
var kinds = map[string]string{"enrolment": "Registration", "duplicate": "Possible duplicate", "transfer": "Move",
	"enrolments": "Registrations", "transfers": "Moves", "duplicates": "Possible duplicates", "disputes": "Disputed moves",
	"export": "Registrations", "trail": "Audit trail", "outbox": "Mail outbox", "data": "Person", "retention": "Data that is due to go"}

func kindOf(kind string) string {
	if words, known := kinds[kind]; known {
		return words
	}
	return Words(kind)
}

// facts says what a field of a record is called on the pages that show it.
var facts = map[string]string{
	"GivenName": "First name", "MiddleNames": "Middle names", "FamilyName": "Last name", "Email": "E-mail address",
	"Number": "Social Work England number", "number": "Social Work England number", "AddedToRegisterOn": "Date added to the register",
	"QualifiedYear": "Year of qualifying", "EntryRoute": "Route into social work", "EntryRouteOther": "Route, in their words",
	"starts_on": "First day", "ends_on": "First day after", "from": "From", "until": "Until", "to": "New employer",
	"hours": "Hours a week", "full_time_hours": "Full-time hours a week", "rules": "Version of the rules",
	"joins_on": "Joins on", "leaves_on": "Leaves on", "returned_on": "Returned on", "decided_on": "Decided on",
	"told_on": "Told in writing on", "result": "Result", "concerns": "Concerns about practice", "approver": "Approved by",
	"ONSCode": "ONS code", "OpenedOn": "Open from", "ClosedOn": "Closed from", "Successors": "Successor",
	"may_sign_in": "May sign in", "as_of": "As of", "how": "Signed in with", "with": "With",
	"connected_by": "Connected by",
}

// coded are the fields whose values are words of a list, as code spells them.
var coded = map[string]bool{"role": true, "reason": true, "result": true, "Qualification": true, "EntryRoute": true,
	"programme": true, "Type": true, "type": true, "decision": true, "concerns": true, "connected_by": true}

// fact is what a field is called, within others: "Contact: name".
func fact(path []string) string {
	var words []string
	for _, part := range path {
		word, known := facts[part]
		if !known {
			word = Words(part)
		}
		if len(words) > 0 && !strings.HasPrefix(word, "E-") && !strings.HasPrefix(word, "Social") && !strings.HasPrefix(word, "ONS") {
			word = strings.ToLower(word[:1]) + word[1:]
		}
		words = append(words, word)
	}
	return strings.Join(words, ": ")
}

// Words turns a name in code into words: personAdded, starts_on and
// local-authority become "Person added", "Starts on" and "Local authority".
func Words(name string) string {
	var out []rune
	runes := []rune(name)
	upper := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsUpper(runes[i]) }
	for i, r := range runes {
		switch {
		case r == '_' || r == '-':
			out = append(out, ' ')
		case r == '.':
			out = append(out, ':', ' ')
		case upper(i) && i > 0 && unicode.IsLower(runes[i-1]):
			if !upper(i + 1) {
				r = unicode.ToLower(r)
			}
			out = append(out, ' ', r)
		default:
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		out[0] = unicode.ToUpper(out[0])
	}
	return string(out)
}
