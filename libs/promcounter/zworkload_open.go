// Code generated from ../../impls/chaselev/workload_open.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"time"

	"stealbench/internal/sched"
)

// runOpen spawns p.N tasks of p.M steps of work each from outside, when they are due,
// and notes how long after that each was done. Without p.Arrivals all are due at once.
// The value is the sum of what the tasks computed.
func runOpen(s *Scheduler, p sched.Params) (sched.Answer, error) {
	r := &openRun{countdown: *newCountdown(p.N), steps: int64(p.M), arrivals: p.Arrivals, workers: make([]openWorker, len(s.workers))}
	r.began = time.Now()
	if err := r.drive(int64(p.N), func(i int64) error { return s.SpawnTask(openTask, [2]int64{i}, r) }); err != nil {
		return sched.Answer{}, err
	}
	err := r.wait(s)
	var answer sched.Answer
	for i := range r.workers {
		answer.Value += r.workers[i].sum
		answer.Tasks += r.workers[i].tasks
	}
	return answer, err
}

type openRun struct {
	countdown
	steps    int64
	arrivals *sched.Arrivals // nil: none
	began    time.Time
	workers  []openWorker // by index; each written by its worker alone, read after the countdown
}

type openWorker struct {
	sum, tasks uint64
	_          [cacheLine]byte
}

// drive spawns each task when it is due: it spins until then, since a sleep is too coarse.
// What it is late for it spawns at once; it leaves no task out and moves none.
func (r *openRun) drive(tasks int64, spawn func(i int64) error) error {
	for i := range tasks {
		if a := r.arrivals; a != nil {
			now := r.now()
			for now < a.Due[i] {
				now = r.now()
			}
			a.Late[i] = now - a.Due[i]
		}
		if err := spawn(i); err != nil {
			return err
		}
	}
	return nil
}

// now is the time since the run began, ns.
func (r *openRun) now() int64 { return int64(time.Since(r.began)) }

// openTask does its work and notes when it is done. That look at the clock takes 30 to
// 50 ns, and the count-down that all workers share some more: the same in every variant.
func openTask(w *Worker, t *Task) sched.Poll {
	r, i := t.Ref.(*openRun), t.Args[0]
	mine := &r.workers[w.index]
	mine.sum += sched.Grain(uint64(i), r.steps)
	mine.tasks++
	if r.arrivals != nil {
		r.arrivals.Done(i, r.now())
	}
	r.arrive()
	return sched.Ready
}
