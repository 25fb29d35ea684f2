package mine

import (
	"slices"
	"strings"
	"testing"

	"example.org/asye/internal/access"
	"example.org/asye/internal/asye"
	"example.org/asye/internal/platform/policy"
)

// TestPOL6_WhoCanSeeWhatSaysWhatThePolicySays holds the page in the words of an
// NQSW to the policy: where a role is shown one of the fields, the page says so,
// and nowhere else.
func TestPOL6_WhoCanSeeWhatSaysWhatThePolicySays(t *testing.T) {
	fields := map[string][]policy.Field{
		"Your name, contact and registration details":           {access.Name, access.Birth, access.Training},
		"Your year: dates, hours, pauses, extensions, assessor": {access.Assessor, access.Reasons, access.Trail},
		"Notes that coordinators write":                         {access.Notes},
		"Your outcome":                                          {access.Outcome, access.Concern, access.Trail},
		"Your answers to the equality questions":                {access.Answers},
		"A move to another employer":                            {access.Dispute, access.Ruling, access.Trail},
		"Who changed or looked at what, and when":               {access.Facts, access.Trail},
		"Everything that is held of you, as one copy":           nil,
	}
	for _, k := range holdings() {
		of, known := fields[k.What]
		if !known {
			t.Errorf("%q is no kind of information that this test knows the fields of", k.What)
			continue
		}
		for _, role := range asye.Roles() {
			sees, says := shown(role, of), k.Seen[role]
			if of == nil {
				sees = whole(role)
			}
			none := says == "" || strings.HasPrefix(says, "Numbers of people") || strings.HasPrefix(says, "Not shown") || strings.HasPrefix(says, "Whether you have sent")
			if sees == none {
				t.Errorf("%s: the policy shows it to the role %s: %v; the page says %q", k.What, role, sees, says)
			}
		}
	}
}

// shown reports whether something but the copy shows a role one of some fields: an
// NQSW of themselves, all others of somebody else.
func shown(role asye.Role, of []policy.Field) bool {
	relations := policy.Anybody()[1:]
	if role == asye.NQSW {
		relations = policy.Anybody()[:1]
	}
	for _, thing := range access.Things() {
		if thing.Name == access.Data.Name || thing.Name == access.OwnData.Name {
			continue
		}
		for _, to := range policy.Readers() {
			for _, f := range of {
				if to.Role() == role && slices.ContainsFunc(relations, func(in policy.Relation) bool { return thing.Shows(to, in, f.Columns[0]) }) {
					return true
				}
			}
		}
	}
	return false
}

// whole reports whether a role is shown the copy of an NQSW.
func whole(role asye.Role) bool {
	return slices.ContainsFunc(policy.Readers(), func(to policy.Reader) bool {
		return to.Role() == role && (access.Data.Has(to) || to == policy.NQSW && access.OwnData.Has(to))
	})
}
