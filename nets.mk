# The safety nets, one target each: `make nets` lists them. Each keeps what it
# saw in docs/tested, from which `make tested` writes docs/how-it-is-tested.md.

NET = ASYE_PROOF=$(CURDIR)/docs/tested go test -count=1 -timeout 4h -v

nets: ## list the safety nets: what each is a test of, and how to run it
	@grep -hE '^net-[a-z0-9-]+:.*## ' nets.mk | awk -F ':.*## ' '{ printf "make %-22s %s\n", $$1, $$2 }'

tested: ## write docs/how-it-is-tested.md from what the nets last saw
	@go run ./internal/tools/tested

net-erasure: ## whoever is erased is gone from every table and every byte
	ROUNDS=$(or $(ROUNDS),50) $(NET) -run 'TestErasure' ./internal/app
