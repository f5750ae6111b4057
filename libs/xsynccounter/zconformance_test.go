// Code generated from ../../impls/chaselev/conformance_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

func TestConformance(t *testing.T) {
	schedtest.Run(t, func(c sched.Config) (schedtest.Pool, error) {
		s, err := New(c)
		return testPool{s}, err
	})
}

// testPool and testCtx map the suite's closures onto tasks, through Task.Ref.
type testPool struct{ *Scheduler }

func (p testPool) Spawn(fn func(schedtest.Ctx)) error {
	return p.SpawnTask(testClosure, [2]int64{}, fn)
}

func (p testPool) SpawnPoll(fn func(schedtest.Ctx) sched.Poll) error {
	return p.SpawnTask(testPolled, [2]int64{}, fn)
}

func (p testPool) Run(fn func(schedtest.Ctx)) error {
	return p.Scheduler.Run(func(w *Worker) { fn(testCtx{w, nil}) })
}

type testCtx struct {
	w *Worker
	t *Task // nil in Run
}

func testClosure(w *Worker, t *Task) sched.Poll {
	t.Ref.(func(schedtest.Ctx))(testCtx{w, t})
	return sched.Ready
}

func testPolled(w *Worker, t *Task) sched.Poll {
	return t.Ref.(func(schedtest.Ctx) sched.Poll)(testCtx{w, t})
}

func testForked(w *Worker, t *Task) sched.Poll {
	t.Result = t.Ref.(func(schedtest.Ctx) int64)(testCtx{w, t})
	return sched.Ready
}

func (c testCtx) newTask(poll PollFunc, ref any) *Task {
	t := c.w.NewTask(poll)
	t.Ref = ref
	return t
}

func (c testCtx) fork(t *Task) schedtest.Forked {
	c.w.Fork(t)
	return t
}

func (c testCtx) Worker() int                   { return c.w.index }
func (c testCtx) Go(fn func(schedtest.Ctx))     { c.w.Spawn(c.newTask(testClosure, fn)) }
func (c testCtx) Waker() schedtest.Waker        { return c.w.Waker(c.t) }
func (c testCtx) Wake(k schedtest.Waker)        { c.w.Wake(k.(Waker)) }
func (c testCtx) Join(t schedtest.Forked) int64 { return c.w.Join(t.(*Task)) }

func (c testCtx) GoPoll(fn func(schedtest.Ctx) sched.Poll) {
	c.w.Spawn(c.newTask(testPolled, fn))
}

func (c testCtx) Fork(fn func(schedtest.Ctx) int64) schedtest.Forked {
	return c.fork(c.newTask(testForked, fn))
}

func (c testCtx) ForkPoll(fn func(schedtest.Ctx) sched.Poll) schedtest.Forked {
	return c.fork(c.newTask(testPolled, fn))
}
