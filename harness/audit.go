package harness

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"time"

	"stealbench/internal/sched"
)

// auditor is a reader of one lane's counters that knows the truth: the polls of an
// audited workload count themselves. It runs in the lanes of such a workload alike,
// also in those without counters, and sleeps between slots.
//
// It looks at random moments, so that none of a lane's habits can be in step with it,
// and seldom, so that it takes few lines from who counts. Between two looks it only
// reads the clock. What the looks mean is found after the slot (freshness.go).
type auditor struct {
	truth  *sched.Audit
	sched  runner
	calls  uint64 // polls of a slot that the truth lacks: the call that the runs are in
	random *rand.Rand
	wake   chan struct{}
	on     atomic.Bool
	awake  atomic.Bool

	began     time.Time // the slot
	first     counted   // before it
	looks     []look    // of the slot
	freshness           // of the block
}

// counted is how many polls there were.
type counted struct{ truth, said uint64 }

// look is one reading of the counters, and of the truth before and after it. Times
// are ns since the slot began.
type look struct {
	before, after           int64
	truthBefore, truthAfter uint64
	said                    uint64
}

// auditGap is the mean time between two looks. Chosen so that the lines that a look
// takes, one a worker for the truth and two for its counters, are lost on few polls:
// one in a thousand, of 20 ns.
const auditGap = 30 * time.Microsecond

// newAuditor starts the reader; close ends it. nil for a workload that counts nothing.
func newAuditor(w *Workload, workers int, s runner, seed uint64) *auditor {
	if !w.Audited {
		return nil
	}
	a := &auditor{truth: sched.NewAudit(workers), sched: s, random: rand.New(rand.NewPCG(seed, streamAudit)), wake: make(chan struct{})}
	if !w.Outside {
		a.calls = 1
	}
	go a.run()
	return a
}

func (a *auditor) close() {
	if a != nil {
		close(a.wake)
	}
}

// begin returns when it looks. The lane is quiet.
func (a *auditor) begin(p *sched.Params) {
	if a == nil {
		return
	}
	p.Audit = a.truth
	a.looks = a.looks[:0]
	a.first = counted{a.truth.Polls(), polls(a.sched.Snapshot())}
	a.began = time.Now()
	a.on.Store(true)
	a.wake <- struct{}{}
	for !a.awake.Load() {
		runtime.Gosched()
	}
}

// end returns when it does not look any more.
func (a *auditor) end() {
	if a == nil {
		return
	}
	a.on.Store(false)
	for a.awake.Load() {
		runtime.Gosched()
	}
}

// settled takes over the looks of a slot, when the lane is quiet again. Then nothing
// is late: counters that do not agree with the truth are wrong, and an error.
func (a *auditor) settled() error {
	if a == nil {
		return nil
	}
	s := a.sched.Snapshot()
	if !hasPolls(s) {
		a.freshness.samples += len(a.looks)
		return nil
	}
	last := a.truth.Polls()
	truth, said := last-a.first.truth+a.calls, polls(s)-a.first.said
	if truth != said {
		return fmt.Errorf("counters disagree with the truth when all is quiet: they say %d polls in a slot, the tasks counted %d", said, truth)
	}
	a.add(a.looks, a.first, last, a.calls)
	return nil
}

// hasPolls says whether anything counts polls.
func hasPolls(s sched.Snapshot) bool { return s.Extended && len(s.Workers) > 0 }

func polls(s sched.Snapshot) uint64 {
	c := s.Total()
	return c.PollCount + c.FollowUpCount
}

// run looks whenever it is woken, until the end of the slot.
func (a *auditor) run() {
	for range a.wake {
		a.awake.Store(true)
		for due := a.gap(); a.on.Load(); {
			if time.Since(a.began) < due {
				continue
			}
			var l look
			l.before = int64(time.Since(a.began))
			l.truthBefore = a.truth.Polls()
			l.said = polls(a.sched.Snapshot())
			l.truthAfter = a.truth.Polls()
			l.after = int64(time.Since(a.began))
			a.looks = append(a.looks, l)
			due = time.Duration(l.after) + a.gap()
		}
		a.awake.Store(false)
	}
}

// gap is the time to the next look: exponential, so that looks come as they like.
func (a *auditor) gap() time.Duration {
	return time.Duration(a.random.ExpFloat64() * float64(auditGap))
}
