package sched

import "fmt"

// Limits of a Config.
const (
	// MaxWorkers is bounded by the 16-bit counts in the idle state word.
	MaxWorkers = 1024
	// MaxInterval keeps a tick count far from wrapping within one interval.
	MaxInterval = 1 << 20
	// DefaultEventInterval and DefaultGlobalQueueInterval are tokio's, in
	// ticks (runtime/builder.rs and scheduler/multi_thread/stats.rs).
	DefaultEventInterval       = 61
	DefaultGlobalQueueInterval = 61
)

// Config configures a scheduler. The zero value of a field other than Workers
// means its default.
type Config struct {
	// Workers is the number of run loops, 1 to MaxWorkers. It may exceed
	// GOMAXPROCS (oversubscription).
	Workers int
	// EventInterval is the number of ticks between two maintenances, 1 to
	// MaxInterval.
	EventInterval int
	// GlobalQueueInterval is the number of ticks between two forced looks at
	// the injection queue, 1 to MaxInterval.
	GlobalQueueInterval int
	// DisableLIFOSlot sends every schedule to the local queue.
	DisableLIFOSlot bool
}

// WithDefaults returns c with defaults filled in, or an error that names the
// first field out of range.
func (c Config) WithDefaults() (Config, error) {
	if c.EventInterval == 0 {
		c.EventInterval = DefaultEventInterval
	}
	if c.GlobalQueueInterval == 0 {
		c.GlobalQueueInterval = DefaultGlobalQueueInterval
	}
	for _, f := range []struct {
		name    string
		v, most int
	}{
		{"Workers", c.Workers, MaxWorkers},
		{"EventInterval", c.EventInterval, MaxInterval},
		{"GlobalQueueInterval", c.GlobalQueueInterval, MaxInterval},
	} {
		if f.v < 1 || f.v > f.most {
			return c, fmt.Errorf("sched.Config: %s is %d: give 1 to %d", f.name, f.v, f.most)
		}
	}
	return c, nil
}
