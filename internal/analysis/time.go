package analysis

import "stealbench/internal/stat"

// Time is a variant's time, ns per task: the mean over replicates. absent says why there
// is none.
func (g *Group) Time(variant string) (ns stat.Interval, absent string) {
	if absent = g.missing(variant); absent != "" {
		return ns, absent
	}
	return mean(g.replicates(g.ns[variant])), ""
}

// Times are the replicates' times of a variant, ns per task, for what is fitted to them.
func (g *Group) Times(variant string) []float64 {
	if g.missing(variant) != "" {
		return nil
	}
	return g.replicates(g.ns[variant])
}
