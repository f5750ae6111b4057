package paper

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/model"
	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

func init() {
	tables["parameters"] = modelled(parameters)
	tables["mva"] = modelled(func(s *source, p *model.Parameters) string { return mva(s, p, model.Own) })
	tables["mvaideal"] = modelled(func(s *source, p *model.Parameters) string { return mva(s, p, model.Ideal) })
	tables["projection"] = modelled(projection)
	tables["predicted"] = modelled(predicted)
	tables["usl"] = scale
}

// ModelTables are the tables of the model, in the order that they explain themselves.
func ModelTables(rec *recording.Recording, c *counts.File) ([]string, error) {
	if _, err := model.Read(rec, c); err != nil {
		return nil, err
	}
	groups, err := analysis.Groups(rec)
	if err != nil {
		return nil, err
	}
	s := &source{name: rec.Dir, rec: rec, groups: groups, counts: c}
	var all []string
	for _, name := range []string{"parameters", "mva", "mvaideal", "projection", "predicted", "usl"} {
		all = append(all, tables[name](s))
	}
	return all, nil
}

// modelled is a table that needs the parameters, or says what is missing.
func modelled(table func(*source, *model.Parameters) string) func(*source) string {
	return func(s *source) string {
		p, err := model.Read(s.rec, s.counts)
		if err != nil {
			return "n/a: " + escape(err.Error()) + ".\n" + s.from("")
		}
		return table(s, p)
	}
}

// parameters says what the model is told, and where each number is from.
func parameters(s *source, p *model.Parameters) string {
	least, most := p.Fetch()
	t := table{head: []string{"parameter", "ns", "from"}, left: 1}
	t.add("an add on one's own line", analysis.Num(p.Private), "key rmw-private")
	t.add("an add on a line of two threads, to each of them", analysis.Num(p.Shared), "key rmw-shared")
	t.add("one way of a value between two threads", analysis.Num(p.CoreToCore), "key core-to-core")
	fromLeast, fromMost := p.FetchFrom()
	t.add("an add that fetches the line, at least", analysis.Num(least), fromLeast)
	t.add("an add that fetches the line, at most", analysis.Num(most), fromMost)
	for _, x := range p.Paced {
		t.add("the same, with "+analysis.Num(x.Work)+" ns of work before each", analysis.Num(x.Service), "key rmw-paced, as a queue of two")
	}
	u := table{head: []string{"workload", "think time ns", "on the line", "batchless", analysis.Base}, left: 1}
	for _, label := range s.labels() {
		g := s.labelled(label)[0]
		think := "n/a"
		if ns, absent := g.Time(analysis.NoMetrics); absent == "" {
			think = analysis.Num(ns.Est * float64(g.Workers))
		}
		e, absent := p.Events(g.Workload)
		if absent != "" {
			u.add(label, think, "n/a", "n/a", "n/a")
			continue
		}
		u.add(label, think, analysis.Num(e.Line), analysis.Num(e.PerCell), analysis.Num(e.Batched))
	}
	return t.String() + "\n" + u.String() + s.from("Think time: nometrics with the fewest workers, times their number. "+
		"The others: locked instructions a task for metrics, counted exactly with one worker: those of sharedline on its line, and all of batchless and "+analysis.Base+", from `"+p.From()+"`.")
}

func (s *source) labels() []string {
	var all []string
	for _, g := range s.groups {
		if !slices.Contains(all, g.Label) {
			all = append(all, g.Label)
		}
	}
	return all
}

// labelled are the groups of a workload that have cells.
func (s *source) labelled(label string) []*analysis.Group {
	var all []*analysis.Group
	for _, g := range s.groups {
		if g.Label == label {
			all = append(all, g)
		}
	}
	return all
}

func mva(s *source, p *model.Parameters, think model.Think) string {
	t := table{head: []string{"workload", "workers", "nometrics ns", "sharedline ns", "ratio"}, left: 1}
	readings := p.Readings()
	for _, r := range readings {
		t.head = append(t.head, r.Name)
	}
	t.head = append(t.head, "within", "calibrated")
	var all []model.Prediction
	var left []string
	held, rows := 0, 0
	for _, label := range s.labels() {
		d := p.Predict(s.labelled(label), think)
		if d.Absent != "" {
			left = append(left, label+" ("+d.Absent+")")
			continue
		}
		all = append(all, d)
		for _, r := range d.Rows {
			row := []string{label, strconv.Itoa(r.Workers), analysis.Num(r.None.Est), within(r.Line),
				analysis.Num(r.Line.Est / r.None.Est)}
			for _, ns := range r.Predicted {
				row = append(row, withError(r, ns))
			}
			if !r.Line.Bounded() { // anything would hold it
				t.add(append(row, "n/a", calibrated(d, r))...)
				continue
			}
			t.add(append(row, r.Holds(), calibrated(d, r))...)
			if r.Workers > 1 {
				rows++
				if r.Holds() == "yes" {
					held++
				}
			}
		}
	}
	how := fmt.Sprintf("Time per task of sharedline, measured with 95 %% interval and predicted (error %%), with think time %s. "+
		"Columns: what visits the line, and what a visit takes. With one worker all are the same: the line is never fetched. "+
		"Within: is what was measured between the least and the most; with 2 workers and more it is in %d of %d rows. %s",
		think, held, rows, errorsOf(all, readings))
	if left != nil {
		how += " Left out: " + strings.Join(left, ", ") + "."
	}
	if all == nil {
		return nothing(s, left)
	}
	return t.String() + s.from(how)
}

// nothing stands for a table without rows.
func nothing(s *source, left []string) string {
	return "n/a: nothing to predict: " + strings.Join(left, ", ") + ".\n" + s.from("")
}

func within(i stat.Interval) string {
	if !i.Bounded() {
		return analysis.Num(i.Est)
	}
	return fmt.Sprintf("%s [%s, %s]", analysis.Num(i.Est), analysis.Num(i.Lo), analysis.Num(i.Hi))
}

func withError(r model.Row, ns float64) string {
	return fmt.Sprintf("%s (%+.0f %%)", analysis.Num(ns), r.Error(ns))
}

func calibrated(d model.Prediction, r model.Row) string {
	switch {
	case d.Why != "":
		return "n/a"
	case r.Workers == 2:
		return analysis.Num(d.Service) + " ns a visit"
	case math.IsNaN(r.Calibrated):
		return ""
	}
	return withError(r, r.Calibrated)
}

// errorsOf is a sentence with the median error of each reading.
func errorsOf(all []model.Prediction, readings []model.Reading) string {
	var parts []string
	for i, r := range readings {
		if e, n := model.MedianError(all, i, 2); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s %%", r.Name, analysis.Num(e)))
		}
	}
	out := "Median size of the error with 2 workers and more: " + strings.Join(parts, ", ") + "."
	if e, n := model.MedianError(all, -1, 3); n > 0 {
		out += fmt.Sprintf(" Calibrated, that is fitted with 2 workers and judged with more: %s %% (%d rows).", analysis.Num(e), n)
	}
	return out
}

// projection is what the model says beyond what was measured. None of it is data.
func projection(s *source, p *model.Parameters) string {
	most := 0
	for _, g := range s.groups {
		most = max(most, g.Workers)
	}
	numbers := model.Projected(most)
	t := table{head: []string{"workload", "reading", "knee, workers"}, left: 2}
	for _, n := range numbers {
		t.head = append(t.head, fmt.Sprintf("%d workers", n))
	}
	for _, label := range s.labels() {
		d := p.Predict(s.labelled(label), model.Ideal)
		if d.Absent != "" {
			continue
		}
		think := d.Rows[0].Think
		none := []string{label, "nometrics, as if it scaled", ""}
		for _, n := range numbers {
			none = append(none, analysis.Num(think/float64(n)))
		}
		t.add(none...)
		all := p.Readings()
		readings := []model.Reading{all[0], all[len(all)-1]}
		if d.Why == "" {
			readings = append(readings, d.Reading())
		}
		for _, r := range readings {
			row := []string{"", r.Name, analysis.Num(p.Knee(r, d.Events, think))}
			for _, n := range numbers {
				row = append(row, analysis.Num(p.Time(r, d.Events, think, n)))
			}
			t.add(row...)
		}
	}
	if t.rows == nil {
		return "n/a: no workload with 1 worker to project from.\n" + s.from("")
	}
	return t.String() + s.from("**A projection, not data**: ns per task that the model says for more workers than were measured, "+
		"if the work itself scaled. Knee: from so many workers on the line sets the pace, and more of them gain nothing.")
}

func predicted(s *source, p *model.Parameters) string {
	t := table{head: []string{"workload", "workers", "batchless: predicted", "measured", "times",
		"sharedline: predicted", "measured", "times", "predicted at most"}, left: 1}
	var left []string
	for _, g := range s.groups {
		row := []string{g.Label, strconv.Itoa(g.Workers)}
		savings := p.Savings(g)
		for i, v := range savings {
			row = append(row, analysis.Num(v.Predicted), difference(v.Difference), timesOf(v))
			if i == 1 {
				row = append(row, analysis.Num(v.Most))
			}
		}
		if absent := savings[0].Absent; absent != "" {
			if !slices.Contains(left, g.Label+" ("+absent+")") {
				left = append(left, g.Label+" ("+absent+")")
			}
			continue
		}
		t.add(row...)
	}
	least, most := p.FetchFrom()
	how := "ns per task that " + analysis.Base + " saves. Predicted: events a task, counted exactly (`" + p.From() + "`), times what one costs, " +
		"measured before the first cell: rmw-private on the worker's own line, which the workers pay side by side; on the shared line, " +
		"with 2 workers and more, one after the other (" + least + "; at most " + most + "). Measured: mean over cells, 95 % interval; " +
		"`< x`: no saving larger than x ns resolved. Times: measured over predicted."
	if left != nil {
		how += " Left out: " + strings.Join(left, ", ") + "."
	}
	if t.rows == nil {
		return nothing(s, left)
	}
	return t.String() + s.from(how)
}

// timesOf is a factor only where there is a saving.
func timesOf(v model.Saving) string {
	if !v.Resolved() || !(v.Predicted > 0) {
		return "n/a"
	}
	return analysis.Num(v.Times())
}

// scaled are the variants that the law is fitted to.
var scaled = []string{analysis.NoMetrics, analysis.Base, model.SharedLine}

// poorFit is from which residual on the law is not what the throughputs follow.
const poorFit = 0.1

func scale(s *source) string {
	cpus, err := s.cpus()
	if err != nil {
		return "n/a: " + escape(err.Error()) + ".\n" + s.from("")
	}
	t := table{head: []string{"workload", "variant", "tasks/us with 1", "sigma", "kappa", "peak, workers", "residual %", ""}, left: 2}
	var reasons []string
	for _, label := range s.labels() {
		for _, v := range scaled {
			f, absent, err := model.Scale(s.labelled(label), v, cpus)
			switch {
			case err != nil:
				absent = escape(err.Error())
			case absent == "" && f.Reason != "":
				absent = "not identifiable: " + f.Reason
			}
			if absent != "" {
				t.add(label, v, "", "", "", "", "", absent)
				reasons = append(reasons, absent)
				continue
			}
			note := ""
			switch {
			case f.RMS > poorFit:
				note = "the law does not fit"
			case f.SigmaInterval.Lo > 1:
				note = "sigma above 1: more than serial"
			}
			t.add(label, v, analysis.Num(f.Lambda), small(f.SigmaInterval.Est, f.SigmaInterval.Lo, f.SigmaInterval.Hi),
				small(f.KappaInterval.Est, f.KappaInterval.Lo, f.KappaInterval.Hi), peakOf(f.Peak()), analysis.Num(100*f.RMS), note)
		}
	}
	if same := slices.Compact(slices.Clone(reasons)); len(same) == 1 && len(reasons) == len(t.rows) {
		return "No fit: " + same[0] + ".\n" + s.from("The universal scalability law has three numbers.")
	}
	return t.String() + s.from("The universal scalability law, X(n) = lambda n / (1 + sigma (n-1) + kappa n (n-1)), fitted by least squares to "+
		"throughput by workers; 95 % bootstrap intervals over layouts. It is fitted to what it describes, and predicts nothing here.")
}

// small prints what lies around a thousandth.
func small(est, lo, hi float64) string {
	return fmt.Sprintf("%.3g [%.2g, %.2g]", tiny(est), tiny(lo), tiny(hi))
}

// tiny takes what only the search leaves above 0 for 0.
func tiny(x float64) float64 {
	if math.Abs(x) < 1e-5 {
		return 0
	}
	return x
}

func peakOf(n float64) string {
	switch {
	case !(n < 10000):
		return "none"
	case n < 1:
		return "1"
	}
	return analysis.Num(n)
}
