// Code generated from ../../impls/chaselev/example_workload_test.go by go generate ./impls; DO NOT EDIT.

package promcounter_test

import (
	"fmt"
	"log"

	"stealbench/libs/promcounter"
)

// Run a workload of the study. A name that is not known is an error.
func ExampleParams() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	a, err := s.RunWorkload("nqueens", promcounter.Params{N: 6})
	fmt.Println("6 queens:", a.Value, "ways,", err)
	a, err = s.RunWorkload("yield_many", promcounter.Params{N: 10, M: 5})
	fmt.Println("10 tasks that yield 5 times:", a.Tasks, "polls,", err)
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 6 queens: 4 ways, <nil>
	// 10 tasks that yield 5 times: 60 polls, <nil>
}

// A workload counts its tasks: here one for each call of the recursion.
func ExampleAnswer() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	a, err := s.RunWorkload("fib", promcounter.Params{N: 15})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("fib(15) =", a.Value, "in", a.Tasks, "tasks")
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output: fib(15) = 610 in 1973 tasks
}

// Time five runs of a workload, without untimed ones before.
func ExampleTiming() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	const reps = 5
	t, err := s.TimeWorkload("skynet", promcounter.Params{N: 3}, 0, reps)
	if err != nil {
		log.Fatal(err)
	}
	perRun := t.Took / reps
	fmt.Println(t.Runs, "runs, each with the answer", t.Answer.Value)
	fmt.Println("took time:", perRun >= 0) // 0 where the clock is coarse
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 5 runs, each with the answer 499500
	// took time: true
}
