// Code generated from ../../impls/chaselev/example_histogram_test.go by go generate ./impls; DO NOT EDIT.

package promcounter_test

import (
	"fmt"
	"log"
	"time"

	"stealbench/libs/promcounter"
)

// Four buckets of 100 us, the last one open.
func ExampleBuckets() {
	b, err := promcounter.LinearBuckets(100*time.Microsecond, 4)
	if err != nil {
		log.Fatal(err)
	}
	for i := range b.Len() - 1 {
		start, end := b.Range(i)
		fmt.Println(time.Duration(start), "to", time.Duration(end))
	}
	start, _ := b.Range(b.Len() - 1) // ends at the largest uint64
	fmt.Println(time.Duration(start), "and more")
	fmt.Println("250us is in bucket", b.Index(uint64(250*time.Microsecond)))
	// Output:
	// 0s to 100µs
	// 100µs to 200µs
	// 200µs to 300µs
	// 300µs and more
	// 250us is in bucket 2
}

// Log-scale buckets, each power of two cut into 2^Precision; the inner ones cover
// Min to Max.
func ExampleLogConfig() {
	b, err := promcounter.LogConfig{Min: time.Microsecond, Max: 4 * time.Microsecond, Precision: 1}.Buckets()
	if err != nil {
		log.Fatal(err)
	}
	for i := range b.Len() - 1 {
		start, end := b.Range(i)
		fmt.Printf("%d to %d ns\n", start, end)
	}
	fine, err := promcounter.DefaultLogConfig().Buckets()
	fmt.Println("default:", fine.Len(), "buckets,", err)
	_, err = promcounter.LogConfig{MaxError: 0.01, MaxBuckets: 100}.Buckets()
	fmt.Println(err)
	// Output:
	// 0 to 768 ns
	// 768 to 1024 ns
	// 1024 to 1536 ns
	// 1536 to 2048 ns
	// 2048 to 3072 ns
	// 3072 to 4096 ns
	// default: 119 buckets, <nil>
	// sched.LogConfig: needs 3710 buckets, MaxBuckets is 100: raise it, or ask for less precision
}

// A histogram of how long each poll took.
func ExamplePollTimes() {
	b, err := promcounter.LegacyLogBuckets(time.Microsecond, 12)
	if err != nil {
		log.Fatal(err)
	}
	s, err := promcounter.New(promcounter.Config{
		Workers:   2,
		PollTimes: promcounter.PollTimes{Buckets: b, PerPoll: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	err = s.Run(func(w *promcounter.Worker) {
		for range 100 {
			t := w.NewTask(func(*promcounter.Worker, *promcounter.Task) promcounter.Poll { return promcounter.Ready })
			w.Fork(t)
			w.Join(t)
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	last := s.Snapshot()
	polls := uint64(0)
	for _, n := range last.TotalPollTimes() { // last.Buckets.Range says which times they are
		polls += n
	}
	if last.Extended && polls != 101 { // else poll times are not measured
		fmt.Println("got", polls, "polls of 101 tasks")
	}
	fmt.Println(b.Len(), "buckets")
	// Output: 12 buckets
}

// Every block of a worker ends before Close returns.
func ExampleWorkerCounters() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Run(func(*promcounter.Worker) {}); err != nil {
		log.Fatal(err)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	blocked := 0
	for _, c := range s.Snapshot().Workers { // one element, or none, in some variants
		if c.ParkUnparkCount != 2*c.ParkCount {
			blocked++
		}
	}
	fmt.Println("still blocked:", blocked)
	// Output: still blocked: 0
}
