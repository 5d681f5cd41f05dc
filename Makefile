# make run   builds everything and serves a demo office on http://127.0.0.1:8080
# make test  installs what the tests need and runs them all
# The other targets are below; `make help` lists them.

export CGO_ENABLED = 0
GO   ?= go
ADDR ?= 127.0.0.1:8080
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GOSRC := $(shell find cmd internal notice calendar code element table expr draw -name '*.go' -not -name '*_test.go') \
         $(shell find internal notice calendar code element table expr draw -name '*.sql' -o -name '*.txt' -o -name '*.tsv' -o -name '*.json' -o -name '*.html' | grep -v webui/dist) go.mod go.sum
WEBSRC := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -not -name openapi.json -not -name schema.d.ts -print)

.PHONY: help run demo test test-go test-web e2e lint fmt fuzz cel-campaign bench accuracy web build release clean

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

run: build ## serve the demo office
	./bin/gewu serve --demo --addr $(ADDR) --db data/demo.db --data data/demo

build: bin/gewu ## build the program with the browser application in it

bin/gewu: $(GOSRC) internal/webui/dist/index.html
	$(GO) build -trimpath -ldflags "-s -w -X main.buildVersion=$(VERSION)" -o $@ ./cmd/gewu

web: internal/webui/dist/index.html ## build the browser application into the source tree

internal/webui/dist/index.html: $(WEBSRC) web/node_modules/.stamp web/openapi.json
	cd web && npm run --silent build
	rm -rf internal/webui/dist/assets && cp -r web/dist/. internal/webui/dist/
	@touch $@

# The client of the browser application is generated from what the API says of
# itself.
web/openapi.json: $(GOSRC)
	$(GO) run ./cmd/gewu openapi > $@.new
	@cmp -s $@ $@.new && rm $@.new && touch $@ || mv $@.new $@

# Only when the lock file changes, so that a second run needs no network.
web/node_modules/.stamp: web/package-lock.json web/package.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

test: ## install what the tests need and run them all
	./scripts/test

test-go: ## Go tests alone; PostgreSQL too where GEWU_TEST_POSTGRES is set
	$(GO) vet ./...
	$(GO) test ./...

test-web: web/node_modules/.stamp web/openapi.json ## type check, lint and unit tests of the browser application
	cd web && npm run --silent check && npm run --silent lint && npm test --silent

e2e: build ## end-to-end tests in Chromium
	cd web && GEWU_BIN=$(CURDIR)/bin/gewu npm run --silent e2e

lint: web/node_modules/.stamp web/openapi.json ## vet, format check and lint
	$(GO) vet ./...
	@test -z "$$(gofmt -l cmd internal notice calendar code element table expr draw bench)" || { gofmt -l cmd internal notice calendar code element table expr draw bench; echo 'run make fmt'; exit 1; }
	cd web && npm run --silent lint

fmt: web/node_modules/.stamp ## format everything
	gofmt -w cmd internal notice calendar code element table expr draw bench
	cd web && npm run --silent fmt

fuzz: ## fuzz what reads foreign bytes, FUZZTIME each (default 5m)
	./scripts/fuzz $${FUZZTIME:-5m}

cel-campaign: web/node_modules/.stamp ## hold the browser's expressions to the server's; CASES, ROUNDS, SEED
	./scripts/cel-campaign

bench: ## measure; figures go to standard output
	./scripts/bench

accuracy: ## score the parser on the documents in ../shared, where they are
	@./scripts/accuracy

release: web ## static programs for linux amd64, arm64 and windows amd64 in dist/
	@mkdir -p dist
	for t in linux/amd64 linux/arm64 windows/amd64; do \
	  GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build -trimpath -ldflags "-s -w -X main.buildVersion=$(VERSION)" \
	    -o dist/gewu-$(VERSION)-$${t%/*}-$${t#*/}$$(test $${t%/*} = windows && echo .exe) ./cmd/gewu || exit 1; done
	cd dist && sha256sum gewu-$(VERSION)-* > SHA256SUMS

clean: ## remove what was built
	rm -rf bin dist web/dist web/openapi.json web/src/api/schema.d.ts internal/webui/dist/assets internal/webui/dist/index.html
