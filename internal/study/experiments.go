package study

import (
	"slices"
	"time"

	"stealbench/harness"
	"stealbench/internal/analysis"
)

// control is what every experiment has: the base, its copy and no metrics at all.
var control = []string{analysis.Base, analysis.Twin, analysis.NoMetrics}

func with(lanes ...string) []string { return slices.Concat(control, lanes) }

// readersOf is a variant with each reader of its counters.
func readersOf(variants ...string) (lanes []string) {
	for _, v := range variants {
		for _, r := range []string{"unread", "1hz", "1khz", "spin", "spin2"} {
			lanes = append(lanes, v+"_"+r)
		}
	}
	return lanes
}

// Experiments is the table of the study.
var Experiments = []Experiment{
	{ID: "E1", Name: "overhead", Figure: "overhead",
		Question: "What does each way of counting cost, on each workload?",
		Variants: harness.VariantNames(), Workloads: harness.DefaultWorkloads(), Workers: doubling},
	{ID: "E2", Name: "decomposition", Figure: "decomposition",
		Question:  "Where does the cost come from: locked instruction, false sharing, true sharing, a reader?",
		Variants:  with("batchless", "singlewriter", "adjacent", "sharedline", "batchless_unread", "batchless_spin"),
		Workloads: []string{"fib", "skynet", "uts_t3", "yield_many"}, Workers: doubling},
	{ID: "E3", Name: "interval", Figure: "interval",
		Question:  "What does publishing cost, by how often it is done?",
		Variants:  with("batchless", "interval1", "interval4", "interval16", "interval61", "interval1024", "parkonly"),
		Workloads: []string{"fib", "ping_pong", "spawn_many_outside"}, Workers: few},
	{ID: "E4", Name: "readers", Figure: "readers",
		Question:  "What do readers cost those who count?",
		Variants:  with(readersOf(analysis.Base, "batchless", "sharedline")...),
		Workloads: []string{"fib", "yield_many"}, Workers: leaveOne,
		// Slots in which a reader of 1 kHz reads some times: a median sees it then.
		SlotTime: 5 * time.Millisecond, CellTime: 2 * time.Second, Processes: 12},
	{ID: "E5", Name: "freshness", Figure: "freshness",
		Question:  "How late are counters, and what does that save?",
		Variants:  with("batchless", "singlewriter", "sharedline", "interval1", "interval4", "interval16", "interval61", "interval1024", "parkonly"),
		Workloads: []string{"audited", "audited_parks"}, Workers: few,
		SlotTime: 2 * time.Millisecond, CellTime: 2 * time.Second, Processes: 12},
	{ID: "E6", Name: "grain", Figure: "grain",
		Question:  "How long must a task be for the effect to vanish?",
		Variants:  with("batchless", "adjacent", "sharedline", "mutexqueue"),
		Workloads: []string{"grain_0", "grain_8", "grain_32", "grain_128", "grain_512", "grain_2048", "grain_8192", "grain_65536"}, Workers: few},
	{ID: "E7", Name: "workers", Figure: "workers",
		Question:  "How does it grow with workers, and with more of them than CPUs?",
		Variants:  with("batchless", "adjacent", "sharedline", "mutexqueue"),
		Workloads: []string{"fib", "skynet", "uts_t3", "matmul"}, Workers: oversubscribed},
	{ID: "E8", Name: "ladder", Figure: "ladder",
		Question:  "What do clocks, histograms and dumps cost beside counters?",
		Variants:  with("batchless", "stable", "noclock", "allcells", "interval61", "polltimes", "polltimeslog", "nodump"),
		Workloads: []string{"fib", "skynet", "yield_many", "spawn_many_outside"}, Workers: few},
	{ID: "E9", Name: "burst", Figure: "burst",
		Question:  "Is a batch that is published at each park dearer than adds, where workers park often?",
		Variants:  with("batchless", "sharedline", "allcells"),
		Workloads: []string{"burst_1", "burst_4", "burst_16", "burst_64", "burst_256", "burst_1024"}, Workers: few, CellTime: 600 * time.Millisecond},
	{ID: "E10", Name: "latency", Figure: "latency",
		Question:  "Does counting show in the latencies of tasks that come at random?",
		Variants:  with("batchless", "sharedline", "mutexqueue"),
		Workloads: []string{"open_50", "open_80", "open_95"}, Workers: leaveOne, CellTime: 2 * time.Second},
	{ID: "E11", Name: "interaction", Figure: "interaction",
		Question:  "Does what batching saves depend on the queue?",
		Variants:  with("batchless", "mutexqueue", "mutexbatchless"),
		Workloads: []string{"fib", "skynet", "nqueens", "uts_t3", "yield_many", "spawn_many_inside"}, Workers: few},
	{ID: "E12", Name: "predicted", Figure: "predicted",
		Question:  "Is the saving what events and the cost of a line predict?",
		Variants:  with("batchless", "sharedline"),
		Workloads: []string{"fib", "skynet", "nqueens", "uts_t1", "uts_t3", "uts_t5", "yield_many", "chained_spawn"}, Workers: few},
}
