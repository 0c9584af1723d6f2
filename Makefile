# Run "make" for the list of what can be made.

GO       ?= go
PKG      ?= ./...
FUZZTIME ?= 30s
TIMEOUT  ?= 30m
ALEMBIC  ?= alembic
TOOL     := $(GO) tool -modfile=tools/go.mod

.DEFAULT_GOAL := help
.PHONY: help demo test test-long test-tidb test-short test-race test-otel test-adopt fuzz bench exactness cover lint fmt verify generate vuln build servers servers-stop clean

demo: ## the main job on SQLite, from an empty folder
	@scripts/demo

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

test: servers ## every test, on every server (installs the servers that are missing, if it may)
	$(GO) test -timeout $(TIMEOUT) $(PKG)
	@[ "$(PKG)" != "./..." ] || GO="$(GO)" scripts/test-modules

test-long: servers ## random schemas, 500 draws of each property on each server, and the tests that do more with GOMIG_TEST_LONG=1
	GOMIG_TEST_LONG=1 $(GO) test -timeout 120m -run 'TestServers|TestEverydayChanges' ./autogen
	GOMIG_TEST_LONG=1 $(GO) test -timeout 60m -run Processes ./env

test-tidb: ## what runs on TiDB, which it compiles first: a quarter of an hour, once
	@scripts/get-tidb >/dev/null
	GOMIG_TEST_ON=tidb GOMIG_TEST_REQUIRE=tidb $(GO) test -timeout 60m -run '/tidb' ./internal/testdb ./op ./env ./migratetest ./cmd/gomig .
	GOMIG_TEST_ON=tidb GOMIG_TEST_REQUIRE=tidb $(GO) test -timeout 60m -run 'TestTiDB$$|TestServers|TestCatalogue$$|TestTwins|TestRenamesOnServers|TestEverydayChanges' ./autogen

test-short: ## the tests that need no server
	$(GO) test -short -timeout $(TIMEOUT) $(PKG)

test-race: servers ## every test under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race -timeout $(TIMEOUT) $(PKG)

test-otel: ## the tests of otelgomig, which is a module of its own
	cd otelgomig && $(GO) test -mod=mod ./...

test-adopt: servers ## import held against goose and golang-migrate, on every server (two minutes; a module of its own)
	cd bench && $(GO) test -mod=mod -timeout $(TIMEOUT) ./adopt

fuzz: ## every fuzz target for FUZZTIME (30s) each
	@set -e; for pkg in $$($(GO) list $(PKG)); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg; \
		done; \
	done

bench: servers ## the figures of the README, as ratios taken in one run
	cd bench && $(GO) run . $(BENCHFLAGS)

exactness: servers ## the tables of docs/exactness.md, beside Alembic (ALEMBIC=program) and Atlas
	cd bench && $(GO) run ./exactness -alembic "$(ALEMBIC)" -docs ../docs/exactness.md

cover: servers ## coverage of the tests, as cover.html
	$(GO) test -timeout $(TIMEOUT) -coverpkg=./... -coverprofile=cover.out $(PKG)
	$(GO) tool cover -html=cover.out -o cover.html
	$(GO) tool cover -func=cover.out | tail -n 1

lint: ## what the linters say (the first run builds them, which takes minutes)
	@GO="$(GO)" scripts/lint

fmt: ## format the code as the linters want it
	$(TOOL) golangci-lint fmt

verify: generate ## fail if generated files, go.mod or the format are not up to date
	$(GO) mod tidy
	for dir in tools otelgomig gormschema internal/ormtest examples/orm bench bench/sqldef; do (cd $$dir && $(GO) mod tidy) || exit 1; done
	$(TOOL) gofumpt -l -w $$(git ls-files -- '*.go' ':!*/testdata/*')
	git diff --exit-code

generate: ## run the generators
	$(GO) generate ./...

vuln: ## known vulnerabilities in what gomig uses
	$(TOOL) govulncheck ./...

build: ## bin/gomig, static
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/gomig ./cmd/gomig

servers: ## install the test servers that are missing, if it may
	@scripts/install-servers

servers-stop: ## end the shared test servers now instead of some minutes after their last use
	@scripts/stop-servers

clean: servers-stop ## remove what was built and the test servers' initial data
	rm -rf bin dist cover.out cover.html bench/out "$${XDG_CACHE_HOME:-$$HOME/.cache}/gomig-testdb"
