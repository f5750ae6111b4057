package harness

import (
	"cmp"
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"stealbench/impls"
	"stealbench/internal/host"
	"stealbench/internal/sched"
)

// BenchmarkSequential is a workload on the base as one would write it without
// this suite, for go test -bench and benchstat. Work is injected as a cell does.
func BenchmarkSequential(b *testing.B) {
	spec := BenchSpec{Workload: "fib", Size: "default", Workers: 2}
	if text := os.Getenv(BenchEnv); text != "" {
		if err := json.Unmarshal([]byte(text), &spec); err != nil {
			b.Fatal(err)
		}
	}
	w, err := FindWorkload(spec.Workload)
	if err != nil {
		b.Fatal(err)
	}
	p, err := w.Params(spec.Size)
	if err != nil {
		b.Fatal(err)
	}
	want := w.Answer(p)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(spec.Workers + w.drivers()))
	s, err := NewScheduler(cmp.Or(spec.Variant, impls.Base), sched.Config{Workers: spec.Workers})
	if err != nil {
		b.Fatal(err)
	}
	run := func() {
		if got, err := s.RunWorkload(w.runName(), p); err != nil || got != want {
			b.Fatalf("got %+v, %v, want %+v", got, err, want)
		}
	}
	var steps uint64
	if spec.Percent > 0 {
		runs := make([]time.Duration, injectSlots)
		for i := range runs {
			start := time.Now()
			run()
			runs[i] = time.Since(start)
		}
		slices.Sort(runs)
		steps = host.SpinSteps(time.Duration(float64(runs[len(runs)/2]) * spec.Percent / 100))
	}
	for b.Loop() {
		run()
		if steps > 0 {
			host.Spin(steps)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
