// Command peers holds the Go competitors that stealbench measures beside its own
// schedulers, and speaks PROTOCOL.md. It is a module of its own, so that what it
// measures stays out of stealbench's go.mod.
//
// A request is a line (request.go). The named workload is run untimed, then timed
// (series.go), by a started peer (peers.go). Most peers run closures: an adapter of
// one file makes the library a [Pool], and closures_*.go are the workloads as a user
// of such a library would write them. sketch.go and sequential.go are yardsticks with
// workloads of their own. All of them make a task where the base of stealbench makes
// one: for each call of fib, each node of a tree, each placed queen, each block.
//
// What favours the peers:
//   - The garbage of a run is collected after the answer, and so not in the measured
//     time. The base makes almost none; a goroutine or closure per task makes much.
//   - A workload that is driven from outside has a thread more than workers, for its
//     driver. The base uses it for nothing else; goroutines run on it too while the
//     driver waits.
package main
