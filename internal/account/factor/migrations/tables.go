package migrations

import . "example.org/asye/internal/platform/inventory" // a declaration reads as a table

// Tables are what these migrations make.
var Tables = []Table{{
	Name: "passkeys", Title: "Passkeys", Holds: "Passkeys of people: what their devices' answers are checked with, and what they call them.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"id", "person_id"}, Secret: {"credential_id", "record"}, Personal: {"name"}, Work: {"made_at", "last_used_at"}},
}, {
	Name: "authenticators", Title: "Authenticator app", Holds: "The secrets that authenticator apps share with the service, for one-time codes.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"person_id"}, Secret: {"secret", "pending"}, Work: {"confirmed_at", "pending_at"}, Plain: {"last_step"}},
}, {
	Name: "printed_codes", Title: "Printed codes", Holds: "Codes that people have printed, with which to get in when they lost the rest; only their hashes.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Secret: {"code_hash"}, Key: {"person_id"}, Work: {"made_at", "used_at"}},
}, {
	Name: "passwords", Title: "Password", Holds: "Passwords, where the operator has turned them on; only their Argon2id hashes.",
	Subject: Person("person_id"), Keep: Account,
	Columns: Columns{Key: {"person_id"}, Secret: {"hash"}, Work: {"set_at"}},
}, {
	Name: "passkey_requests", Title: "Requests for passkeys", Holds: "What browsers were asked to show, for a few minutes until they answer.",
	Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Key: {"id", "person_id"}, Plain: {"purpose", "expires_at"}, Secret: {"by_hash", "ceremony"}},
}, {
	Name: "half_sign_ins", Title: "Sign-ins under way", Holds: "Sign-ins that wait for their second step, for a few minutes.",
	Org: "org_id", Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Secret: {"token_hash"}, Key: {"person_id", "org_id"}, Plain: {"way", "next"}, Personal: {"device"}, Work: {"expires_at"}},
}, {
	Name: "mailed_codes", Title: "Mailed codes", Holds: "Codes that were mailed to prove presence again; only their keyed hashes.",
	Subject: Person("person_id"), Keep: Passing, Since: "expires_at",
	Columns: Columns{Key: {"session_id", "person_id"}, Secret: {"code_hash"}, Plain: {"tries", "sent"}, Work: {"made_at", "expires_at"}},
}}
