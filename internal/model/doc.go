// Package model predicts what unbatched metrics cost from what was measured without
// them: costs of single instructions, which a recording keeps in its head, exact counts
// of events, and the time of a task that counts nothing. Nothing is fitted to what is
// predicted, but for one calibrated variant, which says so.
//
//	parameters.go  the measured parameters, and where each is from
//	line.go        the shared line as a queue: package mva
//	saving.go      events times the cost of one: what batching should save
//	scale.go       the universal scalability law: package usl
//
// # The line as a queue
//
// All workers of the variant sharedline add to one cache line. A line is in one cache at
// a time: it is a station that serves one worker after the other. A worker thinks (the
// work of a task), then visits the line. With N workers in a closed network of a delay,
// the think time, and one station, the demand of a task, exact mean value analysis gives
// the throughput.
//
// The service time is what one atomic add takes when the line must come from another
// core. It is measured at paces: two threads that add to one line with some work before
// each add, beside two that do so on lines apart (key rmw-paced, internal/host/paced.go).
// A network of two customers whose think time is that work has the cycle that was
// measured at one service time. A workload has that of its own pace.
//
// Recordings from before that was measured have two numbers instead, between which the
// service time is.
//
//   - rmw-shared is how long one add takes to each of two threads that do nothing else,
//     elapsed time over the adds of one (internal/host/pair.go). In the network that is
//     two customers without think time, whose response is twice the service time. So the
//     line served one add in half of rmw-shared. But a thread that has the line adds
//     again before the other gets it, and such a run of adds hits in its cache: half of
//     rmw-shared is a mean over hits and fetches, and less than a fetch.
//   - core-to-core is one way of a value: a store that takes the line from a reader, and
//     the load that fetches it back. An add needs one of the two, and so less.
//
// How often a task visits the line is between once and once for each event: a worker that
// gets the line for one add may do the next one before it loses it. Events that hit then
// cost rmw-private, as think time.
//
// With one worker the line never leaves its cache: every event costs rmw-private.
//
// Think time is that of nometrics, in two variants: Ideal has that of one worker, as if
// the workload scaled; Own has, for N workers, N times the time per task that nometrics
// takes with N, so that what a workload loses otherwise (too little parallelism, steals,
// its own queues) is in it, and the prediction is of the ratio sharedline / nometrics.
//
// MVA takes service times as exponential, the order as first come first served and think
// times as independent. A line's service time varies less; a core's arbitration is not
// fair, and neighbours are closer than others; and a worker can't be overtaken by its own
// second add.
package model
