package app

import (
	"example.org/asye/internal/platform/serving"
	set "example.org/asye/internal/platform/setting"
)

// These are those of package setting, by the names by which this package knows
// them.
type (
	setting = set.Setting
	values  = set.Values
)

// settings lists them in the order in which they are shown.
var settings = []setting{
	{Key: "database", Standard: "asye.db", Help: "The path of a SQLite file, or a postgres:// address.", Secret: true},
	{Key: "addr", Standard: "127.0.0.1:8080", Help: "The address and port to listen on."},
	{Key: "base_url", Standard: "", Help: "How the service is reached, for links in mail. Starting with https:// it also marks cookies as secure."},
	{Key: "service_name", Standard: "asye", Help: "The name in the header of every page."},
	{Key: "colour", Standard: "", Help: "The colour of the header, like #0b5560. It must be readable behind white text."},
	{Key: "behind_proxy", Standard: "no", Help: "yes when a proxy of yours adds the client's address as the last X-Forwarded-For."},
	{Key: "smtp", Standard: "", Help: "The mail server, like smtp://user:password@mail.example.org:587. Without one, mail waits in the outbox.", Secret: true},
	{Key: "mail_from", Standard: "", Help: "The sender of mail, like asye@example.org."},
	{Key: "programmes", Standard: "", Help: "A folder of programme files that add to or replace those built in."},
	{Key: "schemes", Standard: "", Help: "A folder of files of grant schemes that add to or replace those built in."},
	{Key: "grants", Standard: "here", Help: "here when the national team of this service answers claims and pays; elsewhere when the funder does not use it, and employers record its answers."},
	{Key: "session_idle", Standard: "2h", Help: "A session that is not used for so long ends."},
	{Key: "session_longest", Standard: "12h", Help: "A session ends after so long in any case."},
	{Key: "retention", Standard: "list", Help: "list shows whose data has no reason to be kept any more; apply also erases it, each night."},
	{Key: "retention_schedule", Standard: "", Help: "A file that says how long records are kept, in place of the one built in."},
	{Key: "backup_to", Standard: "", Help: "The folder into which the service puts backups by itself. Without one it makes none."},
	{Key: "backup_key", Standard: "", Help: "The public keys of age, with spaces between them, to which backups are encrypted. asye backup key makes one."},
	{Key: "backup_every", Standard: "15m", Help: "How often the service makes a backup. What came after the last one is lost with the machine."},
	{Key: "backup_keep", Standard: "30d", Help: "How long the last backup of each day is kept. Every one of the last 24 hours is kept as well."},
	{Key: "backup_alarm", Standard: "", Help: "How old the last good backup may be before there is an alarm: twice backup_every and half an hour where nothing is said."},
	{Key: "oidc_issuer", Standard: "", Help: "The issuer of your organisation's directory, with which people can then sign in, like https://login.microsoftonline.com/TENANT/v2.0."},
	{Key: "oidc_client_id", Standard: "", Help: "The client ID under which the directory knows this service."},
	{Key: "oidc_client_secret", Standard: "", Help: "The secret that goes with it. Better in a file, named by oidc_client_secret_file.", Hidden: true},
	{Key: "oidc_name", Standard: "", Help: "The name on the button: Sign in with Northshire Council."},
	{Key: "oidc_domains", Standard: "", Help: "The domains of e-mail addresses that are the directory's own to give, with commas: northshire.gov.uk. Whoever has one is let in by it the first time."},
	{Key: "oidc_only", Standard: "no", Help: "yes when people with such an address are to sign in with the directory and get no links."},
	{Key: "oidc_folder", Standard: "", Help: "A folder with a file for each further directory, with the lines issuer, client_id, client_secret_file, name, domains, only."},
	{Key: "ship_to", Standard: "", Help: "A folder or an s3:// address to which the log of a SQLite database is copied within seconds, encrypted to backup_key."},
	{Key: "step_up", Standard: "30m", Help: "How long it counts that somebody has shown that it is them, for acts that decide. Signing in is showing it."},
	{Key: "second_factor_for", Standard: "", Help: "The roles that have to have a second step, like administrator,national. Others may have one."},
	{Key: "passwords", Standard: "no", Help: "yes lets people set a password and sign in with it. Links and passkeys go on working."},
	{Key: "audit_key_file", Standard: "", Help: "The file with the audit key, which is made at the first start: beside a SQLite file, or in the state folder, when this is not set."},
	{Key: "audit_key", Standard: "", Help: "The audit key itself, where it cannot be a file.", Hidden: true},
	{Key: "audit_checkpoints", Standard: "", Help: "A file or folder on another machine, to which checkpoints of the audit trail are added. A folder ends in /."},
	{Key: "audit_witness", Standard: "", Help: "An e-mail address outside of the service that is sent a checkpoint of the audit trail each morning."},
	{Key: "security_contact", Standard: "", Help: "Who is told of a fault in the security: an e-mail address, or an https:// page. It is shown at /.well-known/security.txt."},
	{Key: "log_format", Standard: "text", Help: "text, or json for one JSON object a line."},
	{Key: "metrics_addr", Standard: "", Help: "Where Prometheus collects metrics, like :9464. Without a host only this machine reaches it."},
	{Key: "stop_notice", Standard: "0s", Help: "When it stops, the service says so at /readyz for so long before it takes no more requests."},
	{Key: "migrate", Standard: "yes", Help: "no leaves changes of the database's schema to asye migrate."},
	{Key: "drafts_kept", Standard: "90d", Help: "Unfinished forms that nobody has touched for so long are thrown away."},
}

// notSettings are names in the environment that are ours and set nothing.
var notSettings = map[string]bool{"ASYE_CONFIG": true, "ASYE_TEST_POSTGRES": true, serving.Handed: true}

// given is where settings may come from, the strongest first.
type given struct {
	flags   map[string]string // named on the command line
	environ []string          // as os.Environ gives it
	file    string            // the settings file; none when empty
}

func (g given) read() (values, error) {
	return set.Given{Flags: g.flags, Environ: g.environ, File: g.file, Ours: notSettings}.Read(settings)
}
