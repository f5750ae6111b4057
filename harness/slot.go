package harness

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// runner is what a lane runs workloads on: a scheduler, or a peer.
type runner interface {
	TimeWorkload(name string, p sched.Params, lead time.Duration, reps int) (sched.Timing, error)
	Quiet() bool
	Snapshot() sched.Snapshot
	Close() error
}

// lane is one variant or peer in a cell: its scheduler and what its slots found.
type lane struct {
	variant   string
	sched     runner
	reading   *reading       // nil if nobody reads
	audit     *auditor       // nil if the workload is not audited
	lead      time.Duration  // of untimed runs before each slot
	warm      time.Duration  // of more untimed runs before those, of a scheduler beside peers
	before    sched.Snapshot // at the start of the block
	runs      int            // of the workload in the block, untimed ones too
	nanos     []float64      // per task, one a slot of the block
	latencies *latencies     // of the block; nil but in an open loop
	wrong     int            // slots of the block with a wrong answer
	stopped   int            // slots of the block in which the clock did not move

	peer   bool
	absent string // why a peer has no time: one of recording.AbsentUnits

	injection bool      // on the base's scheduler
	percent   float64   // of the base's slot time that is injected into each slot
	steps     uint64    // of injected work in a slot; 0 is none
	injected  []float64 // ns, one a slot of the block
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
		if l.peer && time.Since(start) > peerTimeout {
			return &peerError{recording.Hung, fmt.Sprintf("did not come to rest within %v", peerTimeout)}
		}
		if !l.peer && time.Since(start) > quietTimeout {
			return fmt.Errorf("%s: a worker did not park within %v after the run", l.variant, quietTimeout)
		}
		runtime.Gosched()
	}
	return nil
}

// quiet settles, and takes over what the audit of the slot found.
func (l *lane) quiet() error {
	err := l.settle()
	if err == nil {
		if err = l.audit.settled(); err != nil {
			err = fmt.Errorf("%s: %w", l.variant, err)
		}
	}
	return err
}

// lead bounds the untimed runs before each slot. A sleeping worker of a virtual
// machine takes 200 us and more to wake; what the workers do when awake is the
// question, so a slot begins when they are. In workloads that keep only one
// worker busy the others stay asleep.
const lead = 600 * time.Microsecond

// peerLead is the lead of cells with peers, where most slots begin in a process that
// rested meanwhile. A CPU of a virtual machine that was idle for some ms runs calls and
// hashes more slowly for some ms. Every lane runs untimed for that long, whether its
// workers are awake or not.
const peerLead = 4 * time.Millisecond

// longRun is a run next to which the time to wake up is nothing: it needs no
// lead, no warm-up and no second try.
const longRun = 20 * time.Millisecond

// slot is one timed call: reps runs of the workload, and the lane's injected
// work. A slot with a wrong answer is counted; so is one in which the clock did
// not move or that was given up, which takes 0.
func (l *lane) slot(run string, p sched.Params, want sched.Answer, reps int) (time.Duration, error) {
	if err := l.warmUp(run, p, reps); err != nil {
		return 0, err
	}
	l.reading.begin()
	l.audit.begin(&p)
	t, err := l.sched.TimeWorkload(run, p, l.lead, reps)
	l.audit.end()
	l.reading.end()
	switch {
	case l.peer && err == nil && t.Answer != want:
		return 0, &peerError{recording.Wrong, fmt.Sprintf("answered %+v, not %+v", t.Answer, want)}
	case errors.Is(err, sched.ErrAnswers):
		l.wrong++
		return 0, l.settle()
	case err != nil:
		return 0, fmt.Errorf("%s: %w", l.variant, err)
	case t.Answer != want:
		l.wrong++
	}
	l.runs += t.Runs
	if t.Took <= 0 {
		l.stopped++
		return 0, l.quiet()
	}
	if l.steps > 0 {
		extra := host.Spin(l.steps)
		l.injected = append(l.injected, float64(extra.Nanoseconds()))
		t.Took += extra
	}
	return t.Took, l.quiet()
}

// warmUp runs untimed for as long as l is to.
func (l *lane) warmUp(run string, p sched.Params, reps int) error {
	for begin := time.Now(); time.Since(begin) < l.warm; {
		t, err := l.sched.TimeWorkload(run, p, 0, reps)
		if errors.Is(err, sched.ErrAnswers) {
			return nil // the slot says so
		}
		if err != nil {
			return fmt.Errorf("%s: %w", l.variant, err)
		}
		l.runs += t.Runs
	}
	return nil
}

// maxReps bounds the calibration of runs that take no time.
const maxReps = 1 << 20

// calibrate returns how many runs make a slot of about the target, judged by
// the fastest of a few tries, and whether one run is a long one.
func (l *lane) calibrate(run string, p sched.Params, want sched.Answer, target time.Duration) (reps int, long bool, err error) {
	for reps = 1; ; {
		best := never
		for range 5 {
			took, err := l.slot(run, p, want, reps)
			if err != nil {
				return 0, false, err
			}
			if took == 0 {
				continue // nothing to go by
			}
			if best = min(best, took); best >= longRun {
				return reps, reps == 1, nil
			}
		}
		switch {
		case best != never:
		case l.wrong > 0 || reps >= maxReps:
			return 0, false, fmt.Errorf("%s: no slot could be timed: wrong answers, or a clock that stands", l.variant)
		default: // too short for the clock
			reps *= 2
			continue
		}
		if best >= target*3/4 || reps >= maxReps {
			return reps, false, nil
		}
		reps = min(max(int(int64(reps)*int64(target)/int64(best)), reps+1), maxReps, 100*reps)
	}
}
