package harness

import (
	"fmt"

	"stealbench/internal/sched"
)

// balanced checks the counters of a scheduler without work against each other.
// A variant without counters, or with a few only, is balanced.
func balanced(s sched.Snapshot) error {
	if !s.Extended {
		return nil
	}
	c := s.Total()
	polls := c.LocalScheduleCount + s.RemoteScheduleCount // each runnable mark is polled once
	switch {
	case c.PollCount > polls || polls > 4*c.PollCount: // up to 3 polls more per pick
		return fmt.Errorf("counters do not balance: %d picks for %d polls", c.PollCount, polls)
	case c.ParkUnparkCount > 2*c.ParkCount || c.ParkUnparkCount+uint64(len(s.Workers)) < 2*c.ParkCount:
		return fmt.Errorf("counters do not balance: %d parks and unparks for %d parks", c.ParkUnparkCount, c.ParkCount)
	case c.NoopCount > c.ParkCount:
		return fmt.Errorf("counters do not balance: %d no-ops in %d parks", c.NoopCount, c.ParkCount)
	case c.StealCount < c.StealOperations:
		return fmt.Errorf("counters do not balance: %d tasks stolen in %d steals", c.StealCount, c.StealOperations)
	}
	return nil
}
