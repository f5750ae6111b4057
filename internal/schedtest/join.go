package schedtest

import (
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// joinOrders are the orders in which forks are joined: the youngest first is
// the cheap case, the others make the worker help.
var joinOrders = []struct {
	name  string
	index func(i, n int) int
}{
	{"youngest first", func(i, n int) int { return n - 1 - i }},
	{"oldest first", func(i, _ int) int { return i }},
	{"from the middle", func(i, n int) int { return (i + n/2) % n }},
}

func joinAll(c Ctx, forks []Forked, index func(i, n int) int) int64 {
	sum := int64(0)
	for i := range forks {
		sum += c.Join(forks[index(i, len(forks))])
	}
	return sum
}

// joinNested sums the leaves of a tree with three children a node.
func joinNested(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for _, order := range joinOrders {
		var tree func(c Ctx, depth int) int64
		tree = func(c Ctx, depth int) int64 {
			if depth == 0 {
				return 1
			}
			var forks [3]Forked
			for i := range forks {
				forks[i] = c.Fork(func(c Ctx) int64 { return tree(c, depth-1) })
			}
			return joinAll(c, forks[:], order.index)
		}
		for range scaled(20) {
			var got int64
			mustRun(t, p, func(c Ctx) { got = tree(c, 7) })
			if want := int64(2187); got != want {
				t.Errorf("%s: got %d leaves, want %d", order.name, got, want)
			}
		}
	}
	mustClose(t, p)
}

// joinWide forks more at once than a local queue holds.
func joinWide(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for _, order := range joinOrders {
		for _, n := range []int{1, 2, 256, 257, 258, 1000} {
			for range scaled(100) {
				var got int64
				mustRun(t, p, func(c Ctx) {
					forks := make([]Forked, n)
					for i := range forks {
						forks[i] = c.Fork(func(Ctx) int64 { return int64(i) })
					}
					got = joinAll(c, forks, order.index)
				})
				if want := int64(n * (n - 1) / 2); got != want {
					t.Errorf("%s, %d forks: got %d, want %d", order.name, n, got, want)
				}
			}
		}
	}
	mustClose(t, p)
}

// joinStolen joins forks that another worker took and that end while their
// joiner falls asleep, or about then.
func joinStolen(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for round := range scaled(10_000) {
		mustRun(t, p, func(c Ctx) {
			var begun atomic.Bool
			child := c.Fork(func(Ctx) int64 {
				begun.Store(true)
				for end := time.Now().Add(time.Duration(round%400) * 100 * time.Nanosecond); time.Now().Before(end); {
				}
				return 1
			})
			onTop := c.Fork(func(Ctx) int64 { return 1 })
			until(begun.Load)
			if got := c.Join(onTop) + c.Join(child); got != 2 {
				t.Errorf("got %d forks, want 2", got)
			}
		})
	}
	mustClose(t, p)
}

// joinPending joins forks that wait for a wake: from outside, from each other,
// and for one that comes at once.
func joinPending(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	toWake := make(chan Waker, 16)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for k := range toWake {
			time.Sleep(10 * time.Microsecond)
			k.Wake()
		}
	}()
	for _, order := range joinOrders {
		for range scaled(250) {
			polls := [8]int{}
			mustRun(t, p, func(c Ctx) {
				var forks [8]Forked
				for i := range forks {
					forks[i] = c.ForkPoll(func(c Ctx) sched.Poll {
						polls[i]++
						if polls[i] == 3 {
							return sched.Ready
						}
						k := c.Waker()
						switch i % 3 {
						case 0:
							toWake <- k
						case 1:
							c.Wake(k)
						case 2:
							c.Go(func(c Ctx) { c.Wake(k) })
						}
						return sched.Pending
					})
				}
				joinAll(c, forks[:], order.index)
			})
			if want := [8]int{3, 3, 3, 3, 3, 3, 3, 3}; polls != want {
				t.Errorf("%s: got %v polls, want %v", order.name, polls, want)
			}
		}
	}
	close(toWake)
	<-gone
	mustClose(t, p)
}

// joinYielding joins forks that yield, and that fork and join after it.
func joinYielding(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	for _, order := range joinOrders {
		for range scaled(500) {
			polls := [8]int{}
			mustRun(t, p, func(c Ctx) {
				var forks [8]Forked
				for i := range forks {
					forks[i] = c.ForkPoll(func(c Ctx) sched.Poll {
						if polls[i]++; polls[i] <= i {
							return sched.Yielded
						}
						polls[i] += int(c.Join(c.Fork(func(Ctx) int64 { return 10 })))
						return sched.Ready
					})
				}
				joinAll(c, forks[:], order.index)
			})
			if want := [8]int{11, 12, 13, 14, 15, 16, 17, 18}; polls != want {
				t.Errorf("%s: got %v, want %v", order.name, polls, want)
			}
		}
	}
	mustClose(t, p)
}
