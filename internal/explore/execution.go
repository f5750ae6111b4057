package explore

import (
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"strings"
)

// Execution is one run of a scenario under one schedule. The scenario sets it up:
// Go, Always, Finally.
type Execution struct {
	// Counters says that operations on counters are steps too.
	Counters bool

	threads []*thread
	current *thread // nil while the scenario is set up or checked
	next    *thread // who goes on when current has given way
	chooser chooser
	ways    []*thread // scratch of decide
	always  []func() error
	finally []func() error

	steps       int
	decisions   int // that had more than one way
	preemptions int
	switches    []switchAt // those that are not the default
	trace       uint64     // hash of who made which step
	aborted     bool
	failure     error
}

// maxSteps ends an execution that goes round in circles.
const maxSteps = 20_000

type thread struct {
	index  int
	name   string
	resume func() (struct{}, bool)
	stop   func()
	yield  func(struct{}) bool
	waits  Waiter // nil while it can go on
	gave   bool   // it gave way, and nobody has made a step since
	done   bool
}

// Waiter is what a thread waits for.
type Waiter interface {
	Ready() bool
	String() string
}

// switchAt says that at this decision another thread goes on than by default,
// which is: the same one, or the first of those that can.
type switchAt struct{ decision, thread int }

// chooser picks one of x.ways to go on, of which there are two at least. Way 0 is
// the default; preempts says that the others are preemptions.
type chooser interface {
	choose(x *Execution, preempts bool) int
}

// running is the execution in progress. Threads are coroutines of one goroutine,
// so a plain variable does.
var running *Execution

var errAborted = errors.New("explore: the execution has ended")

// Exploring reports whether an execution is in progress.
func Exploring() bool { return running != nil }

// Step is a point where another thread may go on. It does nothing outside
// threads.
func Step() {
	if x := running; x != nil && x.current != nil {
		x.step(false)
	}
}

// CounterStep is a Step if the scenario asks for those.
func CounterStep() {
	if x := running; x != nil && x.current != nil && x.Counters {
		x.step(false)
	}
}

// GiveWay is a step at which another thread goes on, if one can: the caller
// waits in a loop for somebody to change something.
func GiveWay() {
	if x := running; x != nil && x.current != nil {
		x.step(true)
	}
}

// Wait returns when what the thread waits for is ready.
func Wait(w Waiter) {
	x := running
	for !w.Ready() {
		t := x.current
		if t == nil {
			panic("explore: set-up or check would wait for " + w.String())
		}
		t.waits = w
		x.goOn(x.decide(false, false))
		t.waits = nil
	}
}

// Now is the number of steps so far, the time of an execution; 0 outside one.
func Now() int {
	if running == nil {
		return 0
	}
	return running.steps
}

// Go adds a thread.
func (x *Execution) Go(name string, body func()) {
	t := &thread{index: len(x.threads), name: name}
	t.resume, t.stop = iter.Pull(func(yield func(struct{}) bool) {
		t.yield = yield
		defer func() {
			if r := recover(); r != nil && !x.aborted {
				x.fail(fmt.Errorf("%s panicked: %v\n%s", t.name, r, debug.Stack()))
			}
		}()
		body()
	})
	x.threads = append(x.threads, t)
}

// Always adds what must hold at every step.
func (x *Execution) Always(check func() error) { x.always = append(x.always, check) }

// Finally adds what must hold when all threads have ended.
func (x *Execution) Finally(check func() error) { x.finally = append(x.finally, check) }

// Errorf reports a failure from a thread and ends the execution there.
func (x *Execution) Errorf(format string, args ...any) {
	x.fail(fmt.Errorf(format, args...))
	if x.current != nil {
		x.end()
	}
}

func (x *Execution) fail(err error) {
	if x.failure == nil {
		x.failure = err
	}
}

// end takes the current thread out of its code.
func (x *Execution) end() {
	x.aborted = true
	panic(errAborted)
}

// step lets the next thread go on, most often the current one.
func (x *Execution) step(givesWay bool) {
	if x.aborted {
		panic(errAborted)
	}
	t := x.current
	if x.steps++; x.steps > maxSteps {
		x.Errorf("no end after %d steps: a loop that waits for ever", maxSteps)
	}
	if err := x.check(x.always); err != nil {
		x.Errorf("at step %d: %v", x.steps, err)
	}
	t.gave = givesWay
	next := x.decide(true, givesWay)
	if next != t {
		x.goOn(next)
	}
	x.trace = (x.trace ^ uint64(t.index)) * 0x100000001b3 // FNV-1a
	if !givesWay {
		for _, other := range x.threads {
			other.gave = other.gave && other == t
		}
	}
}

// goOn lets next go on and returns when the current thread is to.
func (x *Execution) goOn(next *thread) {
	t := x.current
	x.next = next
	if !t.yield(struct{}{}) {
		panic(errAborted)
	}
}

// decide returns the thread that goes on. The current one can, or it has given
// way and should only if nobody else can.
func (x *Execution) decide(can, givesWay bool) *thread {
	t := x.current
	stays := can && !givesWay
	x.ways = x.ways[:0]
	if stays {
		x.ways = append(x.ways, t)
	}
	for _, o := range x.threads {
		if o != t && o.canGoOn(givesWay) {
			x.ways = append(x.ways, o)
		}
	}
	switch {
	case len(x.ways) == 1:
		return x.ways[0]
	case len(x.ways) == 0 && can:
		return t
	case len(x.ways) == 0:
		x.fail(errors.New("deadlock: " + x.waiting()))
		return nil
	}
	x.decisions++
	way := x.chooser.choose(x, stays)
	next := x.ways[way]
	if way > 0 {
		x.switches = append(x.switches, switchAt{x.decisions, next.index})
		if stays {
			x.preemptions++
		}
	}
	return next
}

// canGoOn reports whether t has something to do. Of those that give way to each
// other only who has not yet can.
func (t *thread) canGoOn(givesWay bool) bool {
	return !t.done && (t.waits == nil || t.waits.Ready()) && !(givesWay && t.gave)
}

// waiting says who waits for what.
func (x *Execution) waiting() string {
	var all []string
	for _, t := range x.threads {
		if t.waits != nil {
			all = append(all, fmt.Sprintf("%s waits for %v", t.name, t.waits))
		}
	}
	return strings.Join(all, ", ")
}

// run runs the scenario once.
func (x *Execution) run(scenario func(x *Execution)) error {
	running = x
	defer func() { running = nil }()
	scenario(x)
	next := x.decide(false, false)
	for next != nil {
		x.current = next
		_, alive := next.resume()
		if x.failure != nil {
			break
		}
		if alive {
			next = x.next
			continue
		}
		next.done = true
		if !slices.ContainsFunc(x.threads, func(t *thread) bool { return !t.done }) {
			break
		}
		next = x.decide(false, false)
	}
	if x.failure != nil {
		x.abandon()
		return x.failure
	}
	x.current = nil
	if err := x.check(slices.Concat(x.always, x.finally)); err != nil {
		return fmt.Errorf("at the end: %w", err)
	}
	return nil
}

// check makes no steps.
func (x *Execution) check(checks []func() error) error {
	t := x.current
	x.current = nil
	defer func() { x.current = t }()
	for _, holds := range checks {
		if err := holds(); err != nil {
			return err
		}
	}
	return nil
}

// abandon takes all threads out of their code: their next step panics.
func (x *Execution) abandon() {
	x.aborted = true
	for _, t := range x.threads {
		x.current = t
		t.stop()
	}
}
