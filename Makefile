# stealbench. "make" lists the targets.

# The recording that paper, README and figures are made from, and the one that
# compare and plots take. Figures of another one go to a folder of its own.
PAPER_RECORDING := $(shell sed -n 's/^<!-- recording=\(.*\) -->$$/\1/p' paper.md | head -n 1)
RECORDING ?= $(PAPER_RECORDING)
# Not into plots/figures: the paper's are of many recordings, and make paper draws them.
FIGURES := bin/figures/$(notdir $(RECORDING:/=))
# What make bench passes on, for instance: make bench ARGS='--workloads fib --workers 1,2,4'
ARGS ?=

STEALBENCH := bin/stealbench
COLUMNS := /impl@(chaselev twin nometrics batchless singlewriter adjacent sharedline mutexqueue splitdeque mutexbatchless)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# What a recording says of its binary. Go's own stamp calls a tree modified for a new
# folder of results, and is off where there is no checkout.
COMMIT = $(shell git rev-parse --short=12 HEAD 2>/dev/null)
DIRTY = $(if $(COMMIT),$(if $(shell git status --porcelain -- '*.go' go.mod go.sum),yes,no))
BUILD = go build -buildvcs=false -ldflags '-X stealbench/harness.commit=$(COMMIT) -X stealbench/harness.dirty=$(DIRTY)'

.PHONY: build
build: ## build bin/stealbench
	@$(BUILD) -o $(STEALBENCH) ./cmd/stealbench

.PHONY: bench
bench: build ## measure all variants side by side into results/<date>-<host>, about 5 minutes
	@$(STEALBENCH) run $(ARGS)

# The commit to compare with, and what make gate passes on to stealbench gate.
BASE ?= HEAD
GATE ?=

.PHONY: gate
gate: ## is the base of this tree slower than that of commit BASE? Both in the same rows; fails if so, or if it can't say; about 5 minutes
	@rm -rf bin/gate
	@overlay=$$(go run ./internal/previous $(BASE)) && env $$overlay $(BUILD) -o bin/stealbench-gate ./cmd/stealbench && \
		env $$overlay bin/stealbench-gate run --variants chaselev,previous -o bin/gate $(ARGS) && \
		bin/stealbench-gate gate previous chaselev bin/gate $(GATE)

# What a change of the base brings: make step NAME=what BASE=commit, into results/steps;
# STEP_WORKERS=1,2 for other numbers of workers than one, ARGS for other flags of run.
.PHONY: step
step: ## record the base of this tree beside that of commit BASE into results/steps/NAME; about a minute
	@test -n "$(NAME)" || { echo "make step: no NAME: give one, as in make step NAME=plain-slots BASE=HEAD~1" >&2; exit 1; }
	@overlay=$$(go run ./internal/previous $(BASE)) && env $$overlay $(BUILD) -o bin/stealbench-gate ./cmd/stealbench && \
		env $$overlay bin/stealbench-gate run --variants chaselev,previous,twin --workers $(STEP_WORKERS) --processes 8 --layouts 8 --cell-time 200ms -o results/steps/$(NAME) $(ARGS)
STEP_WORKERS ?= 1

# The experiments of the study: stealbench study lists them. ARGS are flags of run:
# make E3 ARGS='--workers 1,8 --budget 5m'
EXPERIMENTS := E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11 E12

.PHONY: $(EXPERIMENTS)
$(EXPERIMENTS): build
	@$(STEALBENCH) study $@ -- $(ARGS)

.PHONY: study
study: build ## list the experiments: make E1 records the first into results/<date>-<host>-E1
	@$(STEALBENCH) study

.PHONY: reproduce
reproduce: build ## rerun the part of each experiment that claims of the paper rest on, and say of each whether this machine agrees; about 5 minutes
	@$(STEALBENCH) reproduce

.PHONY: artifact-check
artifact-check: build ## verify recordings, figures, tables and claims against each other
	@$(STEALBENCH) artifact-check

# Variants that count with libraries are in a module of their own. In a workspace with it,
# and with their constructors laid over harness, the command has them; layouts, which the
# command builds, need both too.
LIBS := env "GOWORK=$(CURDIR)/libs/go.work" GOFLAGS=-overlay=libs/overlay.json

.PHONY: libs
libs: ## build bin/stealbench-libs, which has the variants that count with xsync and with Prometheus; see libs/doc.go
	@$(LIBS) $(BUILD) -o bin/stealbench-libs ./cmd/stealbench

.PHONY: libs-test
libs-test: ## vet, staticcheck and tests of these variants, and the command with them, about 2 minutes
	go build -o bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	cd libs && go vet ./... && ../bin/staticcheck ./... && go test ./...
	$(LIBS) go vet ./harness

.PHONY: counters
counters: libs ## measure counters of libraries beside the study's own, on fork-join and on yields, about 2 minutes
	@$(LIBS) bin/stealbench-libs run --variants chaselev,twin,nometrics,batchless,sharedline,xsynccounter,promcounter --workloads fib,skynet,yield_many --workers 1,2 $(ARGS)

.PHONY: aa
aa: build ## compare the base with its copy 200 times: false positives, into results/calibration, 5 to 10 minutes
	@$(STEALBENCH) aa $(ARGS)

.PHONY: power
power: build ## inject 0 to 2 % of work: what is found, beside benchstat, into results/calibration, about 25 minutes
	@$(STEALBENCH) power $(ARGS)

.PHONY: counts
counts: build ## count locked instructions, atomic stores and adds a task, exactly, into results/<date>-<host>-counts, about 5 minutes; needs valgrind
	@$(STEALBENCH) counts --record $(ARGS)

.PHONY: counts-part
counts-part: ## of counts what CI runs: a few, against the committed ones; says why if it can't
	go test -count=1 -run TestCommittedCounts -v ./internal/counts

.PHONY: test
test: ## vet, staticcheck, all tests, and the schedulers' with small queues, few metrics and the race detector
	go vet ./...
	go tool staticcheck ./...
	go test ./...
	go test -short -tags smallqueue,invariants ./impls/chaselev ./impls/mutexqueue ./impls/splitdeque
	go test -short -tags stable ./impls/chaselev ./impls/batchless ./impls/nometrics
	go test -short -tags nodump ./impls/chaselev ./impls/nometrics
	go test -short -tags noclock ./impls/chaselev
	go test -tags countclock -run ClockReads ./impls/chaselev ./impls/batchless
	go test -race -short ./impls/... ./harness/...

.PHONY: platforms
platforms: ## the schedulers' tests on amd64, 386, wasm, riscv64, s390x and arm64, about 10 minutes; PLATFORMS="386 s390x" runs these
	@go run ./internal/platforms $(PLATFORMS)

.PHONY: platforms-part
platforms-part: ## of platforms what CI runs: 386, with vet and staticcheck, and three schedulers on wasm, about 2 minutes
	@go run ./internal/platforms -part

# gremlins takes whole packages: of internal/sched all files but one are left out.
GREMLINS := go run github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0 unleash
NOT_HISTOGRAM := $(filter-out histogram.go,$(notdir $(wildcard internal/sched/*.go)))

.PHONY: gremlins
gremlins: ## mutants of internal/stat and of the histogram, by .gremlins.yaml: at least 90 % must be killed; about 8 minutes
	@mkdir -p bin
	$(GREMLINS) -o bin/gremlins-stat.json ./internal/stat
	$(GREMLINS) -o bin/gremlins-histogram.json ./internal/sched $(NOT_HISTOGRAM:%=--exclude-files '%')
	@! grep -l 'TIMED OUT' bin/gremlins-*.json || { echo "make gremlins: mutants that time out are neither killed nor alive: use a host that is less busy" >&2; exit 1; }

.PHONY: models
models: ## check the models of deque, parking and dump in all their states; needs spin and gcc
	@go run ./models

.PHONY: models-part
models-part: ## the short run of models: seeded faults and the smaller configurations
	@go run ./models -part

.PHONY: race
race: ## all tests under the race detector
	go test -race ./...

.PHONY: stress
stress: ## the schedulers' tests with several GOMAXPROCS, many times over
	go test -timeout 60m -count=5 -cpu=1,2,4,8 ./impls/...

# Packages one after the other: each says what it has seen when it is done.
EXPLORED := ./impls ./impls/chaselev ./impls/mutexqueue ./impls/splitdeque ./impls/batchless ./impls/sharedline ./impls/nometrics

.PHONY: explore
explore: ## the schedulers under all schedules of up to 3 preemptions (some 2, or 1), and random ones, about 30 minutes
	go test -tags explore -timeout 60m -run 'Explore|BatchedEquals' -v $(EXPLORED) ./impls/twin

.PHONY: explore-part
explore-part: ## the part of it that takes a minute or two
	go test -tags explore -short -run 'Explore|BatchedEquals' $(EXPLORED)

# How long a check may take to find a seeded bug: a busy host needs more than 10 s.
FAULT_LIMIT ?= 10s

.PHONY: faults
faults: ## seed each bug of the catalogue: two kinds of checks must find it, about 3 minutes
	@go run ./faults -limit $(FAULT_LIMIT)

.PHONY: mutants
mutants: ## small changes of the concurrent code, made by rule: tests must kill each, about an hour
	@go run ./faults -mutants

# Executions per fuzz target, or a time such as 30s.
FUZZTIME ?= 1000000x
FUZZ := ./impls/chaselev:FuzzQueue ./impls/mutexqueue:FuzzQueue ./impls/splitdeque:FuzzQueue ./impls/splitdeque:FuzzPrivate ./impls/chaselev:FuzzInject ./internal/sched:FuzzBuckets \
	./internal/recording:FuzzRead ./internal/recording:FuzzInterrupted ./internal/recording:FuzzNames ./cmd/stealbench:FuzzArguments ./internal/soak:FuzzState

.PHONY: fuzz
fuzz: ## fuzz the queues, histograms, recordings, names, flags and the state of a soak, FUZZTIME each
	@for f in $(FUZZ); do echo "$$f"; \
		go test -run '^$$' -fuzz "^$${f#*:}$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x "$${f%:*}" || exit 1; done

# One test binary a variant. What soak has done is kept beside it: after an
# interruption the same command goes on. Another build refuses to: make clean first.
SOAK_TASKS ?= 1000000000
SOAK := -test.run '^TestSoak$$' -test.timeout 0

.PHONY: soak
soak: ## SOAK_TASKS tasks a variant and what goes with them, a billion by default
	@go test -c -o bin/soak/ ./impls/*/
	@for b in bin/soak/*.test; do $$b $(SOAK) -soak.tasks $(SOAK_TASKS) -soak.state $${b%.test}.state -soak.times || exit; done

# Of the others only the kind of counter differs from one of these.
SOAKED := ./impls/chaselev ./impls/mutexqueue ./impls/splitdeque ./impls/sharedline ./impls/nometrics

.PHONY: soak-part
soak-part: ## the share of CI: 20 million tasks of each variant with code of its own, no time asserted
	@go test -c -o bin/soak-part/ $(SOAKED)
	@for b in bin/soak-part/*.test; do $$b $(SOAK) -soak.tasks 20000000 || exit; done

.PHONY: soak-race
soak-race: ## 5 million tasks of each of these under the race detector
	@go test -race -c -o bin/soak-race/ $(SOAKED)
	@for b in bin/soak-race/*.test; do $$b $(SOAK) -soak.tasks 5000000 || exit; done

.PHONY: slurm-test
slurm-test: build ## a run in 4 shards on a Slurm of one node; needs root, slurm-wlm and munge; about 2 minutes
	@contrib/slurm/one-node-test.sh

# What the base of a commit spends its time on: make step-profile NAME=what BASE=commit.
PROFILED := fib skynet yield_many spawn_many_outside

.PHONY: step-profile
step-profile: ## profile the base of commit BASE by pprof, into results/steps/profiles/NAME-WORKLOAD.txt; seconds
	@test -n "$(NAME)" || { echo "make step-profile: no NAME: give one, as in make step-profile NAME=plain-slots BASE=d7625a0" >&2; exit 1; }
	@overlay=$$(go run ./internal/previous $(BASE)) && env $$overlay go test -vet=off -c -o bin/profile.test ./harness && for w in $(PROFILED); do \
		(cd harness && STEALBENCH_BENCH="{\"Variant\":\"previous\",\"Workload\":\"$$w\",\"Size\":\"default\",\"Workers\":1}" \
			../bin/profile.test -test.run '^$$' -test.bench Sequential -test.cpuprofile ../bin/profile.out >/dev/null) && \
		{ echo "# $(NAME): the base as of $$(git rev-parse --short=12 $(BASE)), $$w, 1 worker: make step-profile"; go tool pprof -top -nodecount=20 bin/profile.test bin/profile.out 2>/dev/null | \
			grep -v '^File:\|^Build ID:'; } > results/steps/profiles/$(NAME)-$$w.txt || exit; done

# All lanes of a comparison with competitors, of the native ones those that are built: make peers-native names the others.
PEERS_GO := goroutines,errgroup,conc,ants,ants_unbounded,pond,pond_unbounded,workerpool,gopool,channel,mutexring,sketch,sequential
PEERS_NATIVE := $$(for p in tokio rayon tbb; do ! test -x bin/peers/$$p || printf ,%s $$p; done)

.PHONY: compete
compete: build peers ## measure the base and splitdeque beside all competitors, in the same rows, about 20 minutes
	@$(MAKE) peers-native || echo "make compete: goes on without those" >&2
	@$(STEALBENCH) run --variants chaselev,twin,nometrics,splitdeque,$(PEERS_GO)$(PEERS_NATIVE) --workloads $(COMPETE) --cell-time 1500ms --slot-time 200us $(ARGS)

.PHONY: compete-large
compete-large: build peers ## the base beside the fastest of them at large sizes, then its speed-up on large trees, about 15 minutes
	@$(MAKE) peers-native || echo "make compete-large: goes on without those" >&2
	@$(STEALBENCH) run --variants chaselev,twin,goroutines,mutexring,sketch,sequential$(PEERS_NATIVE) --workloads $(COMPETE_LARGE) --size large --processes 8 --layouts 8 $(ARGS)
	@$(STEALBENCH) run --variants chaselev,twin --workloads uts_t1,uts_t3,uts_t5 --size large --processes 8 --layouts 8 $(ARGS)

# The workloads that competitors have; the harness alone, and long tasks, tell nothing of them.
COMPETE_LARGE := fib,skynet,nqueens,matmul,yield_many,ping_pong,chained_spawn,spawn_many_outside,spawn_many_inside,spawn_many_remote_idle,spawn_many_remote_busy
COMPETE := $(COMPETE_LARGE),uts_t1,uts_t3,uts_t5

.PHONY: peers
peers: ## build the Go competitors into bin/peers/go; see peers/README.md
	cd peers && go build -buildvcs=false -o ../bin/peers/go .

.PHONY: peers-test
peers-test: ## vet, staticcheck and tests of the Go competitors, about a minute
	go build -o bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	cd peers && go vet ./... && ../bin/staticcheck ./... && go test . # native/check is peers-native-test

.PHONY: kubernetes-test
kubernetes-test: ## check the manifest of a run on Kubernetes by schema
	cd contrib/kubernetes && go vet ./... && go test ./...

.PHONY: kill-test
kill-test: ## kill -9, full disks and interruptions at every step of a sweep of 40 cells, and at 500 random moments: --resume must mend all
	go test -timeout 60m -v -run 'TestKill|TestDiskErrors|TestInterrupted|TestTooFewFiles|TestFullDisk|TestResumeAtEveryByte' ./internal/recording -full

.PHONY: peers-native
peers-native: ## build the peers in Rust and C++ into bin/peers; says what they lack: tokio, rayon and oneTBB
	@peers/native/build.sh

.PHONY: peers-native-test
peers-native-test: ## the answers of these peers with 1, 2 and 4 workers; fails if one is not built
	cd peers && go test -count=1 ./native/check -required

.PHONY: generate
generate: ## stamp the variants from the base
	go generate ./impls

# benchstat is only given what our own reader accepts, and not all memory: one
# NaN would take that (golang/go#77987).
.PHONY: compare
compare: build ## compare the variants of RECORDING with benchstat, ns per task
	@$(STEALBENCH) compare --check "$(RECORDING)"
	ulimit -v 8000000; go tool benchstat -filter '.unit:ns/task' -col '$(COLUMNS)' -row '.name,/workers' $(RECORDING)/*.txt

.PHONY: model
model: build ## predict from RECORDING what the shared line costs and batching saves, beside what was measured
	@$(STEALBENCH) model "$(RECORDING)" $(ARGS)

.PHONY: plots
plots: build ## draw the figures of RECORDING into bin/figures
	@$(STEALBENCH) plot "$(RECORDING)" -o $(FIGURES)

.PHONY: paper
paper: build ## rewrite the numbers, tables and figures of paper.md and README.md from their recordings
	@$(STEALBENCH) paper

.PHONY: report
report: build ## write the study as one HTML page into bin/report.html: claims, figures, and a picker over the recordings that paper.md cites
	@$(STEALBENCH) report

.PHONY: report-test
report-test: report ## open that page in headless Chromium: sorting, picking, widths, no request; pictures of it into bin
	go build -o bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	cd internal/report/browser && go vet ./... && ../../../bin/staticcheck ./... && go test -count=1 .

.PHONY: doctor
doctor: build ## say what this host can answer
	@$(STEALBENCH) doctor

.PHONY: clean
clean: ## remove what make builds
	rm -rf bin
