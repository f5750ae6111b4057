package harness

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"stealbench/internal/sched"
)

// Live is a workload that runs over and over, to be looked at.
type Live struct {
	Variant  string
	Workload string
	Size     string
	Workers  int
	Sites    bool          // record where tasks are spawned
	After    time.Duration // of running before the look
}

// Limits of a Live.
const maxAfter = time.Minute

// Check returns one line that names the first fault and the remedy.
func (l *Live) Check() error {
	if !slices.Contains(LaneNames(), l.Variant) {
		return unknown("variant", l.Variant, LaneNames())
	}
	w, err := FindWorkload(l.Workload)
	if err != nil {
		return err
	}
	if _, err := w.Params(l.Size); err != nil {
		return err
	}
	if l.Workers < 1 || l.Workers > sched.MaxWorkers {
		return fmt.Errorf("workers is %d: give 1 to %d", l.Workers, sched.MaxWorkers)
	}
	if l.After < 0 || l.After > maxAfter {
		return fmt.Errorf("after is %v: give 0s to %v", l.After, maxAfter)
	}
	return nil
}

// Dump runs the workload and takes a task dump while it does.
func (l *Live) Dump(ctx context.Context) (*sched.Dump, error) {
	w, err := FindWorkload(l.Workload)
	if err != nil {
		return nil, err
	}
	p, err := w.Params(l.Size)
	if err != nil {
		return nil, err
	}
	// One P more, for the goroutine that asks.
	runtime.GOMAXPROCS(max(l.Workers+w.drivers(), 2))
	s, err := NewScheduler(l.Variant, sched.Config{Workers: l.Workers, SpawnSites: l.Sites})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		first, err := s.RunWorkload(w.runName(), p)
		for ctx.Err() == nil && err == nil {
			var next sched.Answer
			if next, err = s.RunWorkload(w.runName(), p); err == nil && next != first {
				err = fmt.Errorf("%s: one run answered %+v, another %+v", l.Variant, first, next)
			}
		}
		ended <- err
	}()
	select {
	case <-time.After(l.After):
	case <-ctx.Done():
	}
	d, err := s.Dump(ctx)
	stop()
	_ = s.Close() // what it drops nobody needs
	if runErr := <-ended; err == nil && runErr != nil && !errors.Is(runErr, sched.ErrClosed) {
		err = runErr
	}
	return d, err
}
