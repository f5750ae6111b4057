package analysis

import (
	"strings"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Bursts says whether a group's workers park between bursts of tasks.
func (g *Group) Bursts() bool { return strings.HasPrefix(g.Workload, "burst_") }

// TasksPerPark is how many tasks of the base go to a park of a worker, as its counters
// say: the median over blocks; ok is false where they don't.
func (g *Group) TasksPerPark(rec *recording.Recording) (tasks float64, ok bool) {
	var all []float64
	for _, c := range rec.Cells {
		if c.Workload != g.Workload || c.Size != g.Size || c.Workers != g.Workers || len(c.Flags()) > 0 {
			continue
		}
		for _, b := range c.Blocks[Base] {
			n, _ := b.Get(recording.TasksPerOp)
			if parks, ok := b.Get("parks/op"); ok && parks > 0 {
				all = append(all, n/parks)
			}
		}
	}
	m, err := stat.Median(all)
	return m, err == nil
}
