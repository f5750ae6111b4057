package schedtest

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// A history is what a few threads did to one queue at once. It is linearizable
// (Herlihy and Wing, TOPLAS 1990) if every operation can be said to have
// happened at one moment between its call and its return, so that in this order
// a sequential queue gives the same answers. Porcupine looks for such an order.
type history struct {
	what    string // how to name it
	first   model
	threads [][]operation
	after   operation        // one more, when all threads are done
	do      func(*operation) // calls it and fills in the answer
	clock   clock
}

// Tasks makes tasks and knows their numbers.
type Tasks[T comparable] struct {
	New    func(n int) []T
	Number func(T) int // 0 to n-1
}

// model is the state of a sequential queue.
type model struct {
	tasks  []int // numbers, oldest first; never written to
	closed bool
}

// add appends tasks.
func (m model) add(tasks []int) model {
	m.tasks = append(slices.Clip(m.tasks), tasks...)
	return m
}

// takeOldest takes up to n tasks and reports whether they are took.
func (m model) takeOldest(n int, took []int) (model, bool) {
	n = min(n, len(m.tasks))
	ok := slices.Equal(took, m.tasks[:n])
	m.tasks = m.tasks[n:]
	return m, ok
}

// operation is one call and its answer.
type operation struct {
	kind      *kind
	given     []int // tasks passed
	n         int   // how many it asks for
	took      []int // tasks got
	ok        bool
	length    int
	lost      bool // a steal lost a race
	call, end int64
}

// kind is a method of a queue: what it does to the model, and whether the answer
// is what the model gives.
type kind struct {
	name string
	step func(model, *operation) (model, bool)
}

// clock gives every call and return a time of its own. With a wall clock an
// operation may take effect before the time read at its start, and a correct
// queue is accused.
type clock struct{ atomic.Int64 }

func (c *clock) now() int64 { return c.Add(1) }

// runTogether runs the histories one after the other, each with all its threads
// at once: who waits spins, to begin when the last one comes, and gives way after
// patience spins.
func runTogether(batch []*history, patience int) {
	threads := len(batch[0].threads)
	var here atomic.Int64
	var running sync.WaitGroup
	for thread := range threads {
		running.Go(func() {
			for i, h := range batch {
				here.Add(1)
				for spins := 1; here.Load() < int64((i+1)*threads); spins++ {
					if spins%patience == 0 {
						runtime.Gosched()
					}
				}
				for k := range h.threads[thread] {
					h.do(&h.threads[thread][k])
				}
			}
		})
	}
	running.Wait()
	for _, h := range batch {
		h.do(&h.after)
	}
}

// check fails the test at a history that is not linearizable.
func (h *history) check(t *testing.T) {
	t.Helper()
	ops, m := h.byCall(), h.model()
	if porcupine.CheckOperations(m, ops) {
		return
	}
	_, info := porcupine.CheckOperationsVerbose(m, ops, 0)
	t.Fatalf("%s: got a history that no order of its operations explains, want one that is linearizable:\n%s%s",
		h.what, describe(ops), draw(m, info))
}

// byCall returns all operations in the order of their calls.
func (h *history) byCall() []porcupine.Operation {
	var ops []porcupine.Operation
	add := func(thread int, o *operation) {
		ops = append(ops, porcupine.Operation{ClientId: thread, Input: o, Call: o.call, Return: o.end})
	}
	for thread := range h.threads {
		for k := range h.threads[thread] {
			add(thread, &h.threads[thread][k])
		}
	}
	add(0, &h.after)
	slices.SortFunc(ops, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
	return ops
}

func (h *history) model() porcupine.Model {
	return porcupine.Model{
		Init: func() any { return h.first },
		Step: func(state, input, _ any) (bool, any) {
			o := input.(*operation)
			next, ok := o.kind.step(state.(model), o)
			return ok, next
		},
		Equal: func(a, b any) bool {
			x, y := a.(model), b.(model)
			return x.closed == y.closed && slices.Equal(x.tasks, y.tasks)
		},
		DescribeOperation: func(input, _ any) string { return input.(*operation).String() },
		DescribeState:     func(state any) string { return fmt.Sprint(state.(model).tasks) },
	}
}

func describe(ops []porcupine.Operation) string {
	var b strings.Builder
	for _, o := range ops {
		fmt.Fprintf(&b, "  %3d to %3d, thread %d: %v\n", o.Call-ops[0].Call, o.Return-ops[0].Call, o.ClientId, o.Input)
	}
	return b.String()
}

// draw writes the history as a page that shows how far each order gets. The file
// stays: the same history will hardly come again.
func draw(m porcupine.Model, info porcupine.LinearizationInfo) string {
	f, err := os.CreateTemp("", "history-*.html")
	if err != nil {
		return fmt.Sprintf("not drawn: %v", err)
	}
	defer f.Close()
	if err := porcupine.Visualize(m, info, f); err != nil {
		return fmt.Sprintf("not drawn: %v", err)
	}
	return "drawn in " + f.Name()
}

func (o *operation) String() string {
	s := o.kind.name
	if o.given != nil {
		s += fmt.Sprint(" ", o.given)
	}
	if o.n > 0 {
		s += fmt.Sprint(" ", o.n)
	}
	switch {
	case o.took != nil:
		return s + fmt.Sprint(": ", o.took)
	case o.length > 0:
		return s + fmt.Sprint(": ", o.length)
	}
	return s + ": " + o.outcome()
}

// outcome is the kind of answer.
func (o *operation) outcome() string {
	switch {
	case o.lost:
		return "lost a race"
	case o.ok || o.length > 0 || o.took != nil:
		return "yes"
	}
	return "no"
}

// atOnce counts the histories in which threads overlapped.
const atOnce = "histories with operations at once"

// overlaps reports whether two threads were at work at once.
func (h *history) overlaps() bool {
	var end int64
	for _, o := range h.byCall() {
		if o.Call < end {
			return true
		}
		end = o.Return
	}
	return false
}

// outcomes counts answers, so that a test in which no queue ever was full, say,
// cannot pass.
type outcomes map[string]int

func (c outcomes) count(h *history) {
	if h.overlaps() {
		c[atOnce]++
	}
	for _, ops := range h.threads {
		for i := range ops {
			c[ops[i].kind.name+" "+ops[i].outcome()]++
		}
	}
}

// want wants some of each answer, unless the histories are too few.
func (c outcomes) want(t *testing.T, histories int, answers ...string) {
	t.Helper()
	t.Logf("answers in %d histories: %v", histories, map[string]int(c))
	if histories < 500 {
		return
	}
	for _, a := range answers {
		if c[a] == 0 {
			t.Errorf("%s: got no such answer in any history, want some", a)
		}
	}
}

// Histories run in batches before they are checked, so that the threads stay hot.
// While there is time the threads wait long for each other, if each has a CPU:
// on a loaded host that takes most of the time, but without it few operations
// meet.
const (
	historyBatch  = 2000
	longPatience  = 1 << 15 // some 10 us
	shortPatience = 1 << 8
	patientFor    = 4 * time.Second
)

// checkHistories runs and checks n histories.
func checkHistories(t *testing.T, n int, newHistory func(i int) *history) outcomes {
	t.Helper()
	seen := outcomes{}
	hurry := time.Now().Add(patientFor)
	for first := 0; first < n; first += historyBatch {
		var batch []*history
		for i := first; i < min(first+historyBatch, n); i++ {
			batch = append(batch, newHistory(i))
		}
		patience := shortPatience
		if len(batch[0].threads) <= runtime.GOMAXPROCS(0) && time.Now().Before(hurry) {
			patience = longPatience
		}
		runTogether(batch, patience)
		for _, h := range batch {
			h.check(t)
			seen.count(h)
		}
	}
	return seen
}

// upTo has the numbers of all tasks of a history, to slice arguments from.
var upTo = func() []int {
	numbers := make([]int, queueCapacity+64)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}()
