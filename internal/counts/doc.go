// Package counts counts, exactly, what a task costs in locked instructions,
// atomic stores and adds, submits and looks at the clock, with one worker:
// numbers that are the same in every run, on a busy host too.
//
// A locked instruction is one with a LOCK prefix, or an XCHG with memory, which
// locks without one: what a Go atomic is on amd64 unless it only loads. How often
// each one ran says callgrind, a tool of valgrind; which instructions they are
// says go tool objdump; whose they are says the DWARF of the program, through all
// inlined calls.
//
//	program, err := counts.Build(ctx, dir) // once
//	c, err := program.Count(ctx, counts.Spec{Variant: "chaselev", Workload: "fib", Size: "small", Runs: counts.Runs})
//	c.PerTask(c.Locked)
//
// Four things make the program under valgrind the same in every run: one worker
// and GOMAXPROCS=1, so that goroutines change places only where one of them
// blocks or yields; no garbage collection; a clock that goes on only when it is
// read (-tags countclock); and no sysmon, the runtime's thread that preempts by
// the time of day, which takes a runtime with one line changed (go build
// -overlay). Everything else is the scheduler as it is measured elsewhere, but
// for its interval of looks at the injection queue, which is fixed.
package counts
