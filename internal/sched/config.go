package sched

import (
	"errors"
	"fmt"
)

// Limits of a Config.
const (
	// MaxWorkers is bounded by the 16 bits that a task has for its joiner.
	MaxWorkers = 1024
	// MaxInterval keeps a tick count far from wrapping within one interval.
	MaxInterval = 1 << 20
	// TokioEventInterval is tokio's default, in ticks (runtime/builder.rs).
	TokioEventInterval = 61
	// DefaultEventInterval is four times that. A submit costs an exchange for
	// each total that has changed, where tokio's costs a plain store: with
	// tasks of 20 ns and 61 ticks that shows, with 244 it does not (doc.go of
	// the base has the figures).
	DefaultEventInterval = 4 * TokioEventInterval
)

// Config configures a scheduler. The zero value of a field other than Workers
// means its default.
type Config struct {
	// Workers is the number of run loops, 1 to MaxWorkers. It may exceed
	// GOMAXPROCS (oversubscription).
	Workers int
	// EventInterval is the number of ticks between two maintenances, 1 to
	// MaxInterval, DefaultEventInterval for 0. Published counters lag by as many
	// picks.
	EventInterval int
	// GlobalQueueInterval is the number of ticks between two forced looks at
	// the injection queue, 1 to MaxInterval. With 0 each worker tunes its own,
	// 2 to 127, so that a task there waits about 200 us; it begins with 61 and
	// stays there without a clock. Four helping joins on top of each other
	// suspend it.
	GlobalQueueInterval int
	// DisableLIFOSlot sends every schedule to the local queue.
	DisableLIFOSlot bool
	// NoBlocking promises that no poll waits for a task that a poll spawned or woke,
	// but in Join. Where a variant's workers can keep such tasks to themselves
	// (splitdeque), they do so only then: who waits for one would wait for ever.
	NoBlocking bool
	// NoClock switches every look at the clock off: busy time stays 0.
	NoClock bool
	// SpawnSites records for every task where it was spawned, and exactly when,
	// to be shown in a Dump. That costs a look at the stack and one at the
	// clock per task.
	SpawnSites bool
	// PollTimes is the histogram of poll times; the zero value is off. A variant
	// or level that counts no polls has none.
	PollTimes PollTimes
}

// PollTimes configures the histogram of poll times. It costs two looks at the
// clock per pick.
type PollTimes struct {
	Buckets Buckets // none: off
	// PerPoll measures each poll instead of each pick, which may be up to 4.
	PerPoll bool
}

// WithDefaults returns c with defaults filled in, or an error that names the
// first field out of range.
func (c Config) WithDefaults() (Config, error) {
	if c.EventInterval == 0 {
		c.EventInterval = DefaultEventInterval
	}
	for _, f := range []struct {
		name           string
		v, least, most int
	}{
		{"Workers", c.Workers, 1, MaxWorkers},
		{"EventInterval", c.EventInterval, 1, MaxInterval},
		{"GlobalQueueInterval", c.GlobalQueueInterval, 0, MaxInterval},
	} {
		if f.v < f.least || f.v > f.most {
			return c, fmt.Errorf("sched.Config: %s is %d: give %d to %d", f.name, f.v, f.least, f.most)
		}
	}
	if c.NoClock && c.PollTimes.Buckets.Len() > 0 {
		return c, errors.New("sched.Config: PollTimes needs the clock: drop NoClock")
	}
	return c, nil
}
