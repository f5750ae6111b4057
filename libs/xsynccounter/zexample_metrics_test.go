// Code generated from ../../impls/chaselev/example_metrics_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter_test

import (
	"fmt"
	"log"
	"sync"
	"sync/atomic"
	"time"

	"stealbench/libs/xsynccounter"
)

// load is what a scheduler did between two looks, and what waits in its queues
// now. What a build does not count stays 0.
type load struct {
	scheduled float64 // tasks made runnable, per second
	stolen    float64 // tasks that changed workers, per second
	busy      float64 // share of the workers' time, 0 to 1
	waiting   int     // tasks in queues
}

// loadOf compares two looks that are some seconds apart.
func loadOf(s *xsynccounter.Scheduler, now, before xsynccounter.Snapshot, seconds float64) load {
	since := now.Delta(before)
	total := since.Total() // over all workers
	l := load{
		scheduled: float64(total.LocalScheduleCount+since.RemoteScheduleCount) / seconds,
		stolen:    float64(total.StealCount) / seconds,
		busy:      float64(total.BusyDurationTotal) / 1e9 / seconds / float64(s.Workers()),
		waiting:   s.InjectionQueueDepth(),
	}
	for i := range s.Workers() {
		l.waiting += s.LocalQueueDepth(i)
	}
	return l
}

// watch looks at s until stop is closed. Snapshots disturb no worker: they read
// what the workers publish anyway.
func watch(s *xsynccounter.Scheduler, every time.Duration, stop <-chan struct{}, show func(load)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	before, at := s.Snapshot(), time.Now()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		now := s.Snapshot()
		show(loadOf(s, now, before, time.Since(at).Seconds()))
		before, at = now, time.Now()
	}
}

// A whole program: read the metrics of a scheduler while it runs.
func ExampleSnapshot() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var watching sync.WaitGroup
	var shown atomic.Int64
	stop := make(chan struct{})
	watching.Go(func() {
		watch(s, 5*time.Millisecond, stop, func(load) {
			shown.Add(1) // a program logs the load, or exports it
		})
	})

	runs := 0
	for ; shown.Load() < 3; runs++ {
		err := s.Run(func(w *xsynccounter.Worker) {
			for range 100 {
				t := w.NewTask(func(*xsynccounter.Worker, *xsynccounter.Task) xsynccounter.Poll { return xsynccounter.Ready })
				w.Fork(t)
				w.Join(t)
			}
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	close(stop)
	watching.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}

	// After Close the counters are final: Run schedules one task remotely, a fork
	// one locally. Without Extended neither is counted.
	last := s.Snapshot()
	if got := last.Total(); last.Extended && (last.RemoteScheduleCount != uint64(runs) || got.LocalScheduleCount != uint64(100*runs)) {
		fmt.Printf("%d runs: got %d remote and %d local schedules\n", runs, last.RemoteScheduleCount, got.LocalScheduleCount)
	}
	fmt.Println("shown while it ran:", shown.Load() >= 3)
	fmt.Println("waiting at the end:", loadOf(s, last, last, 1).waiting)
	// Output:
	// shown while it ran: true
	// waiting at the end: 0
}
