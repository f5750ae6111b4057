package model

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/host"
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
	Paced      []Pace  // by rising work: key rmw-paced; nil in recordings that lack it
	CPUs       int     // of the host, key cpus; 0 if it is not known
	Counts     *counts.File
}

// Pace is what the line takes for an add, between adds of two threads with some private
// work before each: the service time with which a network of two customers and that think
// time has the cycle that was measured.
type Pace struct{ Work, Service float64 }

// Read reads the parameters of a recording.
func Read(rec *recording.Recording, c *counts.File) (*Parameters, error) {
	p := &Parameters{Counts: c}
	p.CPUs, _ = strconv.Atoi(rec.Key("cpus"))
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
	return p, p.readPaced(rec)
}

func (p *Parameters) readPaced(rec *recording.Recording) error {
	value := rec.Key("rmw-paced")
	if value == "" {
		return nil // a recording from before it was measured
	}
	paced, err := host.ParsePaced(value)
	if err != nil {
		return fmt.Errorf("%s: key rmw-paced is %w", rec.Dir, err)
	}
	for _, x := range paced.Paces {
		work := math.Max(0, x.Own-p.Private)
		p.Paced = append(p.Paced, Pace{work, math.Max(p.Private, serviceOfTwo(work, x.Shared))})
	}
	return nil
}

// serviceOfTwo is the service time with which two customers with some think time have a
// cycle: by mean value analysis cycle = think + s + s*s/(think+s).
func serviceOfTwo(think, cycle float64) float64 {
	more := cycle - 2*think
	return (more + math.Sqrt(more*more+8*(cycle-think)*think)) / 4
}

// service is that of the pace, in a straight line between those that were measured.
func (p *Parameters) service(work float64) float64 {
	all := p.Paced
	i := slices.IndexFunc(all, func(x Pace) bool { return x.Work >= work })
	switch {
	case i == 0:
		return all[0].Service
	case i < 0:
		return all[len(all)-1].Service
	}
	a, b := all[i-1], all[i]
	return a.Service + (b.Service-a.Service)*(work-a.Work)/(b.Work-a.Work)
}

// Fetch is the least and the most that the line takes for an add of another worker.
func (p *Parameters) Fetch() (least, most float64) {
	if p.Paced == nil {
		return p.Shared / 2, p.CoreToCore
	}
	least = math.Inf(1)
	for _, x := range p.Paced {
		least, most = math.Min(least, x.Service), math.Max(most, x.Service)
	}
	return least, most
}

// FetchFrom says where the least and the most are from.
func (p *Parameters) FetchFrom() (least, most string) {
	if p.Paced == nil {
		return "half of rmw-shared: some of those adds hit", "core-to-core: it is two such steps"
	}
	return "least of key rmw-paced", "most of it"
}

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
