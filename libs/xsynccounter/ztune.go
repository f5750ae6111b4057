// Code generated from ../../impls/chaselev/tune.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"math"

	"stealbench/internal/sched"
)

// tuner estimates how long a pick takes and derives from it how often to look
// at the injection queue: so that a task there waits about 200 us (tokio
// scheduler/multi_thread/stats.rs).
type tuner struct {
	tuned     bool    // the interval is not configured
	reads     bool    // the clock is on
	since     int64   // clock at the start of the work stretch, ns
	firstTick uint32  // the first tick whose pick is in it
	meanPoll  float64 // exponentially weighted, ns
}

const (
	tuneTarget  = 200_000 // ns between two looks at the injection queue
	tunePicks   = 61      // assumed in a stretch before anything is known
	tuneAlpha   = 0.1     // weight of one pick
	tuneMost    = 127     // ticks
	tuneLeast   = 2
	tuneIgnores = 2 // a change this small is not adopted
)

func (u *tuner) init(c sched.Config) {
	u.meanPoll = float64(tuneTarget) / tunePicks
	u.tuned = c.GlobalQueueInterval == 0
	u.reads = haveClock && !c.NoClock && (u.tuned || metricsReadClock || dumpCompiled)
}

// firstInterval is the one to begin with, and the one without a clock.
func (u *tuner) firstInterval(c sched.Config) uint32 {
	if u.tuned {
		return tunePicks
	}
	return uint32(c.GlobalQueueInterval)
}

// next returns the interval to use after current.
func (u *tuner) next(current uint32) uint32 {
	if !u.tuned {
		return current
	}
	want := min(max(uint32(min(tuneTarget/u.meanPoll, tuneMost)), tuneLeast), tuneMost)
	if want > current+tuneIgnores || want+tuneIgnores < current {
		return want
	}
	return current
}

// stretch takes in a work stretch that ends at the clock's now, after some picks;
// one that ends before its first tick has none.
func (u *tuner) stretch(now int64, picks int32) {
	if picks <= 0 || !u.reads {
		return
	}
	mean := float64(nanosBetween(u.since, now)) / float64(picks)
	keep := keepAfter(uint32(picks))
	u.meanPoll = (1-keep)*mean + keep*u.meanPoll
}

// keepAfter is what is left of the old mean's weight after some picks.
func keepAfter(picks uint32) float64 {
	if picks < uint32(len(keepTable)) {
		return keepTable[picks] // up to the default event interval
	}
	return math.Pow(1-tuneAlpha, float64(picks))
}

var keepTable = func() (t [sched.DefaultEventInterval + 1]float64) {
	for i := range t {
		t[i] = math.Pow(1-tuneAlpha, float64(i))
	}
	return t
}()

// nanosBetween is the time between two looks at the clock; it saturates at 0, so
// that a clock that went back adds nothing (tokio duration_as_u64).
func nanosBetween(since, now int64) uint64 { return uint64(max(now-since, 0)) }

// clock reads the clock, if it is on.
func (w *Worker) clock() int64 {
	if !w.tuner.reads {
		return 0
	}
	return now()
}

// startProcessing begins a work stretch; firstTick is the first tick whose pick
// is in it. One look at the clock serves metrics and tuner.
func (w *Worker) startProcessing(firstTick uint32) { w.start(w.clock(), firstTick) }

// endProcessing ends a work stretch: this tick had no pick in it.
func (w *Worker) endProcessing() { w.end(w.clock()) }

// lap ends a work stretch and begins the next, before this tick's pick.
func (w *Worker) lap() {
	t := w.clock()
	w.end(t)
	w.start(t, w.tick)
}

func (w *Worker) start(t int64, firstTick uint32) {
	w.metrics.startProcessing(t)
	w.tuner.since, w.tuner.firstTick = t, firstTick
}

func (w *Worker) end(t int64) {
	w.metrics.endProcessing(t)
	w.tuner.stretch(t, int32(w.tick-w.tuner.firstTick))
}

// submit publishes the batch; picksTo is the last tick whose pick is over.
func (w *Worker) submit(picksTo uint32) {
	w.metrics.submit(picksTo, w.spawns(), uint64(int64(w.tuner.meanPoll)))
}
