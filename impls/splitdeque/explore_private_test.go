//go:build explore

package splitdeque

import (
	"fmt"
	"testing"

	"stealbench/internal/at"
	"stealbench/internal/explore"
	"stealbench/internal/sched"
)

// privateScenarios are those of a queue with a private part; in the stamped ones all is
// public, but for the whole runs.
var privateScenarios = []struct {
	name   string
	bounds explore.Bounds
	run    explore.Scenario
}{
	{"queue/last", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{owner: "+t-", thieves: 2, steals: 2}}.run},
	{"queue/batch", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{filled: 3, owner: "t-+-t-", thieves: 2, steals: 2}}.run},
	{"queue/wrap", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{start: 3, filled: 2, owner: "++t--+", thieves: 1, steals: 4}}.run},
	{"queue/full", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{start: 2, filled: 3, owner: "+t+h+", thieves: 2, steals: 1}}.run},
	{"queue/claimHalf", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{start: 1, filled: 4, owner: "th-+h", thieves: 1, steals: 2}}.run},
	{"queue/oldest", explore.Bounds{Preemptions: 3, Walks: 2000}, privateLoad{queueLoad{filled: 2, owner: "o+to", thieves: 1, steals: 3}}.run},
	{"wake/one", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 10_000}, askLoad{workers: 2, tasks: 1}.run},
	{"wake/batch", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 10_000}, askLoad{workers: 2, tasks: 3}.run},
	{"wake/block", explore.Bounds{Preemptions: 2, InShort: 1, Walks: 10_000}, askLoad{workers: 3, tasks: 2, stay: true}.run},
	{"sight/injected", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, exploreInjectedSight},
	{"sight/stolen", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, exploreStolenSight},
	{"sight/yielded", explore.Bounds{Preemptions: 3, InShort: 2, Walks: 2000}, explorePrivateYieldedSight},
	{"leave", explore.Bounds{Preemptions: 3, Walks: 2000}, exploreLeave},
}

// privateLeast is how many schedules they have at least, in a short test.
const privateLeast = 500_000

func TestExplorePrivate(t *testing.T) {
	ran, total := 0, 0
	for _, s := range privateScenarios {
		t.Run(s.name, func(t *testing.T) {
			ran++
			total += explore.Check(t, s.run, s.bounds).Schedules
		})
	}
	if t.Logf("%d schedules", total); ran == len(privateScenarios) && total < privateLeast {
		t.Errorf("got %d schedules, want at least %d: are the scenarios still what they were?", total, privateLeast)
	}
}

// privateLoad is a queueLoad with a private part. The owner also has t, a tick, and o,
// popOldest; thieves ask before they steal, and learn nothing when they find nothing.
type privateLoad struct{ queueLoad }

func (l privateLoad) run(x *explore.Execution) {
	var (
		q      = newPrivate()
		ops    []*queueOp
		clock  int
		seen   = census{}
		tasks  = numbered(l.filled + len(l.owner))
		pushed = 0
	)
	push := func() (ok bool) {
		if ok = q.push(tasks[pushed]); ok {
			pushed++
		}
		return ok
	}
	startAt(q, int64(l.start))
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
				case '-':
					if t := q.pop(); t != nil {
						got = append(got, t)
					}
				case 'h':
					got = q.claimHalf(nil)
				case 'o':
					if t := q.popOldest(); t != nil {
						got = append(got, t)
					}
				case 't':
					if q.isAsked() {
						if before := q.private.n; !q.answer() || q.private.n >= before {
							x.Errorf("answer: got %d of %d tasks private, want fewer", q.private.n, before)
						}
					}
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
					if n := q.visible(); n < 0 || n > queueCapacity {
						x.Errorf("visible: got %d tasks in a queue of %d", n, queueCapacity)
					}
					t, result := q.steal()
					o.retry = result == stealRetry
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
	x.Always(func() error {
		if n := q.len(); n < 0 || n > queueCapacity {
			return fmt.Errorf("got %d tasks in a queue of %d", n, queueCapacity)
		}
		return nil
	})
	x.Finally(func() error {
		for _, t := range q.all(nil) {
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

// askLoad has an owner push tasks, and from then on tick only, as if it had other
// things to do, until all have run. The others have to take them all: asleep or not,
// they are told in the end. With stay, who takes one never comes back.
type askLoad struct {
	workers, tasks int
	stay           bool
}

func (l askLoad) run(x *explore.Execution) {
	s := privateScheduler(l.workers)
	owner := s.workers[0]
	tasks, seen := numbered(l.tasks), census{}
	x.Go("owner", func() {
		for _, t := range tasks {
			owner.pushLocal(t)
		}
		for len(seen) < l.tasks {
			owner.turn()
			at.Gosched()
		}
		s.closing.Store(true)
		for _, w := range s.workers {
			s.wake(w)
		}
	})
	for _, w := range s.workers[1:] {
		x.Go(fmt.Sprint("worker ", w.index), func() {
			for !s.closing.Load() {
				t := w.nextTask()
				if t == nil {
					t = w.stealWork(nil)
				}
				if t == nil {
					w.park(nil)
					continue
				}
				if w.searching {
					w.stopSearching()
				}
				seen.add(t)
				if l.stay {
					return
				}
			}
		})
	}
	x.Always(idleChecked(s))
	x.Finally(func() error { return seen.once(l.tasks) })
}

// exploreInjectedSight has a worker take two tasks from outside, and block in the first
// until the second has run: tasks from outside may wait for each other.
func exploreInjectedSight(x *explore.Execution) {
	blocksInPrivate(x, 2, func(w *Worker, second *Task) {
		w.sched.inject.pushAll([]*Task{w.NewTask(runNothing), second})
		if t := w.takeInjected(); t == second { // the other was faster with the first
			w.runTask(t)
		}
	})
}

// exploreStolenSight has a worker steal two tasks and block in the first until the
// second has run, which its owner may wait for.
func exploreStolenSight(x *explore.Execution) {
	blocksInPrivate(x, 3, func(w *Worker, second *Task) {
		victim := w.sched.workers[2]
		for _, t := range []*Task{w.NewTask(runNothing), second, w.NewTask(runNothing)} {
			victim.queue.push(t)
		}
		victim.queue.reveal()
		if t := w.stealFrom(victim); t == second { // as above
			w.runTask(t)
		}
		w.sched.notifyParked() // as runTask does
	})
}

func runNothing(*Worker, *Task) sched.Poll { return sched.Ready }

// explorePrivateYieldedSight has one take up a task that yielded, and block in it until
// the next one has run.
func explorePrivateYieldedSight(x *explore.Execution) {
	blocksInPrivate(x, 2, func(w *Worker, second *Task) {
		w.yield(new(Task))
		w.yield(second)
		w.takeYielded()
	})
}

// blocksInPrivate has one worker come to a task, and block until it has run. Another
// worker does what there is to do.
func blocksInPrivate(x *explore.Execution, workers int, come func(w *Worker, t *Task)) {
	s := privateScheduler(workers)
	w, other := s.workers[0], s.workers[1]
	ran := at.NewGate()
	task := w.NewTask(func(*Worker, *Task) sched.Poll {
		ran.Open()
		return sched.Ready
	})
	x.Go("blocks", func() {
		come(w, task)
		ran.Wait()
		s.closing.Store(true)
		s.wake(other)
	})
	x.Go("other", func() {
		for !s.closing.Load() {
			if t := other.nextTask(); t != nil {
				other.runTask(t)
			} else if t := other.stealWork(nil); t != nil {
				other.runTask(t)
			} else {
				other.park(nil)
			}
		}
	})
	x.Always(idleChecked(s))
}

// exploreLeave has a worker leave with a private task, for which another one waits.
func exploreLeave(x *explore.Execution) {
	s := privateScheduler(2)
	w, joiner := s.workers[0], s.workers[1]
	seen := census{}
	x.Go("leaves", func() {
		w.pushLocal(numbered(1)[0])
		s.closing.Store(true)
		w.leave()
	})
	x.Go("joiner", func() {
		for len(seen) == 0 {
			seen.add(joiner.stealRound())
			at.Gosched()
		}
	})
	x.Finally(func() error { return seen.once(1) })
}

// privateScheduler is a scheduler whose workers are threads of a scenario, and keep
// tasks to themselves.
func privateScheduler(workers int) *Scheduler {
	c, err := sched.Config{Workers: workers, NoClock: true, NoBlocking: true}.WithDefaults()
	if err != nil {
		panic(err)
	}
	return build(c)
}
