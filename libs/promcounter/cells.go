package promcounter

import (
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"stealbench/internal/at"
)

// bucketPad keeps the histogram of poll times on lines of its own.
const bucketPad = cacheLine / 8

// counter is the library's. One event is counted by its Inc.
type counter struct{ prometheus.Counter }

// Add goes the way of whole numbers: n is one, and below 1<<53.
func (c *counter) Add(n uint64) { c.Counter.Add(float64(n)) }

// Load is how anyone reads the library's counter: there is no shorter way.
func (c *counter) Load() uint64 { return uint64(read(c).GetCounter().GetValue()) }

// gauge is the library's too.
type gauge struct{ prometheus.Gauge }

func (g *gauge) Store(v uint64) { g.Set(float64(v)) }
func (g *gauge) Load() uint64   { return uint64(read(g).GetGauge().GetValue()) }

func read(m prometheus.Metric) *dto.Metric {
	var out dto.Metric
	if err := m.Write(&out); err != nil {
		panic(err) // labels that aren't text; there are none
	}
	return &out
}

// bucket stays an atomic: the library's histograms find the bucket themselves.
type bucket = at.Counter

// cells are the counters of all workers together. After newCells they are only read.
type cells struct {
	busy, parkCount, parkUnparkCount counter
	extendedCells
}

// newCells makes one set for all workers. Nobody registers it: what a registry does
// with a counter is to read it.
func newCells(int) []*cells {
	c := new(cells)
	for _, row := range []struct { // in this order, so that counters lie in the same one every time
		name string
		at   *counter
	}{
		{"busy_ns_total", &c.busy}, {"park_total", &c.parkCount}, {"park_unpark_total", &c.parkUnparkCount},
		{"noop_total", &c.noopCount}, {"steal_total", &c.stealCount}, {"steal_operations_total", &c.stealOperations},
		{"steal_attempts_total", &c.stealAttempts}, {"poll_total", &c.pollCount}, {"spawn_total", &c.spawnCount},
		{"reschedule_total", &c.reschedules}, {"follow_up_total", &c.followUps}, {"unfinished_total", &c.unfinished},
		{"overflow_total", &c.overflowCount}, {"forced_yield_total", &c.forcedYields},
	} {
		row.at.Counter = prometheus.NewCounter(prometheus.CounterOpts{Namespace: "scheduler", Name: row.name})
	}
	c.meanPoll.Gauge = prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "scheduler", Name: "mean_poll_ns"})
	return []*cells{c}
}
