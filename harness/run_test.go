package harness

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// fake is a scheduler that answers what it is told.
type fake struct {
	answer   sched.Answer
	took     time.Duration
	err      error
	restless bool
}

func (f *fake) RunWorkload(string, sched.Params) (sched.Answer, error) { return f.answer, f.err }
func (f *fake) TimeWorkload(string, sched.Params, time.Duration, int) (sched.Timing, error) {
	return sched.Timing{Answer: f.answer, Took: f.took, Runs: 1}, f.err
}
func (f *fake) Workloads() []string { return nil }
func (f *fake) Dump(context.Context) (*sched.Dump, error) {
	return nil, sched.ErrNoDump
}
func (f *fake) Snapshot() sched.Snapshot { return sched.Snapshot{} }
func (f *fake) Quiet() bool              { return !f.restless }
func (f *fake) Close() error             { return nil }

// TestSlot: what goes wrong in a slot is counted, or an error.
func TestSlot(t *testing.T) {
	right := sched.Answer{Value: 55, Tasks: 177}
	for _, c := range []struct {
		name                 string
		fake                 fake
		took                 time.Duration
		runs, wrong, stopped int
		err                  string
	}{
		{"right", fake{answer: right, took: 1}, 1, 1, 0, 0, ""},
		{"wrong value", fake{answer: sched.Answer{Value: 56, Tasks: 177}, took: 1}, 1, 1, 1, 0, ""},
		{"task lost", fake{answer: sched.Answer{Value: 55, Tasks: 176}, took: 1}, 1, 1, 1, 0, ""},
		{"answers differ", fake{answer: right, took: 1, err: fmt.Errorf("%w: 55, then 56", sched.ErrAnswers)}, 0, 0, 1, 0, ""},
		{"clock stands", fake{answer: right}, 0, 1, 0, 1, ""},
		{"clock goes back", fake{answer: right, took: -1}, 0, 1, 0, 1, ""},
		{"error", fake{answer: right, took: 1, err: sched.ErrClosed}, 0, 0, 0, 0, "closed"},
		{"worker does not park", fake{answer: right, took: 1, restless: true}, 1, 1, 0, 0, "did not park"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := lane{variant: "fake", sched: &c.fake}
			took, err := l.slot("fib", sched.Params{}, right, 1)
			if (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got error %v, want %q", err, c.err)
			}
			if took != c.took || l.runs != c.runs || l.wrong != c.wrong || l.stopped != c.stopped {
				t.Errorf("took %v, %d runs, %d wrong, stopped %d times; want %v, %d, %d, %d",
					took, l.runs, l.wrong, l.stopped, c.took, c.runs, c.wrong, c.stopped)
			}
		})
	}
}

func TestBalanced(t *testing.T) {
	good := sched.WorkerCounters{PollCount: 100, LocalScheduleCount: 150, ParkCount: 3, ParkUnparkCount: 6,
		NoopCount: 1, StealCount: 8, StealOperations: 4}
	for _, c := range []struct {
		name   string
		change func(*sched.WorkerCounters)
		ok     bool
	}{
		{"good", func(*sched.WorkerCounters) {}, true},
		{"parked now", func(w *sched.WorkerCounters) { w.ParkUnparkCount-- }, true},
		{"lost schedules", func(w *sched.WorkerCounters) { w.LocalScheduleCount = 80 }, false},
		{"lost picks", func(w *sched.WorkerCounters) { w.PollCount = 20 }, false},
		{"lost unparks", func(w *sched.WorkerCounters) { w.ParkUnparkCount = 4 }, false},
		{"no-op without park", func(w *sched.WorkerCounters) { w.NoopCount = 4 }, false},
		{"steals without tasks", func(w *sched.WorkerCounters) { w.StealCount = 3 }, false},
	} {
		w := good
		c.change(&w)
		if err := balanced(sched.Snapshot{Extended: true, Workers: []sched.WorkerCounters{w}}); (err == nil) != c.ok {
			t.Errorf("%s: got %v, want ok %v", c.name, err, c.ok)
		}
	}
}

type noProgress struct{}

func (noProgress) Start(Status)                       {}
func (noProgress) Done(recording.Cell, error, Status) {}
func (noProgress) End()                               {}

// TestRunKeepsGoing: a cell whose process fails gives no sample, the run says so
// and the recording is not complete.
func TestRunKeepsGoing(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes, so no cells")
	}
	plan := DefaultPlan()
	plan.Workloads, plan.Workers, plan.Processes = []string{"fib", "empty"}, []int{1}, 1
	for _, c := range []struct {
		name, script, want string
	}{
		{"says why", "echo stealbench: wrong answer >&2; exit 1", "wrong answer"},
		{"crashes", "kill -9 $$", "killed"},
		{"answers nothing", "true", "answered no result"},
		{"answers rubbish", "echo hello", "answered no result"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "rec")
			w, err := recording.Create(dir, nil, plan.Variants, 2)
			if err != nil {
				t.Fatal(err)
			}
			r := Runner{Plan: plan, Command: func(int) []string { return []string{"sh", "-c", c.script} }, Out: w, Progress: noProgress{}}
			err = r.Run(context.Background())
			var failures CellErrors
			if !errors.As(err, &failures) || len(failures) != 2 || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want 2 cells without sample and %q", err, c.want)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// status remembers what a run said.
type status struct {
	noProgress
	began, last Status
	done        int
}

func (s *status) Start(now Status) { s.began = now }
func (s *status) Done(_ recording.Cell, _ error, now Status) {
	s.done++
	s.last = now
}

// TestBudget: no cell starts that would not end in the budget, one that is
// longer than expected is dropped, and what failed before is told too.
func TestBudget(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js starts no processes, so no cells")
	}
	plan := DefaultPlan()
	plan.Variants, plan.Workloads, plan.Workers, plan.Processes = []string{"chaselev"}, []string{"fib"}, []int{1}, 5
	for _, c := range []struct {
		name, script string
		budget       time.Duration
		cells        int
		failed       bool
	}{
		{"no time for the first", "touch started", plan.CellTime, 0, false}, // a cell is expected to take more
		{"the first is too long", "exec sleep 60", 2 * time.Second, 0, false},
		{"a failure, then one too long", "if test -e started; then exec sleep 60; fi; touch started; exit 1", 4 * time.Second, 1, true},
		{"time for all", "exit 1", time.Hour, 5, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			w, err := recording.Create(filepath.Join(dir, "rec"), nil, plan.Variants, 5)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			began := time.Now()
			said := &status{}
			r := Runner{Plan: plan, Out: w, Progress: said, Deadline: began.Add(c.budget),
				Command: func(int) []string { return []string{"sh", "-c", "cd " + dir + "; " + c.script} }}
			err = r.Run(context.Background())
			var failures CellErrors
			if got := errors.As(err, &failures); got != c.failed || said.done != c.cells || strings.Contains(fmt.Sprint(err), "\n") {
				t.Errorf("got %v after %d cells, want %d, failures %v", err, said.done, c.cells, c.failed)
			}
			if got := errors.Is(err, ErrBudget); got != (c.budget < time.Hour) {
				t.Errorf("got %v, want the end of the budget: %v", err, !got)
			}
			if _, err := os.Stat(filepath.Join(dir, "started")); (err == nil) != strings.HasPrefix(c.name, "a failure") {
				t.Errorf("a cell ran: %v", err == nil)
			}
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("took %v: the cell was not ended", took)
			}
			if said.began.Cells != 5 || said.began.Left != 5*(plan.CellTime+CellOverhead) {
				t.Errorf("said %+v before the first cell", said.began)
			}
		})
	}
}

// TestCells: every comparison as often as planned, in an order that follows the
// seed.
func TestCells(t *testing.T) {
	p := DefaultPlan()
	seen := map[recording.Cell]int{}
	cells := p.Cells()
	for _, c := range cells {
		seen[c]++
	}
	if want := len(p.Workloads) * len(p.Workers) * p.Processes; len(cells) != want || len(seen) != want {
		t.Errorf("got %d cells, %d different, want %d", len(cells), len(seen), want)
	}
	same := func(q Plan) bool {
		for i, c := range q.Cells() {
			if c != cells[i] {
				return false
			}
		}
		return true
	}
	other := p
	other.Seed++
	if !same(p) || same(other) {
		t.Error("the order does not follow the seed")
	}
}

// TestRunCell measures one cell in this process, small.
func TestRunCell(t *testing.T) {
	spec := CellSpec{Cell: recording.Cell{Workload: "nqueens", Size: "small", Workers: 2},
		Variants: VariantNames(), CellTime: 20 * time.Millisecond, SlotTime: 20 * time.Microsecond}
	got, err := RunCell(spec)
	if err != nil {
		t.Fatal(err)
	}
	base, err := NewScheduler("chaselev", sched.Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	extended := base.Snapshot().Extended // else the build counts no picks
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	for _, v := range spec.Variants {
		blocks := got.Blocks[v]
		if n := len(blocks); n < 1 || n > blocksPerCell { // fewer where rows take long
			t.Fatalf("%s: %d blocks, want 1 to %d", v, n, blocksPerCell)
		}
		for _, b := range blocks {
			polls, counted := b.Get("polls/op")
			tasks, _ := b.Get(recording.TasksPerOp)
			if counted != (extended && v != "nometrics") || counted && (polls < tasks/4 || polls > 1.5*tasks+4) {
				t.Errorf("%s: %v polls/op (counted %v) for %v tasks/op", v, polls, counted, tasks)
			}
		}
	}
}
