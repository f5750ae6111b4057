package paper

import (
	"fmt"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
)

// latency is the table of open loops: a row per quantile.
func latency(s *source) string {
	others := s.others(analysis.Base, analysis.Twin)
	t := table{head: append([]string{"workload", "workers", "cells", "arrivals/s", "driver late us", "quantile", analysis.Base + " us", "floor %"}, others...), left: 1}
	behind := false
	for _, g := range s.groups {
		if !g.Open() {
			continue
		}
		for _, q := range analysis.Quantiles {
			base := g.Latency(analysis.Base, q)
			row := []string{g.Label, strconv.Itoa(g.Workers), strconv.Itoa(g.Cells), analysis.Num(g.Arrivals()), micros(g.Late()), q.Name}
			row = append(row, mark(micros(base.Ns.Est), base, &behind), floorOf(base))
			for _, v := range others {
				l := g.Latency(v, q)
				cell := "n/a"
				if l.Absent == "" {
					cell = mark(result(l.Interval, l.Floor, l.Resolved()), l, &behind)
				}
				row = append(row, cell)
			}
			t.add(row...)
		}
	}
	if t.rows == nil {
		return "n/a: the recording has no open loop.\n" + s.from("")
	}
	how := "Latency from when a task was due to its end: of " + analysis.Base + " in us, median over cells; of the others in percent longer (+) or shorter (-), " +
		"95 % interval over cells. `< x`: no difference larger than x % resolved. Floor: " + analysis.Base + " against its own copy, " + analysis.Twin +
		", in that quantile. Driver late: 99th percentile of how late tasks were spawned, which is part of their latencies."
	if behind {
		how += " ‡: in most slots clearly less was done than came, so that the queue grows, and these latencies with the length of a slot."
	}
	return t.String() + s.from(how)
}

// behindMark is behind a latency of a queue that grows.
const behindMark = " ‡"

func mark(cell string, l analysis.Latency, behind *bool) string {
	if l.Absent == "" && l.Behind {
		*behind = true
		return cell + behindMark
	}
	return cell
}

func micros(ns float64) string { return analysis.Num(ns / 1000) }

func floorOf(l analysis.Latency) string {
	if !l.HasFloor {
		return "no twin"
	}
	return analysis.Num(l.Floor)
}

// latencyNumber is a quantile of a variant: workload, workers, variant, unit.
func latencyNumber(s *source, args []string) (string, error) {
	if len(args) != 4 {
		return "", fmt.Errorf("%d arguments, want 4: workload, workers, variant, quantile", len(args))
	}
	var units []string
	for _, q := range analysis.Quantiles {
		if q.Unit != args[3] {
			units = append(units, q.Unit)
			continue
		}
		return s.verdict(args[:3], func(g *analysis.Group, v string) (string, string) {
			l := g.Latency(v, q)
			if l.Absent != "" {
				return "", l.Absent
			}
			value := micros(l.Ns.Est) + " us"
			if l.Ns.Bounded() {
				value += fmt.Sprintf(" [%s, %s]", micros(l.Ns.Lo), micros(l.Ns.Hi))
			}
			if v != analysis.Base {
				value += ", " + l.Verdict()
			}
			return value, ""
		})
	}
	return "", fmt.Errorf("no quantile %q: there are %s", args[3], strings.Join(units, ", "))
}
