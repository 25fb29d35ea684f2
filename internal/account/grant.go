package account

import (
	"strings"

	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/fault"
)

// Membership is a role that a person has in an organisation, from a day on. An
// open one has no end; the end is the first day without the role.
type Membership struct {
	Org     asye.OrganisationID
	OrgName string
	Role    asye.Role
	From    asye.Date
	Until   asye.Date
	Used    bool // the person has signed in and worked in it
}

// HeldOn reports whether the role can be used on a day.
func (m Membership) HeldOn(day asye.Date) bool {
	return !m.From.After(day) && (m.Until.IsZero() || m.Until.After(day))
}

// Grant is one role in one organisation.
type Grant struct {
	Org  asye.OrganisationID
	Role asye.Role
}

// Key is how a form names a role in an organisation.
func (g Grant) Key() string { return string(g.Role) + "@" + string(g.Org) }

// GrantOf reads a [Grant.Key]; what is none gives a role that nobody has.
func GrantOf(key string) Grant {
	role, org, _ := strings.Cut(key, "@")
	return Grant{Org: asye.OrganisationID(org), Role: asye.Role(role)}
}

// Reach is how far an administrator's arm goes.
type Reach bool

// The two reaches of an administrator.
const (
	OwnOrganisation Reach = false // of an employer
	WholeService    Reach = true  // of the national body, and of who set the service up
)

// Grantable lists the roles that an administrator may give in an organisation.
// An NQSW gets the role by being registered, never by hand. Only those who look
// after the whole service may let somebody see across employers. A director is
// one of an employer.
func Grantable(reach Reach, national bool) []asye.Role {
	roles := []asye.Role{asye.Coordinator, asye.Director, asye.Administrator}
	if reach == WholeService {
		roles = append(roles, asye.Analyst)
		if national {
			roles = []asye.Role{asye.National, asye.Analyst, asye.Administrator}
		}
	}
	return roles
}

// mayGrant refuses a role that is not the administrator's to give.
func mayGrant(reach Reach, national bool, role asye.Role) error {
	for _, r := range Grantable(reach, national) {
		if r == role {
			return nil
		}
	}
	return fault.Problems{{Field: "role", Text: "Select a role that you may give in this organisation"}}
}

var (
	errShared = fault.New(fault.Forbidden,
		"This person also has a role in another organisation, so only the national team can change their e-mail address or disable them")
	errAbove = fault.New(fault.Forbidden,
		"This person is more than an NQSW here, so only an administrator can change their e-mail address")
	errTheirs = fault.Problems{{Field: "email", Text: "This NQSW has signed in, so the e-mail address is theirs to change, under My details. " +
		"If they cannot sign in, an administrator of the whole service can change it"}}
	errMoved = fault.New(fault.Forbidden,
		"This person no longer has a role here and has one in another organisation, so only that organisation and the national team can change their name")
	errShutOut = fault.New(fault.Forbidden,
		"An administrator of the national body has disabled this person, so only they can let them sign in again. Ask them why")
	errDisabled = fault.New(fault.Forbidden, "You cannot sign in at present, because an administrator has ended your access. Ask them why")
	errNoLonger = fault.New(fault.Forbidden, "You no longer have the role in which you opened this page")
	errSelf     = fault.New(fault.Forbidden,
		"You cannot disable yourself or end your own role as administrator. Ask another administrator, so that there is always one")
)

// mayReach refuses a change of somebody's address or access that could take
// over a role which is not the actor's to give: in another organisation, or,
// for all but administrators, any role above NQSW.
func mayReach(org asye.OrganisationID, actor asye.Role, held []Membership) error {
	for _, m := range held {
		if !m.Until.IsZero() {
			continue
		}
		if m.Org != org {
			return errShared
		}
		if actor != asye.Administrator && m.Role != asye.NQSW {
			return errAbove
		}
	}
	return nil
}

// mayReadAs refuses a change of the address of an NQSW who has signed in:
// whoever changes it could sign in as them, and read what their employer must
// not see.
func mayReadAs(held []Membership) error {
	for _, m := range held {
		if m.Role == asye.NQSW && m.Used {
			return errTheirs
		}
	}
	return nil
}

// mayName refuses a change of the name of somebody who works in other
// organisations only.
func mayName(org asye.OrganisationID, held []Membership) error {
	elsewhere := false
	for _, m := range held {
		if m.Until.IsZero() && m.Org == org {
			return nil
		}
		elsewhere = elsewhere || m.Until.IsZero()
	}
	if elsewhere {
		return errMoved
	}
	return nil
}
