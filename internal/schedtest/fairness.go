package schedtest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// yieldOrder yields with one worker, where the order is known.
func yieldOrder(t *testing.T, s suite, workers int) {
	for _, row := range []struct {
		name   string
		config sched.Config
	}{
		{"default", sched.Config{Workers: workers}},
		{"no LIFO slot", sched.Config{Workers: workers, DisableLIFOSlot: true}},
		{"looks at old tasks every tick", sched.Config{Workers: workers, GlobalQueueInterval: 1}},
		{"looks at old tasks every third tick", sched.Config{Workers: workers, GlobalQueueInterval: 3}},
	} {
		p := s.openWith(t, row.config)
		for _, n := range []int{0, 1, 2, 4, 5, 100, 256} {
			if n > queueCapacity {
				break // overflow changes the order
			}
			// All that a task spawned before it yields runs before it goes on.
			ran, at := 0, make(chan int)
			first := true
			mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
				if first {
					first = false
					for range n {
						c.Go(func(Ctx) { ran++ })
					}
					return sched.Yielded
				}
				at <- ran
				return sched.Ready
			})
			if got := <-at; got != n {
				t.Errorf("%s: a yielded task ran after %d of %d older ones, want all", row.name, got, n)
			}

			// Tasks that yield take turns.
			polls := make([]int, n)
			var done sync.WaitGroup
			done.Add(n)
			mustSpawn(t, p, func(c Ctx) {
				for i := range n {
					c.GoPoll(func(Ctx) sched.Poll {
						polls[i]++
						for k, other := range polls {
							if other < polls[i]-1 {
								t.Errorf("%s: %d tasks yield: poll %d of task %d after poll %d of task %d",
									row.name, n, polls[i], i, other, k)
								break
							}
						}
						if polls[i] < 5 {
							return sched.Yielded
						}
						done.Done()
						return sched.Ready
					})
				}
			})
			done.Wait()
		}
		mustClose(t, p)
	}
}

// starvation keeps one worker busy for ever and wants everything else to run
// all the same.
func starvation(t *testing.T, s suite, workers int) {
	for _, noise := range []struct {
		name  string
		start func(p Pool, c Ctx, stop *atomic.Bool)
	}{
		{"a task that respawns itself", noiseLocal(1)},
		{"three tasks that respawn themselves", noiseLocal(3)},
		{"a task that respawns itself from outside", noiseRemote(1)},
		{"three tasks that respawn themselves from outside", noiseRemote(3)},
		{"a task that yields", noiseYield},
		{"two tasks that wake each other", noisePair},
	} {
		for _, row := range []struct {
			name   string
			config sched.Config
		}{
			{"default", sched.Config{Workers: workers}},
			{"no LIFO slot", sched.Config{Workers: workers, DisableLIFOSlot: true}},
			{"looks at old tasks every tick", sched.Config{Workers: workers, GlobalQueueInterval: 1}},
			{"looks at old tasks every second tick", sched.Config{Workers: workers, GlobalQueueInterval: 2}},
		} {
			starve(t, s, row.config, noise.name+", "+row.name, noise.start)
		}
	}
}

// starve has old local tasks, one that yielded and tasks from outside wait
// behind the noise.
func starve(t *testing.T, s suite, config sched.Config, name string, noise func(Pool, Ctx, *atomic.Bool)) {
	t.Helper()
	p := s.openWith(t, config)
	var stop, yielded, again atomic.Bool
	var old, outside atomic.Int64
	const n = 20
	mustSpawnPoll(t, p, func(c Ctx) sched.Poll {
		if yielded.Load() {
			again.Store(true)
			return sched.Ready
		}
		for range n {
			c.Go(func(Ctx) { old.Add(1) })
		}
		noise(p, c, &stop)
		yielded.Store(true)
		return sched.Yielded
	})
	until(yielded.Load)
	for range n {
		mustSpawn(t, p, func(Ctx) { outside.Add(1) })
	}
	deadline := time.Now().Add(3 * time.Second)
	for !again.Load() || old.Load() < n || outside.Load() < n {
		if time.Now().After(deadline) {
			t.Errorf("%s: got %d of %d old local tasks, %d of %d from outside, yielded task: %v, want all",
				name, old.Load(), n, outside.Load(), n, again.Load())
			break
		}
		time.Sleep(10 * time.Microsecond)
	}
	stop.Store(true)
	closeError(t, p)
}

func noiseLocal(n int) func(Pool, Ctx, *atomic.Bool) {
	return func(_ Pool, c Ctx, stop *atomic.Bool) {
		var respawn func(Ctx)
		respawn = func(c Ctx) {
			if !stop.Load() {
				c.Go(respawn)
			}
		}
		for range n {
			c.Go(respawn)
		}
	}
}

func noiseRemote(n int) func(Pool, Ctx, *atomic.Bool) {
	return func(p Pool, c Ctx, stop *atomic.Bool) {
		var respawn func(Ctx)
		respawn = func(Ctx) {
			if !stop.Load() {
				_ = p.Spawn(respawn) // refused once the pool closes
			}
		}
		for range n {
			c.Go(respawn)
		}
	}
}

func noiseYield(_ Pool, c Ctx, stop *atomic.Bool) {
	c.GoPoll(func(Ctx) sched.Poll {
		if stop.Load() {
			return sched.Ready
		}
		return sched.Yielded
	})
}

// noisePair goes through the LIFO slot for ever: each task wakes the other and
// waits.
func noisePair(_ Pool, c Ctx, stop *atomic.Bool) {
	var wakers [2]Waker
	for i := range wakers {
		c.GoPoll(func(c Ctx) sched.Poll {
			wakers[i] = c.Waker()
			if other := wakers[1-i]; other != nil {
				c.Wake(other)
			}
			if stop.Load() {
				return sched.Ready
			}
			return sched.Pending
		})
	}
}
