package sched

import (
	"errors"
	"fmt"
)

var (
	// ErrClosed is returned for a task that comes after Close began, and is
	// what a join of a task that Close cancelled panics with.
	ErrClosed = errors.New("scheduler is closed")
	// ErrGoexit is the panic value of a task that called runtime.Goexit.
	ErrGoexit = errors.New("task called runtime.Goexit")
	// ErrAnswers is returned for runs of a workload that gave different
	// answers.
	ErrAnswers = errors.New("runs of one workload gave different answers")
)

// PanicError reports a panic of a task.
type PanicError struct {
	Value any    // what the task passed to panic
	Stack []byte // of the goroutine that panicked
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("task panicked: %v", e.Value)
}

// Unwrap returns the panic value if it is an error, else nil.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// CloseError is what Close returns when not every task ran to its end.
type CloseError struct {
	Dropped  int           // tasks that were queued and never ran again
	Panicked int           // detached tasks that panicked
	Panics   []*PanicError // the first MaxPanics of them
}

// MaxPanics is how many panics a scheduler keeps for its CloseError.
const MaxPanics = 16

func (e *CloseError) Error() string {
	return fmt.Sprintf("scheduler closed: %d tasks dropped, %d panicked", e.Dropped, e.Panicked)
}

// Unwrap returns the panics that were kept.
func (e *CloseError) Unwrap() []error {
	errs := make([]error, len(e.Panics))
	for i, p := range e.Panics {
		errs[i] = p
	}
	return errs
}
