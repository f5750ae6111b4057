// Code generated from ../../impls/chaselev/dump_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package xsynccounter

import (
	"context"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// TestTaskLines: a task is two lines, of which the second is what a scheduler
// without dumps needs (dump_mock_test.go).
func TestTaskLines(t *testing.T) {
	if unsafe.Sizeof(uintptr(0)) != 8 {
		t.Skip("the layout is that of 64-bit hosts")
	}
	if got, info := unsafe.Sizeof(Task{}), unsafe.Sizeof(taskInfo{}); got != 128 || info != 64 {
		t.Errorf("got a task of %d bytes, %d of them for dumps, want 128, 64", got, info)
	}
}

func pendingTask(w *Worker, t *Task) sched.Poll {
	w.Waker(t)
	return sched.Pending
}

func neverTask(*Worker, *Task) sched.Poll { return sched.Ready }

// TestDumpPlaces puts one task, or some, into every place of a scheduler at rest
// and takes them down.
func TestDumpPlaces(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	w := s.workers[1]
	spawn := func(poll PollFunc) *Task {
		t := w.NewTask(poll)
		w.Spawn(t)
		return t
	}
	runs, inHand := spawn(neverTask), spawn(neverTask)
	checkTask(t, "slot", w.lifoSlot, inHand)
	w.lifoSlot = nil
	checkTask(t, "queue", w.queue.pop(), runs)
	w.enter(runs)
	w.enter(inHand)
	_, woken, pushed := spawn(pendingTask), spawn(pendingTask), spawn(pendingTask)
	for range 3 {
		one := w.nextTask()
		w.runPolls(one, nil)
	}
	// Of two tasks that were woken outside one has not yet been pushed.
	(Waker{woken, s, 0}).notify()
	(Waker{pushed, s, 0}).Wake()
	yields := w.NewTask(func(*Worker, *Task) sched.Poll { return sched.Yielded })
	w.spawned(yields)
	w.runPolls(yields, nil)
	const queued, injected = 3, 5
	for range queued + 1 {
		spawn(neverTask) // the last one stays in the slot
	}
	for range injected {
		if err := s.SpawnTask(neverTask, [2]int64{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	r := &dumpRound{arrived: []bool{false, true}}
	s.collect(r)
	type key struct {
		state  sched.TaskState
		place  sched.TaskPlace
		worker int
		polls  uint64
	}
	got := map[key]int{}
	for _, task := range r.result(time.Now()).Tasks {
		got[key{task.State, task.Place, task.Worker, task.Polls}]++
	}
	want := map[key]int{
		{sched.TaskRunning, sched.OnStack, 1, 1}:            2,
		{sched.TaskRunnable, sched.InLIFOSlot, 1, 0}:        1,
		{sched.TaskRunnable, sched.InLocalQueue, 1, 0}:      queued,
		{sched.TaskRunnable, sched.InYieldQueue, 1, 1}:      1,
		{sched.TaskRunnable, sched.InInjectionQueue, -1, 0}: injected,
		{sched.TaskRunnable, sched.InInjectionQueue, -1, 1}: 2,
		{sched.TaskIdle, sched.Nowhere, -1, 1}:              1,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if w := r.workers; !w[0].Parked || w[1].Parked || w[1].Running != 2 || w[1].LocalQueue != queued {
		t.Errorf("got workers %+v, want one parked, one with 2 tasks on its stack and %d queued", w, queued)
	}
}

// TestDumpReused polls a task twice, has it woken late and its memory serve another
// one: that one is listed once, and has not been polled. Then nobody wants a dump.
func TestDumpReused(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 1})
	w := s.workers[0]
	task := w.NewTask(func(w *Worker, t *Task) sched.Poll {
		w.Waker(t)
		if t.Args[0]++; t.Args[0] < 3 {
			return sched.Pending
		}
		return sched.Ready
	})
	w.Spawn(task)
	for range 2 {
		w.runPolls(w.nextTask(), nil)
		w.Wake(Waker{task, s, task.state.Load() &^ stateFlags})
	}
	w.runPolls(w.nextTask(), nil)
	again := w.NewTask(pendingTask)
	checkTask(t, "the free list", again, task)
	w.Spawn(again)
	for _, want := range []struct {
		state sched.TaskState
		polls uint64
	}{{sched.TaskRunnable, 0}, {sched.TaskIdle, 1}} {
		s.idle.addSleeper(w, false)
		d, err := s.Dump(context.Background())
		s.idle.removeSleeper(w)
		if err != nil || len(d.Tasks) != 1 || d.Tasks[0].State != want.state || d.Tasks[0].Polls != want.polls {
			t.Errorf("got %v, %v, want one task, %v after %d polls", d, err, want.state, want.polls)
		}
		if w.isCalled() {
			t.Error("a dump is wanted after the last one is over")
		}
		if next := w.nextTask(); next != nil {
			w.runPolls(next, nil)
		}
	}
}

// inTask runs fn in a task while a Dump of its one worker is asked for, and
// returns the dump, taken at a join in fn's child.
func inTask(t *testing.T, c sched.Config, spawn func(s *Scheduler, fn func(w *Worker)) error) *sched.Dump {
	t.Helper()
	schedtest.Guard(t)
	c.Workers, c.EventInterval = 1, 1
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	var d *sched.Dump
	var dumpErr error // not err: that is written here while the task runs
	dumped := make(chan struct{})
	err = spawn(s, func(w *Worker) {
		go func() {
			defer close(dumped)
			d, dumpErr = s.Dump(context.Background())
		}()
		for {
			select {
			case <-dumped:
				return
			default:
			}
			child := w.NewTask(neverTask)
			w.Fork(child)
			w.Join(child)
			time.Sleep(time.Microsecond)
		}
	})
	<-dumped
	if err != nil || dumpErr != nil {
		t.Fatal(err, dumpErr)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return d
}

// TestDumpNames: a task has the name of its poll function, or of the closure of
// whoever spawned it.
func TestDumpNames(t *testing.T) {
	for _, row := range []struct {
		name  string
		spawn func(s *Scheduler, fn func(w *Worker)) error
	}{
		{"Spawn", (*Scheduler).Spawn},
		{"Run", (*Scheduler).Run},
		{"Go", func(s *Scheduler, fn func(w *Worker)) error {
			return s.Spawn(func(w *Worker) { w.Go(fn) })
		}},
	} {
		d := inTask(t, sched.Config{}, row.spawn)
		if len(d.Tasks) != 2 {
			t.Fatalf("%s: got %d tasks, want the one and its child", row.name, len(d.Tasks))
		}
		if got := d.Tasks[0].Name; !strings.HasSuffix(got, ".inTask.func1") {
			t.Errorf("%s: got name %q, want that of the closure, inTask.func1", row.name, got)
		}
		if got := d.Tasks[1].Name; !strings.HasSuffix(got, ".neverTask") {
			t.Errorf("%s: got name %q, want neverTask", row.name, got)
		}
	}
}

// TestDumpNameOfPoll: what a task's poll function finds in Ref is its own affair.
func TestDumpNameOfPoll(t *testing.T) {
	r := taskRecord{poll: neverTask, ref: func(*Worker) {}}
	if got := r.name(); !strings.HasSuffix(got, ".neverTask") {
		t.Errorf("got name %q, want neverTask", got)
	}
}

// TestDumpSites: with SpawnSites each task knows who spawned it, here this file,
// and by which call. Without, none does.
func TestDumpSites(t *testing.T) {
	spawnTask := func(s *Scheduler, fn func(w *Worker)) error {
		return s.SpawnTask(runClosure, [2]int64{}, fn)
	}
	for _, row := range []struct {
		name  string
		spawn func(s *Scheduler, fn func(w *Worker)) error
	}{
		{"Spawn", func(s *Scheduler, fn func(w *Worker)) error { return s.Spawn(fn) }},
		{"Run", func(s *Scheduler, fn func(w *Worker)) error { return s.Run(fn) }},
		{"SpawnTask", spawnTask},
		{"Go", func(s *Scheduler, fn func(w *Worker)) error {
			return s.Spawn(func(w *Worker) { w.Go(fn) })
		}},
	} {
		d := inTask(t, sched.Config{SpawnSites: true}, row.spawn)
		for i, function := range []string{"TestDumpSites.", "inTask."} {
			if got := d.Tasks[i].Site; !strings.Contains(got, function) || !strings.Contains(got, "dump_test.go:") {
				t.Errorf("%s: got site %q, want a line of %s in dump_test.go", row.name, got, function)
			}
		}
		for _, task := range inTask(t, sched.Config{}, row.spawn).Tasks {
			if task.Site != "" {
				t.Errorf("%s: got site %q though none was asked for", row.name, task.Site)
			}
		}
	}
}

// TestDumpAges: a task is at least as old as it is, unless nobody has a clock.
func TestDumpAges(t *testing.T) {
	for _, row := range []struct {
		name  string
		known bool
		c     sched.Config
	}{
		{"default", haveClock, sched.Config{}},
		{"sites, and so exact times", haveClock, sched.Config{SpawnSites: true}},
		{"no clock", false, sched.Config{NoClock: true}},
	} {
		const waits = 20 * time.Millisecond
		d := inTask(t, row.c, func(s *Scheduler, fn func(w *Worker)) error {
			return s.Spawn(func(w *Worker) {
				time.Sleep(waits)
				fn(w)
			})
		})
		if got := d.Tasks[0].Age; row.known && got < waits || !row.known && got != sched.AgeUnknown {
			t.Errorf("%s: got age %v, want known %v and then %v or more", row.name, got, row.known, waits)
		}
	}
}

// TestDumpAgesOutside: tasks from outside that wait behind others share a date
// for up to 8 spawns; one that waits behind none has its own.
func TestDumpAgesOutside(t *testing.T) {
	if !haveClock {
		t.Skip("no clock")
	}
	s := atRest(t, sched.Config{Workers: 1})
	dates := map[int64]int{}
	for i := range 1 + 3*stampUses {
		if err := s.SpawnTask(neverTask, [2]int64{}, nil); err != nil {
			t.Fatal(err)
		}
		waiting := s.inject.all(nil)
		dates[waiting[len(waiting)-1].spawned]++
		if i == 0 {
			s.inject.pop()
		}
		time.Sleep(10 * time.Microsecond)
	}
	if len(dates) != 4 {
		t.Errorf("got dates and their uses %v, want 4: one alone, and a new one when the queue was empty and after 8 uses", dates)
	}
}

// TestKnownForgotten: what a worker keeps of tasks that made Wakers does not
// grow with their number.
func TestKnownForgotten(t *testing.T) {
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.RunWorkload("ping_pong", sched.Params{N: 100}); err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if _, err := s.RunWorkload("ping_pong", sched.Params{N: 1000}); err != nil {
			t.Fatal(err)
		}
	}
	// One that panics is done too.
	for range 20_000 {
		if err := s.Spawn(func(w *Worker) {
			w.Waker(w.trace.stack()[0])
			panic("known")
		}); err != nil {
			t.Fatal(err)
		}
	}
	// So is one that panics in its joiner's hands, and its joiner with it.
	for range 20_000 {
		if err := s.Run(func(w *Worker) {
			child := w.NewTask(func(w *Worker, t *Task) sched.Poll {
				w.Waker(t)
				panic("known")
			})
			w.Fork(child)
			w.Join(child)
		}); err == nil {
			t.Fatal("got nil, want the child's panic")
		}
	}
	for !s.Quiet() {
		runtime.Gosched()
	}
	if e := s.Close(); e == nil {
		t.Error("Close: got nil, want the panics")
	}
	if got, most := cap(s.workers[0].trace.known), 25_000; got > most {
		t.Errorf("got room for %d tasks that made Wakers, want at most %d: 2000 live at a time", got, most)
	}
}

// TestPanicsLeaveTheStack: tasks that a panic or a Goexit took off the stack are
// not live any more.
func TestPanicsLeaveTheStack(t *testing.T) {
	schedtest.Guard(t)
	s, err := New(sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	var nest func(w *Worker, depth int)
	nest = func(w *Worker, depth int) {
		if depth == 0 {
			panic("deep")
		}
		child := w.NewTask(runClosure)
		child.Ref = func(w *Worker) { nest(w, depth-1) }
		w.Fork(child)
		w.Join(child)
	}
	for range 100 {
		if err := s.Run(func(w *Worker) { nest(w, 10) }); err == nil {
			t.Error("got nil, want the panic")
		}
		if err := s.Spawn(func(w *Worker) { w.Waker(w.trace.stack()[0]); nest(w, 3) }); err != nil {
			t.Fatal(err)
		}
	}
	d, err := s.Dump(context.Background())
	for err == nil && (d.Workers[0].Running > 0 || d.Count(sched.TaskRunnable) > 0) { // the last one may still be under way
		d, err = s.Dump(context.Background())
	}
	if err != nil || len(d.Tasks) > 0 {
		t.Errorf("got %v, %v, want no live task", d, err)
	}
	_ = s.Close()
}
