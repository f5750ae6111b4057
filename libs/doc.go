// Package libs holds the variants of the scheduler that count with what a Go programmer
// would take from a library. They are in a module of their own, so that nothing they
// need enters stealbench's go.mod. impls.Libraries is their table, and go generate
// ./impls stamps them as it stamps the others.
//
// Both are sharedline with another counter: one set for the whole scheduler, since that
// is how a user of the library has it. Each event is one Inc of the library, called from
// the hook; busy time is an Add of whole ns. What is counted from outside, remote
// schedules and wakes, stays an atomic of the board, as in every variant.
//
// A library's counter is a call, in a hook or out of it. So the test that wants hooks
// inlined leaves these variants out: the call is a part of what the library costs.
//
// How the command gets them: overlay.json lays _overlay/harness/registry_libs.go over
// the package harness, which adds them to its lanes, and go.work makes both modules one
// workspace. make libs builds with both, and the command wants both in its environment
// when it builds linker layouts. In the main module nothing imports this one.
//
//	make libs libs-test   build bin/stealbench-libs; tests
//	make counters         record them beside the study's own variants
package libs
