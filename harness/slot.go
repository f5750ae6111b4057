package harness

import (
	"fmt"
	"runtime"
	"time"

	"stealbench/internal/sched"
)

// lane is one variant in a cell: its scheduler and what its slots found.
type lane struct {
	variant string
	sched   sched.Scheduler
	lead    time.Duration  // of untimed runs before each slot
	before  sched.Snapshot // at the start of the block
	runs    int            // of the workload in the block, untimed ones too
	nanos   []float64      // per task, one a slot of the block
}

// quietTimeout bounds the wait for workers to park; more than a search takes.
const quietTimeout = time.Second

// settle waits until the lane's workers are parked, so that they take no time
// from the next lane's slot.
func (l *lane) settle() error {
	if l.sched.Quiet() {
		return nil
	}
	for start := time.Now(); !l.sched.Quiet(); {
		if time.Since(start) > quietTimeout {
			return fmt.Errorf("%s: a worker did not park within %v after the run", l.variant, quietTimeout)
		}
		runtime.Gosched()
	}
	return nil
}

// lead bounds the untimed runs before each slot. A sleeping worker of a virtual
// machine takes 200 us and more to wake; what the workers do when awake is the
// question, so a slot begins when they are. In workloads that keep only one
// worker busy the others stay asleep.
const lead = 600 * time.Microsecond

// longRun is a run next to which the time to wake up is nothing: it needs no
// lead, no warm-up and no second try.
const longRun = 20 * time.Millisecond

// slot is one timed call: reps runs of the workload. A wrong answer is an error.
func (l *lane) slot(run string, p sched.Params, want sched.Answer, reps int) (time.Duration, error) {
	t, err := l.sched.TimeWorkload(run, p, l.lead, reps)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", l.variant, err)
	}
	if t.Answer != want {
		return 0, fmt.Errorf("%s: wrong answer %+v, want %+v", l.variant, t.Answer, want)
	}
	if t.Took <= 0 {
		return 0, fmt.Errorf("%s: the clock went back by %v during a slot", l.variant, -t.Took)
	}
	l.runs += t.Runs
	return t.Took, l.settle()
}

// maxReps bounds the calibration of runs that take no time.
const maxReps = 1 << 20

// calibrate returns how many runs make a slot of about the target, judged by
// the fastest of a few tries, and whether one run is a long one.
func (l *lane) calibrate(run string, p sched.Params, want sched.Answer, target time.Duration) (reps int, long bool, err error) {
	for reps = 1; ; {
		best := time.Duration(1<<63 - 1)
		for range 5 {
			took, err := l.slot(run, p, want, reps)
			if err != nil {
				return 0, false, err
			}
			if best = min(best, took); best >= longRun {
				return reps, reps == 1, nil
			}
		}
		if best >= target*3/4 || reps >= maxReps {
			return reps, false, nil
		}
		reps = min(max(int(int64(reps)*int64(target)/int64(best)), reps+1), maxReps, 100*reps)
	}
}
