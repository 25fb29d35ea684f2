package policy

// Relation is what somebody has to do with the person, or the employer, that a
// record is about. Of several that fit, the first in the order of [Relations]
// is meant.
type Relation string

// The relations.
const (
	Self            Relation = "self"
	MyPerson        Relation = "my person"
	EndedAssignment Relation = "ended assignment"
	SameTeam        Relation = "same team"
	SameEmployer    Relation = "same employer"
	FormerEmployer  Relation = "former employer"
	OtherEmployer   Relation = "other employer"
	NoRelation      Relation = "none"
)

// Relations are all eight, the nearest first.
func Relations() []Relation {
	return []Relation{Self, MyPerson, EndedAssignment, SameTeam, SameEmployer, FormerEmployer, OtherEmployer, NoRelation}
}

var meanings = map[Relation]string{
	Self:            "the record is about the reader",
	MyPerson:        "one of the two coordinates, or assesses, the other’s year now",
	EndedAssignment: "one of the two did once, and somebody else does now; both are still with the same employer",
	SameTeam:        "both belong to one team: they work in it, or coordinate somebody in it",
	SameEmployer:    "the record is with the reader’s own employer or organisation, in another team",
	FormerEmployer:  "it was with the reader’s employer, and has moved on or ended",
	OtherEmployer:   "it is with another employer, and never was with the reader’s",
	NoRelation:      "there is no such record. Whoever may not see one gets the same answer, to the byte",
}

// Means says what a relation is, in words that go after "means that".
func (r Relation) Means() string { return meanings[r] }

// Within are the relations of a record that is with the reader's own employer.
func Within() []Relation {
	return []Relation{Self, MyPerson, EndedAssignment, SameTeam, SameEmployer}
}

// Anybody are the relations to every record that there is.
func Anybody() []Relation {
	return []Relation{Self, MyPerson, EndedAssignment, SameTeam, SameEmployer, FormerEmployer, OtherEmployer}
}

// Known are the relations of somebody who is, or was, with the reader's own
// employer.
func Known() []Relation {
	return []Relation{Self, MyPerson, EndedAssignment, SameTeam, SameEmployer, FormerEmployer}
}
