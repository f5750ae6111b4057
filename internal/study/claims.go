package study

import (
	"stealbench/internal/analysis"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// The recordings that claims rest on.
const (
	main2  = "results/2026-11-26-amd-epyc-f25m1-2cpu-E1-2"
	main16 = "results/2026-11-26-intel-xeon-f6m207-16cpu-2" // five processes
	old16  = "results/2026-11-26-intel-xeon-f6m207-16cpu"   // eight, of an older base
)

// in2 is the recording of an experiment on the host with two CPUs.
func in2(id string) string { return "results/2026-11-26-amd-epyc-f25m1-2cpu-" + id }

// Claims is the table of the paper's claims. What a test asks for is less than what was
// seen before, so that another host can agree. It is not changed to make a recording agree:
// a claim whose numbers were set after its recording was seen has a row of its own, and says so.
var Claims = []Claim{
	{1, "H1", "Workers that count on one line contend for it", "E1", main2, 2, false, 0, "",
		[]Test{Slower{Place{"fib", 2}, "sharedline", analysis.Base, 30}}},
	{2, "H1", "A line for each worker removes almost all of that, without any batch", "E1", main2, 2, false, 0, "",
		[]Test{Removes{Place{"fib", 2}, "sharedline", "batchless", 80}}},
	{3, "H1", "So it is with 16 workers", "E1", old16, 16, true, 0, "workers",
		[]Test{Slower{Place{"fib", 16}, "sharedline", analysis.Base, 300}, Removes{Place{"fib", 16}, "sharedline", "batchless", 80}}},
	{4, "H1", "A line is contended where no word is: words of neighbours", "E2", in2("E2-2"), 2, false, 0, "",
		[]Test{Slower{Place{"fib", 2}, "adjacent", "batchless", 20}}},
	{5, "H1", "So it is with 8 workers", "E1", main16, 8, false, 0, "workers",
		[]Test{Slower{Place{"fib", 8}, "adjacent", "batchless", 100}}},
	{6, "H2", "With one worker batching saves the locked instructions", "E1", main2, 1, false, 0, "",
		[]Test{Slower{Place{"fib", 1}, "batchless", analysis.Base, 5}}},
	{7, "H2", "A spinning reader costs who adds per event ten times what it costs who batches", "E4", in2("E4-2"), 2, false, 0, "",
		[]Test{Dearer{Place{"fib", 1}, analysis.Pair{A: "batchless_spin", B: "batchless_unread"},
			analysis.Pair{A: analysis.Base + "_spin", B: analysis.Base + "_unread"}, 10}}},
	{8, "H2", "A reader every millisecond costs nobody 2 %", "E4", in2("E4-2"), 2, false, 0, "",
		[]Test{Within{Place{"fib", 1}, "batchless_1khz", "batchless_unread", 2},
			Within{Place{"fib", 1}, analysis.Base + "_1khz", analysis.Base + "_unread", 2}}},
	{9, "H3", "A batch that is published every tick is dearer than none", "E3", in2("E3-2"), 1, false, 0, "",
		[]Test{Slower{Place{"fib", 1}, "interval1", "batchless", 10}}},
	{10, "H3", "Where a worker parks after every task, to store all totals is dearer than adds; after a thousand a batch is cheaper", "E9", in2("E9-2"), 1, false, 0, "",
		[]Test{Dearer{Place{"burst_1", 1}, analysis.Pair{A: "allcells", B: analysis.NoMetrics}, analysis.Pair{A: "batchless", B: analysis.NoMetrics}, 1},
			Dearer{Place{"burst_1024", 1}, analysis.Pair{A: "batchless", B: analysis.NoMetrics}, analysis.Pair{A: analysis.Base, B: analysis.NoMetrics}, 1}}},
	{11, "H4", "A clock in every poll, for a histogram, costs more than all counters, added one by one", "E8", in2("E8-2"), 1, false, 0, "",
		[]Test{Dearer{Place{"fib", 1}, analysis.Pair{A: "polltimes", B: analysis.Base},
			analysis.Pair{A: "batchless", B: analysis.NoMetrics}, 1}}},
	{12, "", "Batched metrics cost a fork-join task at most 3 %", "E1", main2, 2, false, 0, "",
		[]Test{Within{Place{"fib", 1}, analysis.Base, analysis.NoMetrics, 3}, Within{Place{"fib", 2}, analysis.Base, analysis.NoMetrics, 3}}},
	{13, "", "To be able to list every live task costs a fork-join task more than 5 %", "E8", in2("E8-2"), 1, false, 0, "",
		[]Test{Slower{Place{"fib", 1}, analysis.Base, "nodump", 5}}},
	{14, "H5", "In tasks of some microseconds a shared line costs at most 5 %, in empty ones at least 30 %", "E6", in2("E6-2"), 2, false, 0, "",
		[]Test{Within{Place{"grain_2048", 2}, "sharedline", analysis.Base, 5}, Slower{Place{"grain_0", 2}, "sharedline", analysis.Base, 30}}},
	{15, "", "With one worker batched counters lack about an event interval of polls at most, and are less than a tenth of a millisecond old", "E5", in2("E5-3"), 2, false, 0, "",
		[]Test{Fresh{Place{"audited", 1}, analysis.Base, recording.ErrorP99, 1.25 * sched.DefaultEventInterval},
			Fresh{Place{"audited", 1}, analysis.Base, recording.AgeP99, 100_000}}},
	{16, "", "At 80 % load no metrics and batched ones have the same 99th percentile of latency, but for 10 %", "E10", in2("E10-3"), 2, false, 0, "",
		[]Test{Tail{Place{"open_80", 1}, analysis.NoMetrics, analysis.Quantiles[2], 10}}},
	{17, "", "What an add per event costs fork-join does not depend on the queue, but for 10 % of the time of a task", "E11", in2("E11-2"), 1, false, 0, "",
		[]Test{NoInteraction{Place{"fib", 1}, 10}}},
	{18, "", "With one worker what batching saves is the events times the cost of an add, but for a factor of two", "E12", in2("E12-3"), 1, false, 0, "",
		[]Test{Predicted{Place{"fib", 1}, "batchless", 2}}},
	{19, "", "The shared line behaves as a queue with one server, within what its costs allow", "E1", main16, 16, false, 0, "",
		[]Test{Bounded{Place{"fib", 16}}, Bounded{Place{"skynet", 16}}, Bounded{Place{"uts_t3", 16}}}},
	{20, "H2", "So it is where an add is dearer: with one worker batching saves the locked instructions", "E1", main16, 1, false, 5, "",
		[]Test{Slower{Place{"fib", 1}, "batchless", analysis.Base, 5}}},
	{21, "H3", "Where a worker parks after a thousand tasks, a batch is cheaper than adds", "E9", in2("E9-2"), 1, false, 0, "",
		[]Test{Dearer{Place{"burst_1024", 1}, analysis.Pair{A: "batchless", B: analysis.NoMetrics}, analysis.Pair{A: analysis.Base, B: analysis.NoMetrics}, 1}}},
	{22, "", "At half the load no metrics and batched ones have the same median latency, but for 10 %", "E10", in2("E10-3"), 2, false, 0, "",
		[]Test{Tail{Place{"open_50", 1}, analysis.NoMetrics, analysis.Quantiles[0], 10}}},
	{23, "H1", "With twice as many workers as CPUs the line is contended still", "E7", in2("E7-2"), 2, false, 0, "",
		[]Test{Slower{Place{"fib", 4}, "sharedline", analysis.Base, 30}}},
	{24, "H5", "The effect of a shared line is gone in tasks of some hundred ns", "E6", in2("E6-2"), 2, false, 0, "",
		[]Test{Within{Place{"grain_512", 2}, "sharedline", analysis.Base, 1}}},
	{25, "", "With the line timed at a workload's pace the queue predicts what two workers take, but for a quarter", "E12", in2("E12-3"), 2, false, 0, "",
		[]Test{Queued{Place{"fib", 2}, 1.25}, Queued{Place{"skynet", 2}, 1.25}, Queued{Place{"uts_t3", 2}, 1.25}}},
}
