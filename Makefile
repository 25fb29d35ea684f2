# Each target with a comment after ## is listed by `make`.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)

# The same settings for every call of go, so that they share one build cache.
# The version is given by hand, so that a build needs no .git folder.
export CGO_ENABLED = 0
export GOFLAGS = -buildvcs=false

# Runs a command with a private PostgreSQL server, started and removed again.
POSTGRES = go run ./internal/tools/postgres

# How often make bench asks for each page.
REQUESTS ?= 500

include nets.mk

.DEFAULT_GOAL := help
# Every net is a target that is no file.
NETS := $(shell sed -n 's/^\(net-[a-z0-9-]*\):.*/\1/p' nets.mk)
.PHONY: nets tested $(NETS)
.PHONY: help setup assets build s3 demo run quick test check generate race long golden gallery migration fixture bench bench-stats rules clean

help:
	@grep -hE '^[a-z0-9-]+:.*## ' Makefile nets.mk | awk -F ':.*## ' '{ printf "make %-10s %s\n", $$1, $$2 }'

setup: assets ## install what the tests need: Go modules, npm packages, PostgreSQL, Chromium
	@go mod download
	@missing=; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	for name in headless_shell chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && found=$$name; \
	done; \
	test -n "$$found" || missing="$$missing chromium"; \
	test -z "$$missing" && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; \
	else \
		echo "The tests need these packages, which are not installed:$$missing"; \
		echo "Install them, then run this again. On Debian: sudo apt-get install$$missing"; \
		exit 1; \
	fi

# Styles and scripts. Without npm it says so, and pages are plain.
assets:
	@go run ./internal/tools/assets

build: assets ## build bin/asye
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/asye ./cmd/asye

s3: assets ## build bin/asye with shipping to S3 in it, which makes it a third larger
	go build -trimpath -tags s3 -ldflags '-s -w -X main.version=$(VERSION)' -o bin/asye ./cmd/asye

demo: build ## run the example service, with a sign-in link for each person in it
	./bin/asye demo

run: build ## run the real thing on ./asye.db
	./bin/asye serve --database asye.db

quick: ## while you work: SQLite only, no browser
	@ASYE_TEST_POSTGRES= go test -short ./...

test: setup ## all tests, on SQLite and on PostgreSQL, with the browser journeys
	$(POSTGRES) go test -timeout 20m ./...

check: setup generate ## what a reviewer runs: format, vet, templates, all tests, races, rules
	@unformatted=$$(gofmt -l cmd internal); test -z "$$unformatted" || { echo "Run gofmt on:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go vet -tags s3 ./internal/platform/shipping ./internal/proof/backups
	go test -tags s3 ./internal/platform/shipping
	@mkdir -p bin
	$(POSTGRES) go test -coverprofile=bin/cover -coverpkg=$$(find internal -name '*_templ.go' -exec dirname ./{} \; | sort -u | paste -sd,) ./...
	go run ./internal/tools/uncovered bin/cover
	$(MAKE) --no-print-directory race rules

# Generated templates must be the ones their sources give. Folder by folder: the
# generator writes paths as seen from where it starts.
generate:
	@before=$$(find internal -name '*_templ.go' | sort | xargs cat | cksum); \
	for folder in $$(find internal -name '*.templ' -exec dirname {} \; | sort -u); do \
		said=$$(go tool templ generate -path $$folder 2>&1) || { echo "$$said"; exit 1; }; \
	done; \
	after=$$(find internal -name '*_templ.go' | sort | xargs cat | cksum); \
	test "$$before" = "$$after" || { echo "The generated templates were out of date and are right now: look at git diff, and commit them."; exit 1; }

race:
	@command -v cc >/dev/null || { echo "The race detector needs a C compiler. On Debian: sudo apt-get install gcc libc6-dev"; exit 1; }
	CGO_ENABLED=1 go test -race ./internal/platform/...

long: ## hours: every net at its full length, on a machine that does nothing else (as root)
	@found=; for net in $(NETS); do $(MAKE) --no-print-directory $$net || found="$$found $$net"; done; \
	$(MAKE) --no-print-directory tested; \
	test -z "$$found" || { echo "Not as promised:$$found"; exit 1; }

golden: ## rewrite the golden files, and show what changed
	$(POSTGRES) go test $$(grep -rlE --include='*_test.go' '"example.org/asye/internal/platform/golden"' internal | xargs -n1 dirname | sort -u | sed 's#^#./#') -update
	@git --no-pager diff --stat -- '*.golden' docs/registration-columns.md

gallery: assets ## every component and every page in every state, at http://127.0.0.1:8081/
	@ASYE_GALLERY=$(CURDIR)/bin/gallery go test -count=1 -run '^TestGallery$$' ./internal/app
	@go run ./internal/tools/gallery $(CURDIR)/bin/gallery

migration: ## make an empty migration: make migration name=registration/add_team
	@go run ./internal/tools/migration $(name)

fixture: ## keep a database of this release for the tests: make fixture name=1.4
	@test -n "$(name)" || { echo "Give the number of the release: make fixture name=1.4"; exit 2; }
	KEEP=$(name) $(POSTGRES) go test -count=1 -run TestKeepRelease -v ./internal/proof/upgrade

bench: build ## time uploads, pages against 60,000 registrations, the start, and the funder’s workbook, on both engines
	@ls -l bin/asye | awk '{ printf "bin/asye is %.1f MB\n", $$5 / 1048576 }'
	go test -run '^$$' -bench Start -benchtime 5x ./internal/app
	go test -run '^$$' -bench Entitlements -benchtime 5x ./internal/grant
	go test -run '^$$' -bench Workbook -benchtime 10x ./internal/grant/claim
	$(POSTGRES) go test -run '^$$' -bench 10000 -benchtime 1x -timeout 30m ./internal/registration/upload
	$(POSTGRES) go test -run '^$$' -bench 'Funding/.*/(statement|its)' -benchtime $(REQUESTS)x -timeout 30m ./internal/grant/funder
	$(POSTGRES) go test -run '^$$' -bench 'Funding/.*/(to_do|report)' -benchtime 20x -timeout 30m ./internal/grant/funder
	$(POSTGRES) go test -run '^$$' -bench Pages -benchtime $(REQUESTS)x -timeout 60m ./internal/app

bench-stats: build ## time our statistics beside R and pandas, where they are installed: SIZES="1000000 10000000"
	go run ./internal/tools/benchstats bin/asye $(or $(SIZES),1000000 10000000)

rules: ## rules with no test, and tests with no rule
	@go run ./internal/tools/rules

clean: ## remove what was built; node_modules stays
	rm -rf bin
	find internal/platform/ui/dist -type f ! -name .keep -delete
