package registration

import "example.org/asye/internal/paths"

// Letter is one plain mail about a registration. It names nobody and tells no
// outcome: mail is read in many places. What it is about is on the page.
type Letter struct {
	To      string // an e-mail address
	Subject string
	Text    string // what has happened and what to do, in whole sentences
	Page    string // the path of the page to open
	Because string // why this person gets it
}

const (
	becauseCoordinator = "You get this message because you coordinate the ASYE of "
	becauseNQSW        = "You get this message because your assessed and supported year in employment (ASYE) is recorded there."
)

// claimedLetter asks the losing employer for its answer to a claim.
func claimedLetter(r Record) Letter {
	return Letter{Subject: "A move needs your answer", Page: paths.Transfers(), Because: becauseCoordinator + r.OrgName + ".",
		Text: "Another employer says that an NQSW of " + r.OrgName + " now works there, or soon will. The registration is " +
			r.Reference + ". Open the page to see who claims it, then report that the NQSW leaves, or object."}
}

// agreedLetter asks the NQSW to confirm a move: nothing moves without it.
func agreedLetter(r Record) Letter {
	return Letter{Subject: "Please confirm your move", Page: paths.MyMove(), Because: becauseNQSW,
		Text: "Both employers have said that you move from one to the other. Your year moves only when you have confirmed " +
			"the dates. Open the page, check them, and say whether they are right."}
}

// movedLetters tell both employers and the NQSW that the year has moved.
func movedLetters(r Record, t Transfer) (from, to, nqsw Letter) {
	from = Letter{Subject: "A year has moved", Page: paths.Transfers(), Because: becauseCoordinator + t.FromName + ".",
		Text: "The registration " + r.Reference + " has moved from " + t.FromName + " to " + t.ToName +
			". It is no longer in your list. There is nothing for you to do."}
	to = Letter{Subject: "A year has moved to you", Page: paths.Registration(r.ID), Because: becauseCoordinator + t.ToName + ".",
		Text: "The registration " + r.Reference + " has moved from " + t.FromName + " to " + t.ToName +
			", with everything that was recorded. Open the record and name a coordinator, an assessor and a team."}
	nqsw = Letter{Subject: "Your year has moved", Page: paths.MyYear(), Because: becauseNQSW,
		Text: "Your year is now with " + t.ToName + ", with everything that was recorded."}
	return from, to, nqsw
}

// ruledLetters tell both employers and the NQSW that the national team has
// decided on a move.
func ruledLetters(r Record, t Transfer) (from, to, nqsw Letter) {
	text := "The national team has decided on the disputed move of the registration " + r.Reference +
		". Open the page to read the decision and the reason."
	from = Letter{Subject: "The national team has decided on a move", Page: paths.Transfers(), Text: text,
		Because: becauseCoordinator + t.FromName + "."}
	to = from
	to.Because = becauseCoordinator + t.ToName + "."
	nqsw = Letter{Subject: "The national team has decided on your move", Page: paths.MyHistory(), Because: becauseNQSW,
		Text: "The national team has decided on the disputed move of your year. Open the page to read the decision and the reason."}
	return from, to, nqsw
}

// closedLetter tells an employer that the national team has closed a year of
// theirs that was registered by mistake.
func closedLetter(r Record) Letter {
	return Letter{Subject: "A registration has been closed", Page: paths.Registration(r.ID), Because: becauseCoordinator + r.OrgName + ".",
		Text: "The national team has closed the registration " + r.Reference + " as made by mistake, because the NQSW was " +
			"registered already. If that is not right, open the record: the outcome can be undone with a reason."}
}
