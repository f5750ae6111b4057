package schedtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/soak"
)

// SoakPool is a Pool with what the soak wants besides.
type SoakPool interface {
	Pool
	// SpawnCells schedules a task from outside that fills the cells lo to hi-1,
	// with a task for each, as c says.
	SpawnCells(c *Cells, lo, hi int) error
	// IdleError says how the idle state is broken, if it is.
	IdleError() error
}

// SoakVariant is what the soak knows of a variant.
type SoakVariant struct {
	Name string
	New  func(sched.Config) (SoakPool, error)
	// Park parks workers n times by the idle protocol alone, without a search
	// before. A lost wakeup hangs. It returns how many of the tasks came when all
	// workers blocked, and how often a worker waited in a join besides.
	Park func(t *testing.T, workers, n int, random *rand.Rand) (asleep, joins int64)
}

// Soak is the long form of the suite: much of the same, for a long time. Its size
// comes from flags (internal/soak).
func Soak(t *testing.T, v SoakVariant) {
	s := soaker{v}
	sections := []soak.Section{
		{Name: "tasks", Full: soak.FullTasks, Least: 1000, Most: 1_000_000,
			Counts: []string{"lost", "duplicate", "panicked"}, Round: s.tasks},
		{Name: "cycles", Full: 10_000, Least: 5, Most: 100,
			Counts: []string{"ran", "dropped", "panicked", "left pending", "unaccounted", "goroutines left"}, Round: s.cycles},
		{Name: "parks", Full: 10_000_000, Least: 1000, Most: 100_000,
			Counts: []string{"found all asleep", "joins besides"}, Round: s.parks},
		{Name: "pings", Full: 1_000_000, Least: 100, Most: 10_000,
			Counts: []string{"parks counted"}, Round: s.pings},
		{Name: "meetings", Full: 100_000, Least: 30, Most: 1000, Round: s.meetings},
	}
	dumps, counters := s.has(t)
	if dumps {
		sections = append(sections,
			soak.Section{Name: "dumps", Full: 10_000, Least: 5, Most: 100,
				Counts: []string{"of tasks", "timed out", "late"}, Round: s.dumps},
			soak.Section{Name: "wedged", Full: 1000, Least: 20, Most: 20,
				Counts: []string{"late"}, Round: s.wedged})
	} else {
		t.Log("dumps are compiled out: not soaked")
	}
	if counters {
		sections = append(sections, soak.Section{Name: "samples", Full: 10_000_000, Least: 1000, Most: 100_000,
			Counts: []string{"with news", "going back"}, Round: s.samples})
	} else {
		t.Log("no metrics in this variant: counters not soaked")
	}
	soak.Run(t, v.Name, RaceEnabled, sections)
}

type soaker struct{ SoakVariant }

func (s soaker) open(t *testing.T, c sched.Config) SoakPool {
	t.Helper()
	p, err := s.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// has reports what the variant, in this build, has.
func (s soaker) has(t *testing.T) (dumps, counters bool) {
	t.Helper()
	p := s.open(t, sched.Config{Workers: 1})
	_, err := p.Dump(context.Background())
	mustClose(t, p)
	return !errors.Is(err, sched.ErrNoDump), len(p.Snapshot().Workers) > 0
}

// soakConfig draws settings: workers, more than cores among them, and intervals.
func soakConfig(r soak.Round) sched.Config {
	workers := []int{2, 1, 4, 3, 8}
	events := []int{0, 1, 7, 61}
	globals := []int{0, 1, 13}
	return sched.Config{
		Workers:             workers[r.Index%len(workers)],
		EventInterval:       events[r.Random.IntN(len(events))],
		GlobalQueueInterval: globals[r.Random.IntN(len(globals))],
		DisableLIFOSlot:     r.Random.IntN(3) == 0,
		NoClock:             r.Random.IntN(4) == 0,
		NoBlocking:          r.Random.IntN(2) == 0,
	}
}
