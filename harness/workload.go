package harness

import (
	"fmt"
	"slices"

	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// Workload is one row of the table. Its task bodies are in
// impls/chaselev/workload_*.go.
type Workload struct {
	Name     string
	Run      string // name of the task bodies, if it is not Name
	Stresses string
	Unit     string  // what ns/task counts, if it is not a task
	Outside  bool    // driven by a goroutine outside the scheduler
	Gives    bool    // that goroutine gives way to the workers: it has no P of its own
	Extra    bool    // run only where it is named
	Audited  bool    // its polls count themselves, and a reader compares (audit.go)
	Load     float64 // of an open loop: arrivals over what the base can do; 0: none
	Sizes    [3]sched.Params
	// Answer is what a right run returns for p. It is computed without any
	// scheduler.
	Answer func(p sched.Params) sched.Answer
}

// Sizes names the columns of Workload.Sizes. The default is a run of 50 to
// 500 us, alone or repeated. Large is the published tree for uts, tokio's size
// for yield_many and spawn_many, and else a run of tens of ms; tokio's ping_pong
// and chained_spawn are the default.
var Sizes = []string{"small", "default", "large"}

// Workloads is the table: tokio's own multi-thread benches, fork-join trees,
// irregular trees, and the harness itself.
var Workloads = []Workload{
	{Name: "empty", Stresses: "nothing: the harness's own cost", Unit: "run",
		Sizes:  sizes(sched.Params{}, sched.Params{}, sched.Params{}),
		Answer: func(sched.Params) sched.Answer { return sched.Answer{Tasks: 1} }},
	{Name: "fib", Stresses: "spawn, join and pop of the smallest tasks",
		Sizes: nSizes(10, 17, 30), Answer: fibAnswer},
	{Name: "skynet", Stresses: "wide forks, ten a node",
		Sizes: nSizes(2, 3, 6), Answer: skynetAnswer},
	{Name: "nqueens", Stresses: "an irregular search tree",
		Sizes: nSizes(6, 8, 12), Answer: queensAnswer},
	{Name: "uts_t1", Run: "uts", Stresses: "an unbalanced tree: geometric, fixed branching (T1)",
		Sizes: treeSizes(uts.Tree{Kind: uts.Geometric, Shape: uts.Fixed, B0: 4, Seed: 19}, 3, 5, 10), Answer: utsAnswer},
	{Name: "uts_t3", Run: "uts", Stresses: "a very unbalanced tree: binomial (T3)",
		Sizes: rootSizes(uts.Tree{Kind: uts.Binomial, Seed: 42, Q: 0.124875, M: 8}, 6, 8, 2000), Answer: utsAnswer},
	{Name: "uts_t5", Run: "uts", Stresses: "an unbalanced tree: geometric, falling branching (T5)",
		Sizes: treeSizes(uts.Tree{Kind: uts.Geometric, Shape: uts.Linear, B0: 4, Seed: 34}, 5, 9, 20), Answer: utsAnswer},
	{Name: "matmul", Stresses: "larger tasks: blocks of a matrix product",
		Sizes: sizes(sched.Params{N: 16, M: 8}, sched.Params{N: 32, M: 8}, sched.Params{N: 512, M: 32}), Answer: matmulAnswer},
	{Name: "yield_many", Outside: true, Stresses: "yield and poll; the unit is a poll", Unit: "poll",
		Sizes: sizes(sched.Params{N: 10, M: 10}, sched.Params{N: 200, M: 10}, sched.Params{N: 200, M: 1000}), Answer: yieldAnswer},
	{Name: "ping_pong", Outside: true, Stresses: "wakers: pairs of tasks, two messages each",
		Sizes: nSizes(50, 1000, 100_000), Answer: pingAnswer},
	{Name: "chained_spawn", Outside: true, Stresses: "the LIFO slot: each task spawns the next",
		Sizes: nSizes(100, 1000, 100_000), Answer: countAnswer},
	{Name: "spawn_many_outside", Outside: true, Stresses: "injection queue; a shared count-down (tokio's spawn_many_local)",
		Sizes: nSizes(100, 2000, 10_000), Answer: countAnswer},
	{Name: "spawn_many_inside", Outside: true, Stresses: "local spawns and overflow; a shared count-down",
		Sizes: nSizes(100, 2000, 10_000), Answer: countAnswer},
	{Name: "spawn_many_remote_idle", Outside: true, Stresses: "injection queue; joined from outside one by one",
		Sizes: nSizes(100, 2000, 10_000), Answer: countAnswer},
	{Name: "spawn_many_remote_busy", Outside: true, Stresses: "the same while yielding tasks keep the workers busy",
		Sizes: nSizes(100, 1000, 10_000), Answer: countAnswer},
	grain(0), grain(8), grain(32), grain(128), grain(512), grain(2048), grain(8192), grain(65536),
	burst(1), burst(4), burst(16), burst(64), burst(256), burst(1024),
	{Name: "audited", Audited: true, Extra: true, Stresses: "freshness: fib whose polls count themselves, beside a reader that compares",
		Sizes: nSizes(10, 17, 30), Answer: fibAnswer},
	{Name: "audited_parks", Audited: true, Outside: true, Extra: true, Stresses: "the same with a pause after each run, in which all workers park",
		Sizes: nSizes(8, 15, 20), Answer: fibAnswer},
	open(50), open(80), open(95),
}

// grain is a row of tasks of some steps of work each: where does an effect end?
func grain(steps int) Workload {
	tasks := func(aim int) int { return min(max(aim/(steps+16), 31), 1023) } // about, of 1 ns steps
	return Workload{Name: fmt.Sprintf("grain_%d", steps), Run: "grain", Extra: true,
		Stresses: fmt.Sprintf("tasks of %d dependent multiplications each", steps),
		Sizes: sizes(sched.Params{N: 15, M: steps}, sched.Params{N: tasks(150_000), M: steps},
			sched.Params{N: tasks(10_000_000), M: steps}),
		Answer: grainAnswer}
}

// burst is a row of bursts of some tasks, between which the workers park: where does a
// submit, which a park needs, cost as much as an add per event?
func burst(tasks int) Workload {
	bursts := func(aim int) int { return max(aim/(tasks+500), 1) } // about: to park takes as long as 500 tasks
	return Workload{Name: fmt.Sprintf("burst_%d", tasks), Run: "burst", Outside: true, Gives: true, Extra: true,
		Stresses: fmt.Sprintf("parks: %s between two", plural(tasks, "task")),
		Sizes: sizes(sched.Params{N: tasks, M: 2}, sched.Params{N: tasks, M: bursts(5_000)},
			sched.Params{N: tasks, M: bursts(500_000)}),
		Answer: burstAnswer}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// DefaultWorkloads lists those that run if none is named.
func DefaultWorkloads() []string {
	return slices.DeleteFunc(WorkloadNames(), func(name string) bool {
		w, err := FindWorkload(name)
		return err != nil || w.Extra
	})
}

// WorkloadNames lists the table's names in order.
func WorkloadNames() []string {
	names := make([]string, len(Workloads))
	for i, w := range Workloads {
		names[i] = w.Name
	}
	return names
}

// FindWorkload returns the row of a name.
func FindWorkload(name string) (*Workload, error) {
	for i := range Workloads {
		if Workloads[i].Name == name {
			return &Workloads[i], nil
		}
	}
	return nil, unknown("workload", name, WorkloadNames())
}

// Params returns the parameters of a size.
func (w *Workload) Params(size string) (sched.Params, error) {
	for i, s := range Sizes {
		if s == size {
			return w.Sizes[i], nil
		}
	}
	return sched.Params{}, unknown("size", size, Sizes)
}

// drivers is the number of goroutines that a run keeps busy beside the workers: each
// has a P of its own.
func (w *Workload) drivers() int {
	if w.Outside && !w.Gives {
		return 1
	}
	return 0
}

// readers is how many goroutines read counters beside the workers, in whatever lane.
func (w *Workload) readers() int {
	if w.Audited {
		return 1
	}
	return 0
}

// runName is the name that variants know the task bodies by.
func (w *Workload) runName() string {
	if w.Run != "" {
		return w.Run
	}
	return w.Name
}

func sizes(small, normal, large sched.Params) [3]sched.Params {
	return [3]sched.Params{small, normal, large}
}

func nSizes(small, normal, large int) [3]sched.Params {
	return sizes(sched.Params{N: small}, sched.Params{N: normal}, sched.Params{N: large})
}

func treeSizes(t uts.Tree, depths ...int) (s [3]sched.Params) {
	for i, d := range depths {
		t.Depth = d
		s[i].Tree = t
	}
	return s
}

func rootSizes(t uts.Tree, branchings ...float64) (s [3]sched.Params) {
	for i, b := range branchings {
		t.B0 = b
		s[i].Tree = t
	}
	return s
}
