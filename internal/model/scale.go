package model

import (
	"fmt"

	"stealbench/internal/analysis"
	"stealbench/internal/usl"
)

// Scale fits the universal scalability law to a variant on a workload's groups: tasks per
// us by workers, a replicate of each layout. More workers than the host has CPUs are left
// out: they wait for a CPU, which the law knows nothing of. absent says why there is
// nothing to fit.
func Scale(groups []*analysis.Group, variant string, cpus int) (f usl.Fit, absent string, err error) {
	var samples []usl.Sample
	shared := ""
	for _, g := range groups {
		if g.Workers > cpus {
			shared = fmt.Sprintf("; more than %d share CPUs", cpus)
			continue
		}
		if _, absent := g.Time(variant); absent != "" {
			return f, absent, nil
		}
		s := usl.Sample{Workers: g.Workers}
		for _, ns := range g.Times(variant) {
			s.X = append(s.X, 1e3/ns)
		}
		samples = append(samples, s)
	}
	if f, err = usl.Of(samples); f.Reason != "" {
		f.Reason += shared
	}
	return f, "", err
}
