package access

import "example.org/asye/internal/platform/policy"

// Releases are figures that were published.
var Releases = policy.Thing{Name: "A published release",
	Holds:  "Tables of outcomes as they were published: counts that are protected, and rates made from those alone.",
	Grants: each(policy.Readers(), policy.Grant{In: policy.Anybody(), What: "Figures as released", Why: "They are published, for everybody to read"}),
	Asks:   []string{"equality/publication.Store.Published", "equality/publication.Store.Public"},
}

// Publishing is the work on a release before it is published, and after.
var Publishing = policy.Thing{Name: "A release in preparation",
	Holds: "What a release will tell, what it hides and why, how that was checked, and who prepared and approved it.",
	Grants: []policy.Grant{
		{To: policy.National, In: policy.Anybody(), What: "Releases, and who worked on them", Why: "They answer for what is published. Two different people approve, one of them theirs"},
		{To: policy.Analyst, In: policy.Anybody(), What: "Releases, and who worked on them", Why: "They prepare what is published, and can be one of the two who approve it"},
		{To: policy.National, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A release says who prepared and approved it"},
		{To: policy.Analyst, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "A release says who prepared and approved it"},
	},
	Asks: []string{"equality/publication.Store.Prepare", "equality/publication.Store.List", "equality/publication.Store.Check", "equality/publication.Store.Approve",
		"equality/publication.Store.Discard", "equality/publication.Store.Withdraw", "equality/publication.Store.Cohorts", "equality/publication.Store.Key"},
}

// Questions are asked of the figures by those who count.
var Questions = policy.Thing{Name: "A question to the figures",
	Holds: "Counts by several characteristics at once, changed by noise; and who asked what.",
	Grants: []policy.Grant{
		{To: policy.National, In: policy.Anybody(), What: "Numbers of people, and who asked for them", Why: "They answer for the programme, and look after what is asked"},
		{To: policy.Analyst, In: policy.Anybody(), What: "Numbers of people, and who asked for them", Why: "It is what they are here for. What is asked is logged, and a limited number for each person"},
		{To: policy.National, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "The log says who asked"},
		{To: policy.Analyst, In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "The log says who asked"},
	},
	Asks: []string{"equality/publication/question.Store.Ask", "equality/publication/question.Store.Asked", "equality/publication/question.Store.Answer", "equality/publication/question.Store.Left"},
}
