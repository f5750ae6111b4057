package paper

import (
	"fmt"
	"strconv"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

func init() { tables["freshness"] = freshness }

// freshness is how late the counters of each lane are, beside what they cost.
func freshness(s *source) string {
	t := table{head: []string{"workload", "workers", "lane", "ns above " + analysis.NoMetrics, "error p50", "p99", "max", "age us p50", "p99", "max", "samples"}, left: 1}
	most := "max of all"
	for _, g := range s.groups {
		for _, f := range g.Freshness() {
			if f.Sure {
				most = "max of all, of each look what is sure whenever in it the counters were read"
			}
			lane, cost := f.Lane, "n/a: "+f.Overhead.Absent
			if f.OnFront {
				lane += " *"
			}
			if f.Overhead.Absent == "" {
				cost = result(f.Overhead.Interval, f.Overhead.Floor, f.Overhead.Resolved())
			}
			t.add(g.Label, strconv.Itoa(g.Workers), lane, cost,
				ranged(f.Sizes[recording.ErrorP50], 1), ranged(f.Sizes[recording.ErrorP99], 1), analysis.Num(f.MaxError),
				ranged(f.Sizes[recording.AgeP50], 1e-3), ranged(f.Sizes[recording.AgeP99], 1e-3), analysis.Num(f.MaxAge*1e-3),
				strconv.FormatFloat(f.Samples, 'f', 0, 64))
		}
	}
	if len(t.rows) == 0 {
		return "n/a: the recording has no audited workload.\n" + s.from("")
	}
	return t.String() + s.from("Error: polls that had begun and were not counted. Age: time since the truth was what the counters say. "+
		"Medians over cells of a cell's percentiles, with 95 % interval; "+most+". `*`: no other lane costs less and has a lower age at the 99th percentile; ages below 0.1 us, which a look can't tell, are taken as equal.")
}

// ranged is a size with its interval, where there are cells enough for one.
func ranged(i stat.Interval, unit float64) string {
	if !i.Bounded() {
		return analysis.Num(i.Est * unit)
	}
	return fmt.Sprintf("%s [%s, %s]", analysis.Num(i.Est*unit), analysis.Num(i.Lo*unit), analysis.Num(i.Hi*unit))
}
