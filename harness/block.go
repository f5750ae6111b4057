package harness

import (
	"errors"
	"fmt"
	"time"

	"stealbench/impls"
	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
	"stealbench/internal/stat"
)

// disturbance is what went on around the slots of a block.
type disturbance struct {
	usage     host.Usage
	clockStep bool
}

// stepped says whether the wall clock moved otherwise than the monotonic one,
// by more than a daemon that slews it at 500 ppm can make it.
func stepped(start, end time.Time) bool {
	return clocksDiffer(end.Round(0).Sub(start.Round(0)), end.Sub(start))
}

func clocksDiffer(wall, monotonic time.Duration) bool {
	return (wall - monotonic).Abs() > time.Millisecond+monotonic/1000
}

// timed is an error if no row of the block has all its times: there is nothing
// to record then.
func (c *cell) timed() error {
	if len(c.ratios[impls.Base]) > 0 {
		return nil
	}
	for _, l := range c.lanes {
		if l.wrong > 0 || l.stopped > 0 {
			return fmt.Errorf("%s: no row of a block was timed: %d wrong answers, the clock stood %d times", l.variant, l.wrong, l.stopped)
		}
	}
	return errors.New("no row of a block was timed")
}

// block is the recording's line for a lane's slots since startBlock; the last
// one of the cell says more.
func (c *cell) block(l *lane, d disturbance, last bool) (recording.Block, error) {
	ratios := c.ratios[l.variant]
	nanos, err := stat.Median(l.nanos)
	if err != nil {
		return recording.Block{}, err
	}
	ratio, err := stat.Median(ratios)
	if err != nil {
		return recording.Block{}, err
	}
	b := recording.Block{Slots: len(l.nanos), Values: []recording.Value{
		{Unit: recording.NsPerTask, V: nanos},
		{Unit: recording.XBase, V: ratio},
		{Unit: recording.TasksPerOp, V: float64(c.want.Tasks)},
	}}
	add := func(unit string, v float64) { b.Values = append(b.Values, recording.Value{Unit: unit, V: v}) }
	after := l.sched.Snapshot()
	if after.Extended {
		b.Values = append(b.Values, perRun(l.before.Total(), after.Total(), c.runsOn(l.sched))...)
	}
	for _, u := range []struct {
		unit string
		r    host.Reading
	}{{"steal-ticks", d.usage.Steal}, {"wait-ns", d.usage.RunQueueWait}, {"pressure-us", d.usage.Pressure}} {
		if u.r.OK() {
			add(u.unit, u.r.V)
		}
	}
	if l.reading != nil {
		add("reads/op", float64(l.reading.reads.Load())/float64(l.runs))
	}
	if l.audit != nil {
		b.Values = append(b.Values, l.audit.values()...)
	}
	open, err := c.openValues(l)
	if err != nil {
		return recording.Block{}, err
	}
	b.Values = append(b.Values, open...)
	b.Values = append(b.Values, c.canaries.Values()...)
	if len(l.injected) > 0 {
		added, err := stat.Median(l.injected)
		if err != nil {
			return recording.Block{}, err
		}
		base, err := stat.Median(c.base().nanos)
		if err != nil {
			return recording.Block{}, err
		}
		add(recording.InjectedPercent, 100*added/(base*float64(c.reps)*float64(c.want.Tasks)))
	}
	if l.variant != impls.Base {
		add(recording.XTotal, c.totals[l.variant]/c.totals[impls.Base])
		c.all[l.variant] = append(c.all[l.variant], ratios...)
		within, err := c.within(l.variant, last)
		if err != nil {
			return recording.Block{}, err
		}
		b.Values = append(b.Values, within...)
	}
	for _, f := range l.flags(d) {
		if f.V > 0 {
			b.Values = append(b.Values, f)
		}
	}
	l.wrong, l.stopped = 0, 0
	return b, nil
}

// runsOn is the runs of the block on a scheduler, which more than one lane may have.
func (c *cell) runsOn(s runner) (runs float64) {
	for _, l := range c.lanes {
		if l.sched == s {
			runs += float64(l.runs)
		}
	}
	return runs
}

// within is what the rows say about this binary alone: how many have the
// variant slower and faster than the base, and whether slots depend on their
// place; in the last block the interval of the median ratio over all rows.
func (c *cell) within(variant string, last bool) ([]recording.Value, error) {
	slower, faster := 0, 0
	for _, x := range c.ratios[variant] {
		switch {
		case x > 1:
			slower++
		case x < 1:
			faster++
		}
	}
	values := []recording.Value{
		{Unit: recording.RowsSlower, V: float64(slower)}, {Unit: recording.RowsFaster, V: float64(faster)},
	}
	if len(c.halves) > 0 {
		half, err := stat.Median(c.halves)
		if err != nil {
			return nil, err
		}
		values = append(values, recording.Value{Unit: recording.XHalf, V: half})
	}
	if !last {
		return values, nil
	}
	i, err := stat.MedianInterval(c.all[variant], 0.95)
	if err == nil && i.Bounded() { // else too few rows
		values = append(values, recording.Value{Unit: recording.XBaseLo, V: i.Lo}, recording.Value{Unit: recording.XBaseHi, V: i.Hi})
	}
	return values, err
}

// flags are the values of recording.FlagUnits. Warm-up and calibration count
// towards the first block.
func (l *lane) flags(d disturbance) []recording.Value {
	steps := float64(l.stopped)
	if d.clockStep {
		steps++
	}
	periods := 0.0
	for _, r := range []host.Reading{d.usage.Throttled, d.usage.ThrottledAncestors} {
		if r.OK() {
			periods += r.V
		}
	}
	stopped := 0.0
	if d.usage.ThrottledTime.OK() {
		stopped = d.usage.ThrottledTime.V
	}
	return []recording.Value{
		{Unit: recording.ThrottledPeriods, V: periods}, {Unit: recording.ThrottledNs, V: stopped},
		{Unit: recording.ClockSteps, V: steps}, {Unit: recording.WrongAnswers, V: float64(l.wrong)},
	}
}

func perRun(before, after sched.WorkerCounters, runs float64) []recording.Value {
	return []recording.Value{
		{Unit: "polls/op", V: float64(after.PollCount-before.PollCount) / runs},
		{Unit: "steals/op", V: float64(after.StealCount-before.StealCount) / runs},
		{Unit: "stealops/op", V: float64(after.StealOperations-before.StealOperations) / runs},
		{Unit: "parks/op", V: float64(after.ParkCount-before.ParkCount) / runs},
		{Unit: "stealattempts/op", V: float64(after.StealAttempts-before.StealAttempts) / runs},
		{Unit: "localscheds/op", V: float64(after.LocalScheduleCount-before.LocalScheduleCount) / runs},
	}
}
