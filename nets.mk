# The safety nets, one target each: `make nets` lists them. Each keeps what it
# saw in docs/tested, from which `make tested` writes docs/how-it-is-tested.md.

NET = ASYE_PROOF=$(CURDIR)/docs/tested go test -count=1 -timeout 4h -v

nets: ## list the safety nets: what each is a test of, and how to run it
	@grep -hE '^net-[a-z0-9-]+:.*## ' nets.mk | awk -F ':.*## ' '{ printf "make %-22s %s\n", $$1, $$2 }'

tested: ## write docs/how-it-is-tested.md from what the nets last saw
	@go run ./internal/tools/tested

# Nobody in who does not belong.

net-matrix: ## who may see what: every route and every store method, every reader, every relation, both engines
	MATRIX=all $(POSTGRES) env $(NET) -run 'TestPOL1|TestPOL2|TestPOL4' ./internal/proof/matrix

net-mutation: ## who may see what: every condition, guard, rule and mask let go, one at a time (MUTANTS=^account for some)
	MATRIX=all $(NET) -run TestPOL5 ./internal/proof/matrix

net-canaries: ## who may see what: a word in every sensitive column, looked for wherever it must not be
	MATRIX=all $(POSTGRES) env $(NET) -run TestPOL3 ./internal/proof/matrix

net-erasure: ## whoever is erased is gone from every table and every byte
	ROUNDS=$(or $(ROUNDS),50) $(NET) -run 'TestErasure' ./internal/app

net-no-impersonation: ## what the release could let somebody be somebody else with; ROUNDS requests beside those to every address
	ROUNDS=$(or $(ROUNDS),20000) $(NET) -run ACC39 ./internal/proof/impersonation

net-publication: ## figures that tell on nobody: SETS made-up countries released and attacked, LIBRARY tables of the library alone
	ASYE_DISCLOSURE_SETS=$(or $(LIBRARY),720) $(NET) -run 'TestNothingCanBeWorkedOut|TestTwin' ./internal/stat/disclosure
	SETS=$(or $(SETS),10000) $(NET) -run 'TestNetPublication|TestPUB2_RealShapes' ./internal/equality/publication

# Signing in.

net-sign-in-factors: assets ## passkeys, codes, printed codes and passwords, in Chromium
	ROUNDS=$(or $(ROUNDS),5) $(NET) -run 'TestNetSignInFactors' ./internal/app

net-sign-in-provider: ## ROUNDS of visits with a real directory, honest ones and attacks; outages
	ROUNDS=$(or $(ROUNDS),25) $(NET) -run 'ACC30_(Net|Twins)' ./internal/account/provider

net-sign-in-same-answer: ## the bytes and the times of ROUNDS answers of each kind, on a machine that does nothing else
	ROUNDS=$(or $(ROUNDS),2000) $(NET) -run ACC38 ./internal/account

net-sign-in-storm: ## five hundred sign in with passwords while others go on working
	PEOPLE=$(or $(PEOPLE),500) $(NET) -run 'TestStorm' ./internal/proof/storm

net-session: ## old secrets open nothing, and what was typed when a session ended comes back
	ROUNDS=$(or $(ROUNDS),200) $(NET) -run 'TestNetSession' ./internal/account/prove

net-guessing: ## ROUNDS guesses from everywhere, while the owners come in
	ROUNDS=$(or $(ROUNDS),10000) $(NET) -run 'ACC37_(Net|Twins)' ./internal/account/tries

# Nothing lost.

net-kill: ## the program and the PostgreSQL server killed at random: ROUNDS on SQLite, a fifth on PostgreSQL, and of the server
	ROUNDS=$(or $(ROUNDS),1000) $(NET) -run DUR1 ./internal/proof/kill

net-power-cut: ## the power fails ROUNDS times, on SQLite and on PostgreSQL (as root)
	ROUNDS=$(or $(ROUNDS),200) $(NET) ./internal/proof/powercut

net-faults: ## disks that are full or hang, a database that is locked, away or hangs, a mail server that hangs: ROUNDS of each (as root)
	ROUNDS=$(or $(ROUNDS),50) $(NET) ./internal/proof/faults

net-mail: ## ROUNDS letters through an hour in which the mail server fails in every way
	ROUNDS=$(or $(ROUNDS),1000) $(POSTGRES) env $(NET) -run DUR8 ./internal/platform/mail

net-settings: ## each setting that durability rests on is taken away in turn, and each look at it
	$(POSTGRES) env $(NET) -run NetSettings ./internal/platform/db

net-backup: ## backups under load, each restored to exactly one committed state
	ROUNDS=$(or $(ROUNDS),50) $(POSTGRES) env $(NET) -run 'TestDrill$$' ./internal/proof/backups

net-restore-kill: ## restores that are killed leave the old database or the new one
	ROUNDS=$(or $(ROUNDS),100) $(POSTGRES) env $(NET) -run 'TestRestoreKilled$$' ./internal/proof/backups

net-backup-leak: ## a backup tells nothing without the key, and leaves nothing behind
	ROUNDS=$(or $(ROUNDS),20) $(NET) -run 'TestBAK12_NothingInPlainText$$' ./internal/proof/backups

net-ship: ## the log shipped to a folder and to a store (S3), and everything killed
	ROUNDS=$(or $(ROUNDS),20) $(NET) -tags s3 -run 'TestShip$$|TestShipToStore$$' ./internal/proof/backups

net-move: ## moving between the engines loses nothing and changes nothing
	ROUNDS=1 $(POSTGRES) env $(NET) -run 'TestMove$$' ./internal/proof/backups

# Nothing altered in silence.

net-audit: ## whatever is altered in the audit trail is found: twelve attacks at POSITIONS (1000) lines, on both engines
	POSITIONS=$(or $(POSITIONS),1000) $(POSTGRES) env $(NET) -run 'TestAUD5|TestAttackTwins' ./internal/platform/audit

net-audit-speed: ## the audit trail is checked against the clock: LINES (1000000) of it, on both engines
	LINES=$(or $(LINES),1000000) $(POSTGRES) env $(NET) -run 'TestVerifySpeed' ./internal/platform/audit

net-audit-reading: ## looking at a record leaves a line, and costs little: ROUNDS (20) seconds for each way of noting
	ROUNDS=$(or $(ROUNDS),20) $(POSTGRES) env $(NET) -run 'TestReading' ./internal/app

# Hostile input and the browser.

net-headers: ## hostile input: the headers of every answer of every route
	$(NET) -run '^TestNetHeaders$$' ./internal/app

net-reading: ## hostile input: no GET changes data, of any address, as anybody
	$(NET) -run '^TestNetReading$$' ./internal/app

net-forms: ## hostile input: forged forms are refused, and a form has its effect once (REPEATS=1000)
	REPEATS=$(or $(REPEATS),1000) $(NET) -run '^TestNetForms$$' ./internal/app

net-scripts: ## hostile input: canaries in every field, and every page that shows them in a browser
	$(NET) -run '^TestNetScripts$$' ./internal/app

net-formulas: office ## hostile input: exports opened and recalculated in LibreOffice
	$(NET) -run '^TestNetFormulas$$' ./internal/app

.PHONY: office
office: ## install LibreOffice for make net-formulas, or say what to install (400 MB)
	@command -v soffice >/dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc; \
	else \
		echo "make net-formulas needs LibreOffice. On Debian: sudo apt-get install --no-install-recommends libreoffice-calc"; \
		exit 1; \
	fi

net-uploads: ## hostile input: a corpus of hostile files, eight at once, beside somebody who reads pages
	$(NET) -run '^TestNetUploads$$' ./internal/proof/uploads

net-fuzz: ## hostile input: every fuzz target for FUZZTIME (30s)
	FUZZTIME=$(or $(FUZZTIME),30s) $(NET) -run '^TestNetFuzz$$' ./internal/proof/fuzzing

# For everybody.

net-accessibility: ## for everybody: every page in every state, in a browser, with axe and by keyboard (PAGES=^/my)
	PAGES='$(PAGES)' $(NET) -run '^TestNetAccessibility$$' ./internal/app

# Running it.

net-restart: ## restarted ROUNDS times while people work, and nobody notices
	ROUNDS=$(or $(ROUNDS),20) $(POSTGRES) env $(NET) ./internal/proof/restart

net-upgrade: ## releases beside each other, kept databases, migrations killed ROUNDS times
	ROUNDS=$(or $(ROUNDS),100) $(POSTGRES) env $(NET) ./internal/proof/upgrade

net-nodes: ## two programs on one PostgreSQL: requests in turn, JOBS jobs once, nodes killed
	JOBS=$(or $(JOBS),1000) $(POSTGRES) env $(NET) ./internal/proof/nodes

net-metrics-leak: ## what logs, metrics and traces tell during a walk: nobody's name
	WHOLE=yes $(POSTGRES) env $(NET) ./internal/proof/leak

net-reproducible: ## two builds in two folders with two empty caches, compared to the bit
	WHOLE=yes $(NET) ./internal/proof/reproducible
