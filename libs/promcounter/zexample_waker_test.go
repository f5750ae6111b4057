// Code generated from ../../impls/chaselev/example_waker_test.go by go generate ./impls; DO NOT EDIT.

package promcounter_test

import (
	"fmt"
	"log"
	"sync"

	"stealbench/libs/promcounter"
)

// future is a value that comes later, for one task that waits for it.
type future struct {
	mu     sync.Mutex
	value  string
	isSet  bool
	waiter promcounter.Waker
}

// set gives the value. Safe from any goroutine.
func (f *future) set(value string) {
	f.mu.Lock()
	f.value, f.isSet = value, true
	waiter := f.waiter
	f.mu.Unlock()
	waiter.Wake() // the zero Waker does nothing
}

// poll returns the value, or has t woken when it comes: look and waiter are under
// one mutex, so that no wake is lost.
func (f *future) poll(w *promcounter.Worker, t *promcounter.Task) (value string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.isSet {
		f.waiter = w.Waker(t)
	}
	return f.value, f.isSet
}

// greet is a task that waits for a future without blocking its worker.
type greet struct {
	name *future
	done sync.WaitGroup
}

func pollGreet(w *promcounter.Worker, t *promcounter.Task) promcounter.Poll {
	g := t.Ref.(*greet)
	name, ok := g.name.poll(w, t)
	if !ok {
		return promcounter.Pending // polled again after set
	}
	fmt.Println("hello,", name)
	g.done.Done()
	return promcounter.Ready
}

// A whole program: a task that waits for a value, which a goroutine outside the
// scheduler gives.
func ExampleWaker() {
	s, err := promcounter.New(promcounter.Config{Workers: 1})
	if err != nil {
		log.Fatal(err)
	}
	g := &greet{name: &future{}}
	g.done.Add(1)
	if err := s.SpawnTask(pollGreet, [2]int64{}, g); err != nil {
		log.Fatal(err)
	}
	go g.name.set("world")
	g.done.Wait()
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}
	// Output: hello, world
}
