package schedtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// Deque is a local queue. T is a task; its zero value is none.
type Deque[T comparable] struct {
	Push      func(T) bool
	Pop       func() T
	ClaimHalf func([]T) []T
	Steal     func() (task T, lost bool)
	Len       func() int
	All       func([]T) []T
	Private   bool // a thief that finds nothing learns nothing: the owner may keep tasks
}

// What a local queue promises. All answers are exact: only a full queue says
// full, only an empty one says empty, and claimHalf takes nothing only from one
// that isn't full, since a race that it loses is a steal that made room. Only a
// steal may say that it lost a race; that changes nothing. The length is exact
// for the owner. Where the owner may keep tasks to itself, a steal that finds nothing
// counts as a lost race.
var (
	dequePush = &kind{"push", func(m model, o *operation) (model, bool) {
		if len(m.tasks) == queueCapacity {
			return m, !o.ok
		}
		return m.add(o.given), o.ok
	}}
	dequePop = &kind{"pop", func(m model, o *operation) (model, bool) {
		left := max(len(m.tasks)-1, 0)
		youngest := m.tasks[left:]
		m.tasks = m.tasks[:left]
		return m, slices.Equal(o.took, youngest)
	}}
	dequeSteal = &kind{"steal", func(m model, o *operation) (model, bool) {
		if o.lost {
			return m, true
		}
		return m.takeOldest(1, o.took)
	}}
	dequeClaimHalf = &kind{"claimHalf", func(m model, o *operation) (model, bool) {
		if len(m.tasks) < queueCapacity {
			return m, len(o.took) == 0
		}
		return m.takeOldest(queueCapacity/2, o.took)
	}}
	dequeLen = &kind{"len", func(m model, o *operation) (model, bool) { return m, o.length == len(m.tasks) }}
	dequeAll = &kind{"all", func(m model, o *operation) (model, bool) { return m, slices.Equal(o.took, m.tasks) }}
)

// How many operations the threads have. A few are enough for every race of two
// or three, and the checker's time grows with the number of orders.
const (
	ownerOps = 12
	thiefOps = 5
)

// DequeHistories checks n histories of local queues, whose first task gets the
// index start.
func DequeHistories[T comparable](t *testing.T, n int, kit Tasks[T], newDeque func(start int64) Deque[T]) {
	tasks := kit.New(len(upTo))
	empty, meeting := "steal no", []string{atOnce}
	if newDeque(0).Private {
		empty = "steal lost a race"
		meeting = append(meeting, "steal yes") // while the owner works on
	}
	for _, row := range []struct {
		name    string
		thieves int
		full    bool
	}{
		{"1 thief, short queue", 1, false},
		{"1 thief, full queue", 1, true},
		{"2 thieves, short queue", 2, false},
		{"2 thieves, full queue", 2, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			seen := checkHistories(t, scaled(n/4), func(i int) *history {
				// The first lap of the ring, any other, and the last below 2^63.
				random := rand.New(rand.NewPCG(uint64(i), 1))
				start := []int64{0, random.Int64N(1 << 40), math.MaxInt64 - int64(len(upTo))}[i%3]
				filled := random.IntN(3)
				if row.full {
					filled = queueCapacity - filled
				}
				q := newDeque(start)
				for _, task := range tasks[:filled] {
					q.Push(task)
				}
				h := dequeHistory(random, row.thieves, row.full, filled)
				h.what = fmt.Sprintf("seed %d, index %d", i, start)
				h.do = func(o *operation) { q.do(o, &h.clock, tasks, kit.Number) }
				return h
			})
			edge := []string{"pop no", empty, "len no"}
			if row.full {
				edge = []string{"push no", "claimHalf yes"}
			}
			if row.thieves < runtime.GOMAXPROCS(0) && scaled(n/4) >= 10_000 { // else they may all be one after the other
				edge = append(edge, meeting...)
			}
			if len(meeting) == 1 {
				edge = append(edge, "steal yes")
			}
			seen.want(t, scaled(n/4), append(edge, "push yes", "pop yes", "len yes", "claimHalf no")...)
		})
	}
}

// dequeHistory is the program of an owner and its thieves, on a queue with
// filled tasks.
func dequeHistory(random *rand.Rand, thieves int, full bool, filled int) *history {
	h := &history{first: model{tasks: upTo[:filled]}, threads: [][]operation{make([]operation, ownerOps)}}
	next := filled
	for k := range ownerOps {
		o := &h.threads[0][k]
		switch r := random.IntN(12); {
		case r < 5:
			o.kind, o.given = dequePush, upTo[next:next+1]
			next++
		case r < 7 || r < 10 && !full:
			o.kind = dequePop
		case r < 11:
			o.kind = dequeClaimHalf
		default:
			o.kind = dequeLen
		}
	}
	for range thieves {
		thief := make([]operation, thiefOps)
		for k := range thief {
			thief[k].kind = dequeSteal
		}
		h.threads = append(h.threads, thief)
	}
	h.after.kind = dequeAll
	return h
}

// do calls one operation.
func (q Deque[T]) do(o *operation, c *clock, tasks []T, number func(T) int) {
	var one, none T
	var many []T
	o.call = c.now()
	switch o.kind {
	case dequePush:
		o.ok = q.Push(tasks[o.given[0]])
	case dequePop:
		one = q.Pop()
	case dequeSteal:
		one, o.lost = q.Steal()
		o.lost = o.lost || q.Private && one == none
	case dequeClaimHalf:
		many = q.ClaimHalf(nil)
	case dequeLen:
		o.length = q.Len()
	case dequeAll:
		many = q.All(nil)
	}
	o.end = c.now()
	if one != none {
		many = []T{one}
	}
	for _, task := range many {
		o.took = append(o.took, number(task))
	}
}
