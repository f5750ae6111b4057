//go:build unix

package impls_test

import (
	"syscall"
	"testing"
	"time"

	"stealbench/harness"
	"stealbench/impls"
	"stealbench/internal/sched"
)

// cpuTime is what this process has used so far.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestIdleUsesNoCPU has a scheduler of every variant do a little work and come to
// rest: all of them together use less than 1 % of a core then. The test process
// itself may need some, so the best of a few tries counts.
func TestIdleUsesNoCPU(t *testing.T) {
	const window, most = 400 * time.Millisecond, 0.01
	var pools []sched.Scheduler
	for _, v := range impls.Variants {
		s, err := harness.NewScheduler(v.Name, sched.Config{Workers: 4})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if _, err := s.RunWorkload("fib", sched.Params{N: 15}); err != nil {
			t.Fatal(err)
		}
		pools = append(pools, s)
	}
	for _, s := range pools {
		for start := time.Now(); !s.Quiet(); time.Sleep(time.Millisecond) {
			if time.Since(start) > 5*time.Second {
				t.Fatal("a pool without work does not come to rest")
			}
		}
	}
	best := 1.0
	for range 5 {
		before := cpuTime(t)
		time.Sleep(window)
		if best = min(best, float64(cpuTime(t)-before)/float64(window)); best < most {
			break
		}
	}
	t.Logf("%d idle schedulers of 4 workers used %.3f %% of a core", len(pools), 100*best)
	if best >= most {
		t.Errorf("got %.2f %% of a core used by %d idle schedulers, want less than %v %%", 100*best, len(pools), 100*most)
	}
}
