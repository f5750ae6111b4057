// Code generated from ../chaselev/workload_audited.go by go generate ./impls; DO NOT EDIT.

package adjacent

import (
	"time"

	"stealbench/internal/sched"
)

// The audited workloads are fib in which each poll counts itself too, for a reader
// that compares (harness/audit.go).

// runAudited computes the p.N-th Fibonacci number.
func runAudited(w *Worker, p sched.Params) sched.Answer {
	audit := p.Audit
	if audit == nil {
		audit = sched.NewAudit(len(w.sched.workers))
	}
	return packedAnswer(w.forkJoin(auditedTask, [2]int64{int64(p.N)}, audit))
}

func auditedTask(w *Worker, t *Task) sched.Poll {
	t.Ref.(*sched.Audit).Count(w.index)
	n := t.Args[0]
	if n < 2 {
		t.Result = n + oneTask
		return sched.Ready
	}
	a := w.NewTask(auditedTask)
	a.Args[0], a.Ref = n-1, t.Ref
	w.Fork(a)
	b := w.NewTask(auditedTask)
	b.Args[0], b.Ref = n-2, t.Ref
	w.Fork(b)
	y := w.Join(b)
	x := w.Join(a)
	t.Result = x + y + oneTask
	return sched.Ready
}

// auditedPause is time to park in: workers search for about 10 us before.
const auditedPause = 50 * time.Microsecond

// runAuditedParks does that from outside, and then lets all workers park, in which
// most of its time goes.
func runAuditedParks(s *Scheduler, p sched.Params) (a sched.Answer, err error) {
	if p.Audit == nil {
		p.Audit = sched.NewAudit(len(s.workers))
	}
	err = s.Run(func(w *Worker) {
		p.Audit.Count(w.index) // the call is a poll as well
		a = runAudited(w, p)
	})
	for err == nil && !s.allBlocked() && !s.closing.Load() {
		time.Sleep(auditedPause)
	}
	return a, err
}
