package main

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"stealbench/internal/uts"
)

// sketch is what a good engineer would write in about 100 lines: the yardstick for
// what fork and join must cost in Go. It counts and shows nothing, takes no task
// from outside, does not survive a panic, and its thieves poll instead of parking.
type sketch struct {
	workers []*worker
	over    atomic.Bool    // the series has ended
	thieves sync.WaitGroup // their goroutines: there are none between two series
}

// job is a forked task.
type job struct {
	run    func(*worker, *job)
	args   [2]int64
	node   uts.Node // of uts
	ref    any      // of matmul
	result int64
	next   *job        // in the free list; while in use, the task's own
	done   atomic.Bool // set by a worker that ran it other than by joining it
}

// worker is a Chase-Lev deque of jobs (SPAA 2005) and a free list. The owner pushes
// and pops at the bottom, thieves take from the top.
type worker struct {
	sketch *sketch
	free   *job
	count  uts.Count // of uts
	_      [64]byte
	bottom atomic.Int64 // written by the owner
	_      [64]byte
	top    atomic.Int64 // only grows; whoever moves it has the job below
	_      [64]byte
	jobs   [sketchCapacity]atomic.Pointer[job]
}

// sketchCapacity is more than a deep tree forks; a worker that has so many jobs runs
// the next at once.
const sketchCapacity = 1024

func newSketch(workers int) *sketch {
	s := &sketch{}
	for range workers {
		s.workers = append(s.workers, &worker{sketch: s})
	}
	return s
}

// enter calls series on the first worker, with a goroutine for each of the others.
func (s *sketch) enter(series func()) {
	s.over.Store(false)
	for _, w := range s.workers[1:] {
		s.thieves.Go(w.help)
	}
	series()
	s.over.Store(true)
	s.thieves.Wait()
}

func (w *worker) help() {
	for idle := 0; !w.sketch.over.Load(); {
		w.work(w.steal(), &idle)
	}
}

// work runs a job that w does not join next, or waits a little if there is none.
func (w *worker) work(j *job, idle *int) {
	switch {
	case j != nil:
		*idle = 0
		j.run(w, j)
		j.done.Store(true)
	case *idle < 1000: // some 100 us; chosen by feel
		*idle++
		runtime.Gosched()
	default:
		time.Sleep(20 * time.Microsecond)
	}
}

// newJob takes a job from the free list, which makes it from then on the joiner's.
func (w *worker) newJob(run func(*worker, *job)) *job {
	j := w.free
	if j == nil {
		j = new(job)
	} else if w.free = j.next; j.done.Load() {
		j.done.Store(false)
	}
	j.run = run
	return j
}

func (w *worker) fork(j *job) {
	b := w.bottom.Load()
	if b-w.top.Load() >= sketchCapacity {
		j.run(w, j)
		j.done.Store(true)
		return
	}
	// Free lists make it likely that the slot holds this very job, and a load is
	// much cheaper than a store that is atomic.
	if slot := &w.jobs[b%sketchCapacity]; slot.Load() != j {
		slot.Store(j)
	}
	w.bottom.Store(b + 1)
}

// join returns the result of a job that w forked. The youngest comes first.
func (w *worker) join(j *job) int64 {
	for idle := 0; !j.done.Load(); {
		other := w.pop()
		if other == j {
			j.run(w, j)
			break
		}
		if other == nil {
			other = w.steal()
		}
		w.work(other, &idle)
	}
	j.next, w.free = w.free, j
	return j.result
}

func (w *worker) pop() *job {
	b := w.bottom.Load() - 1
	w.bottom.Store(b) // before top is read, so that a thief and w see each other
	t := w.top.Load()
	if b > t {
		return w.jobs[b%sketchCapacity].Load()
	}
	var j *job
	if b == t && w.top.CompareAndSwap(t, t+1) { // the last: thieves want it too
		j = w.jobs[b%sketchCapacity].Load()
	}
	w.bottom.Store(b + 1)
	return j
}

// steal takes a job from the top of a deque chosen at random.
func (w *worker) steal() *job {
	v := w.sketch.workers[rand.IntN(len(w.sketch.workers))]
	t := v.top.Load()
	if t >= v.bottom.Load() {
		return nil
	}
	j := v.jobs[t%sketchCapacity].Load()
	if !v.top.CompareAndSwap(t, t+1) {
		return nil
	}
	return j
}
