// Code generated from ../../impls/chaselev/example_task_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter_test

import (
	"errors"
	"fmt"
	"log"
	"sync"
	"sync/atomic"

	"stealbench/libs/xsynccounter"
)

// Spawn closures from outside; after Close they are refused.
func ExampleScheduler() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var tasks sync.WaitGroup
	var ran atomic.Int64
	for range 10 {
		tasks.Add(1)
		err := s.Spawn(func(*xsynccounter.Worker) {
			ran.Add(1)
			tasks.Done()
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	tasks.Wait() // Close would drop what is still queued
	fmt.Println(ran.Load(), "ran")
	fmt.Println("Close:", s.Close())
	err = s.Spawn(func(*xsynccounter.Worker) {})
	fmt.Println("closed:", errors.Is(err, xsynccounter.ErrClosed))
	// Output:
	// 10 ran
	// Close: <nil>
	// closed: true
}

// Queue depths, while one task keeps the only worker.
func ExampleScheduler_LocalQueueDepth() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 1})
	if err != nil {
		log.Fatal(err)
	}
	var tasks sync.WaitGroup
	tasks.Add(3 + 5)
	task := func(*xsynccounter.Worker) { tasks.Done() }
	begun, release := make(chan struct{}), make(chan struct{})
	err = s.Spawn(func(w *xsynccounter.Worker) {
		for range 3 {
			w.Go(task)
		}
		close(begun)
		<-release // only here: a task should not block its worker
	})
	if err != nil {
		log.Fatal(err)
	}
	<-begun
	for range 5 {
		if err := s.Spawn(task); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println("injection queue:", s.InjectionQueueDepth())
	fmt.Println("local queue:", s.LocalQueueDepth(0)) // the third is in the LIFO slot
	close(release)
	tasks.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// injection queue: 5
	// local queue: 2
}

// Spawn closures from a task. Run waits for its own function only.
func ExampleWorker() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var tasks sync.WaitGroup
	var sum atomic.Int64
	tasks.Add(10)
	err = s.Run(func(w *xsynccounter.Worker) {
		for i := range 10 {
			w.Go(func(*xsynccounter.Worker) {
				sum.Add(int64(i))
				tasks.Done()
			})
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	tasks.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(sum.Load())
	// Output: 45
}

// Fork a task with arguments, and join it for its result.
func ExampleTask() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	multiply := func(_ *xsynccounter.Worker, t *xsynccounter.Task) xsynccounter.Poll {
		t.Result = t.Args[0] * t.Args[1]
		return xsynccounter.Ready
	}
	err = s.Run(func(w *xsynccounter.Worker) {
		t := w.NewTask(multiply)
		t.Args = [2]int64{6, 7}
		w.Fork(t)
		fmt.Println(w.Join(t)) // recycles t
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output: 42
}

// Spawn tasks from outside by poll function: no closure, so none is allocated.
func ExamplePollFunc() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	type total struct {
		sum   atomic.Int64
		tasks sync.WaitGroup
	}
	var add xsynccounter.PollFunc = func(_ *xsynccounter.Worker, t *xsynccounter.Task) xsynccounter.Poll {
		all := t.Ref.(*total)
		all.sum.Add(t.Args[0])
		all.tasks.Done()
		return xsynccounter.Ready
	}
	all := &total{}
	for i := range int64(100) {
		all.tasks.Add(1)
		if err := s.SpawnTask(add, [2]int64{i}, all); err != nil {
			log.Fatal(err)
		}
	}
	all.tasks.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(all.sum.Load())
	// Output: 4950
}

// Two tasks on one worker take turns: each yields until its third poll.
func ExamplePoll() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 1})
	if err != nil {
		log.Fatal(err)
	}
	var tasks sync.WaitGroup
	count := func(_ *xsynccounter.Worker, t *xsynccounter.Task) xsynccounter.Poll {
		t.Args[0]++
		fmt.Println(t.Ref, t.Args[0])
		if t.Args[0] < 3 {
			return xsynccounter.Yielded
		}
		tasks.Done()
		return xsynccounter.Ready
	}
	tasks.Add(2)
	err = s.Run(func(w *xsynccounter.Worker) {
		for _, name := range []string{"second", "first"} { // the youngest begins
			t := w.NewTask(count)
			t.Ref = name
			w.Spawn(t)
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	tasks.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// first 1
	// second 1
	// first 2
	// second 2
	// first 3
	// second 3
}
