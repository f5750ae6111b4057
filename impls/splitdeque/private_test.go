package splitdeque

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/schedtest"
)

// The stamped tests have queues in which all is public, as in the base. Those here, the
// soak and the explored runs have a private part.

// newPrivate is a queue with a private part.
func newPrivate() *localQueue {
	q := new(localQueue)
	q.init(sched.Config{NoBlocking: true})
	return q
}

// public is how many tasks thieves see.
func (q *localQueue) public() int { return int(q.bottom.Load() - q.top.Load()) }

func TestConformanceNoBlocking(t *testing.T) {
	schedtest.RunNoBlocking(t, func(c sched.Config) (schedtest.Pool, error) {
		s, err := New(c)
		return testPool{s}, err
	})
}

// TestKeepsOnlyWithThePromise: without it nothing is private.
func TestKeepsOnlyWithThePromise(t *testing.T) {
	for _, promised := range []bool{false, true} {
		s := atRest(t, sched.Config{Workers: 2, NoBlocking: promised})
		if got := s.workers[1].queue.private != nil; got != promised {
			t.Errorf("promised %v: got a private part %v", promised, got)
		}
	}
}

// TestPublishes: nothing is public until a thief asks, then the older half, once.
func TestPublishes(t *testing.T) {
	const n = 4
	for _, row := range []struct {
		name string
		owns func(q *localQueue, next *Task) // after the asking
		want int
	}{
		{"push", func(q *localQueue, next *Task) { q.push(next) }, 2},
		{"push, the only one", func(q *localQueue, next *Task) {
			for q.pop() != nil {
			}
			q.push(next)
		}, 1},
		{"tick", func(q *localQueue, _ *Task) {
			if !q.isAsked() || !q.answer() || q.isAsked() || q.answer() {
				t.Error("tick: got an answer that is not one to one asking")
			}
		}, 2},
		{"fair pick", func(q *localQueue, _ *Task) { q.popOldest() }, 0},
		{"leave", func(q *localQueue, _ *Task) { q.reveal() }, n - 1},
	} {
		q, tasks := newPrivate(), numbered(n)
		for _, one := range tasks[:n-1] {
			q.push(one)
		}
		if q.public() != 0 || q.isAsked() || q.answer() {
			t.Errorf("%s: got %d public, asked %v before anybody asked", row.name, q.public(), q.isAsked())
		}
		if got := q.visible(); got != 0 {
			t.Errorf("%s: got %d visible, want 0", row.name, got)
		}
		row.owns(q, tasks[n-1])
		if got := q.public(); got != row.want {
			t.Errorf("%s: got %d public, want %d", row.name, got, row.want)
		}
	}
}

// TestLocalQueueDepthTold: the length counts public tasks as they are, and private ones
// as of the last event; those of a worker without work are none.
func TestLocalQueueDepthTold(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2, NoBlocking: true, DisableLIFOSlot: true, GlobalQueueInterval: sched.MaxInterval})
	w := s.workers[0]
	depth := func(when string, want int) {
		t.Helper()
		if got := s.LocalQueueDepth(0); got != want {
			t.Errorf("%s: got a depth of %d, want %d", when, got, want)
		}
	}
	tasks := numbered(3)
	for _, one := range tasks {
		w.scheduleLocal(one)
	}
	depth("private", 0)
	for range sched.DefaultEventInterval {
		w.turn()
	}
	depth("after an event interval", 3)
	w.queue.visible()
	w.turn()
	depth("asked, 2 public", 3)
	w.queue.steal()
	depth("stolen", 2)
	for range tasks {
		w.nextTask()
	}
	depth("without work", 0)
	for _, one := range tasks {
		w.scheduleLocal(one)
	}
	w.leave()
	depth("left", 3)
}

// TestAnswerWakes: a worker that asked sleeps, and is woken when it is answered.
func TestAnswerWakes(t *testing.T) {
	for name, tick := range map[string]func(w *Worker){
		"turn": func(w *Worker) { w.turn() },
		"join": func(w *Worker) {
			one := w.NewTask(runClosure)
			one.Ref = func(*Worker) {}
			w.Fork(one)
			w.Join(one)
		},
	} {
		s := atRest(t, sched.Config{Workers: 2, NoBlocking: true})
		w, other := s.workers[0], s.workers[1]
		w.queue.push(new(Task))
		s.idle.addSleeper(other, false)
		if s.hasWork() || !s.idle.asleep(other) {
			t.Fatalf("%s: got work in sight, want none", name)
		}
		if tick(w); s.idle.asleep(other) || w.queue.public() != 1 {
			t.Errorf("%s: got the other asleep %v, %d public, want it awake for 1", name, s.idle.asleep(other), w.queue.public())
		}
	}
}

// TestPrivateModel runs random operations beside a slice, over many laps and from
// indices up to the last below 2^63. How much of it is public follows from the
// operations too.
func TestPrivateModel(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 2))
		const steps = 20_000
		m := newPrivateModel(t, []int64{0, 1 << 40, math.MaxInt64 - 2*steps}[seed%3])
		for step := range steps {
			// The mix changes slowly, so that the queue fills and empties.
			if op := random.IntN(16 + 6*(step/1000%3)); op < 16 {
				m.do(byte(op))
			} else {
				m.do(privatePush)
			}
		}
	}
}

// Operations of privateModel; the others up to 15 are pushes and pops.
const (
	privatePush byte = iota
	privatePop
	privatePopIf
	privatePopIfNot
	privateSteal
	privateVisible
	privateAnswer
	privateClaimHalf
	privateOldest
	privateMark
	privateReveal // seldom
)

// privateModel is a queue with a private part, and what it must hold.
type privateModel struct {
	t      *testing.T
	q      *localQueue
	tasks  []*Task // all
	public int     // the oldest of them
	asked  bool
	next   int64
	reveal int
}

func newPrivateModel(t *testing.T, start int64) *privateModel {
	m := &privateModel{t: t, q: newPrivate()}
	startAt(m.q, start)
	return m
}

func (m *privateModel) half() {
	m.public += (len(m.tasks) - m.public + 1) / 2
	m.asked = false
}

// youngest takes it off the model.
func (m *privateModel) youngest() (t *Task) {
	if n := len(m.tasks); n > 0 {
		t, m.tasks = m.tasks[n-1], m.tasks[:n-1]
		m.public = min(m.public, n-1)
	}
	return t
}

// oldest takes a public one off the model.
func (m *privateModel) oldest() (t *Task) {
	if m.public > 0 {
		t, m.tasks = m.tasks[0], m.tasks[1:]
		m.public--
	}
	return t
}

func (m *privateModel) do(op byte) {
	t, q := m.t, m.q
	t.Helper()
	full := len(m.tasks) == queueCapacity
	switch op {
	case privatePopIf:
		if n := len(m.tasks); n > 0 {
			if one := m.youngest(); !q.popIf(one) {
				t.Fatal("popIf: did not get the youngest")
			}
		}
	case privatePopIfNot:
		if q.popIf(new(Task)) || len(m.tasks) > 1 && q.popIf(m.tasks[0]) {
			t.Fatal("popIf: got one that is not the youngest")
		}
	case privateSteal:
		got, _ := q.steal()
		checkTask(t, "steal", got, m.oldest())
	case privateVisible:
		if got := q.visible(); got != m.public {
			t.Fatalf("visible: got %d, want %d", got, m.public)
		}
		m.asked = m.asked || m.public == 0
	case privateAnswer:
		want := m.asked && m.public < len(m.tasks)
		if want {
			m.half()
		}
		if got := q.answer(); got != want {
			t.Fatalf("answer: got %v, want %v", got, want)
		}
		if got := q.len(); got != len(m.tasks) {
			t.Fatalf("len after an answer: got %d, want %d", got, len(m.tasks))
		}
	case privateClaimHalf:
		var want []*Task
		if full {
			m.public = len(m.tasks)
			for range queueCapacity / 2 {
				want = append(want, m.oldest())
			}
		}
		checkTasks(t, "claimHalf", q.claimHalf(nil), want)
	case privateOldest:
		if m.public == 0 && len(m.tasks) > 0 {
			m.public = 1
		}
		checkTask(t, "popOldest", q.popOldest(), m.oldest())
	case privateMark:
		if got := q.passed(q.mark()); got != (len(m.tasks) == 0) {
			t.Fatalf("passed with %d tasks: got %v", len(m.tasks), got)
		}
	case privateReveal:
		if m.reveal++; m.reveal%50 == 0 {
			q.reveal()
			m.public = len(m.tasks)
		}
	default:
		if op%2 == 0 {
			one := &Task{Args: [2]int64{m.next}}
			m.next++
			if got := q.push(one); got == full {
				t.Fatalf("push with %d queued: got %v", len(m.tasks), got)
			} else if got {
				if m.tasks = append(m.tasks, one); m.asked {
					m.half()
				}
			}
			break
		}
		checkTask(t, "pop", q.pop(), m.youngest())
	}
	if got := q.public(); got != m.public || q.isEmpty() != (len(m.tasks) == 0) {
		t.Fatalf("operation %d: got %d public, empty %v, want %d of %d", op, got, q.isEmpty(), m.public, len(m.tasks))
	}
	if got := q.len(); got < m.public || got > queueCapacity {
		t.Fatalf("len: got %d, want %d to %d", got, m.public, queueCapacity)
	}
	if op == privateMark {
		checkTasks(t, "all", q.all(nil), m.tasks)
	}
}

// FuzzPrivate is the same with operations of the fuzzer's choice.
func FuzzPrivate(f *testing.F) {
	for _, start := range []int64{0, queueCapacity - 1, math.MaxInt64} {
		f.Add(start, []byte{0, 0, 0, privateVisible, privateAnswer, privateSteal, privateOldest, privatePopIf, privatePop, privateMark})
		full := make([]byte, 2*queueCapacity)
		f.Add(start, append(full, privateVisible, privateAnswer, privateClaimHalf, privateMark, privateSteal, privateSteal, privatePop, 0, 0))
	}
	f.Fuzz(func(t *testing.T, start int64, ops []byte) {
		ops = ops[:min(len(ops), 4*queueCapacity)]
		m := newPrivateModel(t, min(start&math.MaxInt64, math.MaxInt64-int64(len(ops))))
		for _, op := range ops {
			m.do(op % 16)
		}
		m.do(privateMark)
	})
}

// TestPrivateLinearizable: what is promised of any local queue, but that a thief that
// finds nothing learns nothing.
func TestPrivateLinearizable(t *testing.T) {
	schedtest.DequeHistories(t, histories(100_000, "queue.go"), numberedTasks,
		func(start int64) schedtest.Deque[*Task] {
			q := newPrivate()
			startAt(q, start)
			steal := func() (*Task, bool) {
				q.visible()
				t, result := q.steal()
				return t, result == stealRetry
			}
			length := func() int { // with all told
				q.private.tell()
				return q.len()
			}
			return schedtest.Deque[*Task]{Push: q.push, Pop: q.pop, ClaimHalf: q.claimHalf, Steal: steal, Len: length, All: q.all, Private: true}
		})
}

// TestPrivateStress has one owner, which ticks, and thieves, which ask: each task is
// taken once, and each thief gets its tasks in the order of their pushes.
func TestPrivateStress(t *testing.T) {
	schedtest.Guard(t)
	n := 1_000_000
	if schedtest.RaceEnabled || testing.Short() {
		n /= 20
	}
	q, tasks, taken := newPrivate(), numbered(n), make([]atomic.Uint32, n)
	var done atomic.Bool
	var stolen atomic.Int64
	var thieves sync.WaitGroup
	for thief := range 3 {
		thieves.Go(func() {
			for last := int64(-1); !done.Load() || q.public() > 0; {
				if q.visible() == 0 {
					runtime.Gosched()
				}
				one, _ := q.steal()
				if one == nil {
					continue
				}
				if taken[one.Args[0]].Add(1); one.Args[0] <= last {
					t.Errorf("thief %d got task %d after %d, want the order of pushes", thief, one.Args[0], last)
				}
				last = one.Args[0]
				stolen.Add(1)
			}
		})
	}
	random := rand.New(rand.NewPCG(1, 1))
	take := func(many ...*Task) {
		for _, one := range many {
			if one != nil {
				taken[one.Args[0]].Add(1)
			}
		}
	}
	for next := 0; next < n; {
		for range 1 + random.IntN(30) {
			if next < n && q.push(tasks[next]) {
				next++
				continue
			}
			take(q.claimHalf(nil)...)
		}
		for range random.IntN(30) {
			if q.isAsked() {
				q.answer()
			}
			take(q.pop())
		}
		if random.IntN(100) == 0 {
			take(q.popOldest())
			runtime.Gosched()
		}
	}
	q.reveal()
	done.Store(true)
	thieves.Wait()
	for i := range taken {
		if got := taken[i].Load(); got != 1 {
			t.Fatalf("task %d of %d: got taken %d times, want 1", i, n, got)
		}
	}
	if stolen.Load() == 0 {
		t.Error("got nothing stolen: the test shows nothing")
	}
}

// TestPrivateLayout wants what thieves write apart from what the owner writes with every
// push.
func TestPrivateLayout(t *testing.T) {
	p := reflect.TypeFor[private]()
	owner, _ := p.FieldByName("tasks")
	asked, _ := p.FieldByName("asked")
	if end := owner.Offset + owner.Type.Size(); asked.Offset < end+cacheLine || p.Size() < asked.Offset+cacheLine {
		t.Errorf("got asked at %d of %d, want %d bytes around it free, the tasks end at %d", asked.Offset, p.Size(), cacheLine, end)
	}
}
