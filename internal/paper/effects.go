package paper

import (
	"strconv"

	"stealbench/internal/analysis"
)

func init() {
	tables["decomposition"], tables["ladder"], tables["interaction"] = decomposition, ladder, interaction
	tables["burst"] = burst
}

// differences is a table with a column for each part, in ns per task.
func (s *source) differences(parts []analysis.Part, how string) string {
	t := table{head: []string{"workload", "workers", "cells", "floor ns"}, left: 1}
	for _, p := range parts {
		t.head = append(t.head, p.Name)
	}
	for _, g := range s.groups {
		floor := "no twin"
		if f, ok := g.Floor(); ok {
			floor = analysis.Num(f)
		}
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells), floor}
		for _, p := range parts {
			row = append(row, difference(g.Difference(p.Of, p.Over)))
		}
		t.add(row...)
	}
	return t.String() + s.from(how+" ns per task, mean over cells, 95 % interval. `< x`: nothing larger than x ns resolved.")
}

func difference(d analysis.Difference) string {
	if d.Absent != "" {
		return "n/a"
	}
	return result(d.Interval, d.Floor, d.Resolved())
}

// lacking is a table that a recording has no lanes for.
func (s *source) lacking(lanes string) string {
	return "n/a: the recording lacks some of " + lanes + ".\n" + s.from("")
}

// formulas says what each part is.
func formulas(parts []analysis.Part) string {
	text := ""
	for i, p := range parts {
		if i > 0 {
			text += "; "
		}
		text += p.Name + ": " + p.Of + " - " + p.Over
	}
	return text + "."
}

// decomposition is what counting event by event costs, part by part, and all of it.
func decomposition(s *source) string {
	parts := analysis.Parts(s.rec.Variants)
	if parts == nil {
		return s.lacking("chaselev, nometrics, batchless, sharedline")
	}
	all := append(parts[:len(parts):len(parts)], analysis.Part{Name: "all", Of: parts[len(parts)-1].Of, Over: parts[0].Over})
	if s.rec.Has(analysis.Reader.Of) && s.rec.Has(analysis.Reader.Over) {
		all = append(all, analysis.Reader)
	}
	return s.differences(all, formulas(all)+" The parts before \"all\" add up to it.")
}

// ladder is what each level of the metrics costs.
func ladder(s *source) string {
	rungs := analysis.Rungs(s.rec.Variants)
	if rungs == nil {
		return s.lacking("chaselev, nometrics, noclock, nodump, polltimes")
	}
	return s.differences(rungs, formulas(rungs))
}

// interaction is the two by two of queue and metrics.
func interaction(s *source) string {
	if !analysis.HasInteraction(s.rec.Variants) {
		return s.lacking("chaselev, batchless, mutexqueue, mutexbatchless")
	}
	t := table{head: []string{"workload", "workers", "cells", "floor %", "mutex queue %", "add per event %", "on the deque %", "on the mutex %",
		"interaction %", "interaction ns", "beyond the floor"}, left: 1}
	for _, g := range s.groups {
		i := g.Interaction()
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells), floorPercent(g)}
		if i.Absent != "" {
			t.add(append(row, "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", i.Verdict())...)
			continue
		}
		ofRatio, ofNanos := i.Floors()
		for k, x := range i.Percents() {
			floor := i.Floor
			if k == len(i.Percents())-1 {
				floor = ofRatio
			}
			row = append(row, result(x, floor, x.Bounded() && x.Beyond(floor)))
		}
		t.add(append(row, result(i.Nanos, ofNanos, i.ResolvedNanos()), i.Verdict())...)
	}
	return t.String() + s.from("Main effects: a mutex queue instead of the Chase-Lev deque, an add per event instead of a batch, each in the mean over the other's two levels. "+
		"Interaction: (mutexbatchless / mutexqueue) / (batchless / chaselev) in percent, and the difference of the two differences in ns per task; its floor is twice that of one. "+
		"95 % interval over cells of logs taken row by row. `< x`: nothing larger than x resolved. "+
		"In the ratio only: an add per event takes no different time on the mutex, which is another part of a slower queue's.")
}

// burst is what a submit at every park costs beside an add per event: more with a plus,
// less with a minus.
func burst(s *source) string {
	parts := []analysis.Part{
		{Name: "chaselev - batchless", Of: analysis.Base, Over: "batchless"},
		{Name: "allcells - batchless", Of: "allcells", Over: "batchless"},
		{Name: "chaselev - sharedline", Of: analysis.Base, Over: "sharedline"},
		{Name: "allcells - sharedline", Of: "allcells", Over: "sharedline"},
	}
	t := table{head: []string{"workload", "workers", "cells", "tasks per park", "floor ns"}, left: 1}
	for _, p := range parts {
		t.head = append(t.head, p.Name)
	}
	for _, g := range s.groups {
		n, ok := g.TasksPerPark(s.rec)
		if !g.Bursts() || !ok {
			continue
		}
		floor := "no twin"
		if f, ok := g.Floor(); ok {
			floor = analysis.Num(f)
		}
		row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells), analysis.Num(n), floor}
		for _, p := range parts {
			row = append(row, difference(g.Difference(p.Of, p.Over)))
		}
		t.add(row...)
	}
	if t.rows == nil {
		return s.lacking("burst_1 to burst_1024")
	}
	return t.String() + s.from("ns per task, mean over cells, 95 % interval. Tasks per park: of a worker, as the base counts; a task is two events. "+
		"The submit breaks even where the sign changes. `< x`: nothing larger than x ns resolved.")
}
