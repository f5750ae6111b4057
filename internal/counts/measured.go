package counts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"runtime"

	"stealbench/harness"
	"stealbench/internal/sched"
)

// Spec is what the measured program is told: one workload on one variant.
type Spec struct {
	Variant  string
	Workload string
	Size     string
	Runs     int // of the first series; the second has twice as many
}

// Report is what it answers on its standard output.
type Report struct {
	Tasks uint64 // tasks that one run executes
	// The rest is of the second series less the first; 0 if the variant counts
	// nothing.
	Counters sched.WorkerCounters
	Remote   uint64 // tasks pushed one by one to the injection queue
	Wakes    uint64 // those of them that were woken
}

// globalQueueInterval is fixed, so that series of Runs runs meet the same ticks:
// a divisor of the event interval, next to the 127 ticks where the scheduler
// tunes itself with tasks this short.
const globalQueueInterval = sched.DefaultEventInterval / 2

// Measure is the measured program: a series of runs to warm up, one of s.Runs,
// one of twice as many. The counts of the second less the first are those of
// s.Runs runs, without what a series costs by itself. Valgrind cuts its counts at
// beginSeries and endSeries.
func Measure(s Spec, out io.Writer) error {
	runtime.MemProfileRate = 0 // it samples at random
	if err := (Plan{[]string{s.Variant}, []string{s.Workload}, s.Size}).Check(); err != nil {
		return err
	}
	w, err := harness.FindWorkload(s.Workload)
	if err != nil {
		return err
	}
	p, err := w.Params(s.Size)
	if err != nil {
		return err
	}
	c, err := harness.NewScheduler(s.Variant, sched.Config{Workers: 1, GlobalQueueInterval: globalQueueInterval, NoBlocking: true})
	if err != nil {
		return err
	}
	m := measured{c, cmp.Or(w.Run, w.Name), p, w.Answer(p)}
	if err := m.series(s.Runs); err != nil {
		return err
	}
	var snapshots [3]sched.Snapshot
	snapshots[0] = c.Snapshot()
	for i := range 2 {
		beginSeries()
		err := m.series((i + 1) * s.Runs)
		endSeries()
		if err != nil {
			return err
		}
		snapshots[i+1] = c.Snapshot()
	}
	if err := c.Close(); err != nil {
		return err
	}
	first, second := snapshots[1].Delta(snapshots[0]), snapshots[2].Delta(snapshots[1])
	return json.NewEncoder(out).Encode(Report{
		Tasks:    m.want.Tasks,
		Counters: second.Total().Sub(first.Total()),
		Remote:   second.RemoteScheduleCount - first.RemoteScheduleCount,
		Wakes:    second.RemoteWakeCount - first.RemoteWakeCount,
	})
}

type measured struct {
	sched.Scheduler
	run  string
	p    sched.Params
	want sched.Answer
}

// series runs the workload some times and waits until the worker is parked.
func (m *measured) series(runs int) error {
	t, err := m.TimeWorkload(m.run, m.p, 0, runs)
	if err != nil {
		return err
	}
	if t.Answer != m.want {
		return fmt.Errorf("wrong answer %+v, want %+v", t.Answer, m.want)
	}
	for !m.Quiet() {
		runtime.Gosched()
	}
	return nil
}

// beginSeries is where valgrind sets its counts to 0.
//
//go:noinline
func beginSeries() {}

// endSeries is where it writes them.
//
//go:noinline
func endSeries() {}
