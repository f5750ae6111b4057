// Code generated from ../../impls/chaselev/soak_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"path"
	"reflect"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestSoak does a small share of the soak, or what its flags say: go test -args -h
// lists those that begin with soak.
func TestSoak(t *testing.T) {
	schedtest.Soak(t, schedtest.SoakVariant{
		Name: path.Base(reflect.TypeFor[Scheduler]().PkgPath()),
		New: func(c sched.Config) (schedtest.SoakPool, error) {
			s, err := New(c)
			return soakPool{testPool{s}}, err
		},
		Park: soakPark,
	})
}

type soakPool struct{ testPool }

func (p soakPool) SpawnCells(c *schedtest.Cells, lo, hi int) error {
	return p.SpawnTask(soakCells, [2]int64{int64(lo), int64(hi)}, c)
}

func (p soakPool) IdleError() error {
	p.idle.mu.Lock()
	defer p.idle.mu.Unlock()
	return p.idle.broken()
}

// soakCells fills the first of its cells and divides the others between two
// children. Its result is its number, and 1 between two polls.
func soakCells(w *Worker, t *Task) sched.Poll {
	c := t.Ref.(*schedtest.Cells)
	number := t.Args[0]
	if t.Result == 0 {
		t.Result = 1
		switch c.Wait(number, t.forked) {
		case schedtest.WaitYield:
			return sched.Yielded
		case schedtest.WaitSelf:
			w.Wake(w.Waker(t))
			return sched.Pending
		case schedtest.WaitSelfOutside:
			w.Waker(t).Wake()
			return sched.Pending
		case schedtest.WaitForTask:
			waker := w.NewTask(soakWake)
			waker.Ref = w.Waker(t)
			w.Spawn(waker)
			return sched.Pending
		case schedtest.WaitForGoroutine:
			c.Hand(w.Waker(t))
			return sched.Pending
		}
	}
	c.Fill(number)
	soakDivide(w, c, c.Divide(number), number+1, t.Args[1])
	if c.Panics(number) {
		if !t.forked {
			c.Detached()
		}
		panic(number)
	}
	t.Result = number
	return sched.Ready
}

// soakWake wakes the task that waits for it.
func soakWake(w *Worker, t *Task) sched.Poll {
	w.Wake(t.Ref.(Waker))
	return sched.Ready
}

func soakDivide(w *Worker, c *schedtest.Cells, how schedtest.CellDivide, lo, hi int64) {
	mid := (lo + hi) / 2
	if lo == mid { // at most one
		if lo < hi {
			w.Spawn(soakChild(w, c, lo, hi))
		}
		return
	}
	a, b := soakChild(w, c, lo, mid), soakChild(w, c, mid, hi)
	switch how {
	case schedtest.SpawnBoth:
		w.Spawn(a)
		w.Spawn(b)
	case schedtest.JoinYoungestFirst:
		w.Fork(a)
		w.Fork(b)
		soakJoin(w, c, b, mid)
		soakJoin(w, c, a, lo)
	case schedtest.JoinOldestFirst:
		w.Fork(a)
		w.Fork(b)
		soakJoin(w, c, a, lo)
		soakJoin(w, c, b, mid)
	case schedtest.SpawnOnTop:
		w.Fork(a)
		w.Spawn(b)
		soakJoin(w, c, a, lo)
	}
}

func soakChild(w *Worker, c *schedtest.Cells, lo, hi int64) *Task {
	t := w.NewTask(soakCells)
	t.Args, t.Ref = [2]int64{lo, hi}, c
	return t
}

// soakJoin joins t and has the outcome checked, a panic too.
func soakJoin(w *Worker, c *schedtest.Cells, t *Task, number int64) {
	if !c.SomePanic() {
		c.Joined(number, w.Join(t), nil)
		return
	}
	result := int64(-1)
	defer func() { c.Joined(number, result, recover()) }()
	result = w.Join(t)
}
