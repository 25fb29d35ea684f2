package mine

import "example.org/asye/internal/asye"

// kept is one kind of information that the service keeps, why, and what each
// role sees of it. A role that is not named sees nothing of it.
type kept struct {
	What string
	Why  string
	Seen map[asye.Role]string
}

// holdings is what "Who can see what" says: the policy in the words of an NQSW. A
// test holds it to internal/access (POL-6).
// "Your" is the NQSW's.
func holdings() []kept {
	return []kept{
		{"Your name, contact and registration details", "To know you from everybody else on the programme, and to write to you.",
			map[asye.Role]string{
				asye.NQSW:          "All of it, and you can correct it.",
				asye.Coordinator:   "All of it, for the NQSWs of their own employer. Coordinators of other employers see nothing, unless they claim you with your number and date of birth when you move.",
				asye.Director:      "Name, number and reference, where a grant is claimed for you: they sign for it.",
				asye.National:      "Name, number, employer, cohort and dates of registration, when they look a registration up or pay a grant for you. Also the date of birth, when two records may be the same person.",
				asye.Administrator: "Name and e-mail address, to manage sign-in, and in the trail of changes what was changed from and to.",
			}},
		{"Your year: dates, hours, pauses, extensions, assessor", "To work out when your reviews fall and when your year ends.",
			map[asye.Role]string{
				asye.NQSW:          "All of it, with how the dates are worked out.",
				asye.Coordinator:   "All of it, for the NQSWs of their own employer.",
				asye.Director:      "Numbers of people of their own employer, such as how many had a pause; and, where a grant is claimed for you, the dates and pauses that it rests on, without their reasons.",
				asye.National:      "Numbers of people, and the dates of a move that they have to decide on; and, where a grant is claimed for you, the dates and pauses that it rests on, without their reasons.",
				asye.Analyst:       "Numbers of people, such as how many years were paused.",
				asye.Administrator: "What was changed from and to, in the trail of changes.",
			}},
		{"Notes that coordinators write", "So that a colleague who takes over knows why something was done.",
			map[asye.Role]string{
				asye.NQSW:        "Not shown here. You have the right to ask your employer for a copy.",
				asye.Coordinator: "The notes about the NQSWs of their own employer.",
			}},
		{"Your outcome", "To record that the year is complete, and to count how years end.",
			map[asye.Role]string{
				asye.NQSW:          "The outcome, its dates, and the reason for a withdrawal. Whether concerns were recorded at a withdrawal is not shown here; you have the right to ask your employer.",
				asye.Coordinator:   "All of it, for the NQSWs of their own employer.",
				asye.Director:      "Whether you passed, failed or withdrew, where a grant is claimed for you. Otherwise numbers of people of their own employer.",
				asye.National:      "Whether you passed, failed or withdrew, where a grant is claimed for you. Otherwise numbers of people.",
				asye.Analyst:       "Numbers of people.",
				asye.Administrator: "What was recorded, in the trail of changes.",
			}},
		{"Your answers to the equality questions", "To find out whether the programme treats people fairly.",
			map[asye.Role]string{
				asye.NQSW:        "Your own answers, and you can change or delete them.",
				asye.Coordinator: "Whether you have sent the section, and never what you answered.",
				asye.National:    "Numbers of people, never a name beside an answer.",
				asye.Analyst:     "Numbers of people, never a name beside an answer.",
			}},
		{"A move to another employer", "So that your year goes with you.",
			map[asye.Role]string{
				asye.NQSW:          "Both employers’ dates, and what anybody disagrees with.",
				asye.Coordinator:   "Both employers’ dates and what is disputed, if their employer is one of the two. Once you have moved, your new employer sees your whole record. The old one sees only that you moved, when, where to and, if the national team had to decide, why.",
				asye.National:      "The moves that somebody disagrees with.",
				asye.Administrator: "What was recorded, in the trail of changes.",
			}},
		{"Who changed or looked at what, and when", "So that nothing is changed or read unseen.",
			map[asye.Role]string{
				asye.NQSW:          "Every change of your own record, and who made it. Who else has opened it: by name for people at your employers, by role and organisation for others.",
				asye.Coordinator:   "Every change of the records of their own employer’s NQSWs.",
				asye.Administrator: "The audit trail of their own organisation: who changed and who looked at what; those of the national body, of all.",
			}},
		{"Everything that is held of you, as one copy", "Because you have the right to a copy, and to have what is no longer needed erased.",
			map[asye.Role]string{
				asye.NQSW:          "All of it, under What is held about you, but for what the law lets others look through first.",
				asye.Administrator: "Those who look after the whole service, who give the whole copy and erase. Your answers to the equality questions are not in theirs.",
			}},
	}
}
