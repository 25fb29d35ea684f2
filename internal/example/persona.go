package example

import (
	"context"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/db"
	"example.org/asye/internal/platform/tenant"
)

// Persona is somebody in the example as whom one can sign in.
type Persona struct {
	Name     string
	Email    string
	Role     asye.Role
	Employer string // its code
	Story    string // one sentence: who they are, and what there is to see
	Also     []Post // what else they do
}

// Post is a role at an employer, by its code.
type Post struct {
	Role     asye.Role
	Employer string
}

// The employers of the personas.
const (
	county    = "881" // Essex: a large county
	unitary   = "857" // Rutland: a small unitary authority
	borough   = "316" // Newham: a London borough with many NQSWs
	trust     = "CT01"
	charity   = "VOL01"
	hospital  = "NHS04"
	agencyOne = "AGY01"
)

// Personas lists everybody whose story is told, those who run programmes first.
// They are all invented.
func Personas() []Persona {
	return append(runners(), nqsws()...)
}

func runners() []Persona {
	return []Persona{
		{"Amina Yusuf", "amina.yusuf@example.org", asye.Coordinator, county,
			"She coordinates the programme of a large county, with dozens of NQSWs in every stage of their year, one on parental leave and one about to arrive from London; a payment of its grant has come up short.", nil},
		{"Tom Bickerton", "tom.bickerton@example.org", asye.Coordinator, unitary,
			"He runs the programme of a small unitary authority beside his own team, and knows every NQSW by name.", nil},
		{"Marcia Pinnock", "marcia.pinnock@example.org", asye.Coordinator, borough,
			"She coordinates one of the largest programmes in London, has reported that one NQSW is leaving, and disputes the move of another.", nil},
		{"Elin Stansfield", "elin.stansfield@example.org", asye.Coordinator, trust,
			"She coordinates for a children’s trust, where one year is about to end, and on Fridays changes role to count outcomes for the national body.",
			[]Post{{asye.Analyst, nationalCode}}},
		{"Ngozi Eze", "ngozi.eze@example.org", asye.Coordinator, charity,
			"She supports a handful of NQSWs a year at a charity for young Londoners, one of them unfunded.", nil},
		{"Daniel Rafferty", "daniel.rafferty@example.org", asye.Coordinator, hospital,
			"He coordinates the adults’ programme of an NHS trust, where one outcome is overdue and one year has been extended.", nil},
		{"Sunita Kapoor", "sunita.kapoor@example.org", asye.Coordinator, agencyOne,
			"She places NQSWs with councils for an agency, and has to agree with each council, outside this service, who does what.", nil},
		{"Patience Hargreave", "patience.hargreave@example.org", asye.Director, county,
			"She is the director of children’s services of the large county: a claim waits for her signature, and she sees how its years end and where it stands.", nil},
		{"Ruth Illingworth", "ruth.illingworth@example.org", asye.National, nationalCode,
			"She leads the national team, and has disputed transfers, possible duplicates and a claim of a grant waiting for her.", nil},
		{"Kwame Boateng", "kwame.boateng@example.org", asye.National, nationalCode,
			"He looks after the employers on record and compares registrations with the published figures.", nil},
		{"Hina Qureshi", "hina.qureshi@example.org", asye.Analyst, nationalCode,
			"She publishes the table of outcomes by gender, ethnicity and deferrals, and never sees a name beside an answer.", nil},
		{"Piotr Zielonka", "piotr.zielonka@example.org", asye.Analyst, nationalCode,
			"He looks at how complete the records are before anybody quotes a rate.", nil},
		{"Joanne Threlfall", "joanne.threlfall@example.org", asye.Administrator, nationalCode,
			"She keeps the service running: people and roles, outbox, jobs and the audit trail of everybody.", nil},
		{"Gareth Wrigley", "gareth.wrigley@example.org", asye.Administrator, county,
			"He looks after who may sign in for the large county, and sees nobody else’s people.", nil},
	}
}

// directorOf is the director whom an employer names, where that is a persona.
func directorOf(code string) (Persona, bool) {
	for _, p := range runners() {
		if p.Role == asye.Director && p.Employer == code {
			return p, true
		}
	}
	return Persona{}, false
}

func nqsws() []Persona {
	nqsw := func(name, email, employer, story string) Persona {
		return Persona{Name: name, Email: email + "@example.org", Role: asye.NQSW, Employer: employer, Story: story}
	}
	return []Persona{
		nqsw("Grace Adebayo", "grace.adebayo", county, "She has been on parental leave since September, and her year waits for her until June."),
		nqsw("Megan Polglase", "megan.polglase", unitary, "She went down to 22.2 of 37 hours in September, and can see why her year now ends in September 2027."),
		nqsw("Zainab Akhtar", "zainab.akhtar", borough, "She moves from London to Essex in December; both employers agree, and only her own word is missing."),
		nqsw("Callum Fenwick", "callum.fenwick", trust, "His year ends in a fortnight, and everything is in order."),
		nqsw("Chloe Hepworth", "chloe.hepworth", hospital, "Her year should have ended in October, and nobody has recorded an outcome."),
		nqsw("Temitope Balogun", "temitope.balogun", unitary, "She was invited on Friday, starts on Monday week, and has confirmed nothing yet."),
		nqsw("Simran Sandhu", "simran.sandhu", hospital, "Her year has been extended by three months, since her assessor changed halfway."),
		nqsw("Ioana Moraru", "ioana.moraru", charity, "She qualified five years ago and raised two children first, so her year counts and is not funded."),
		nqsw("Leroy Cargill", "leroy.cargill", borough, "He failed in September, was told so in writing, and can read what was recorded and why."),
		nqsw("Aoife Heneghan", "aoife.heneghan", county, "She passed in September, with one pause for sickness behind her."),
		nqsw("Rosie Nethercott", "rosie.nethercott", county, "She is disabled; the equipment that she needed came eleven weeks late, so her year was paused rather than counted against her."),
		nqsw("Tendai Moyo", "tendai.moyo", agencyOne, "He works for a council through an agency, which registered him and coordinates his year."),
	}
}

// hirePersonas puts those who run programmes on record; NQSWs come with their
// registrations.
func (b *builder) hirePersonas(ctx context.Context) error {
	return b.on(ctx, asye.MustDate("2018-04-03"), b.system, func(tx *db.Tx) error {
		for _, p := range runners() {
			given, family := cut(p.Name)
			who := asye.Identity{GivenName: given, FamilyName: family, Email: p.Email}
			id, err := b.hire(ctx, tx, who, Post{p.Role, p.Employer})
			if err != nil {
				return err
			}
			b.personas[p.Email] = id
			for _, post := range p.Also {
				// Whoever signs in for the first time works as what they became
				// last: here as what the story tells of first.
				if err := b.Account.Join(ctx, tx, b.system, id, b.orgOf(post.Employer), post.Role, b.today().AddDays(-1)); err != nil {
					return err
				}
			}
			if p.Role == asye.Coordinator {
				e := b.byCode[p.Employer]
				e.coordinator, e.story = id, true
			}
		}
		return nil
	})
}

// nationalTeam is the scope of the national persona at work.
func (b *builder) nationalTeam() tenant.Scope {
	return tenant.SignedIn(b.personas["ruth.illingworth@example.org"], b.national, asye.National)
}
