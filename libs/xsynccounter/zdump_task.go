// Code generated from ../../impls/chaselev/dump_task.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"fmt"
	"math/bits"
	"path"
	"reflect"
	"runtime"
	"slices"
	"time"

	"stealbench/internal/at"
	"stealbench/internal/sched"
)

// taskInfo is what a task carries for dumps, a line of its own. Written by whoever spawns the task, then by the worker that polls it.
type taskInfo struct {
	id      uint64
	spawned int64      // clock, ns; 0 without a clock
	polls   uint64     // that did not end it
	site    [2]uintptr // of the spawn, for runtime.CallersFrames; 0: not recorded
	_       [64 - 5*8]byte
}

// tracer is what a worker keeps for dumps. Written only by the owner, but for
// called, and for known by a leader.
type tracer struct {
	top    *Task  // of w's stack: the task in hand, linked by next to the one that waits in a join for it
	lastID uint64 // of the tasks spawned on this worker
	stride uint64 // from one ID to the next: IDs of different workers interleave
	shift  uint   // its logarithm, less than 64
	sites  bool   // record the sites of spawns, and exact times

	// called says that a dump is wanted. It stands here, and not once for all,
	// so that a look at every pick touches no line but the owner's. Written by
	// whoever dumps.
	called at.Bool

	// Tasks that made a Waker on this worker, or are pending without one, and so
	// may be in no queue. Some are done: they are taken out when there is no
	// room, and by every dump.
	known []knownTask
}

// knownTask is a task that lives while it has this generation.
type knownTask struct {
	task *Task
	gen  uint32
}

// init is called before the worker starts.
func (r *tracer) init(c sched.Config, index int) {
	r.stride = idStride(c)
	r.shift = uint(bits.TrailingZeros64(r.stride))
	r.lastID = uint64(index) + 1
	r.sites = c.SpawnSites
}

// idStride leaves room between two IDs for every worker and the outside; a power
// of two.
func idStride(c sched.Config) uint64 { return 1 << bits.Len(uint(c.Workers)) }

// spawned notes the spawn of t. The time is that of the worker's last look at
// the clock.
func (w *Worker) spawned(t *Task) {
	r := &w.trace
	r.lastID += r.stride
	t.id, t.polls, t.spawned = r.lastID, 0, w.tuner.since
}

// spawns is how many tasks were spawned on w: their IDs count them.
func (w *Worker) spawns() uint64 { return w.trace.lastID >> (w.trace.shift & 63) }

// recordsSites reports whether the sites of spawns are wanted.
func (w *Worker) recordsSites() bool { return w.trace.sites }

func (w *Worker) recordSite(t *Task) {
	if w.tuner.reads {
		t.spawned = now()
	}
	t.site = callers(4) // recordSite, spawned, Spawn, who called that
}

// callers is the frame of the skip'th caller. Inlined ones take a second word.
func callers(skip int) (pcs [2]uintptr) {
	runtime.Callers(skip+1, pcs[:])
	return pcs
}

// outsideSite is the site of a spawn from outside, if it is wanted.
func (s *Scheduler) outsideSite() (site [2]uintptr) {
	if s.config.SpawnSites {
		site = callers(4) // outsideSite, spawnOutside, SpawnTask, who called that
	}
	return site
}

// outsideStamps numbers and dates the tasks from outside. A look at the clock
// costs as much as the rest of such a spawn, so a date serves up to stampUses
// tasks while others wait in the injection queue. With sites each task has its own. Under the
// queue's mutex.
type outsideStamps struct {
	lastID, stride uint64
	clock          bool
	date           int64 // ns
	uses           int
}

const stampUses = 32

func (s *Scheduler) readsClock() bool { return s.inject.stamps.clock }

func (o *outsideStamps) init(c sched.Config) {
	o.stride = idStride(c)
	o.clock = haveClock && !c.NoClock
}

func (o *outsideStamps) put(t *Task, othersWait bool, site [2]uintptr) {
	o.lastID += o.stride
	if o.uses++; o.clock && (!othersWait || o.uses > stampUses || site[0] != 0) {
		o.date, o.uses = now(), 1
	}
	t.id, t.polls, t.spawned, t.site = o.lastID, 0, o.date, site
}

// enter notes that w has t in hand, and polls it next.
func (w *Worker) enter(t *Task) { t.next, w.trace.top = w.trace.top, t }

// exit notes that w does not poll t any more, nor what a panic left on top of it.
func (w *Worker) exit(t *Task) {
	if w.trace.top != t {
		w.abandon(t)
	}
	w.trace.top = t.next
}

// abandon ends the tasks that a panic took off the stack, down to t: their joiners
// are gone, and nobody will recycle them.
func (w *Worker) abandon(t *Task) {
	for a := w.trace.top; a != t; a = a.next {
		a.setFlags(0, flagDone|flagFailed)
	}
}

// stack is the tasks on w's stack, the lowest first.
func (r *tracer) stack() []*Task {
	var tasks []*Task
	for t := r.top; t != nil; t = t.next {
		tasks = append(tasks, t)
	}
	slices.Reverse(tasks)
	return tasks
}

// again counts a poll that did not end t.
func (t *Task) again() { t.polls++ }

// know notes that t may become idle. Called once in its life.
func (w *Worker) know(t *Task) {
	r := &w.trace
	if len(r.known) == cap(r.known) {
		r.forgetDone()
	}
	r.known = append(r.known, knownTask{t, t.state.Load() &^ stateFlags})
}

// forgetDone makes room for as many tasks as there are alive, and gives room back
// that a burst of them has left.
func (r *tracer) forgetDone() {
	alive := r.known[:0]
	for _, k := range r.known {
		if s := k.task.state.Load(); s&^stateFlags == k.gen && s&flagDone == 0 {
			alive = append(alive, k)
		}
	}
	clear(r.known[len(alive):])
	room := max(len(alive), 16)
	if cap(alive) > 8*room {
		alive = append([]knownTask(nil), alive...)
	}
	r.known = slices.Grow(alive, room)
}

// taskRecord is what the leader takes down of a task, to be put into words when
// the others work again.
type taskRecord struct {
	poll   PollFunc
	ref    any
	info   taskInfo
	state  sched.TaskState
	place  sched.TaskPlace
	worker int
}

// collect takes down every live task. Every worker stands still. Called with
// idle.mu held.
func (s *Scheduler) collect(r *dumpRound) {
	if s.readsClock() {
		r.taken = now()
	}
	c := collector{round: r, listed: map[*Task]bool{}}
	for _, w := range s.workers {
		c.worker(w)
	}
	s.inject.mu.Lock()
	for _, t := range s.inject.all(nil) {
		c.add(t, sched.TaskRunnable, sched.InInjectionQueue, -1)
	}
	s.inject.mu.Unlock()
	// Idle ones last: who is woken from outside since has left this state, and
	// is about to come to the injection queue.
	for _, w := range s.workers {
		w.trace.forgetDone()
		for _, k := range w.trace.known {
			c.known(k.task)
		}
	}
}

type collector struct {
	round  *dumpRound
	listed map[*Task]bool // those that may be known too
}

func (c *collector) add(t *Task, state sched.TaskState, place sched.TaskPlace, worker int) {
	if t.state.Load()&stateFlags != 0 { // else it never made a Waker
		c.listed[t] = true
	}
	c.round.tasks = append(c.round.tasks, taskRecord{t.poll, t.Ref, t.taskInfo, state, place, worker})
}

// worker takes down what is in w's hands.
func (c *collector) worker(w *Worker) {
	stack := w.trace.stack()
	for _, t := range stack {
		c.add(t, sched.TaskRunning, sched.OnStack, w.index)
	}
	if w.lifoSlot != nil {
		c.add(w.lifoSlot, sched.TaskRunnable, sched.InLIFOSlot, w.index)
	}
	queued := w.queue.all(nil)
	for _, t := range queued {
		c.add(t, sched.TaskRunnable, sched.InLocalQueue, w.index)
	}
	for _, y := range w.yielded.tasks[w.yielded.head:] {
		c.add(y.task, sched.TaskRunnable, sched.InYieldQueue, w.index)
	}
	c.round.workers = append(c.round.workers, sched.WorkerDump{
		Worker: w.index, Parked: !c.round.arrived[w.index], Running: len(stack), LocalQueue: len(queued),
	})
}

// known takes down a task that is idle, or was until now. One whose memory has
// served others before may come more than once.
func (c *collector) known(t *Task) {
	if c.listed[t] {
		return
	}
	switch s := t.state.Load(); {
	case s&flagIdle != 0:
		c.add(t, sched.TaskIdle, sched.Nowhere, -1)
	case s&flagScheduled != 0:
		c.add(t, sched.TaskRunnable, sched.InInjectionQueue, -1)
	}
}

// result puts r into words.
func (r *dumpRound) result(began time.Time) *sched.Dump {
	taken := began
	if !began.IsZero() {
		taken = epoch.Add(time.Duration(r.taken))
	}
	d := &sched.Dump{Taken: taken, Waited: max(taken.Sub(began), 0), Workers: r.workers, Tasks: make([]sched.TaskDump, len(r.tasks))}
	for i := range r.tasks {
		t := &r.tasks[i]
		d.Tasks[i] = sched.TaskDump{
			ID: t.info.id, Name: t.name(), State: t.state, Place: t.place, Worker: t.worker,
			Age: sched.AgeUnknown, Polls: t.polls(), Site: siteName(t.info.site),
		}
		if t.info.spawned != 0 {
			d.Tasks[i].Age = max(time.Duration(r.taken-t.info.spawned), 0)
		}
	}
	d.Sort()
	return d
}

// polls is how many were begun; one that runs is yet to be counted.
func (t *taskRecord) polls() uint64 {
	if t.state == sched.TaskRunning {
		return t.info.polls + 1
	}
	return t.info.polls
}

// name is that of the poll function, or of the closure that it runs.
func (t *taskRecord) name() string {
	switch entry(t.poll) {
	case entry(runClosure):
		return funcName(t.ref)
	case entry(runCall):
		return funcName(t.ref.(*call).fn)
	}
	return funcName(t.poll)
}

func entry(fn any) uintptr { return reflect.ValueOf(fn).Pointer() }

func funcName(fn any) string {
	f := runtime.FuncForPC(entry(fn))
	if f == nil {
		return "unknown"
	}
	return path.Base(f.Name())
}

func siteName(pcs [2]uintptr) string {
	if pcs[0] == 0 {
		return ""
	}
	frame, _ := runtime.CallersFrames(pcs[:]).Next()
	return fmt.Sprintf("%s %s:%d", path.Base(frame.Function), path.Base(frame.File), frame.Line)
}
