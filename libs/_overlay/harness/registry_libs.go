package harness

import (
	"stealbench/impls"
	"stealbench/internal/sched"
	"stealbench/libs/promcounter"
	"stealbench/libs/xsynccounter"
)

// Beside the levels, whose table is filled before: files are initialised in the order
// of their names.
func init() {
	open := map[string]func(sched.Config) (sched.Scheduler, error){
		"xsynccounter": func(c sched.Config) (sched.Scheduler, error) { return xsynccounter.New(c) },
		"promcounter":  func(c sched.Config) (sched.Scheduler, error) { return promcounter.New(c) },
	}
	for _, l := range impls.Libraries {
		Levels = append(Levels, Level{Name: l.Name, Changes: l.Changes, open: open[l.Name]})
	}
}
