// Code generated from ../../impls/chaselev/example_dump_test.go by go generate ./impls; DO NOT EDIT.

//go:build !nodump

package promcounter_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"stealbench/libs/promcounter"
)

// dumpOf takes a dump, and asks again while a worker is in a long task.
func dumpOf(s *promcounter.Scheduler) *promcounter.Dump {
	for {
		d, err := s.Dump(context.Background())
		if errors.As(err, new(*promcounter.DumpTimeoutError)) {
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		return d
	}
}

// sleep is a task that waits for a Waker, which it sends, at its first poll.
func sleep(w *promcounter.Worker, t *promcounter.Task) promcounter.Poll {
	if t.Args[0]++; t.Args[0] == 1 {
		t.Ref.(chan promcounter.Waker) <- w.Waker(t)
		return promcounter.Pending
	}
	return promcounter.Ready
}

// What is alive in a scheduler at this moment.
func ExampleDump() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	wakers := make(chan promcounter.Waker)
	for range 3 {
		if err := s.SpawnTask(sleep, [2]int64{}, wakers); err != nil {
			log.Fatal(err)
		}
		<-wakers
	}
	d := dumpOf(s)
	fmt.Println(len(d.Workers), "workers,", len(d.Tasks), "tasks,", d.Count(promcounter.TaskIdle), "idle")
	if err := s.Close(); err != nil { // what is idle is in no queue: not dropped
		log.Fatal(err)
	}
	_, err = s.Dump(context.Background())
	fmt.Println(errors.Is(err, promcounter.ErrClosed))
	// Output:
	// 2 workers, 3 tasks, 3 idle
	// true
}

// What a dump says of a task, here with the place that spawned it.
func ExampleTaskDump() {
	s, err := promcounter.New(promcounter.Config{Workers: 2, SpawnSites: true})
	if err != nil {
		log.Fatal(err)
	}
	wakers := make(chan promcounter.Waker)
	if err := s.SpawnTask(sleep, [2]int64{}, wakers); err != nil {
		log.Fatal(err)
	}
	<-wakers
	for _, t := range dumpOf(s).Tasks {
		_, name, _ := strings.Cut(t.Name, ".")
		site, _, _ := strings.Cut(t.Site, " ") // file:line is behind it
		_, site, _ = strings.Cut(site, ".")
		fmt.Printf("%s, %v, %s, %d poll, spawned by %s\n", name, t.State, t.Where(), t.Polls, site)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output: sleep, idle, waits for a wake, 1 poll, spawned by ExampleTaskDump
}

// What a dump says of workers, here of some without work.
func ExampleWorkerDump() {
	s, err := promcounter.New(promcounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	for !s.Quiet() {
		time.Sleep(time.Millisecond)
	}
	for _, w := range dumpOf(s).Workers {
		fmt.Printf("worker %d: parked %t, %d running, %d in its queue\n", w.Worker, w.Parked, w.Running, w.LocalQueue)
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// worker 0: parked true, 0 running, 0 in its queue
	// worker 1: parked true, 0 running, 0 in its queue
}

// A task in a join is running; one that waits for a Waker is idle.
func ExampleTaskState() {
	s, err := promcounter.New(promcounter.Config{Workers: 1, GlobalQueueInterval: promcounter.MaxInterval})
	if err != nil {
		log.Fatal(err)
	}
	wakers, done := make(chan promcounter.Waker), make(chan struct{})
	err = s.Spawn(func(w *promcounter.Worker) {
		t := w.NewTask(sleep)
		t.Ref = wakers
		w.Fork(t)
		w.Join(t)
		close(done)
	})
	if err != nil {
		log.Fatal(err)
	}
	sleeper := <-wakers
	d := dumpOf(s)
	for _, state := range []promcounter.TaskState{promcounter.TaskRunning, promcounter.TaskRunnable, promcounter.TaskIdle} {
		fmt.Println(state, d.Count(state))
	}
	sleeper.Wake()
	<-done
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// running 1
	// runnable 0
	// idle 1
}

// Tasks in several places, while one keeps the only worker. With EventInterval 1
// that comes to a dump at each of its joins.
func ExampleTaskPlace() {
	s, err := promcounter.New(promcounter.Config{Workers: 1, EventInterval: 1, GlobalQueueInterval: promcounter.MaxInterval})
	if err != nil {
		log.Fatal(err)
	}
	var dumped atomic.Bool
	var tasks sync.WaitGroup
	tasks.Add(3)
	task := func(*promcounter.Worker) { tasks.Done() }
	begun := make(chan struct{})
	err = s.Spawn(func(w *promcounter.Worker) {
		defer tasks.Done()
		w.Go(task)
		close(begun)
		for !dumped.Load() {
			t := w.NewTask(func(*promcounter.Worker, *promcounter.Task) promcounter.Poll { return promcounter.Ready })
			w.Fork(t)
			w.Join(t)
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	<-begun
	if err := s.Spawn(task); err != nil {
		log.Fatal(err)
	}
	d := dumpOf(s)
	dumped.Store(true)
	for _, place := range []promcounter.TaskPlace{promcounter.OnStack, promcounter.InLocalQueue, promcounter.InInjectionQueue} {
		n := 0
		for _, t := range d.Tasks {
			if t.Place == place {
				n++
			}
		}
		fmt.Println(place, n)
	}
	tasks.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// stack 2
	// local queue 1
	// injection queue 1
}

// A task that blocks its worker keeps a dump from being taken, for DumpTimeout.
func ExampleDumpTimeoutError() {
	s, err := promcounter.New(promcounter.Config{Workers: 1, GlobalQueueInterval: promcounter.MaxInterval})
	if err != nil {
		log.Fatal(err)
	}
	begun, release := make(chan struct{}), make(chan struct{})
	err = s.Spawn(func(*promcounter.Worker) {
		close(begun)
		<-release // only here: a task should not block its worker
	})
	if err != nil {
		log.Fatal(err)
	}
	<-begun
	_, err = s.Dump(context.Background())
	var busy *promcounter.DumpTimeoutError
	if errors.As(err, &busy) {
		fmt.Println("no answer from workers", busy.Missing)
	}
	close(release)
	fmt.Println(len(dumpOf(s).Tasks), "tasks when it has ended")
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// no answer from workers [0]
	// 0 tasks when it has ended
}
