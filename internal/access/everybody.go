package access

import "example.org/asye/internal/platform/policy"

// each makes one grant for several readers.
func each(readers []policy.Reader, g policy.Grant) []policy.Grant {
	var out []policy.Grant
	for _, r := range readers {
		g.To = r
		out = append(out, g)
	}
	return out
}

// signedIn are the readers who have signed in.
func signedIn() []policy.Reader { return policy.Readers()[1:] }

var self = []policy.Relation{policy.Self}

// OwnAccount is what everybody has of their own.
var OwnAccount = policy.Thing{Name: "One’s own account",
	Holds: "Whoever is signed in: their name and address, what they can work as, what they sign in with, and where they are signed in.",
	Grants: each(signedIn(), policy.Grant{In: self, Sees: []policy.Field{Name, MiddleNames, Email, WorkName, WorkNames, WorkMail, Device, Passkey, App, Account},
		Why: "It is theirs"}),
	Asks: []string{"account.Store.Roles", "account.Store.Switch", "account.Store.Sessions", "account.Store.EndSession", "account.Store.SignOutEverywhere",
		"account.Store.Ended", "account.Store.Renew", "account/factor.Store.Held", "account/factor.Store.StartApp", "account/factor.Store.PendingApp",
		"account/factor.Store.ConfirmApp", "account/factor.Store.RemoveApp", "account/factor.Store.AskNewPasskey", "account/factor.Store.AddPasskey",
		"account/factor.Store.Passkey", "account/factor.Store.RenamePasskey", "account/factor.Store.RemovePasskey", "account/factor.Store.SetPassword",
		"account/factor.Store.RemovePassword", "account/factor.Store.PrintCodes", "account/factor.Store.AskProof", "account/factor.Store.Prove",
		"account/factor.Store.MailCode", "account/provider.Store.Links", "account/provider.Store.Connect", "account/provider.Store.Disconnect",
		"account/held.Store.ForProof", "account/held.Store.Open", "account/held.Store.Drop"},
}

// Home is each role's first page.
var Home = policy.Thing{Name: "The home page",
	Holds: "What needs somebody today, in numbers, and what they have begun and not sent.",
	Grants: append(each(signedIn(), policy.Grant{In: self, Sees: []policy.Field{Draft}, Why: "It leads to what is theirs to do"}),
		policy.Grant{To: policy.NQSW, In: self, Sees: []policy.Field{Outcome}, Why: "It says where their year stands"},
		policy.Grant{To: policy.Coordinator, In: policy.Within(), Sees: []policy.Field{File, WorkName}, Why: "An upload of a colleague may be theirs to finish"}),
}

// Door is signing in, before anybody is known.
var Door = policy.Thing{Name: "Signing in and out",
	Holds: "Showing who one is, with a link, a passkey, a password or an organisation’s own directory, and setting the service up where nobody has yet.",
	Grants: each(policy.Readers(), policy.Grant{In: self, Sees: []policy.Field{Name, Email, WorkName, WorkMail},
		Why: "Whoever has a link is shown whose it is, so that nobody signs in as somebody else by mistake. Asking for one tells nothing"}),
	Asks: []string{"account.Store.AskForLink", "account.Store.MailLink", "account.Store.SignInLink", "account.Store.Peek", "account.Store.Open",
		"account.Store.PersonByEmail", "account.Store.Session", "account.Store.SignOut", "account.Store.NeedsSetUp", "account.Store.SetupCode",
		"account.Store.SetUp", "account.Store.Enter", "account.Store.Veil", "account/tries.Store.May", "account/tries.Store.GotIn",
		"account/factor.Store.AskSignIn", "account/factor.Store.SignInWithPasskey", "account/factor.Store.SignInWithPassword",
		"account/factor.Store.HalfWay", "account/factor.Store.AskSecondPasskey", "account/factor.Store.Finish",
		"account/held.Store.ForSession", "account/held.Store.Reopen", "account/provider.Store.SignIn"},
}

// Public is what anybody may read.
var Public = policy.Thing{Name: "Pages for everybody",
	Holds: "The start, help, who can see what, accessibility, how figures are worked out, and the names of employers.",
	Grants: append(append(each(policy.Readers(), policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{Body},
		Why: "Whoever cannot sign in has to be able to ask somebody"}),
		each(signedIn(), policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{BodyName}, Why: "Those who work here know whom they ask"})...),
		each(signedIn(), policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName, WorkMail},
			Why: "They know who administers for their organisation or, where nobody does, for the national body; an NQSW and a director also who coordinates"})...),
	Asks: []string{"registration.Store.Administrators", "registration.Store.NationalBody", "roster.Store.Employers", "roster.Store.Employer"},
}

// Helpers are those who coordinate for an employer.
var Helpers = policy.Thing{Name: "Who coordinates for an employer",
	Holds: "The names and addresses of those who coordinate.",
	Grants: each([]policy.Reader{policy.NQSW, policy.Coordinator, policy.Director}, policy.Grant{In: policy.Within(), Sees: []policy.Field{WorkName, WorkMail},
		Why: "An NQSW has to know whom to ask, a coordinator who could take over, and a director who runs the programme that they answer for"}),
	Asks: []string{"registration.Store.Coordinators"},
}

// Program is what the service does by itself: no reader has anything of it.
var Program = policy.Thing{Name: "What the program does by itself",
	Holds: "Steps of a larger change, and work that comes round. No page leads to them, and nobody is shown anything.",
	Asks: []string{"account.Store.AddPerson", "account.Store.ChangePerson", "account.Store.Join", "account.Store.Leave", "account.Store.Invite",
		"account.Store.Tidy", "account/tries.Store.Tidy", "account/factor.Store.Tidy", "account/held.Store.Tidy", "account/provider.Store.Tidy",
		"account/provider.Store.Moved", "account/rescue.Store.Rescue", "equality.Store.Record", "registration.Store.NameOf", "registration.Store.MoveAll", "registration.Store.CompleteDue",
		"registration.Store.Refresh", "registration/upload.Store.Expire", "roster.Store.LiveSessions", "platform/journey.Store.DiscardOlder"},
}

// Letters are what the service mails.
var Letters = policy.Thing{Name: "A letter that is mailed",
	Holds: "A link to sign in with, an invitation, or that a move needs an answer. It says nothing of outcomes, pauses or equality answers.",
	Grants: append(each(signedIn(), policy.Grant{In: self, Sees: []policy.Field{Name, Email, WorkName, WorkMail, Passkey}, Why: "It is addressed to them"}),
		append(each(signedIn(), policy.Grant{In: policy.Anybody(), Beside: true, Sees: []policy.Field{WorkName}, Why: "An invitation says who invites"}),
			policy.Grant{To: policy.Coordinator, In: policy.Anybody(), Beside: true, Sees: []policy.Field{Reference},
				Why: "A letter about a move names the registration by its reference, and not the NQSW"})...),
}
