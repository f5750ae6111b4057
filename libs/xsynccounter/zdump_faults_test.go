// Code generated from ../../impls/chaselev/dump_faults_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"stealbench/internal/sched"
)

// faultPool is what the tests of tokio's faults need of a pool with two workers.
type faultPool interface {
	spawn(fn func())             // from outside
	idle()                       // adds an idle task
	hold(n int) (release func()) // has a worker keep n tasks in its queue, and come to dumps
	dump(patience time.Duration) (tasks int, ok bool)
	arriveLate() (agree bool) // the last worker comes to a dump just when the time is out
	close()
}

// faults are those of tokio 1.48's task dump (DUMP.md). show returns what it sees
// of one, or nil.
var faults = []struct {
	name string
	show func(p faultPool) error
}{
	{"F1 an arrival that timed out stays counted", func(p faultPool) error {
		release := wedge(p)
		defer release()
		if tasks, ok := p.dump(time.Second); ok {
			return fmt.Errorf("a dump of %d tasks was taken while a worker ran one", tasks)
		}
		return nil
	}},
	{"F2 parked workers are woken past the idle bookkeeping", func(p faultPool) error {
		time.Sleep(time.Millisecond) // all are parked
		for range 2 {
			p.dump(time.Second)
			time.Sleep(time.Millisecond)
		}
		return runsOn(p)
	}},
	{"F3 more than 128 queued tasks: the leader never ends", func(p faultPool) error {
		for _, n := range []int{100, 256} {
			release := p.hold(n)
			tasks, ok := p.dump(3 * time.Second)
			release()
			if !ok || tasks < n {
				return fmt.Errorf("got a dump %v, of %d tasks, want one of %d at least", ok, tasks, n)
			}
		}
		return nil
	}},
	{"F4 the second barrier has no limit", func(p faultPool) error {
		release := wedge(p)
		p.dump(time.Second)
		release()
		return runsOn(p)
	}},
	{"F5 the request stays up after it was served", func(p faultPool) error {
		time.Sleep(time.Millisecond)
		if _, ok := p.dump(time.Second); !ok {
			return errors.New("no dump of an idle pool")
		}
		p.idle()
		if tasks, ok := p.dump(time.Second); !ok || tasks != 1 {
			return fmt.Errorf("got a dump %v, of %d tasks, want the one that was made before its request", ok, tasks)
		}
		return nil
	}},
	{"F6 who times out just as the last one comes", func(p faultPool) error {
		if !p.arriveLate() {
			return errors.New("one worker was counted and went on as if there were no dump")
		}
		return nil
	}},
}

// wedge blocks one worker in a task.
func wedge(p faultPool) (release func()) {
	blocked, end := make(chan struct{}), make(chan struct{})
	p.spawn(func() {
		close(blocked)
		<-end
	})
	<-blocked
	return sync.OnceFunc(func() { close(end) })
}

// runsOn reports an error if two tasks from outside do not meet, each on a worker.
func runsOn(p faultPool) error {
	first, second, over := make(chan struct{}), make(chan struct{}), make(chan struct{})
	defer close(over) // a task that waits alone would keep the pool from closing
	meet := func(arrive, other chan struct{}) {
		close(arrive)
		select {
		case <-other:
		case <-over:
		}
	}
	p.spawn(func() { meet(first, second) })
	p.spawn(func() { meet(second, first) })
	late := time.After(2 * time.Second)
	for _, arrived := range []chan struct{}{first, second} {
		select {
		case <-arrived:
		case <-late:
			return errors.New("two tasks from outside do not run on two workers")
		}
	}
	return nil
}

// TestDumpFaults shows each fault on the literal protocol, and not on ours. The
// clock is a false one, so that time-outs take no time.
func TestDumpFaults(t *testing.T) {
	for _, fault := range faults {
		for _, row := range []struct {
			name  string
			open  func(t *testing.T) faultPool
			shows bool
		}{
			{"ours", func(t *testing.T) faultPool { return openReal(t, sched.DefaultEventInterval) }, false},
			{"ours, with events all the time", func(t *testing.T) faultPool { return openReal(t, 1) }, false},
			{"tokio's", openLiteral, true},
		} {
			t.Run(fault.name+"/"+row.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					p := row.open(t)
					err := fault.show(p)
					p.close()
					if err == nil && row.shows {
						t.Error("got no fault, want the literal protocol to show it")
					}
					if err != nil && !row.shows {
						t.Errorf("got a fault: %v", err)
					}
				})
			})
		}
	}
}

// realPool is the scheduler itself.
type realPool struct {
	t *testing.T
	s *Scheduler
}

func openReal(t *testing.T, interval int) faultPool {
	s, err := New(sched.Config{Workers: 2, EventInterval: interval})
	if err != nil {
		t.Fatal(err)
	}
	return realPool{t, s}
}

func (p realPool) spawn(fn func()) {
	if err := p.s.Spawn(func(*Worker) { fn() }); err != nil {
		p.t.Error(err)
	}
}

func (p realPool) idle() {
	pending := make(chan struct{})
	err := p.s.SpawnTask(func(w *Worker, t *Task) sched.Poll {
		w.Waker(t)
		close(pending)
		return sched.Pending
	}, [2]int64{}, nil)
	if err != nil {
		p.t.Error(err)
	}
	<-pending
}

// hold keeps both workers in joins, so that nobody steals.
func (p realPool) hold(n int) (release func()) {
	var here, ready, ended sync.WaitGroup
	end := make(chan struct{})
	here.Add(2)
	ready.Add(2)
	ended.Add(2)
	for range 2 {
		queued := n
		p.spawnOn(func(w *Worker) {
			defer ended.Done()
			here.Done()
			here.Wait()
			for range queued - 1 {
				w.Go(func(*Worker) {})
			}
			ready.Done()
			for {
				select {
				case <-end:
					return
				default:
				}
				t := w.NewTask(runClosure)
				t.Ref = func(*Worker) {}
				w.Fork(t)
				w.Join(t)
				time.Sleep(time.Microsecond) // lets the false clock go on
			}
		})
		n = 1
	}
	ready.Wait()
	return func() { close(end); ended.Wait() }
}

func (p realPool) spawnOn(fn func(w *Worker)) {
	if err := p.s.Spawn(fn); err != nil {
		p.t.Error(err)
	}
}

func (p realPool) dump(patience time.Duration) (int, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	d, err := p.s.Dump(ctx)
	if err != nil {
		return 0, false
	}
	return len(d.Tasks), true
}

// arriveLate has the requester's time-out come when the round is over, but
// before anybody has seen it.
func (p realPool) arriveLate() bool {
	s := atRest(p.t, sched.Config{Workers: 2})
	r, err := s.beginRound()
	if err != nil {
		return false
	}
	var workers sync.WaitGroup
	workers.Go(s.workers[0].joinDump)
	synctest.Wait()
	workers.Go(s.workers[1].joinDump)
	synctest.Wait()
	s.endRound(r, s.missing)
	workers.Wait()
	return r.err == nil && len(r.workers) == 2
}

func (p realPool) close() { _ = p.s.Close() }

type literalFaultPool struct{ *literalPool }

func openLiteral(*testing.T) faultPool {
	p := newLiteralPool(2)
	p.slowRequester = time.Millisecond
	return literalFaultPool{p}
}

func (p literalFaultPool) idle() {
	p.mu.Lock()
	p.owned++
	p.mu.Unlock()
}

func (p literalFaultPool) hold(n int) (release func()) {
	p.mu.Lock()
	for range n {
		p.workers[0].queue = append(p.workers[0].queue, func() { time.Sleep(time.Hour) })
	}
	p.mu.Unlock()
	return func() {
		p.mu.Lock()
		p.workers[0].queue, p.inject = nil, nil
		p.mu.Unlock()
	}
}

// arriveLate holds the first worker where its timer has fired and it has not
// looked yet.
func (p literalFaultPool) arriveLate() bool {
	b := newLiteralBarrier(2)
	b.timedOut = func() { b.wait(0, p.stop) } // stands for the second worker
	return b.wait(sched.DumpTimeout, p.stop) == literalPassed
}

func (p literalFaultPool) close() {
	close(p.stop)
	p.running.Wait()
}
