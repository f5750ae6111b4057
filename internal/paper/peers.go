package paper

import (
	"fmt"
	"slices"
	"strconv"

	"stealbench/harness"
	"stealbench/internal/analysis"
	"stealbench/internal/recording"
)

func init() {
	tables["peers"], tables["goals"], tables["work"], tables["speedups"] = peers, goals, work, speedups
}

// Table is one of the tables by name, outside a document.
func Table(rec *recording.Recording, name string) (string, error) {
	groups, err := analysis.Groups(rec)
	if err != nil {
		return "", err
	}
	return tables[name](&source{name: rec.Dir, rec: rec, groups: groups}), nil
}

// peers is how many times as long each competitor takes as the base: a row for each,
// a column for each workload, at the largest number of workers.
func peers(s *source) string {
	most := 0
	for _, g := range s.groups {
		most = max(most, g.Workers)
	}
	groups := slices.DeleteFunc(slices.Clone(s.groups), func(g *analysis.Group) bool { return g.Workers != most })
	t := table{head: []string{"lane"}, left: 1}
	base := []string{analysis.Base + " ns"}
	for _, g := range groups {
		t.head = append(t.head, g.Label)
		base = append(base, median(g, analysis.Base))
	}
	t.add(base...)
	for _, v := range s.others(analysis.Base) {
		row := []string{v}
		for _, g := range groups {
			ratio, absent := g.Ratio(v)
			if absent == "" {
				absent = times(ratio.Est)
			}
			row = append(row, absent)
		}
		t.add(row...)
	}
	return t.String() + s.from(fmt.Sprintf("%s: ns per task. The others: how many times as long they take, "+
		"geometric mean over cells, with %d workers. Hung: no answer within the timeout.", analysis.Base, most))
}

// work is the work overhead: the base's time with one worker over the sequential
// program's.
func work(s *source) string {
	t := table{head: []string{"workload", "work overhead"}, left: 1}
	for _, g := range s.groups {
		if ratio, absent := g.Between(analysis.Base, analysis.SequentialRun); g.Workers == 1 && absent == "" {
			t.add(g.Label, fmt.Sprintf("%s [%s, %s]", times(ratio.Est), times(ratio.Lo), times(ratio.Hi)))
		}
	}
	return t.String() + s.from("Time of the base with one worker over that of the sequential program in Go, in the same rows, 95 % interval over cells.")
}

// speedups is how many times as long each lane takes with one worker as with two.
func speedups(s *source) string {
	t := table{head: []string{"lane"}, left: 1}
	var labels []string
	for _, l := range s.labels() {
		if analysis.Find(s.groups, l, 1) != nil && analysis.Find(s.groups, l, 2) != nil {
			labels, t.head = append(labels, l), append(t.head, l)
		}
	}
	if labels == nil {
		return "n/a: no workload with one worker and with two.\n" + s.from("")
	}
	for _, v := range s.rec.Variants {
		row := []string{v}
		for _, l := range labels {
			ratio, absent := analysis.Speedup(analysis.Find(s.groups, l, 1), analysis.Find(s.groups, l, 2), v)
			if absent == "" {
				absent = within(ratio)
			}
			row = append(row, absent)
		}
		t.add(row...)
	}
	return t.String() + s.from("Time with one worker over time with two, 95 % interval over cells, from different processes.")
}

// times prints a ratio with two or three digits.
func times(x float64) string {
	switch {
	case x >= 99.5:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 9.95:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

// goals is what became of the speed goals.
func goals(s *source) string {
	t := table{head: []string{"workload", "workers", "goal", "measured", "verdict"}, left: 1}
	for _, o := range analysis.Outcomes(s.groups, rivals(s.rec.Variants)) {
		measured := "n/a"
		if o.Absent == "" && o.Bounded() {
			measured = fmt.Sprintf("%.3g [%.3g, %.3g]", o.Est, o.Lo, o.Hi)
		}
		words := o.Words()
		if o.Than == analysis.BestPeer && o.Against != "" {
			words += " (" + o.Against + ")"
		}
		t.add(o.Workload, strconv.Itoa(o.Workers), words, measured, o.Verdict())
	}
	return t.String() + s.from("Time of the base over that of the other, in the same rows, 95 % interval over cells; "+
		"speed-ups from different processes. The best peer is the one whose mean is least, which favours what is missed. "+
		"Reached or missed: so says the whole interval, and that of the base's copy.")
}

// rivals are the competitors: not the sequential program.
func rivals(lanes []string) []string {
	return slices.DeleteFunc(slices.Clone(lanes), func(l string) bool {
		_, peer := harness.FindPeer(l)
		return !peer || l == analysis.SequentialRun
	})
}
