package analysis

import (
	"math"

	"stealbench/internal/stat"
)

// The two by two of queue and metrics.
const (
	eachBatched = "batchless"      // the base's queue, an add per event
	mutexEach   = "mutexbatchless" // a mutex and an add per event
	mutexBatch  = "mutexqueue"     // a mutex, batched
)

// Interaction is the two by two of local queue and metrics: what each changes by
// itself, in the mean over the other's two levels, and whether the one changes what the
// other costs. Effects are ratios, in percent.
type Interaction struct {
	Absent     string        // why there is none
	OnDeque    stat.Interval // an add per event instead of a batch, on the Chase-Lev deque
	OnMutex    stat.Interval // the same on the queue under a mutex
	Metrics    stat.Interval // the mean of these
	Queue      stat.Interval // a mutex instead of the deque, in the mean over metrics
	Ratio      stat.Interval // OnMutex over OnDeque: 0 is no interaction
	Nanos      stat.Interval // the difference of the two differences, ns per task
	Floor      float64       // percent; 0 without a twin
	FloorNanos float64
}

// HasInteraction says whether these lanes have all four.
func HasInteraction(lanes []string) bool {
	n := 0
	for _, l := range lanes {
		switch l {
		case Base, eachBatched, mutexBatch, mutexEach:
			n++
		}
	}
	return n == 4
}

// Interaction compares the four, from logs of the ratios taken row by row. What is
// multiplied by the same factor on both queues has no interaction here. What is the
// same time on both has one, if the queues differ; Nanos has none then.
func (g *Group) Interaction() Interaction {
	i := Interaction{Absent: g.missing(Base, eachBatched, mutexBatch, mutexEach)}
	if i.Absent != "" {
		return i
	}
	contrast := func(deque, each, mutex, both float64) stat.Interval {
		logs := make([]float64, g.Cells)
		for k := range logs {
			logs[k] = deque*g.logs[Base][k] + each*g.logs[eachBatched][k] + mutex*g.logs[mutexBatch][k] + both*g.logs[mutexEach][k]
		}
		return mean(g.replicates(logs)).Map(toPercent)
	}
	i.OnDeque, i.OnMutex = contrast(-1, 1, 0, 0), contrast(0, 0, -1, 1)
	i.Metrics, i.Queue = contrast(-0.5, 0.5, -0.5, 0.5), contrast(-0.5, -0.5, 0.5, 0.5)
	i.Ratio = contrast(1, -1, -1, 1)
	nanos := make([]float64, g.Cells)
	for k := range nanos {
		nanos[k] = g.ns[mutexEach][k] - g.ns[mutexBatch][k] - g.ns[eachBatched][k] + g.ns[Base][k]
	}
	i.Nanos = mean(g.replicates(nanos))
	if d := g.Delta(Twin); d.Absent == "" {
		i.Floor = d.Floor
	}
	i.FloorNanos, _ = g.Floor()
	return i
}

// Percents are the main effects, the two simple ones and the interaction, in the order
// of a table.
func (i Interaction) Percents() []stat.Interval {
	return []stat.Interval{i.Queue, i.Metrics, i.OnDeque, i.OnMutex, i.Ratio}
}

// Floors are those of the interaction, in percent and in ns: a difference of two
// differences, each of which may be off by the floor.
func (i Interaction) Floors() (percent, ns float64) {
	return toPercent(2 * math.Log1p(i.Floor/100)), 2 * i.FloorNanos
}

// Resolved says whether there is an interaction beyond its floor.
func (i Interaction) Resolved() bool {
	floor, _ := i.Floors()
	return i.resolved(i.Ratio, floor)
}

// ResolvedNanos says so of the difference in ns per task.
func (i Interaction) ResolvedNanos() bool {
	_, floor := i.Floors()
	return i.resolved(i.Nanos, floor)
}

func (i Interaction) resolved(x stat.Interval, floor float64) bool {
	return i.Absent == "" && x.Bounded() && x.Beyond(floor)
}

// Verdict is the interaction in words.
func (i Interaction) Verdict() string {
	switch {
	case i.Absent != "":
		return "n/a: " + i.Absent
	case !i.Ratio.Bounded():
		return "n/a: 1 cell gives no interval"
	case i.Resolved() && i.ResolvedNanos() && i.Ratio.Est < 0 == (i.Nanos.Est < 0):
		if i.Ratio.Est < 0 {
			return "costs less on the mutex"
		}
		return "costs more on the mutex"
	case i.Resolved() && !i.ResolvedNanos():
		return "in the ratio only" // the same time is a smaller part of a slower queue's
	case i.Resolved():
		return "in ratio and ns, of opposite signs"
	case i.ResolvedNanos():
		return "in ns only"
	}
	return "none resolved"
}
