package model

import (
	"stealbench/internal/analysis"
	"stealbench/internal/usl"
)

// Scale fits the universal scalability law to a variant on a workload's groups: tasks per
// us by workers, a replicate of each layout. absent says why there is nothing to fit.
func Scale(groups []*analysis.Group, variant string) (f usl.Fit, absent string, err error) {
	var samples []usl.Sample
	for _, g := range groups {
		if _, absent := g.Time(variant); absent != "" {
			return f, absent, nil
		}
		s := usl.Sample{Workers: g.Workers}
		for _, ns := range g.Times(variant) {
			s.X = append(s.X, 1e3/ns)
		}
		samples = append(samples, s)
	}
	f, err = usl.Of(samples)
	return f, "", err
}
