// Code generated from ../../impls/chaselev/tokio_metrics_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"sync"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// needExtended skips a test of counters that this variant or level does not have.
func needExtended(t *testing.T, s sched.Snapshot) {
	t.Helper()
	if !s.Extended {
		t.Skip("not counted by this variant or level")
	}
}

// workersEach is how many workers one element of a snapshot counts, or skips the
// test of a variant that has none.
func workersEach(t *testing.T, s sched.Snapshot, workers int) uint64 {
	t.Helper()
	if len(s.Workers) == 0 {
		t.Skip("nothing is counted by this variant")
	}
	return uint64(workers / len(s.Workers))
}

// rt_metrics.rs: global_queue_depth_multi_thread. With every worker blocked the
// depth counts the spawns.
func TestTokioGlobalQueueDepthMultiThread(t *testing.T) {
	schedtest.Guard(t)
	for _, workers := range []int{1, 2, 4} {
		s := atWork(t, sched.Config{Workers: workers})
		release := blockWorkers(t, s)
		var tasks sync.WaitGroup
		for want := range 10 {
			if got := s.InjectionQueueDepth(); got != want {
				t.Errorf("%d workers: got depth %d after %d spawns, want %d", workers, got, want, want)
			}
			tasks.Add(1)
			spawnTask(t, s, func(*Worker, *Task) sched.Poll {
				tasks.Done()
				return sched.Ready
			})
		}
		release()
		tasks.Wait()
		if got := s.InjectionQueueDepth(); got != 0 {
			t.Errorf("%d workers: got depth %d when all have run, want 0", workers, got)
		}
		closeEnded(t, s)
	}
}

// rt_metrics.rs: worker_total_busy_duration. Every worker is in a task until the
// clock has moved.
func TestTokioWorkerTotalBusyDuration(t *testing.T) {
	schedtest.Guard(t)
	const workers = 2
	s := atWork(t, sched.Config{Workers: workers})
	var begun, ended sync.WaitGroup
	begun.Add(workers)
	ended.Add(workers)
	for range workers {
		spawnTask(t, s, func(*Worker, *Task) sched.Poll {
			begun.Done()
			begun.Wait()
			for from := now(); haveClock && now() == from; {
			}
			ended.Done()
			return sched.Ready
		})
	}
	ended.Wait()
	snapshot := closeEnded(t, s)
	workersEach(t, snapshot, workers)
	for i, c := range snapshot.Workers {
		if (c.BusyDurationTotal > 0) != snapshot.Clock {
			t.Errorf("worker %d: got %d ns busy, want more than 0 if there is a clock, %v", i, c.BusyDurationTotal, snapshot.Clock)
		}
	}
}

// rt_metrics.rs: worker_park_count. A worker without work parks.
func TestTokioWorkerParkCount(t *testing.T) {
	schedtest.Guard(t)
	const workers = 2
	s := atWork(t, sched.Config{Workers: workers})
	waitUntil(t, "all workers parked", s.Quiet)
	snapshot := closeEnded(t, s)
	least := workersEach(t, snapshot, workers)
	for i, c := range snapshot.Workers {
		if c.ParkCount < least {
			t.Errorf("worker %d: got %d parks, want at least %d", i, c.ParkCount, least)
		}
	}
}

// rt_metrics.rs: worker_park_unpark_count. 1 after the start, odd and at least 3
// for the one that ran a task, even after the close.
func TestTokioWorkerParkUnparkCount(t *testing.T) {
	schedtest.Guard(t)
	const workers = 2
	s := atWork(t, sched.Config{Workers: workers})
	t.Cleanup(func() { _ = s.Close() }) // also where we skip
	each := workersEach(t, s.Snapshot(), workers)
	waitUntil(t, "all workers parked", s.Quiet)
	for i, c := range s.Snapshot().Workers {
		if c.ParkUnparkCount != each {
			t.Errorf("worker %d: got %d parks and unparks after the start, want %d", i, c.ParkUnparkCount, each)
		}
	}
	runTask(t, s, func(*Worker) {})
	waitUntil(t, "parks and unparks odd for each worker, 3 or more for one", func() bool {
		odd := s.Quiet() // where both are counted together two odd numbers make an even one
		snapshot := s.Snapshot()
		for _, c := range snapshot.Workers {
			odd = odd && c.ParkUnparkCount%2 == each%2
		}
		return odd && snapshot.Total().ParkUnparkCount >= workers+2
	})
	snapshot := closeEnded(t, s)
	for i, c := range snapshot.Workers {
		if c.ParkUnparkCount != 2*c.ParkCount {
			t.Errorf("worker %d: got %d parks and unparks after the close, want %d, twice its parks", i, c.ParkUnparkCount, 2*c.ParkCount)
		}
	}
	if got, want := snapshot.Total().ParkUnparkCount, uint64(2*workers+2); got < want {
		t.Errorf("got %d parks and unparks after the close, want at least %d", got, want)
	}
}

// rt_unstable_metrics.rs: worker_noop_count. In a pool that never had a task
// each park is a no-op.
func TestTokioWorkerNoopCount(t *testing.T) {
	schedtest.Guard(t)
	const workers = 2
	s := atWork(t, sched.Config{Workers: workers})
	waitUntil(t, "all workers parked", s.Quiet)
	snapshot := closeEnded(t, s)
	needExtended(t, snapshot)
	least := workersEach(t, snapshot, workers)
	for i, c := range snapshot.Workers {
		if c.NoopCount < least || c.NoopCount != c.ParkCount {
			t.Errorf("worker %d: got %d no-ops in %d parks, want %d or more, and as many", i, c.NoopCount, c.ParkCount, least)
		}
	}
}

// rt_unstable_metrics.rs: remote_schedule_count.
func TestTokioRemoteScheduleCount(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 2})
	ran := make(chan struct{})
	go func() {
		if err := s.Spawn(func(*Worker) { close(ran) }); err != nil {
			t.Error(err)
		}
	}()
	<-ran
	checkSchedules(t, s, 0, 1)
}

// checkSchedules closes s and checks how its tasks became runnable.
func checkSchedules(t *testing.T, s *Scheduler, local, remote uint64) {
	t.Helper()
	snapshot := closeEnded(t, s)
	needExtended(t, snapshot)
	c := snapshot.Total()
	if c.LocalScheduleCount != local || snapshot.RemoteScheduleCount != remote {
		t.Errorf("got %d local and %d remote schedules, want %d and %d", c.LocalScheduleCount, snapshot.RemoteScheduleCount, local, remote)
	}
}

// rt_unstable_metrics.rs: worker_local_schedule_count. A task spawns another and
// is woken by it: two local schedules, and a remote one that brought it in.
func TestTokioWorkerLocalScheduleCount(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 2})
	done := make(chan struct{})
	spawnTask(t, s, func(w *Worker, t *Task) sched.Poll {
		if t.Args[0]++; t.Args[0] == 1 {
			k := w.Waker(t)
			w.Go(func(w *Worker) { w.Wake(k) })
			return sched.Pending
		}
		close(done)
		return sched.Ready
	})
	<-done
	checkSchedules(t, s, 2, 1)
}

// rt_basic.rs: spawn_two. The remote one is Run's own.
func TestTokioSpawnTwo(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 1})
	done := make(chan struct{})
	runTask(t, s, func(w *Worker) {
		w.Go(func(w *Worker) {
			w.Go(func(*Worker) { close(done) })
		})
	})
	<-done
	checkSchedules(t, s, 2, 1)
}

// rt_basic.rs: spawn_remote. A task spawned inside is woken from outside; the
// other remote schedule is Run's own.
func TestTokioSpawnRemote(t *testing.T) {
	schedtest.Guard(t)
	s := atWork(t, sched.Config{Workers: 1})
	wakers, done := make(chan Waker, 1), make(chan struct{})
	runTask(t, s, func(w *Worker) {
		w.Spawn(w.NewTask(func(w *Worker, t *Task) sched.Poll {
			if t.Args[0]++; t.Args[0] == 1 {
				wakers <- w.Waker(t)
				return sched.Pending
			}
			close(done)
			return sched.Ready
		}))
	})
	k := <-wakers
	// Woken while it still runs it would be put back by its worker.
	waitUntil(t, "the task pending", func() bool { return k.task.state.Load()&flagIdle != 0 })
	k.Wake()
	<-done
	checkSchedules(t, s, 1, 2)
}

// besideBlocked has a task spawn n others and then look, all while the other of
// two workers is blocked. Before, the LIFO slot holds a task and the local queue
// none. It closes s when all have ended.
func besideBlocked(t *testing.T, s *Scheduler, n int, look func(w *Worker)) sched.Snapshot {
	t.Helper()
	var others sync.WaitGroup
	others.Add(2 + n)
	end := func(*Worker) { others.Done() }
	runTask(t, s, func(w *Worker) {
		blocked, release := make(chan struct{}), make(chan struct{})
		w.Go(func(*Worker) {
			close(blocked)
			<-release
			others.Done()
		})
		w.Go(end) // moves the other to where it can be stolen
		<-blocked
		for range n {
			w.Go(end)
		}
		look(w)
		close(release)
	})
	others.Wait()
	return closeEnded(t, s)
}

// rt_unstable_metrics.rs: worker_overflow_count. Of 300 spawns the last is in
// the slot and the task before them in the queue: 300 pushes, one overflow.
func TestTokioWorkerOverflowCount(t *testing.T) {
	schedtest.Guard(t)
	const spawns, moved = 300, queueCapacity/2 + 1
	const want = 1 + (spawns-queueCapacity-1)/moved
	if queueCapacity == 256 && want != 1 {
		t.Fatalf("got %d overflows by the formula, want 1 as upstream", want)
	}
	s := atWork(t, sched.Config{Workers: 2})
	injected := 0
	snapshot := besideBlocked(t, s, spawns, func(*Worker) { injected = s.InjectionQueueDepth() })
	if injected != want*moved {
		t.Errorf("got %d tasks in the injection queue, want %d", injected, want*moved)
	}
	needExtended(t, snapshot)
	if got := snapshot.Total().OverflowCount; got != want {
		t.Errorf("got %d overflows, want %d", got, want)
	}
}

// rt_unstable_metrics.rs: worker_local_queue_depth.
func TestTokioWorkerLocalQueueDepth(t *testing.T) {
	schedtest.Guard(t)
	const want = min(100, queueCapacity)
	s := atWork(t, sched.Config{Workers: 2})
	both, own := 0, 0
	besideBlocked(t, s, want, func(w *Worker) {
		both, own = s.LocalQueueDepth(0)+s.LocalQueueDepth(1), s.LocalQueueDepth(w.index)
	})
	if both != want || own != want {
		t.Errorf("got %d tasks in both local queues, %d in the spawner's, want %d, %d", both, own, want, want)
	}
}
