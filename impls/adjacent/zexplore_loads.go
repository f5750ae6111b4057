// Code generated from ../chaselev/explore_loads.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package adjacent

import (
	"errors"
	"fmt"

	"stealbench/internal/at"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// ExploreLoads are the loads of ExploreLoad: what happens outside, and what it
// may await.
var ExploreLoads = []string{"spawn", "fork", "panic", "goesOn", "helped", "wake", "yield", "overflow", "cancel"}

// ExploreLoad is a scenario of a whole scheduler, from New to Close: its workers'
// run loops, and a thread outside with a load. It wants every task that was
// accepted to have run, panicked or been dropped. It passes quiet, unless that is
// nil, what is counted at every step at which Quiet holds, before Close and while
// it begins; and ended what was counted in the end. Not part of normal builds:
// the same load is run on two variants.
func ExploreLoad(load string, workers int, quiet, ended func(sched.Snapshot)) explore.Scenario {
	return func(x *explore.Execution) {
		buckets, err := sched.LinearBuckets(10, 5) // steps: the clock of an execution
		if err != nil {
			panic(err)
		}
		c, err := sched.Config{Workers: workers, EventInterval: 2, GlobalQueueInterval: 3,
			NoBlocking: true, PollTimes: sched.PollTimes{Buckets: buckets, PerPoll: workers == 1}}.WithDefaults()
		if err != nil {
			panic(err)
		}
		l := &exploredLoad{x: x, s: build(c), over: at.NewGate()}
		l.s.running.Add(workers)
		for _, w := range l.s.workers {
			x.Go(fmt.Sprint("worker ", w.index), func() {
				for !w.runToPanic() {
				}
				l.s.running.Done()
			})
		}
		x.Go("outside", func() {
			l.outside(load)
			l.close()
		})
		x.Always(func() error {
			if !l.s.idle.mu.Ready() { // held: somebody is changing it
				return nil
			}
			return l.s.idle.broken()
		})
		if quiet != nil {
			x.Always(func() error {
				if l.s.idle.mu.Ready() && l.s.Quiet() {
					quiet(l.s.Snapshot())
				}
				return nil
			})
		}
		x.Finally(func() error {
			defer func() { ended(l.s.Snapshot()) }()
			return l.balance()
		})
	}
}

type exploredLoad struct {
	x    *explore.Execution
	s    *Scheduler
	over at.Gate // the load is done

	accepted, ran, panicked int // panicked: that nobody joins
	closed                  sched.CloseError
}

// spawn spawns from outside.
func (l *exploredLoad) spawn(poll func(w *Worker, t *Task) sched.Poll) {
	if err := l.s.SpawnTask(poll, [2]int64{}, l); err != nil {
		l.x.Errorf("SpawnTask: got %v, want nil", err)
	}
	l.accepted++
}

// ready is a task that counts itself and does something.
func (l *exploredLoad) ready(do func(w *Worker)) PollFunc {
	return func(w *Worker, t *Task) sched.Poll {
		l.ran++
		if do != nil {
			do(w)
		}
		return sched.Ready
	}
}

// panics ends a task that nobody joins.
func (l *exploredLoad) panics(value any) {
	l.panicked++
	panic(value)
}

// fork makes a child of a poll on w.
func (l *exploredLoad) fork(w *Worker, do func(w *Worker)) *Task {
	t := w.NewTask(l.ready(do))
	l.accepted++
	w.Fork(t)
	return t
}

func (l *exploredLoad) inside(w *Worker, do func(w *Worker)) {
	l.accepted++
	w.Spawn(w.NewTask(l.ready(do)))
}

// await waits until the load says that it is over.
func (l *exploredLoad) await() { l.over.Wait() }

func (l *exploredLoad) outside(load string) {
	switch load {
	case "spawn": // and close at once
		l.spawn(l.ready(nil))
		l.spawn(l.ready(nil))
	case "fork": // two children, the first may be stolen
		l.spawn(l.ready(func(w *Worker) {
			a, b := l.fork(w, nil), l.fork(w, nil)
			w.Join(b)
			w.Join(a)
			l.over.Open()
		}))
		l.await()
	case "panic": // one joined, one not
		l.spawn(l.ready(func(w *Worker) {
			defer func() {
				l.inside(w, func(*Worker) {
					l.over.Open()
					l.panics("detached")
				})
				if got := recover(); got != "joined" {
					l.x.Errorf("Join: got a panic of %v, want the child's", got)
				}
			}()
			a := l.fork(w, func(*Worker) { panic("joined") })
			l.inside(w, nil)
			w.Join(a)
		}))
		l.await()
	case "goesOn": // a panic, and another task after it
		l.spawn(l.ready(func(*Worker) { l.panics("first") }))
		l.spawn(l.ready(func(*Worker) { l.over.Open() }))
		l.await()
	case "helped": // a panic after a join that ran other tasks
		l.spawn(l.ready(func(w *Worker) {
			a, b := l.fork(w, nil), l.fork(w, nil)
			w.Join(a)
			w.Join(b)
			w.Join(l.fork(w, nil))
			l.over.Open()
			l.panics("after")
		}))
		l.await()
	case "wake": // once, from outside
		waker := make([]Waker, 0, 1)
		polled := at.NewGate()
		l.spawn(func(w *Worker, t *Task) sched.Poll {
			if len(waker) > 0 {
				l.ran++
				l.over.Open()
				return sched.Ready
			}
			waker = append(waker, w.Waker(t))
			polled.Open()
			return sched.Pending
		})
		polled.Wait()
		waker[0].Wake()
		l.await()
	case "yield": // two tasks take turns
		for range 2 {
			polls := 0
			l.spawn(func(w *Worker, t *Task) sched.Poll {
				if polls++; polls < 3 {
					return sched.Yielded
				}
				l.ran++
				return sched.Ready
			})
		}
	case "overflow": // more children than the queue holds
		l.spawn(l.ready(func(w *Worker) {
			for range queueCapacity + 3 {
				l.inside(w, nil)
			}
			l.over.Open()
		}))
		l.await()
	case "cancel": // a child that nobody wakes, joined or not
		l.spawn(l.ready(func(w *Worker) {
			defer func() {
				if got := recover(); got != sched.ErrClosed {
					l.x.Errorf("Join: got a panic of %v, want %v", got, sched.ErrClosed)
				}
			}()
			t := w.NewTask(func(w *Worker, t *Task) sched.Poll {
				w.Waker(t)
				return sched.Pending
			})
			w.Fork(t)
			l.over.Open()
			w.Join(t)
		}))
		l.await()
	default:
		panic("no load " + load)
	}
}

func (l *exploredLoad) close() {
	if err := l.s.Close(); err != nil {
		var e *sched.CloseError
		if !errors.As(err, &e) {
			l.x.Errorf("Close: got %v", err)
		}
		l.closed = *e
	}
}

// balance accounts for all tasks. A task that panicked has run, too.
func (l *exploredLoad) balance() error {
	if l.ran+l.closed.Dropped != l.accepted {
		return fmt.Errorf("got %d tasks run and %d dropped of %d", l.ran, l.closed.Dropped, l.accepted)
	}
	if l.panicked != l.closed.Panicked {
		return fmt.Errorf("got %d panics reported, want %d", l.closed.Panicked, l.panicked)
	}
	left := l.s.InjectionQueueDepth()
	for _, w := range l.s.workers {
		left += w.queue.len() + w.yielded.len()
		if w.lifoSlot != nil {
			left++
		}
	}
	if left > 0 {
		return fmt.Errorf("got %d tasks in queues after Close", left)
	}
	return l.free()
}

// free looks at all free tasks: each is free once, and batches are whole.
func (l *exploredLoad) free() error {
	seen := map[*Task]bool{}
	list := func(t *Task, want int) error {
		n := 0
		for ; t != nil; t = t.next {
			if n++; seen[t] {
				return fmt.Errorf("a task is free twice")
			}
			if seen[t] = true; t.Ref != nil {
				return fmt.Errorf("a free task keeps %T", t.Ref)
			}
		}
		if n != want {
			return fmt.Errorf("got %d free tasks in a list, want %d", n, want)
		}
		return nil
	}
	batches := l.s.pool.batches
	for _, w := range l.s.workers {
		if w.free != nil {
			if err := list(w.free, int(w.free.depth)); err != nil {
				return err
			}
		}
		if w.spare != nil {
			batches = append(batches, w.spare)
		}
	}
	for _, b := range batches {
		if err := list(b, freeBatch); err != nil {
			return err
		}
	}
	return nil
}
