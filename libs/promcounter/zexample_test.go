// Code generated from ../../impls/chaselev/example_test.go by go generate ./impls; DO NOT EDIT.

package promcounter_test

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"stealbench/libs/promcounter"
)

// node is one node of a binary tree.
type node struct {
	value       int64
	left, right *node
}

// sumNode is a poll function: what a task does. It forks a task for each branch
// and joins both, the youngest first, which is the cheap case.
func sumNode(w *promcounter.Worker, t *promcounter.Task) promcounter.Poll {
	n := t.Ref.(*node)
	if n == nil {
		return promcounter.Ready
	}
	left := w.NewTask(sumNode)
	left.Ref = n.left
	w.Fork(left)
	right := w.NewTask(sumNode)
	right.Ref = n.right
	w.Fork(right)
	t.Result = n.value + w.Join(right) + w.Join(left)
	return promcounter.Ready
}

// sum starts a scheduler, adds up a tree on all processors, and closes it.
func sum(root *node) (total int64, err error) {
	s, err := promcounter.New(promcounter.Config{Workers: min(runtime.GOMAXPROCS(0), promcounter.MaxWorkers)})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.Run(func(w *promcounter.Worker) {
		t := w.NewTask(sumNode)
		t.Ref = root
		w.Fork(t)
		total = w.Join(t)
	})
	return total, err
}

// report says what went wrong.
func report(err error) {
	var panicked *promcounter.PanicError
	var closed *promcounter.CloseError
	if errors.As(err, &panicked) { // of Run, or the first one of Close
		fmt.Fprintf(os.Stderr, "%v\n%s", panicked.Value, panicked.Stack)
	}
	if errors.As(err, &closed) {
		fmt.Fprintf(os.Stderr, "%d tasks never ran\n", closed.Dropped)
	}
	fmt.Println(err)
}

// A whole program: start a scheduler, fork and join on it, close it, and look at
// every error.
func Example() {
	var root *node
	for i := range int64(100) {
		root = &node{i + 1, root, &node{value: 1}}
	}
	total, err := sum(root)
	if err != nil {
		report(err)
		return
	}
	fmt.Println("sum:", total)
	// Output: sum: 5150
}
