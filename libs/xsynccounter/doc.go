// Package xsynccounter is sharedline with the striped counters of
// github.com/puzpuzpuz/xsync/v4.
//
// What an Inc does there (v4.5.0, counter.go): it takes a token from a sync.Pool, which
// holds one for each P; the token says which stripe; the stripe is loaded and exchanged by
// compare-and-swap; the token goes back. So there is one locked instruction an event, as in
// an atomic add, with the two calls of the pool around it. If the compare-and-swap fails,
// the token moves to a stripe by chance.
//
// Traps:
//   - A counter has as many stripes as GOMAXPROCS, or CPUs if those are fewer, rounded up
//     to a power of two, when it is made. Raised later, GOMAXPROCS brings no more. The
//     harness sets it before it makes a scheduler.
//   - A token's first stripe is chosen by chance. Two Ps may share one, and part only
//     when a compare-and-swap of theirs fails.
//   - One pool serves all counters of the program: a token that has moved has moved for all.
//   - The garbage collector empties pools. The next Inc of a P makes a token, of 64 bytes.
//     Under the race detector pools drop what they hold at random, and so do tokens.
//   - Stripes are 64 bytes, a line each; CPUs that fetch lines in pairs fetch two.
//   - Value adds up the stripes one after the other: a sum, but not of one moment. The
//     counter is signed.
//   - The mean poll time is no count, and the library has no gauge: an atomic stands for it.
package xsynccounter
