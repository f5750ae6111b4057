package counts

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"stealbench/internal/sched"
)

// Runs is how many runs make a count: one for each tick of an event interval, so
// that runs of any number of ticks together take whole intervals.
const Runs = sched.DefaultEventInterval

// Count is what Runs runs of a workload took, exactly.
type Count struct {
	Spec
	Report
	// Locked instructions of the scheduler and the workload, but for those of the
	// counted clock, and the part of them in each Group.
	Locked int64
	Groups [groupCount]int64
	// Runtime is what Go's runtime locked meanwhile: goroutines, channels, memory.
	// It is not exact: it also depends on addresses and on the time of day.
	Runtime int64
	// Instructions are all that ran, those of Go's runtime and of the clock too. They
	// are not exact for the same reason.
	Instructions int64
	// Stores and Adds are the locked instructions of metrics: totals stored, and
	// events added.
	Stores, Adds int64
	Submits      int64 // of the batch; where nothing is batched, of the mean poll time
	ClockReads   int64
	// Events are what the scheduler's own counters say happened, in numbers to
	// be added: how many adds batching can spare. 0 if the variant counts nothing.
	Events int64
}

// Group is a part of the program that locked instructions are in.
type Group uint8

const (
	Metrics  Group = iota // hooks, submit, board
	Deque                 // local queue
	Inject                // injection queue, its lock too
	Idle                  // sleepers, searching, park
	Tasks                 // state of tasks, joins, free lists
	Dumps                 // what dumps need
	Workload              // the task bodies' own
	Rest                  // of the scheduler

	groupCount = iota
)

var groupNames = [groupCount]string{"metrics", "deque", "inject", "idle", "tasks", "dumps", "workload", "rest"}

func (g Group) String() string { return groupNames[g] }

// groupFiles says which group a file of a variant is in; others are the Rest.
var groupFiles = map[string]Group{
	"metrics.go": Metrics, "metrics_extended.go": Metrics, "metrics_stable.go": Metrics, "publish.go": Metrics,
	"cells.go": Metrics,
	"queue.go": Deque, "private.go": Deque,
	"inject.go": Inject,
	"idle.go":   Idle, "park.go": Idle,
	"task.go": Tasks, "run.go": Tasks, "join.go": Tasks, "pool.go": Tasks,
	"dump.go": Dumps, "dump_task.go": Dumps, "dump_mock.go": Dumps,
}

const (
	variantsPath = "stealbench/impls/"
	clockFile    = "clock_counted.go"
)

// source is the file of a variant that an instruction is in, without the z of
// stamped ones: that of the innermost function of a variant. "" is Go's runtime.
func source(frames []frame) string {
	for _, f := range frames {
		if strings.HasPrefix(f.function, variantsPath) {
			return strings.TrimPrefix(f.file, "z")
		}
	}
	return ""
}

func groupOf(file string) Group {
	if g, ok := groupFiles[file]; ok {
		return g
	}
	if strings.HasPrefix(file, "workload") {
		return Workload
	}
	return Rest
}

// PerTask is a number of the count for each task.
func (c *Count) PerTask(n int64) float64 {
	return float64(n) / float64(c.Tasks) / float64(c.Runs)
}

// Exact reports whether two counts of one thing are the same, as they must be.
func (c Count) Exact(again Count) bool {
	c.Runtime, again.Runtime = 0, 0
	c.Instructions, again.Instructions = 0, 0
	return c == again
}

// Count runs the program under valgrind, which takes seconds.
func (p *Program) Count(ctx context.Context, s Spec) (*Count, error) {
	dir, err := os.MkdirTemp(filepath.Dir(p.path), "callgrind-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	c := exec.CommandContext(ctx, "valgrind", "--tool=callgrind", "--dump-instr=yes",
		"--compress-strings=no", "--compress-pos=no",
		"--zero-before=stealbench/internal/counts.beginSeries", "--dump-before=stealbench/internal/counts.endSeries",
		"--callgrind-out-file="+filepath.Join(dir, "out"),
		p.path, "counted", "--variant", s.Variant, "--workload", s.Workload, "--size", s.Size, "--runs", strconv.Itoa(s.Runs))
	c.Env = append(os.Environ(), "GODEBUG=asyncpreemptoff=1", "GOGC=off", "GOMAXPROCS=1")
	out, err := outputOf(c)
	if err != nil {
		return nil, fmt.Errorf("%s on %s: %w", s.Workload, s.Variant, err)
	}
	count := &Count{Spec: s}
	if err := json.Unmarshal(out, &count.Report); err != nil {
		return nil, fmt.Errorf("%s on %s: answer %.80q: %w", s.Workload, s.Variant, out, err)
	}
	for i, sign := range []int64{-1, 1} { // the second series less the first
		f, err := os.Open(filepath.Join(dir, fmt.Sprintf("out.%d", i+1)))
		if err != nil {
			return nil, fmt.Errorf("%s on %s: valgrind wrote no counts: %w", s.Workload, s.Variant, err)
		}
		ran, err := readProfile(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s on %s: %w", s.Workload, s.Variant, err)
		}
		count.take(p, ran, sign)
	}
	return count, count.finish()
}

// take adds what a series ran.
func (c *Count) take(p *Program, ran map[uint64]int64, sign int64) {
	for address, n := range ran {
		n *= sign
		c.Instructions += n
		if p.submits[address] {
			c.Submits += n
		}
		i, ok := p.locked[address]
		if !ok {
			continue
		}
		file := source(p.lines[address])
		switch file {
		case "":
			c.Runtime += n
			continue
		case clockFile:
			c.ClockReads += n
			continue
		}
		g := groupOf(file)
		c.Locked += n
		c.Groups[g] += n
		if g != Metrics {
			continue
		}
		switch i.op {
		case exchange:
			c.Stores += n
		case add:
			c.Adds += n
		}
	}
}

// finish derives what follows from the counts, and holds them against the
// scheduler's own counters: a batch adds what came from outside, and a variant
// without one adds every event, and its busy time once a work stretch.
func (c *Count) finish() error {
	e := c.Counters
	outside := int64(c.Remote + c.Wakes)
	c.Events = outside + int64(e.PollCount+e.LocalScheduleCount+e.FollowUpCount+e.UnfinishedCount+e.OverflowCount+
		e.BudgetForcedYieldCount+e.StealAttempts+e.StealCount+e.StealOperations+e.ParkCount+e.ParkUnparkCount+e.NoopCount)
	// Between two submits is a work stretch, but not around parks and searches.
	apart := int64(2*e.ParkCount) - int64(e.StealAttempts)
	if c.Submits == 0 { // inlined: it stores the mean poll time
		c.Submits = c.Stores
		if c.Adds == outside && c.Stores > 0 { // so do events, and busy times, each once
			twice := c.Stores - (c.Events - outside) + apart
			if c.Submits = twice / 2; twice < 0 || twice%2 != 0 {
				return fmt.Errorf("%s on %s: %d atomic stores, but the scheduler's counters say %d events: the counts are wrong",
					c.Workload, c.Variant, c.Stores, c.Events-outside)
			}
		}
	}
	if c.Events == 0 {
		return nil
	}
	stretches := c.Submits - apart
	if c.Adds != outside && c.Adds != c.Events+stretches {
		return fmt.Errorf("%s on %s: %d atomic adds, but the scheduler's counters say %d, or %d without a batch: the counts are wrong",
			c.Workload, c.Variant, c.Adds, outside, c.Events+stretches)
	}
	return nil
}
