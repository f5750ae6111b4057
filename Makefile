# stealbench. "make" lists the targets.

# The recording that paper, README and figures are made from.
RECORDING ?= $(shell sed -n 's/^<!-- recording=\(.*\) -->$$/\1/p' paper.md | head -n 1)
# What make bench passes on, for instance: make bench ARGS='--workloads fib --workers 1,2,4'
ARGS ?=

STEALBENCH := bin/stealbench
COLUMNS := /impl@(chaselev twin nometrics batchless mutexqueue sharedline)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: build
build: ## build bin/stealbench
	@go build -o $(STEALBENCH) ./cmd/stealbench

.PHONY: bench
bench: build ## measure all variants side by side into results/<date>-<host>, about 5 minutes
	@$(STEALBENCH) run $(ARGS)

.PHONY: test
test: ## vet, staticcheck, all tests, and the schedulers' tests under the race detector
	go vet ./...
	go tool staticcheck ./...
	go test ./...
	go test -race -short ./impls/... ./harness/...

.PHONY: race
race: ## all tests under the race detector
	go test -race ./...

.PHONY: stress
stress: ## the schedulers' tests with several GOMAXPROCS, many times over
	go test -count=5 -cpu=1,2,4,8 ./impls/...

.PHONY: generate
generate: ## stamp the variants from the base
	go generate ./impls

.PHONY: compare
compare: ## compare the variants of RECORDING with benchstat, ns per task
	@test -d "$(RECORDING)" || { echo "RECORDING=$(RECORDING): no such folder: name one of results/" >&2; exit 2; }
	go tool benchstat -filter '.unit:ns/task' -col '$(COLUMNS)' -row '.name,/workers' $(RECORDING)/*.txt

.PHONY: plots
plots: build ## draw plots/figures from RECORDING
	@$(STEALBENCH) plot $(RECORDING)

.PHONY: paper
paper: build ## rewrite the numbers and tables of paper.md and README.md from their recordings
	@$(STEALBENCH) paper

.PHONY: doctor
doctor: build ## say what this host can answer
	@$(STEALBENCH) doctor

.PHONY: clean
clean: ## remove what make builds
	rm -rf bin
