// Code generated from ../../impls/chaselev/explore_queue_test.go by go generate ./impls; DO NOT EDIT.

//go:build explore

package promcounter

import (
	"fmt"

	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// queueLoad is an owner with a row of operations, + push, r pushReversed of two, - pop,
// i popIf and h claimHalf, thieves that steal some times each, and somebody who looks how long it is.
type queueLoad struct {
	start   int // tasks that have been through the queue before
	filled  int // tasks in the queue
	owner   string
	thieves int
	steals  int
	looks   int
}

// queueOp is one operation on a queue in an execution. Begin and end are counted,
// so that of two that do not overlap one is known to be first.
type queueOp struct {
	what       byte // of the owner, or s steal
	begin, end int
	put, took  int  // tasks
	nothing    bool // no task, or no room
	retry      bool
}

func (l queueLoad) run(x *explore.Execution) {
	var (
		q     localQueue
		ops   []*queueOp
		clock int
		seen  = census{}
	)
	tasks := numbered(l.filled + 2*len(l.owner))
	var mine []*Task // that the owner has put in and not taken, but for stolen ones
	pushed := 0
	push := func() (ok bool) {
		if ok = q.push(tasks[pushed]); ok {
			mine = append(mine, tasks[pushed])
			pushed++
		}
		return ok
	}
	for range l.start {
		q.push(tasks[0])
		q.steal()
	}
	for range l.filled {
		push()
	}
	do := func(what byte, run func(o *queueOp)) {
		explore.Step() // others may come between two operations
		clock++
		o := &queueOp{what: what, begin: clock, end: 1 << 30}
		ops = append(ops, o)
		run(o)
		clock++
		o.end = clock
	}
	x.Go("owner", func() {
		for _, what := range []byte(l.owner) {
			do(what, func(o *queueOp) {
				var got []*Task
				switch what {
				case '+':
					if o.nothing = !push(); !o.nothing {
						o.put = 1
					}
					return
				case 'r': // there is room
					o.put = 2
					q.pushReversed([]*Task{tasks[pushed+1], tasks[pushed]})
					mine = append(mine, tasks[pushed:pushed+2]...)
					pushed += 2
					return
				case '-', 'i':
					var youngest *Task
					if n := len(mine); n > 0 {
						youngest, mine = mine[n-1], mine[:n-1]
					}
					if t := youngest; what == 'i' && q.popIf(t) {
						got = append(got, t)
					} else if what == '-' {
						if t = q.pop(); t != nil {
							got = append(got, t)
						}
					}
				case 'h':
					got = q.claimHalf(nil)
				}
				seen.add(got...)
				o.took, o.nothing = len(got), len(got) == 0
			})
		}
	})
	for i := range l.thieves {
		x.Go(fmt.Sprint("thief ", i), func() {
			last := int64(-1)
			for range l.steals {
				do('s', func(o *queueOp) {
					t, result := q.steal()
					o.nothing, o.retry = result == stealEmpty, result == stealRetry
					if (t != nil) != (result == stealOK) {
						x.Errorf("steal: got task %v with result %d", t != nil, result)
					}
					if t == nil {
						return
					}
					if o.took = 1; t.Args[0] <= last {
						x.Errorf("steal: got task %d after %d, want the oldest first", t.Args[0], last)
					}
					last = t.Args[0]
					seen.add(t)
				})
			}
		})
	}
	look := func() error {
		if n := q.len(); n < 0 || n > queueCapacity {
			return fmt.Errorf("got %d tasks in a queue of %d", n, queueCapacity)
		}
		return nil
	}
	if l.looks > 0 {
		x.Go("reader", func() {
			for range l.looks {
				if err := look(); err != nil {
					x.Errorf("%v", err)
				}
			}
		})
	}
	x.Always(look)
	x.Finally(func() error {
		for t := q.pop(); t != nil; t = q.pop() {
			seen.add(t)
		}
		if err := seen.once(pushed); err != nil {
			return err
		}
		for _, o := range ops {
			if err := l.judge(o, ops); err != nil {
				return err
			}
		}
		return nil
	})
}

// judge looks whether there can have been nothing to take, no room, or another
// one that took, at any moment of an operation that says so.
func (l queueLoad) judge(o *queueOp, ops []*queueOp) error {
	least, most := l.filled, l.filled // tasks in the queue at some moment of o
	rivals := 0
	for _, other := range ops {
		if other == o {
			continue
		}
		before, after := other.end < o.begin, other.begin > o.end
		if !after {
			least, most = least-other.took, most+other.put
		}
		if before {
			least, most = least+other.put, most-other.took
		}
		if !before && !after && other.took > 0 {
			rivals++
		}
	}
	switch {
	case o.what == '+' && o.nothing && most < queueCapacity:
		return fmt.Errorf("push: got no room with at most %d tasks in the queue", most)
	case o.what == 'h' && o.nothing && least >= queueCapacity:
		return fmt.Errorf("claimHalf: got nothing of a full queue")
	case (o.what == '-' || o.what == 'i' || o.what == 's') && o.nothing && least > 0:
		return fmt.Errorf("%c: got nothing with at least %d tasks in the queue", o.what, least)
	case o.retry && rivals == 0:
		return fmt.Errorf("steal: got a lost race with nobody to lose it to")
	}
	return nil
}

// exploreOverflow has an owner push into a full queue while two steal.
func exploreOverflow(x *explore.Execution) {
	s := explored(3)
	const n = queueCapacity + 2
	tasks, seen := numbered(n), census{}
	owner := s.workers[0]
	for _, t := range tasks[:queueCapacity] {
		owner.queue.push(t)
	}
	x.Go("owner", func() {
		for _, t := range tasks[queueCapacity:] {
			owner.pushLocal(t)
		}
	})
	for i := range 2 {
		x.Go(fmt.Sprint("thief ", i), func() {
			t, _ := owner.queue.steal()
			seen.add(t)
		})
	}
	x.Finally(func() error {
		seen.addQueued(s)
		return seen.once(n)
	})
}

// exploreStealHalf has a worker steal half of a queue while its owner pops and
// another one steals.
func exploreStealHalf(x *explore.Execution) {
	s := explored(3)
	const n = queueCapacity
	tasks, seen := numbered(n), census{}
	victim := s.workers[0]
	for _, t := range tasks {
		victim.queue.push(t)
	}
	x.Go("owner", func() {
		for range 2 {
			seen.add(victim.queue.pop())
		}
	})
	x.Go("thief", func() {
		thief := s.workers[1]
		first := thief.stealFrom(victim)
		seen.add(first)
		if first != nil && 1+thief.queue.len() > n/2 {
			x.Errorf("stealFrom: got %d of %d tasks, want half at most", 1+thief.queue.len(), n)
		}
	})
	x.Go("other", func() {
		t, _ := victim.queue.steal()
		seen.add(t)
	})
	x.Finally(func() error {
		seen.addQueued(s)
		return seen.once(n)
	})
}

// exploreInject has two workers take from the injection queue while two push.
func exploreInject(x *explore.Execution) {
	var q injectQueue
	tasks, seen := numbered(4), census{}
	q.push(tasks[0], true)
	x.Go("one by one", func() {
		if !q.push(tasks[1], true) {
			x.Errorf("push: got a refusal, want none before close")
		}
	})
	x.Go("all", func() { q.pushAll(tasks[2:]) })
	for i := range 2 {
		x.Go(fmt.Sprint("worker ", i), func() {
			for _, t := range popped(&q, 2) {
				if t == tasks[3] && seen[2] == 0 {
					x.Errorf("popN: got task 3 before task 2, want the order of pushAll")
				}
				seen.add(t)
			}
			if i == 0 && len(seen) == 0 {
				x.Errorf("popN: got nothing, with a task in the queue from the start")
			}
		})
	}
	x.Finally(func() error {
		left := q.length.Load()
		for _, t := range popped(&q, 4) {
			seen.add(t)
			left--
		}
		if left != 0 || q.length.Load() != 0 {
			return fmt.Errorf("length: got %d too many, and %d of an empty queue", left, q.length.Load())
		}
		return seen.once(4)
	})
}

// closeLoad has some spawn from outside while others close: who is told that it
// came in time is told the truth.
type closeLoad struct{ spawns, closes int }

func (l closeLoad) run(x *explore.Execution) {
	s := explored(1)
	accepted, refused := 0, 0
	var result *sched.CloseError
	for i := range l.spawns {
		x.Go(fmt.Sprint("outside ", i), func() {
			switch err := s.Spawn(func(*Worker) {}); err {
			case nil:
				accepted++
			case sched.ErrClosed:
				refused++
			default:
				x.Errorf("Spawn: got %v", err)
			}
		})
	}
	ended := false // one Close has
	for i := range l.closes {
		x.Go(fmt.Sprint("close ", i), func() {
			if err := s.Close(); err != nil {
				if result != nil {
					x.Errorf("Close: got an error from both, want one")
				}
				result = err.(*sched.CloseError)
			}
			ended = true
			if s.InjectionQueueDepth() > 0 {
				x.Errorf("got %d tasks queued after Close", s.InjectionQueueDepth())
			}
		})
	}
	x.Finally(func() error {
		dropped := 0
		if result != nil {
			dropped = result.Dropped
		}
		if !ended || dropped != accepted || accepted+refused != l.spawns {
			return fmt.Errorf("got %d accepted, %d refused, %d dropped", accepted, refused, dropped)
		}
		return nil
	})
}
