package paths

import (
	"net/url"

	"example.org/asye/internal/asye"
)

// SignIn asks for an e-mail address and sends a link to it.
func SignIn() string { return "/sign-in" }

// SignInSent says that a link is on its way.
func SignInSent() string { return "/sign-in/sent" }

// SignInLink is the page of a one-time link, whose token is in the query.
func SignInLink() string { return "/sign-in/link" }

// SignOut ends the session.
func SignOut() string { return "/sign-out" }

// SignedOut says that the session has ended.
func SignedOut() string { return "/signed-out" }

// Roles lists the roles of the person signed in, and changes between them.
func Roles() string { return "/roles" }

// Account is the page of the person signed in.
func Account() string { return "/account" }

// EndSession ends one session of the person signed in.
func EndSession() string { return "/account/sign-out-device" }

// SignOutEvery ends every session of the person signed in.
func SignOutEvery() string { return "/account/sign-out-everywhere" }

// Setup makes the first administrator.
func Setup() string { return "/setup" }

// Home is the first page of each role.
func Home() string { return "/home" }

// AdminPeople lists people and their roles.
func AdminPeople() string { return "/admin/people" }

// AdminNew adds a person.
func AdminNew() string { return "/admin/people/new" }

// AdminAudit is the audit trail.
func AdminAudit() string { return "/admin/audit" }

// AdminOutbox lists mail, sent and waiting.
func AdminOutbox() string { return "/admin/outbox" }

// AdminOutboxRetry lets a message that was given up wait again.
func AdminOutboxRetry() string { return "/admin/outbox/retry" }

// AdminJobs lists work that waits, has failed or comes round.
func AdminJobs() string { return "/admin/jobs" }

// AdminJobsRetry lets a job that was set aside wait again.
func AdminJobsRetry() string { return "/admin/jobs/retry" }

// AdminSettings lists the settings.
func AdminSettings() string { return "/admin/settings" }

// SignInWith is the page of a one-time link; next is where it leads to, the
// home page when empty.
func SignInWith(token, next string) string {
	q := url.Values{"token": {token}}
	if next != "" && next != Home() {
		q.Set("next", next)
	}
	return SignInLink() + "?" + q.Encode()
}

// AdminPerson is the administrator's page of a person.
func AdminPerson(id asye.PersonID) string { return AdminPeople() + "/" + url.PathEscape(string(id)) }

// AdminPersonEdit changes a person's name and address.
func AdminPersonEdit(id asye.PersonID) string { return AdminPerson(id) + "/edit" }

// AdminPersonAct is one of the things that can be done with a person: roles,
// end-role, disable, enable, invite.
func AdminPersonAct(id asye.PersonID, act string) string { return AdminPerson(id) + "/" + act }

// AdminBackups shows the backups and how old the last good one is.
func AdminBackups() string { return "/admin/backups" }

// AdminBackupNow has a backup made.
func AdminBackupNow() string { return "/admin/backups/now" }
