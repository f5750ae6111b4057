package schedtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/soak"
)

// Promised times, looked at with -soak.times only.
const (
	dumpAnswer  = 300 * time.Millisecond // of any dump
	idleRunTime = 100 * time.Millisecond // of an outside task after a dump of an idle pool
)

// checkTime counts what took longer than promised.
func checkTime(t *testing.T, late *atomic.Int64, what string, began time.Time, most time.Duration) {
	t.Helper()
	if took := time.Since(began); soak.Times() && took > most {
		late.Add(1)
		t.Errorf("%s: got %v, want at most %v", what, took, most)
	}
}

// dumps takes r.N dumps while tasks of all kinds come and end, of which none may
// be lost. A few time-outs are no fault: the host may stop a thread.
func (s soaker) dumps(t *testing.T, r soak.Round) []int64 {
	p := s.open(t, soakConfig(r))
	var stop atomic.Bool
	var listed, timedOut, late atomic.Int64
	var dumping sync.WaitGroup
	dumping.Go(func() {
		defer stop.Store(true)
		for range r.N {
			began := time.Now()
			d, err := p.Dump(context.Background())
			checkTime(t, &late, "a dump under load", began, dumpAnswer)
			switch {
			case errors.As(err, new(*sched.DumpTimeoutError)) && timedOut.Add(1) < mostStalls:
			case err != nil:
				t.Errorf("Dump under load: got %v, want nil", err)
				return
			default:
				checkDump(t, d)
				listed.Add(int64(len(d.Tasks)))
			}
			giveWay()
		}
	})
	c := new(Cells)
	var lost, duplicate int64
	for !stop.Load() && lost+duplicate == 0 {
		c.reset(3000, r.Random.Uint64(), false)
		lost, duplicate = c.fill(t, p, r)
	}
	dumping.Wait()
	counts := []int64{listed.Load(), timedOut.Load(), late.Load()}
	if lost+duplicate > 0 || c.wrong.Load() > 0 {
		t.Errorf("tasks beside dumps: got %d lost, %d duplicate, %d wrong joins, want 0", lost, duplicate, c.wrong.Load())
		return counts // not closed: a task that is lost may be joined
	}
	if err := p.IdleError(); err != nil {
		t.Errorf("after %d dumps: %v", r.N, err)
	}
	until(p.Quiet)
	mustDump(t, p)
	began := time.Now()
	mustRun(t, p, func(Ctx) {})
	checkTime(t, &late, "a task after the dump of an idle pool", began, idleRunTime)
	mustClose(t, p)
	return counts
}

// wedged dumps r.N pools at the same time, each with one worker that is stuck.
func (s soaker) wedged(t *testing.T, r soak.Round) []int64 {
	var late atomic.Int64
	var pools sync.WaitGroup
	for i := range r.N {
		p := s.open(t, sched.Config{Workers: 1 + i%3})
		pools.Go(func() {
			if err := wedge(t, p, 1+i%3, &late); err != nil {
				t.Errorf("pool %d: %v", i, err)
			}
		})
	}
	pools.Wait()
	return []int64{late.Load()}
}

// wedge has a task block its worker, dumps, and lets all go on.
func wedge(t *testing.T, p SoakPool, workers int, late *atomic.Int64) error {
	release, blocked := make(chan struct{}), make(chan int)
	var ran atomic.Int64
	if err := p.Spawn(func(c Ctx) {
		blocked <- c.Worker()
		<-release
		for range 10 {
			c.Go(func(Ctx) { ran.Add(1) })
		}
	}); err != nil {
		return err
	}
	stuck := <-blocked
	began := time.Now()
	_, err := p.Dump(context.Background())
	checkTime(t, late, "a dump with a wedged worker", began, dumpAnswer)
	var timeout *sched.DumpTimeoutError
	if !errors.As(err, &timeout) || !slices.Contains(timeout.Missing, stuck) {
		close(release)
		return fmt.Errorf("dump: got %v, want a time-out that names worker %d", err, stuck)
	}
	if workers > 1 {
		if err := p.Run(func(Ctx) {}); err != nil {
			return fmt.Errorf("run beside the wedged worker: %w", err)
		}
	}
	close(release)
	until(p.Quiet)
	if ran.Load() != 10 {
		return fmt.Errorf("after the wedge: got %d tasks run, want 10", ran.Load())
	}
	if err := p.IdleError(); err != nil {
		return err
	}
	if d, err := p.Dump(context.Background()); err != nil || len(d.Tasks) != 0 {
		return fmt.Errorf("dump of the idle pool: got %v, %v, want no tasks, nil", d, err)
	}
	return p.Close()
}
