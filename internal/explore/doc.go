// Package explore runs threads of real code under schedules of its own choice:
// all of them up to a number of preemptions, depth first, or a random walk.
//
// A thread is a coroutine (iter.Pull), so exactly one runs at a time and nothing
// depends on the Go scheduler. It stops at steps, which package at makes before
// every operation on what threads share, in builds with -tags explore; there the
// search decides who goes on. A scenario must do the same in every execution
// under the same schedule: no clock, no order of a map, no goroutine.
//
// What is explored is sequential consistency, which is what Go's atomics give
// (go.dev/ref/mem). Plain variables are not steps: a race on one is the race
// detector's to find.
//
// The bound counts preemptions, switches away from a thread that could have gone
// on, as in Musuvathi and Qadeer, "Iterative Context Bounding for Systematic
// Testing of Multithreaded Programs", PLDI 2007.
package explore
