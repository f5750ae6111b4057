// Code generated from ../../impls/chaselev/example_errors_test.go by go generate ./impls; DO NOT EDIT.

package promcounter_test

import (
	"errors"
	"fmt"
	"io/fs"
	"log"
	"runtime"
	"sync"
	"sync/atomic"

	"stealbench/libs/promcounter"
)

// Defaults stand for what is 0, except Workers.
func ExampleConfig() {
	c, err := promcounter.Config{Workers: 4}.WithDefaults()
	fmt.Println(c.Workers, c.EventInterval, err)
	// Output: 4 244 <nil>
}

// New refuses what is out of range.
func ExampleConfig_error() {
	_, err := promcounter.New(promcounter.Config{})
	fmt.Println(err)
	_, err = promcounter.New(promcounter.Config{Workers: 1, EventInterval: -1})
	fmt.Println(err)
	// Output:
	// sched.Config: Workers is 0: give 1 to 1024
	// sched.Config: EventInterval is -1: give 1 to 1048576
}

// Run returns the panic of its function, and so that of what it joins.
func ExamplePanicError() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	err = s.Run(func(w *promcounter.Worker) {
		t := w.NewTask(func(*promcounter.Worker, *promcounter.Task) promcounter.Poll { panic(fs.ErrNotExist) })
		w.Fork(t)
		w.Join(t) // panics with the same value
	})
	var p *promcounter.PanicError
	if errors.As(err, &p) {
		fmt.Println(p.Value, len(p.Stack) > 0)
	}
	fmt.Println(errors.Is(err, fs.ErrNotExist)) // a value that is an error is unwrapped
	fmt.Println(s.Close())                      // Run has reported it
	// Output:
	// file does not exist true
	// true
	// <nil>
}

// Close returns the panics of tasks that nobody joins.
func ExampleCloseError() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var begun sync.WaitGroup
	begun.Add(1)
	err = s.Spawn(func(*promcounter.Worker) {
		begun.Done()
		panic("out of paper")
	})
	if err != nil {
		log.Fatal(err)
	}
	begun.Wait() // else Close may drop it
	err = s.Close()
	fmt.Println(err)
	var e *promcounter.CloseError
	if errors.As(err, &e) {
		for _, p := range e.Panics { // the first MaxPanics
			fmt.Println(p)
		}
	}
	// Output:
	// scheduler closed: 0 tasks dropped, 1 panicked
	// task panicked: out of paper
}

// A task that called runtime.Goexit counts as one that panicked.
func ExampleCloseError_goexit() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var begun sync.WaitGroup
	begun.Add(1)
	err = s.Spawn(func(*promcounter.Worker) {
		begun.Done()
		runtime.Goexit()
	})
	if err != nil {
		log.Fatal(err)
	}
	begun.Wait()
	fmt.Println(errors.Is(s.Close(), promcounter.ErrGoexit))
	// Output: true
}

// Close lets running tasks end and drops what is queued: each task did one or the
// other.
func ExampleCloseError_dropped() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var ran atomic.Int64
	for range 1000 {
		if err := s.Spawn(func(*promcounter.Worker) { ran.Add(1) }); err != nil {
			log.Fatal(err)
		}
	}
	dropped := 0
	var e *promcounter.CloseError
	if errors.As(s.Close(), &e) {
		dropped = e.Dropped
	}
	fmt.Println(ran.Load() + int64(dropped))
	// Output: 1000
}
