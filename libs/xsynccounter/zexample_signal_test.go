// Code generated from ../../impls/chaselev/example_signal_test.go by go generate ./impls; DO NOT EDIT.

//go:build unix && !nodump

package xsynccounter_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"stealbench/libs/xsynccounter"
)

// dumpOnSignal calls write with a dump of s at every SIGUSR1, until stop.
func dumpOnSignal(s *xsynccounter.Scheduler, write func(*xsynccounter.Dump) error) (stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGUSR1)
	var loop sync.WaitGroup
	loop.Go(func() {
		for range signals {
			if err := writeDump(s, write); err != nil {
				log.Print(err)
			}
		}
	})
	return func() {
		signal.Stop(signals)
		close(signals)
		loop.Wait()
	}
}

// writeDump takes a dump. Workers that are in a task which neither ends nor joins
// can't come to it in time: it asks again for 10 s.
func writeDump(s *xsynccounter.Scheduler, write func(*xsynccounter.Dump) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		d, err := s.Dump(ctx)
		var busy *xsynccounter.DumpTimeoutError
		switch {
		case errors.As(err, &busy):
			log.Printf("workers %v are in long tasks: asking again", busy.Missing)
		case err != nil: // of ctx, ErrClosed or ErrNoDump
			return err
		default:
			return write(d)
		}
	}
}

// download is a task that waits for a Waker at its first poll.
func download(w *xsynccounter.Worker, t *xsynccounter.Task) xsynccounter.Poll {
	if t.Args[0]++; t.Args[0] == 1 {
		t.Ref.(chan xsynccounter.Waker) <- w.Waker(t)
		return xsynccounter.Pending
	}
	close(t.Ref.(chan xsynccounter.Waker))
	return xsynccounter.Ready
}

// A whole program: write a task dump at every SIGUSR1 (kill -USR1), as text for
// people and as JSON for programs.
func ExampleDump_signal() {
	s, err := xsynccounter.New(xsynccounter.Config{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	var text, object bytes.Buffer // a program takes os.Stderr, or a file
	written := make(chan struct{})
	stop := dumpOnSignal(s, func(d *xsynccounter.Dump) error {
		defer close(written)
		return errors.Join(d.WriteText(&text), d.WriteJSON(&object))
	})

	downloads := []chan xsynccounter.Waker{make(chan xsynccounter.Waker, 1), make(chan xsynccounter.Waker, 1)}
	var wakers []xsynccounter.Waker
	for _, c := range downloads {
		if err := s.SpawnTask(download, [2]int64{}, c); err != nil {
			log.Fatal(err)
		}
		wakers = append(wakers, <-c)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil {
		log.Fatal(err)
	}
	<-written
	stop()
	for i, k := range wakers {
		k.Wake()
		<-downloads[i] // closed when it ends
	}
	if err := s.Close(); err != nil {
		log.Fatal(err)
	}

	head, _, _ := strings.Cut(text.String(), ";") // the time is behind it
	fmt.Println(head)
	var d xsynccounter.Dump
	if err := json.Unmarshal(object.Bytes(), &d); err != nil {
		log.Fatal(err)
	}
	for _, t := range d.Tasks {
		_, name, _ := strings.Cut(t.Name, ".")
		fmt.Println(name, t.State)
	}
	// Output:
	// 2 tasks on 2 workers: 0 running, 0 runnable, 2 idle
	// download idle
	// download idle
}
