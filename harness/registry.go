package harness

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/impls"
	"stealbench/impls/adjacent"
	"stealbench/impls/allcells"
	"stealbench/impls/batchless"
	"stealbench/impls/chaselev"
	"stealbench/impls/mutexbatchless"
	"stealbench/impls/mutexqueue"
	"stealbench/impls/nodump"
	"stealbench/impls/nometrics"
	"stealbench/impls/sharedline"
	"stealbench/impls/singlewriter"
	"stealbench/impls/splitdeque"
	"stealbench/impls/stable"
	"stealbench/impls/twin"
	"stealbench/internal/sched"
)

// constructors maps a variant's name to its New.
var constructors = map[string]func(sched.Config) (sched.Scheduler, error){
	"chaselev":       func(c sched.Config) (sched.Scheduler, error) { return chaselev.New(c) },
	"twin":           func(c sched.Config) (sched.Scheduler, error) { return twin.New(c) },
	"nometrics":      func(c sched.Config) (sched.Scheduler, error) { return nometrics.New(c) },
	"batchless":      func(c sched.Config) (sched.Scheduler, error) { return batchless.New(c) },
	"singlewriter":   func(c sched.Config) (sched.Scheduler, error) { return singlewriter.New(c) },
	"adjacent":       func(c sched.Config) (sched.Scheduler, error) { return adjacent.New(c) },
	"sharedline":     func(c sched.Config) (sched.Scheduler, error) { return sharedline.New(c) },
	"mutexqueue":     func(c sched.Config) (sched.Scheduler, error) { return mutexqueue.New(c) },
	"splitdeque":     func(c sched.Config) (sched.Scheduler, error) { return splitdeque.New(c) },
	"mutexbatchless": func(c sched.Config) (sched.Scheduler, error) { return mutexbatchless.New(c) },
}

// Level is the base with a part of it taken out, done in another way or switched
// on, to be measured beside the variants.
type Level struct {
	Name    string
	Changes string
	open    func(sched.Config) (sched.Scheduler, error)
	watch   watch
}

// Levels is their table: those that are stamped, and others with another Config.
var Levels []Level

func init() { // NewScheduler looks at the table that it stands in
	Levels = append(stampedLevels(),
		configured("polltimes", impls.Base, "the base with poll times per pick, in tokio's 10 linear buckets", func(c *sched.Config) {
			c.PollTimes.Buckets, _ = sched.LinearBuckets(sched.DefaultLinearWidth, sched.DefaultLinearBuckets)
		}),
		configured("polltimeslog", impls.Base, "the base with poll times per pick, in tokio's 119 log buckets", func(c *sched.Config) {
			c.PollTimes.Buckets, _ = sched.DefaultLogConfig().Buckets()
		}),
		configured("noclock", impls.Base, "the base without a clock", func(c *sched.Config) { c.NoClock = true }),
		configured("interval1", impls.Base, "the base with an event interval of 1 tick: all it counts is published at once", interval(1)),
		configured("interval4", impls.Base, "the base with an event interval of 4 ticks", interval(4)),
		configured("interval16", impls.Base, "the base with an event interval of 16 ticks", interval(16)),
		configured("interval61", impls.Base, "the base with tokio's event interval, 61 ticks", interval(sched.TokioEventInterval)),
		configured("interval1024", impls.Base, "the base with an event interval of 1024 ticks", interval(1024)),
		configured("parkonly", impls.Base, "the base with an event interval of 1048576 ticks: in effect it publishes at parks only", interval(sched.MaxInterval)),
		configured("allcells61", "allcells", "allcells with tokio's event interval", interval(sched.TokioEventInterval)),
		configured("nometrics61", "nometrics", "no metrics at all, with tokio's event interval", interval(sched.TokioEventInterval)),
	)
	for _, v := range []string{impls.Base, "batchless", "sharedline"} {
		Levels = append(Levels, watched(v)...)
	}
}

func stampedLevels() (levels []Level) {
	open := map[string]func(sched.Config) (sched.Scheduler, error){
		"nodump":   func(c sched.Config) (sched.Scheduler, error) { return nodump.New(c) },
		"stable":   func(c sched.Config) (sched.Scheduler, error) { return stable.New(c) },
		"allcells": func(c sched.Config) (sched.Scheduler, error) { return allcells.New(c) },
	}
	for _, l := range impls.Levels {
		levels = append(levels, Level{Name: l.Name, Changes: l.Changes, open: open[l.Name]})
	}
	return levels
}

// configured is another lane started with a changed Config.
func configured(name, of, changes string, change func(*sched.Config)) Level {
	return Level{Name: name, Changes: changes, open: func(c sched.Config) (sched.Scheduler, error) {
		change(&c)
		return NewScheduler(of, c)
	}}
}

func interval(ticks int) func(*sched.Config) {
	return func(c *sched.Config) { c.EventInterval = ticks }
}

// Injection is the base, on the same scheduler, with extra work in each slot, to learn
// what difference a run of this host can see.
type Injection struct {
	Name    string
	Percent float64 // of the base's slot time
}

// Injections are their table; the first is the same code without extra work.
var Injections = []Injection{
	{"plus0", 0}, {"plus0_25", 0.25}, {"plus0_5", 0.5}, {"plus1", 1}, {"plus2", 2},
}

// Changes says what it is.
func (i Injection) Changes() string {
	if i.Percent == 0 {
		return "the base again, on the same scheduler: what a run sees where nothing differs"
	}
	return fmt.Sprintf("the base with %v %% of extra work, calibrated in each cell", i.Percent)
}

// FindInjection is the injection of a lane, false if it is none.
func FindInjection(lane string) (Injection, bool) {
	for _, i := range Injections {
		if i.Name == lane {
			return i, true
		}
	}
	return Injection{}, false
}

// LevelNames lists the levels.
func LevelNames() []string {
	names := make([]string, len(Levels))
	for i, l := range Levels {
		names[i] = l.Name
	}
	return names
}

// LaneNames lists all that can run in a row: variants, levels, injections.
func LaneNames() []string {
	names := append(VariantNames(), LevelNames()...)
	for _, i := range Injections {
		names = append(names, i.Name)
	}
	return names
}

// VariantNames lists the variants, the base first.
func VariantNames() []string {
	names := make([]string, len(impls.Variants))
	for i, v := range impls.Variants {
		names[i] = v.Name
	}
	return names
}

// NewScheduler starts a lane's scheduler by name. What an injection adds is
// added by the cell.
func NewScheduler(name string, c sched.Config) (sched.Scheduler, error) {
	if _, ok := FindInjection(name); ok {
		name = impls.Base
	}
	if n, ok := constructors[name]; ok {
		return n(c)
	}
	for _, l := range Levels {
		if l.Name == name {
			return l.open(c)
		}
	}
	return nil, unknown("variant", name, LaneNames())
}

// unknown is the one line for a name that is not in a table.
func unknown(what, got string, known []string) error {
	return fmt.Errorf("no %s %q: choose from %s", what, got, strings.Join(known, " "))
}

func checkNames(what string, got, known []string) error {
	if len(got) == 0 {
		return fmt.Errorf("no %s given: choose from %s", what, strings.Join(known, " "))
	}
	for i, g := range got {
		if !slices.Contains(known, g) {
			return unknown(what, g, known)
		}
		if slices.Contains(got[:i], g) {
			return fmt.Errorf("%s %q is given twice: name each once", what, g)
		}
	}
	return nil
}
