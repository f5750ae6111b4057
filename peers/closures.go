package main

import "stealbench/internal/sched"

// closures is the workloads on a pool of closures.
type closures struct {
	Pool
	workers int
}

func newClosures(p Pool, workers int) *bench {
	c := &closures{p, workers}
	return &bench{
		inside: map[string]work{
			"fib":     func(p sched.Params) sched.Answer { return unpack(c.fib(p.N)) },
			"skynet":  func(p sched.Params) sched.Answer { return unpack(c.skynet(0, tenTo(p.N))) },
			"nqueens": func(p sched.Params) sched.Answer { return unpack(c.queens(p.N, 0)) },
			"grain":   func(p sched.Params) sched.Answer { return unpack(c.grain(p.N, p.M)) },
			"matmul":  c.matmul,
			"uts":     c.uts,
		},
		outside: map[string]work{
			"empty":                  empty,
			"yield_many":             c.yieldMany,
			"ping_pong":              c.pingPong,
			"chained_spawn":          c.chainedSpawn,
			"spawn_many_outside":     c.spawnManyOutside,
			"spawn_many_inside":      c.spawnManyInside,
			"spawn_many_remote_idle": c.spawnManyRemoteIdle,
			"spawn_many_remote_busy": c.spawnManyRemoteBusy,
		},
		enter: c.enter,
		close: c.Close,
	}
}

// enter calls series in a task.
func (c *closures) enter(series func()) {
	done := make(chan struct{})
	c.Go(func() {
		defer close(done)
		series()
	})
	<-done
}
