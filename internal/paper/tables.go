package paper

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

var tables = map[string]func(*source) string{
	"host":        host,
	"descriptive": descriptive,
	"delta":       delta,
	"overhead":    overhead,
	"removed":     removed,
	"latency":     latency,
	"readme":      readme,
}

// hostKeys are the facts a reader weighs results by; the rest is in the files.
var hostKeys = []string{"date", "commit", "dirty", "command", "rules", "cpu", "cpu-id", "cpus", "sockets", "cores",
	"threads-per-core", "cache-l1d", "cache-l2", "cache-l3", "governor", "turbo", "clocksource", "hypervisor",
	"cgroup-quota", "memory", "os", "kernel", "go", "goamd64", "gomaxprocs", "layouts", "seed",
	"rmw-private", "rmw-shared", "core-to-core", "clock-read", "two-spin", "two-sort"}

func host(s *source) string {
	t := table{head: []string{"fact", "value"}, left: 2}
	t.add("recording", s.name)
	t.add("cells", s.cells())
	for _, k := range hostKeys {
		if v := s.rec.Key(k); v != "" {
			t.add(k, escape(v))
		}
	}
	return t.String()
}

func (s *source) cells() string {
	out := fmt.Sprintf("%d of %d", s.rec.Done, s.rec.Planned)
	if s.rec.Dropped > 0 {
		out += fmt.Sprintf(", %d dropped", s.rec.Dropped)
	}
	if _, n := s.rec.Flagged(); n > 0 {
		out += fmt.Sprintf(", %d flagged and left out", n)
	}
	if !s.rec.Complete {
		out += ", incomplete"
	}
	return out
}

// from is the line under each table: where it comes from and how far to trust
// it.
func (s *source) from(how string) string {
	line := strings.TrimSpace(fmt.Sprintf("From `%s`, %s cells. %s", s.name, s.cells(), how))
	if s.rec.Estimate() {
		line += " **Run rules: " + escape(s.rec.Rules()) + ".**"
	}
	return "\n" + line + "\n"
}

func descriptive(s *source) string {
	t := table{head: []string{"workload", "workers", "variant", "cells", "median", "mean", "SD", "CV %", "min", "max"}, left: 1}
	for _, g := range s.groups {
		for _, v := range s.rec.Variants {
			d := g.Descriptive(v)
			t.add(g.Label, strconv.Itoa(g.Workers), v, strconv.Itoa(d.N), analysis.Num(d.Median), analysis.Num(d.Mean),
				analysis.Num(d.SD), analysis.Num(100*d.CV), analysis.Num(d.Min), analysis.Num(d.Max))
		}
	}
	return t.String() + s.from("ns/task of the cells' medians; SD is the sample's.")
}

// others are the variants with a column of their own.
func (s *source) others(except ...string) []string {
	return slices.DeleteFunc(slices.Clone(s.rec.Variants), func(v string) bool { return slices.Contains(except, v) })
}

func delta(s *source) string {
	others := s.others(analysis.Base, analysis.Twin)
	t := table{head: append([]string{"workload", "workers", "cells", analysis.Base + " ns", "floor %"}, others...), left: 1}
	alone := false
	for _, g := range s.groups {
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells),
			median(g, analysis.Base), floorPercent(g)}
		for _, v := range others {
			d := g.Delta(v)
			cell := result(d.Interval, d.Floor, d.Resolved())
			if s.isAlone(g, d) {
				cell, alone = cell+aloneMark, true
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	return t.String() + s.from("Percent slower (+) or faster (-) than "+analysis.Base+", 95 % interval over cells. "+
		"`< x`: no difference larger than x % resolved. Floor: "+analysis.Base+" against its own copy, "+analysis.Twin+"."+aloneNote(alone))
}

// aloneMark is behind a difference that does not stand after the correction for all
// comparisons of its recording.
const aloneMark = " †"

func aloneNote(alone bool) string {
	if !alone {
		return ""
	}
	return " †: by itself; not after the correction for all comparisons of the recording."
}

func median(g *analysis.Group, variant string) string {
	d := g.Descriptive(variant)
	if d.Absent != "" {
		return "n/a"
	}
	return analysis.Num(d.Median)
}

func floorPercent(g *analysis.Group) string {
	if d := g.Delta(analysis.Twin); d.Absent == "" {
		return analysis.Num(d.Floor)
	}
	return "no twin"
}

// result is an estimate with its interval, or how large it may at most be.
func result(i stat.Interval, floor float64, resolved bool) string {
	switch {
	case !i.Bounded():
		return "n/a (1 cell)"
	case !resolved:
		return "< " + analysis.Num(math.Max(i.MaxAbs(), floor))
	}
	return fmt.Sprintf("%s [%s, %s]", signed(i.Est), analysis.Num(i.Lo), analysis.Num(i.Hi))
}

func signed(x float64) string {
	s := analysis.Num(x)
	if x > 0 {
		return "+" + s
	}
	return s
}

func overhead(s *source) string {
	if !s.rec.Has(analysis.NoMetrics) {
		return "n/a: the recording has no " + analysis.NoMetrics + ".\n" + s.from("")
	}
	others := s.others(analysis.NoMetrics, analysis.Twin)
	t := table{head: append([]string{"workload", "workers", "cells", analysis.NoMetrics + " ns", "floor ns"}, others...), left: 1}
	for _, g := range s.groups {
		floor := "no twin"
		if f, ok := g.Floor(); ok {
			floor = analysis.Num(f)
		}
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells),
			median(g, analysis.NoMetrics), floor}
		for _, v := range others {
			o := g.Overhead(v)
			row = append(row, result(o.Interval, o.Floor, o.Resolved()))
		}
		t.add(row...)
	}
	return t.String() + s.from("ns per task above "+analysis.NoMetrics+", mean over cells, 95 % interval. "+
		"`< x`: no overhead larger than x ns resolved.")
}

func removed(s *source) string {
	t := table{head: []string{"workload", "workers", "cells"}, left: 1}
	for _, v := range analysis.Unbatched {
		t.head = append(t.head, "% of "+v)
	}
	for _, g := range s.groups {
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells)}
		for _, v := range analysis.Unbatched {
			row = append(row, share(g.Removed(v)))
		}
		t.add(row...)
	}
	return t.String() + s.from("Share of the unbatched overhead that batching removes, 95 % bootstrap interval over cells. "+
		"Not resolved: the unbatched overhead itself reaches the floor, or there are too few cells.")
}

func share(r analysis.Removed) string {
	switch {
	case r.Absent != "":
		return "n/a: " + r.Absent
	case !r.Claimed:
		return "not resolved"
	}
	return fmt.Sprintf("%s [%s, %s]", analysis.Num(r.Est), analysis.Num(r.Lo), analysis.Num(r.Hi))
}

func percent(variants []string) []string {
	var out []string
	for _, v := range variants {
		out = append(out, v+" %")
	}
	return out
}

// readme is the delta table at the largest number of workers, without
// intervals.
func readme(s *source) string {
	others := s.others(analysis.Base, analysis.Twin)
	t := table{head: append([]string{"workload", analysis.Base + " ns"}, percent(others)...), left: 1}
	most := 0
	for _, g := range s.groups {
		most = max(most, g.Workers)
	}
	alone := false
	for _, g := range s.groups {
		if g.Workers != most {
			continue
		}
		row := []string{g.Label, median(g, analysis.Base)}
		for _, v := range others {
			d := g.Delta(v)
			cell := result(d.Interval, d.Floor, d.Resolved())
			if d.Resolved() {
				cell = signed(d.Est)
			}
			if s.isAlone(g, d) {
				cell, alone = cell+aloneMark, true
			}
			row = append(row, cell)
		}
		t.add(row...)
	}
	return t.String() + s.from(fmt.Sprintf("Time per task with %d workers; the others relative to %s. "+
		"`< x`: no difference larger than x resolved.", most, analysis.Base)+aloneNote(alone))
}
