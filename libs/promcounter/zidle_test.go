// Code generated from ../../impls/chaselev/idle_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// checkIdle checks PARKING.md's invariant: unparked = workers - len(sleepers),
// nobody twice. It is called without i.mu.
func checkIdle(t *testing.T, i *idle, step int) {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	if err := i.broken(); err != nil {
		t.Errorf("step %d: %v", step, err)
	}
}

// TestIdleTransitions walks at random through the states of some workers, in
// one thread, where the number of searching workers is known too.
func TestIdleTransitions(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8} {
		random := rand.New(rand.NewPCG(uint64(workers), 1))
		s := atRest(t, sched.Config{Workers: workers})
		i := &s.idle
		searching := 0
		for step := range 20_000 {
			w := s.workers[random.IntN(workers)]
			sleeps := i.asleep(w)
			switch random.IntN(5) {
			case 0:
				if !sleeps && !w.searching {
					got, want := i.tryStartSearching(), 2*searching < workers
					if got != want {
						t.Fatalf("%d workers, step %d: tryStartSearching with %d searching: got %v, want %v",
							workers, step, searching, got, want)
					}
					if got {
						w.searching = true
						searching++
					}
				}
			case 1:
				if w.searching {
					w.searching = false
					searching--
					if got, want := i.stopSearching(), searching == 0; got != want {
						t.Fatalf("%d workers, step %d: stopSearching: got last %v, want %v", workers, step, got, want)
					}
				}
			case 2:
				if !sleeps {
					if w.searching {
						searching--
					}
					i.addSleeper(w, w.searching)
					w.searching = false
				}
			case 3:
				if got := i.removeSleeper(w); got != sleeps {
					t.Fatalf("%d workers, step %d: removeSleeper: got %v, want %v", workers, step, got, sleeps)
				}
			case 4:
				n := len(i.sleepers)
				wakes := n > 0 && searching == 0
				if got := i.shouldNotify(); got != wakes {
					t.Fatalf("%d workers, step %d: shouldNotify with %d asleep, %d searching: got %v, want %v",
						workers, step, n, searching, got, wakes)
				}
				var last *Worker
				if n > 0 {
					last = i.sleepers[n-1]
				}
				i.notify()
				if wakes {
					if i.asleep(last) || !last.wokenToSearch || !last.parker.permit.Given() {
						t.Fatalf("%d workers, step %d: notify did not wake who fell asleep last", workers, step)
					}
					last.parker.park() // has its permit
					last.searching = true
					searching++
				}
			}
			checkIdle(t, i, step)
			if got := searchingOf(i.state.Load()); got != searching {
				t.Fatalf("%d workers, step %d: got %d searching, want %d", workers, step, got, searching)
			}
			if t.Failed() {
				return
			}
		}
	}
}

// TestIdleConcurrent does the same with a goroutine per worker and two that
// wake them.
func TestIdleConcurrent(t *testing.T) {
	schedtest.Guard(t)
	const workers = 4
	rounds := 20_000
	if testing.Short() || schedtest.RaceEnabled {
		rounds /= 20
	}
	s := atRest(t, sched.Config{Workers: workers})
	i := &s.idle
	var running atomic.Int32
	running.Store(workers)
	var group sync.WaitGroup
	for _, w := range s.workers {
		group.Go(func() {
			defer running.Add(-1)
			for round := range rounds {
				if !w.searching && round%3 == 0 {
					w.searching = i.tryStartSearching()
				}
				if w.searching && round%2 == 0 {
					w.searching = false
					i.stopSearching()
				}
				i.addSleeper(w, w.searching)
				w.searching = false
				w.parker.park()
				if i.asleep(w) {
					t.Errorf("worker %d: awake and on the list", w.index)
				}
				w.searching = w.wokenToSearch
			}
			if w.searching {
				i.stopSearching()
			}
		})
	}
	for waker := range 2 {
		group.Go(func() {
			for step := 0; running.Load() > 0; step++ {
				if waker == 0 {
					i.notify()
				}
				s.wake(s.workers[step%workers])
				checkIdle(t, i, step)
				runtime.Gosched()
			}
		})
	}
	group.Wait()
	if got, want := i.state.Load(), uint64(workers*oneUnparked); got != want {
		t.Errorf("at the end: got state %#x, want %#x", got, want)
	}
}

// TestIdleHalves takes both halves of the state to their limits, with as many
// workers as there may be: neither reaches into the other.
func TestIdleHalves(t *testing.T) {
	workers := sched.MaxWorkers
	if schedtest.RaceEnabled { // which checks each step, in a time that grows with the square
		workers = 64
	}
	s := atRest(t, sched.Config{Workers: workers})
	i := &s.idle
	check := func(searching, unparked int) {
		t.Helper()
		state := i.state.Load()
		if searchingOf(state) != searching || unparkedOf(state) != unparked {
			t.Fatalf("got %d searching, %d unparked, want %d, %d", searchingOf(state), unparkedOf(state), searching, unparked)
		}
	}
	check(0, workers)
	for n := range workers / 2 {
		if !i.tryStartSearching() {
			t.Fatalf("got no leave to search with %d searching, want it", n)
		}
		check(n+1, workers)
	}
	if i.tryStartSearching() {
		t.Fatal("got leave to search with half of the workers searching, want none")
	}
	i.state.Add(uint64(workers/2) * oneSearching) // as if all had asked at the same time
	check(workers, workers)
	for n, w := range s.workers { // the first half falls asleep, searching
		if n < workers/2 {
			i.addSleeper(w, true)
			check(workers-n-1, workers-n-1)
		}
	}
	for n := range workers / 2 { // the others find work
		if got, want := i.stopSearching(), n == workers/2-1; got != want {
			t.Fatalf("stopSearching: got last %v with %d left", got, workers/2-n-1)
		}
		check(workers/2-n-1, workers/2)
	}
	for n, w := range s.workers[workers/2:] {
		i.addSleeper(w, false)
		check(0, workers/2-n-1)
	}
	for n, w := range s.workers { // one by one back, one searching all the time
		if n == 0 {
			i.notify()
			check(1, 1)
		} else if i.notify(); i.removeSleeper(w) {
			check(1, n+1)
		}
	}
	if err := i.broken(); err != nil {
		t.Error(err)
	}
}

// TestIdleBroken seeds what the invariant must notice, a worker that parks twice
// among it (tokio issue #8372).
func TestIdleBroken(t *testing.T) {
	for _, row := range []struct {
		name  string
		spoil func(i *idle, w *Worker)
		ok    bool
	}{
		{"sound", func(*idle, *Worker) {}, true},
		{"one sleeps", func(i *idle, w *Worker) { i.addSleeper(w, false) }, true},
		{"left without leaving the list", func(i *idle, w *Worker) {
			i.addSleeper(w, false)
			i.state.Add(oneUnparked)
		}, false},
		{"off the list, still parked", func(i *idle, w *Worker) {
			i.addSleeper(w, false)
			i.sleepers = nil
		}, false},
		{"on the list twice", func(i *idle, w *Worker) {
			i.sleepers = append(i.sleepers, w, w)
			i.state.Add(^uint64(2*oneUnparked - 1))
		}, false},
	} {
		s := atRest(t, sched.Config{Workers: 3})
		row.spoil(&s.idle, s.workers[1])
		if err := s.idle.broken(); (err == nil) != row.ok {
			t.Errorf("%s: got %v, want sound %v", row.name, err, row.ok)
		}
	}
}
