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

// DirectoryList lists the organisations with whose directories people sign in.
func DirectoryList() string { return "/sign-in/with" }

// DirectoryListTo is [DirectoryList]; next is where signing in leads to.
func DirectoryListTo(next string) string { return with(DirectoryList(), next) }

// Directory sends the browser to sign in at an organisation's directory.
func Directory(key string) string { return DirectoryList() + "/" + url.PathEscape(key) }

// DirectoryTo is [Directory]; next is where signing in leads to.
func DirectoryTo(key, next string) string { return with(Directory(key), next) }

// DirectoryBack is where a directory sends the browser back to.
func DirectoryBack(key string) string { return Directory(key) + "/back" }

// SignOut ends the session.
func SignOut() string { return "/sign-out" }

// SignedOut says that the session has ended.
func SignedOut() string { return "/signed-out" }

// Roles lists the roles of the person signed in, and changes between them.
func Roles() string { return "/roles" }

// Account is the page of the person signed in.
func Account() string { return "/account" }

// AccountDirectories lists the directory accounts that the person signed in has
// connected.
func AccountDirectories() string { return "/account/directories" }

// AccountConnecting sends the browser to a directory, to connect the account
// that the person has there.
func AccountConnecting(key string) string {
	return AccountDirectories() + "/" + url.PathEscape(key) + "/connect"
}

// AccountConnect connects the account that was shown.
func AccountConnect() string { return AccountDirectories() + "/connect" }

// AccountDisconnect disconnects one.
func AccountDisconnect() string { return AccountDirectories() + "/disconnect" }

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

// AdminCheckpoint shows how far the audit trail is covered by a checkpoint.
func AdminCheckpoint() string { return AdminAudit() + "/checkpoint" }

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

// SignInTo is the sign-in page; next is where signing in leads to.
func SignInTo(next string) string { return with(SignIn(), next) }

// with adds where a page of signing in leads to.
func with(path, next string) string {
	if next == "" || next == Home() {
		return path
	}
	return path + "?" + url.Values{"next": {next}}.Encode()
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

// AdminPersonDirectories lists the directory accounts of a person.
func AdminPersonDirectories(id asye.PersonID) string { return AdminPerson(id) + "/directories" }

// AdminPersonDisconnect disconnects one of them.
func AdminPersonDisconnect(id asye.PersonID) string {
	return AdminPersonDirectories(id) + "/disconnect"
}

// Policy is who may see what, in full, in the words of the policy itself.
func Policy() string { return "/policy" }
