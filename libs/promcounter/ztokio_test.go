// Code generated from ../../impls/chaselev/tokio_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// The tests called TestTokio are the ideas of tokio's own tests, by their names
// there. TOKIO_TESTS.md lists all of them, with those that other tests cover and
// those that do not apply. tokio's are flaky where they guess who runs what
// (tokio #6054, #6470): here a task that blocks decides it.

// atWork starts a scheduler; atRest makes one whose workers do not run.
func atWork(t *testing.T, c sched.Config) *Scheduler {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// closeEnded closes s, in which every task has ended.
func closeEnded(t *testing.T, s *Scheduler) sched.Snapshot {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("Close: got %v, want nil", err)
	}
	return s.Snapshot()
}

func spawnTask(t *testing.T, s *Scheduler, poll PollFunc) {
	t.Helper()
	if err := s.SpawnTask(poll, [2]int64{}, nil); err != nil {
		t.Fatalf("SpawnTask: got %v, want nil", err)
	}
}

func runTask(t *testing.T, s *Scheduler, fn func(w *Worker)) {
	t.Helper()
	if err := s.Run(fn); err != nil {
		t.Fatalf("Run: got %v, want nil", err)
	}
}

// blockWorkers returns once every worker is in a task of ours; they stay there
// until release.
func blockWorkers(t *testing.T, s *Scheduler) (release func()) {
	t.Helper()
	var begun, ended sync.WaitGroup
	gate := make(chan struct{})
	for range s.Workers() {
		begun.Add(1)
		ended.Add(1)
		if err := s.Spawn(func(*Worker) {
			begun.Done()
			<-gate
			ended.Done()
		}); err != nil {
			t.Fatal(err)
		}
	}
	begun.Wait()
	return func() {
		close(gate)
		ended.Wait()
	}
}

// waitUntil waits for what other goroutines make true, for longer than any host
// takes.
func waitUntil(t *testing.T, want string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !cond(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("got nothing after 10 s, want %s", want)
		}
	}
}

// repeats is how often to do what a full test does n times.
func repeats(n int) int {
	if testing.Short() || schedtest.RaceEnabled {
		return n / 20
	}
	return n
}

// rt_threaded.rs: test_disable_lifo_slot. The child waits in the queue, where
// the other worker finds it; in the slot it would wait for ever.
func TestTokioDisableLIFOSlot(t *testing.T) {
	schedtest.Guard(t)
	closeEnded(t, runChildOfBlocked(t))
}

// runChildOfBlocked has a task that blocks until its child has run, which
// another worker must steal: one steal of one task, and no other.
func runChildOfBlocked(t *testing.T) *Scheduler {
	t.Helper()
	s := atWork(t, sched.Config{Workers: 2, DisableLIFOSlot: true})
	runTask(t, s, func(w *Worker) {
		child := make(chan struct{})
		w.Go(func(*Worker) { close(child) })
		<-child
	})
	return s
}

// rt_unstable_metrics.rs: worker_steal_count.
func TestTokioWorkerStealCount(t *testing.T) {
	schedtest.Guard(t)
	snapshot := closeEnded(t, runChildOfBlocked(t))
	needExtended(t, snapshot)
	if c := snapshot.Total(); c.StealCount != 1 || c.StealOperations != 1 {
		t.Errorf("got %d tasks stolen in %d operations, want 1 in 1", c.StealCount, c.StealOperations)
	}
}

// rt_threaded.rs: global_queue_interval_set_to_one. Tasks from outside and from
// inside end, though every tick looks at the injection queue.
func TestTokioGlobalQueueIntervalSetToOne(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 2, GlobalQueueInterval: 1})
	var tasks sync.WaitGroup
	for range 10 {
		tasks.Add(2)
		spawnTask(t, s, func(w *Worker, _ *Task) sched.Poll {
			w.Go(func(*Worker) { tasks.Done() })
			tasks.Done()
			return sched.Ready
		})
	}
	tasks.Wait()
	closeEnded(t, s)
}

// rt_panic.rs: builder_global_queue_interval_panic_caller. A wrong interval is
// an error that names it; 0 stands for the tuned one.
func TestTokioBuilderGlobalQueueIntervalPanicCaller(t *testing.T) {
	schedtest.Guard(t)
	for _, row := range []struct {
		name     string
		interval int
		want     string
	}{
		{"negative", -1, "GlobalQueueInterval is -1"},
		{"too long", sched.MaxInterval + 1, "GlobalQueueInterval is 1048577"},
		{"tuned", 0, ""},
	} {
		s, err := New(sched.Config{Workers: 1, GlobalQueueInterval: row.interval})
		if err == nil {
			closeEnded(t, s)
		}
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got error %v, want %q", row.name, err, row.want)
		}
	}
}

// loom multi_thread: complete_block_on_under_load. A task that is woken from
// outside ends while another keeps the only worker busy.
func TestTokioCompleteBlockOnUnderLoad(t *testing.T) {
	schedtest.Guard(t)
	for range repeats(400) {
		s := atWork(t, sched.Config{Workers: 1, EventInterval: 2})
		var stop atomic.Bool
		var load, gated sync.WaitGroup
		load.Add(1)
		gated.Add(1)
		spawnTask(t, s, func(*Worker, *Task) sched.Poll {
			if !stop.Load() {
				return sched.Yielded
			}
			load.Done()
			return sched.Ready
		})
		spawnTask(t, s, func(w *Worker, t *Task) sched.Poll {
			if t.Args[0]++; t.Args[0] == 1 {
				go w.Waker(t).Wake()
				return sched.Pending
			}
			gated.Done()
			return sched.Ready
		})
		gated.Wait()
		stop.Store(true)
		load.Wait()
		closeEnded(t, s)
	}
}

// loom multi_thread: pool_multi_notify. Two tasks are woken twice by a child,
// perhaps while they run: neither wake is lost.
func TestTokioPoolMultiNotify(t *testing.T) {
	for _, row := range []struct {
		name   string
		config sched.Config
	}{
		{"child in the slot", sched.Config{Workers: 2, EventInterval: 2}},
		{"child may be stolen", sched.Config{Workers: 2, EventInterval: 2, DisableLIFOSlot: true}},
	} {
		t.Run(row.name, func(t *testing.T) {
			schedtest.Guard(t)
			s := atWork(t, row.config)
			for round := range repeats(4000) {
				var tasks sync.WaitGroup
				for range 2 {
					tasks.Add(1)
					spawnTask(t, s, wokenTwice(&tasks, round%4))
				}
				tasks.Wait()
			}
			closeEnded(t, s)
		})
	}
}

// wokenTwice is pending until a child of its first poll has counted to two and
// woken it at each count. It pauses between its look at the count and its end,
// where a wake finds it running.
func wokenTwice(tasks *sync.WaitGroup, pauses int) PollFunc {
	var count atomic.Int32
	return func(w *Worker, t *Task) sched.Poll {
		if t.Args[0]++; t.Args[0] == 1 {
			k := w.Waker(t)
			w.Go(func(w *Worker) {
				for range 2 {
					count.Add(1)
					w.Wake(k)
				}
			})
		}
		if count.Load() < 2 {
			for range pauses {
				runtime.Gosched()
			}
			return sched.Pending
		}
		tasks.Done()
		return sched.Ready
	}
}

// loom multi_thread: shutdown_with_notification and pool_shutdown. Pending tasks
// are woken while the scheduler closes: each ends, is dropped, or waits in the
// injection queue because its wake came after the drain.
func TestTokioShutdownWithNotification(t *testing.T) {
	for _, row := range []struct {
		name string
		wake func(w *Worker, k Waker, wakers *sync.WaitGroup)
	}{
		{"from outside", func(_ *Worker, k Waker, wakers *sync.WaitGroup) { wakers.Go(k.Wake) }},
		{"by a task", func(w *Worker, k Waker, _ *sync.WaitGroup) { w.Go(func(w *Worker) { w.Wake(k) }) }},
		{"by itself", func(w *Worker, k Waker, _ *sync.WaitGroup) { w.Wake(k) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			schedtest.Guard(t)
			for round := range repeats(2000) {
				s := atWork(t, sched.Config{Workers: 2, EventInterval: 2})
				var ended atomic.Int64
				var wakers sync.WaitGroup
				const tasks = 2
				for range tasks {
					spawnTask(t, s, func(w *Worker, t *Task) sched.Poll {
						if t.Args[0]++; t.Args[0] == 1 {
							row.wake(w, w.Waker(t), &wakers)
							return sched.Pending
						}
						ended.Add(1)
						return sched.Ready
					})
				}
				for range round % 8 { // close at different moments
					runtime.Gosched()
				}
				// A child that is dropped stands for the parent that it did not wake.
				var e sched.CloseError
				if p := &e; errors.As(s.Close(), &p) {
					e = *p
				}
				wakers.Wait()
				late := s.InjectionQueueDepth()
				if got := int(ended.Load()) + e.Dropped + late; got != tasks || e.Panicked != 0 {
					t.Fatalf("round %d: got %d ended + %d dropped + %d woken late, %d panicked, want %d in all, 0",
						round, ended.Load(), e.Dropped, late, e.Panicked, tasks)
				}
			}
		})
	}
}
