package schedtest

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Injection is an injection queue. T is a task; its zero value is none.
type Injection[T comparable] struct {
	Push    func(task T, isNew bool) bool
	PushAll func([]T)
	PopN    func(n int) []T
	Close   func() bool
	Len     func() int
}

// What an injection queue promises. All answers are exact, also that there is
// nothing: popN and len read the length without the lock, but every call that
// changes the queue stores it once, under the lock, and can be said to happen at
// that store. popN takes as many as asked for, or all there are.
var (
	injectPush = &kind{"push", func(m model, o *operation) (model, bool) {
		if m.closed {
			return m, !o.ok
		}
		return m.add(o.given), o.ok
	}}
	injectWake    = &kind{"wake", func(m model, o *operation) (model, bool) { return m.add(o.given), o.ok }}
	injectPushAll = &kind{"pushAll", func(m model, o *operation) (model, bool) { return m.add(o.given), true }}
	injectPopN    = &kind{"popN", func(m model, o *operation) (model, bool) { return m.takeOldest(o.n, o.took) }}
	injectClose   = &kind{"close", func(m model, o *operation) (model, bool) {
		first := !m.closed
		m.closed = true
		return m, o.ok == first
	}}
	injectLen = &kind{"len", func(m model, o *operation) (model, bool) { return m, o.length == len(m.tasks) }}
)

// injectOps is how many operations each thread has.
const injectOps = 6

// InjectHistories checks n histories of injection queues.
func InjectHistories[T comparable](t *testing.T, n int, kit Tasks[T], newQueue func() Injection[T]) {
	for _, threads := range []int{2, 3} {
		t.Run(fmt.Sprintf("%d threads", threads), func(t *testing.T) {
			seen := checkHistories(t, scaled(n/2), func(i int) *history {
				h := injectHistory(rand.New(rand.NewPCG(uint64(i), 2)), threads)
				h.what = fmt.Sprintf("seed %d", i)
				q, tasks := newQueue(), kit.New(3*injectOps*threads)
				h.do = func(o *operation) { q.do(o, &h.clock, tasks, kit.Number) }
				return h
			})
			seen.want(t, scaled(n/2), "push yes", "push no", "wake yes", "pushAll no", "popN yes", "popN no", "close yes", "close no", "len yes", "len no")
		})
	}
}

// injectHistory is a program of threads that are all alike.
func injectHistory(random *rand.Rand, threads int) *history {
	h := &history{}
	next := 0
	give := func(o *operation, k *kind, n int) {
		o.kind, o.given = k, upTo[next:next+n]
		next += n
	}
	for range threads {
		ops := make([]operation, injectOps)
		for k := range ops {
			o := &ops[k]
			switch r := random.IntN(20); {
			case r < 6:
				give(o, injectPush, 1)
			case r < 8:
				give(o, injectWake, 1)
			case r < 10:
				give(o, injectPushAll, 1+random.IntN(3))
			case r < 17:
				o.kind, o.n = injectPopN, random.IntN(4)
			case r < 18:
				o.kind = injectClose
			default:
				o.kind = injectLen
			}
		}
		h.threads = append(h.threads, ops)
	}
	h.after = operation{kind: injectPopN, n: len(upTo)}
	return h
}

// do calls one operation.
func (q Injection[T]) do(o *operation, c *clock, tasks []T, number func(T) int) {
	var taken []T
	var given []T
	if o.given != nil {
		given = tasks[o.given[0] : o.given[0]+len(o.given)]
	}
	o.call = c.now()
	switch o.kind {
	case injectPush, injectWake:
		o.ok = q.Push(given[0], o.kind == injectPush)
	case injectPushAll:
		q.PushAll(given)
	case injectPopN:
		taken = q.PopN(o.n)
	case injectClose:
		o.ok = q.Close()
	case injectLen:
		o.length = q.Len()
	}
	o.end = c.now()
	for _, one := range taken {
		o.took = append(o.took, number(one))
	}
}
