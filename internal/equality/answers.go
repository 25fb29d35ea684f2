package equality

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// longestDetail is how many characters a person's own words may have.
const longestDetail = 100

// Answers are what one person said of themselves. An empty answer was not
// given (EQU-1).
type Answers struct {
	Sex              string
	GenderSame       string
	GenderIdentity   string // own words; only with GenderSame "no"
	EthnicGroup      string
	EthnicBackground string
	EthnicDetail     string // own words; only with "Any other … background"
	Disability       string
	AnsweredOn       asye.Date // the day on which they were last given; zero when never (EQU-4)
	Version          int       // 0 when never
}

// Answered reports whether the person has been through the questions and sent
// them, whatever they left blank (EQU-3).
func (a Answers) Answered() bool { return a.Version > 0 }

// Given judges answers and gives them back tidy: own words that no longer
// belong to an answer are dropped (EQU-2).
func Given(a Answers) (Answers, error) {
	a.GenderIdentity, a.EthnicDetail = strings.TrimSpace(a.GenderIdentity), strings.TrimSpace(a.EthnicDetail)
	if o, _ := find(GenderSame(), a.GenderSame); !o.Text {
		a.GenderIdentity = ""
	}
	if _, named := GroupOf(a.EthnicGroup); !named {
		a.EthnicBackground = ""
	}
	if o, _ := find(Backgrounds(a.EthnicGroup), a.EthnicBackground); !o.Text {
		a.EthnicDetail = ""
	}
	var p fault.Problems
	p.If(unlisted(Sexes(), a.Sex), "sex", "Choose your sex from the list, or leave it blank")
	p.If(unlisted(GenderSame(), a.GenderSame), "gender_same", "Choose an answer from the list, or leave it blank")
	p.If(len([]rune(a.GenderIdentity)) > longestDetail, "gender_identity", "Your gender identity must be %d characters or fewer", longestDetail)
	p.If(unlisted(EthnicGroups(), a.EthnicGroup), "ethnic_group", "Choose your ethnic group from the list, or leave it blank")
	p.If(unlisted(Backgrounds(a.EthnicGroup), a.EthnicBackground), "ethnic_background", "Choose your background from the list, or leave it blank")
	p.If(len([]rune(a.EthnicDetail)) > longestDetail, "ethnic_detail", "Your background must be %d characters or fewer", longestDetail)
	p.If(unlisted(Disabilities(), a.Disability), "disability", "Choose an answer from the list, or leave it blank")
	return a, p.Err()
}

func unlisted(options []Option, value string) bool {
	_, listed := find(options, value)
	return value != "" && !listed
}
