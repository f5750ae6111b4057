package model

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

// The variants that the model speaks of, beside those of package analysis.
const (
	SharedLine = "sharedline"
	Batchless  = "batchless"
)

// Parameters are what was measured of a host, ns, and the events that were counted.
type Parameters struct {
	Private    float64 // an atomic add on a line of one's own: key rmw-private
	Shared     float64 // on a line that another thread adds to as well, to each of the two: key rmw-shared
	CoreToCore float64 // one way of a value between two threads: key core-to-core
	Counts     *counts.File
}

// Read reads the parameters of a recording.
func Read(rec *recording.Recording, c *counts.File) (*Parameters, error) {
	p := &Parameters{Counts: c}
	if c == nil {
		return nil, fmt.Errorf("%s: no counts beside it: make counts, or name a folder of counts", rec.Dir)
	}
	for _, k := range []struct {
		name string
		ns   *float64
	}{{"rmw-private", &p.Private}, {"rmw-shared", &p.Shared}, {"core-to-core", &p.CoreToCore}} {
		value := rec.Key(k.name)
		ns, err := strconv.ParseFloat(strings.TrimSuffix(value, " ns"), 64)
		if err != nil || !strings.HasSuffix(value, " ns") || !(ns > 0) {
			return nil, fmt.Errorf("%s: key %s is %q: want a time in ns, as a host with 2 CPUs records it", rec.Dir, k.name, value)
		}
		*k.ns = ns
	}
	return p, nil
}

// Fetch is the least and the most that an add costs that fetches the line.
func (p *Parameters) Fetch() (least, most float64) { return p.Shared / 2, p.CoreToCore }

// From names the folder of the counts.
func (p *Parameters) From() string { return filepath.Base(filepath.Dir(p.Counts.Path)) }

// Events are locked instructions a task.
type Events struct {
	Line    float64 // that sharedline does on its line
	PerCell float64 // that batchless does for metrics
	Batched float64 // that the base does for metrics
	Board   float64 // of these the adds on the board, which every variant but nometrics does
}

// Events are those of a workload; absent says why there are none.
//
// What is on the line is what sharedline does and nometrics doesn't, less the adds that the
// base does as well: those are of the board, a line that only who spawns from outside
// writes, and the model leaves them out.
func (p *Parameters) Events(workload string) (e Events, absent string) {
	at := func(variant, unit string) float64 {
		l := p.Counts.Find(workload, variant)
		if l == nil {
			absent = fmt.Sprintf("no counts of %s on %s", workload, variant)
			return 0
		}
		return l.Values[unit]
	}
	metrics := counts.InGroup(counts.Metrics)
	e = Events{
		Line:    at(SharedLine, counts.LockedPerTask) - at(analysis.NoMetrics, counts.LockedPerTask) - at(analysis.Base, counts.AddsPerTask),
		PerCell: at(Batchless, metrics),
		Batched: at(analysis.Base, metrics),
		Board:   at(analysis.Base, counts.AddsPerTask),
	}
	if absent == "" && !(e.Line > 0) {
		absent = "no events"
	}
	return e, absent
}
