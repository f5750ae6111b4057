// Package promcounter is sharedline with the counters of
// github.com/prometheus/client_golang.
//
// What an Inc does there (v1.25.0, prometheus/counter.go): it adds 1 to a uint64,
// atomically. NewCounter returns an interface, so an Inc is a call through it that no
// compiler inlines. Beside that word a counter has another, of float64 bits: an Add of
// what is no whole number goes there, in a loop of compare-and-swap. Both are added up
// when the counter is read.
//
// Traps:
//   - All writers share the word, as in sharedline. Counters are objects of their own,
//     though, whose words are further apart than a line: what contends is the same event
//     of two workers, not one event with another.
//   - Seconds, which Prometheus asks for, are not whole: each Add of them takes the loop.
//     Here busy time is in ns, and whole.
//   - Add converts to an integer and back first, to see which word to take; so one event
//     is an Inc here, not an Add(1), in the stamped hooks too.
//   - A read is a float64: exact up to 1<<53, which is 104 days in ns.
//   - There is no way to read a counter but Write into a message, which allocates.
//     Here only snapshots do.
//   - A CounterVec looks its counter up by labels at each With: who counts in a hot path
//     keeps the counter, as here.
//   - The counters are not registered. A registry only reads them.
//
// The mean poll time is a Gauge, set at every submit.
package promcounter
