package schedtest

import (
	"reflect"
	"slices"

	"stealbench/internal/sched"
)

// invariant is a row of what must hold between counters and queues, in every
// variant, whatever the tasks do. Tests cite a row by its id.
type invariant struct {
	id    string
	says  string
	when  moment
	needs level
	// check calls r.want for what it finds to check: s and next are two looks,
	// as when says.
	check func(r *run, s, next look)
}

// moment is when an invariant holds.
type moment uint8

const (
	live   moment = iota // always: s and next are looks one after the other
	atRest               // s: every worker was parked; next: after Close
	closed               // s and next: after Close, when counters are exact
)

// level is what a variant must count for an invariant to say something.
type level uint8

const (
	needsQueues   level = iota // nothing: queues are always there
	needsStable                // busy time, parks and unparks
	needsExtended              // all counters
)

// moved is how many tasks an overflow moves, 129 of a queue of 256, and
// mostStolen how many a steal operation takes at most.
const (
	moved      = queueCapacity/2 + 1
	mostStolen = queueCapacity / 2
)

// firstMean is the mean poll time before anything is known, 200 us / 61 ns.
const firstMean = 3278

// invariantRows is the table. An element is one of Snapshot.Workers: a worker,
// or r.per workers together. I10, on submits, needs a look inside:
// impls/chaselev/invariants_test.go. So do the bounds of I12's interval:
// tune_test.go there.
//
// A look is not atomic: both it and a submit go through the cells one by one and
// in the same order. So x <= y of one submit holds live for an x and the y of
// the next look, if y's cell is written before x's. If it is written after, the
// writer may be between the two, and y misses what the owner did between two
// submits: one event of a park, or one steal per tick of the event interval
// (r.slack).
var invariantRows = []invariant{
	{"I1", "local + remote schedules = polls + dropped tasks", closed, needsExtended, func(r *run, s, _ look) {
		if polls, ok := r.polls(s); ok {
			local := s.Total().LocalScheduleCount
			r.want(local+s.RemoteScheduleCount == polls+r.dropped,
				"%d local + %d remote, %d polls + %d dropped", local, s.RemoteScheduleCount, polls, r.dropped)
		}
	}},
	{"I1", "polls = those that the tasks counted, and at least one for each task", closed, needsExtended, func(r *run, s, _ look) {
		if polls, ok := r.polls(s); ok {
			counted := polls
			if r.polled != nil {
				counted = r.polled()
			}
			r.want(polls == counted && polls >= r.tasks, "%d polls, %d counted, %d tasks", polls, counted, r.tasks)
		}
	}},
	{"I1", "picks + follow-ups = polls", closed, needsExtended, func(r *run, s, _ look) {
		if polls, ok := r.polls(s); ok {
			r.want(s.Polls() == polls, "%d picks and follow-ups, %d polls", s.Polls(), polls)
		}
	}},
	{"I2", "picks <= polls <= 4 picks: up to 3 follow from the LIFO slot", closed, needsExtended, func(r *run, s, _ look) {
		if polls, ok := r.polls(s); ok {
			picks := s.Total().PollCount
			r.want(picks <= polls && polls <= 4*picks, "%d picks, %d polls", picks, polls)
		}
	}},
	// For others it would not do: a helping join uses the slot even if it is disabled.
	{"I2", "a chain of spawns: 4 polls a pick, 1 without the LIFO slot", closed, needsExtended, func(r *run, s, _ look) {
		if polls, ok := r.polls(s); ok && r.chain {
			a := uint64(4)
			if r.config.DisableLIFOSlot {
				a = 1
			}
			picks := s.Total().PollCount
			r.want(polls == a*picks, "%d picks, %d polls", picks, polls)
		}
	}},
	{"I3", "a histogram by pick counts every pick once", closed, needsExtended, func(r *run, s, _ look) {
		if s.Buckets.Len() > 0 && !r.config.PollTimes.PerPoll {
			for i, w := range s.Workers {
				n := sum(s.PollTimes[i])
				r.want(n == w.PollCount, "element %d: %d in the histogram, %d picks", i, n, w.PollCount)
			}
		}
	}},
	{"I4", "ParkUnparkCount = 2 ParkCount", closed, needsStable, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			r.want(w.ParkUnparkCount == 2*w.ParkCount, "element %d: %+v", i, w)
		}
	}},
	{"I4", "ParkUnparkCount = 2 ParkCount - 1 per parked worker", atRest, needsStable, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			r.want(w.ParkUnparkCount == 2*w.ParkCount-r.per, "element %d: %+v", i, w)
		}
	}},
	{"I4", "seen from a task on its worker, others aside: ParkUnparkCount = 2 ParkCount", closed, needsStable, func(r *run, _, _ look) {
		if r.inside.looks > 0 {
			r.want(r.inside.asleep <= 2*(int64(r.per)-1), "up to %d less, with %d workers counted together", r.inside.asleep, r.per)
		}
	}},
	{"I4", "2 ParkCount - 2 per worker <= ParkUnparkCount <= 2 ParkCount of the next look", live, needsStable, func(r *run, s, next look) {
		for i, w := range s.Workers {
			r.want(w.ParkUnparkCount+2*r.per >= 2*w.ParkCount && w.ParkUnparkCount <= 2*next.Workers[i].ParkCount,
				"element %d: %+v, then %+v", i, w, next.Workers[i])
		}
	}},
	{"I5", "NoopCount <= ParkCount <= NoopCount + picks", closed, needsExtended, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			r.want(w.NoopCount <= w.ParkCount && w.ParkCount <= w.NoopCount+w.PollCount, "element %d: %+v", i, w)
		}
	}},
	{"I5", "NoopCount <= ParkCount of the next look", live, needsExtended, func(r *run, s, next look) {
		for i, w := range s.Workers {
			r.want(w.NoopCount <= next.Workers[i].ParkCount, "element %d: %+v, then %+v", i, w, next.Workers[i])
		}
	}},
	{"I5", "without work every worker parks once, a no-op", closed, needsExtended, func(r *run, s, _ look) {
		if r.idle {
			for i, w := range s.Workers {
				r.want(w.ParkCount == r.per && w.NoopCount == r.per && w.PollCount == 0, "element %d: %+v", i, w)
			}
		}
	}},
	{"I6", "StealOperations <= StealCount <= half a queue x StealOperations; StealOperations <= StealAttempts and picks; 0 with one worker",
		closed, needsExtended, func(r *run, s, _ look) {
			for i, w := range s.Workers {
				ops := w.StealOperations
				r.want(ops <= w.StealCount && w.StealCount <= mostStolen*ops && ops <= min(w.StealAttempts, w.PollCount) &&
					(r.config.Workers > 1 || ops == 0), "element %d: %+v", i, w)
			}
		}},
	{"I6", "StealOperations <= StealCount of the next look; the other two but for what lies between two submits",
		live, needsExtended, func(r *run, s, next look) {
			for i, w := range s.Workers {
				n := next.Workers[i]
				r.want(w.StealOperations <= n.StealCount && w.StealCount <= mostStolen*(n.StealOperations+r.slack()) &&
					w.StealOperations <= n.StealAttempts+r.slack(), "element %d: %+v, then %+v", i, w, n)
			}
		}},
	{"I7", "while all workers are held: depth of the injection queue = spawns from outside + half a queue + 1 per overflow", closed, needsExtended, func(r *run, s, _ look) {
		for i, h := range r.held {
			want := uint64(i)*heldSpawns + moved*s.Total().OverflowCount
			r.want(uint64(h.injected) == want, "depth %d, %d spawned, %d overflows", h.injected, i*heldSpawns, s.Total().OverflowCount)
		}
	}},
	{"I7", "depth of the injection queue before Close <= remote schedules + half a queue + 1 per overflow", closed, needsExtended, func(r *run, s, _ look) {
		if !r.queued { // else workers that leave push what is private to them
			c := s.Total()
			r.want(r.deepest <= s.RemoteScheduleCount+moved*c.OverflowCount, "depth %d, %d remote, %+v", r.deepest, s.RemoteScheduleCount, c)
		}
	}},
	{"I8", "spawned tasks = those that ended or were cancelled + those alive", closed, needsExtended, func(r *run, s, _ look) {
		ended := s.Polls() - s.Total().UnfinishedCount + s.CancelledCount
		r.want(s.SpawnedTasks() == ended+s.AliveTasks(), "%d spawned, %d ended, %d alive", s.SpawnedTasks(), ended, s.AliveTasks())
	}},
	{"I8", "no task is alive", atRest, needsExtended, func(r *run, s, next look) {
		r.want(s.AliveTasks()+next.AliveTasks() == 0 && next.CancelledCount == 0, "%d alive, %d after Close, %d cancelled",
			s.AliveTasks(), next.AliveTasks(), next.CancelledCount)
	}},
	{"I9", "no counter goes back", live, needsStable, func(r *run, s, next look) {
		a, b := counts(s), counts(next)
		for i := range a {
			r.want(a[i] <= b[i], "counter %d: %d after %d, in %+v", i, b[i], a[i], next.Snapshot)
		}
	}},
	// impls/chaselev/submit_test.go has the ticks at which they are published.
	{"I9", "picks published <= picks <= those published + EventInterval, seen from a task", closed, needsExtended, func(r *run, s, _ look) {
		if in := &r.inside; in.looks > 0 && r.config.DisableLIFOSlot { // where a pick is a poll
			interval := int64(r.config.EventInterval)
			r.want(in.ahead <= int64(r.per)-1 && in.behind <= interval*int64(r.per),
				"up to %d ahead, %d behind, with %d workers counted together", in.ahead, in.behind, r.per)
		}
	}},
	{"I9", "what Close adds to a pool at rest: one unpark per worker, and busy time", atRest, needsStable, func(r *run, s, next look) {
		for i, w := range s.Workers {
			want := w
			want.ParkUnparkCount += r.per
			want.BusyDurationTotal = max(w.BusyDurationTotal, next.Workers[i].BusyDurationTotal)
			r.want(next.Workers[i] == want, "element %d: %+v, then %+v", i, w, next.Workers[i])
		}
		r.want(next.RemoteScheduleCount == s.RemoteScheduleCount && reflect.DeepEqual(next.PollTimes, s.PollTimes),
			"%d remote, then %d; poll times %v, then %v", s.RemoteScheduleCount, next.RemoteScheduleCount, s.PollTimes, next.PollTimes)
	}},
	{"I11", "busy time <= time since New, per worker; 0 without a clock", live, needsStable, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			r.want(w.BusyDurationTotal <= r.per*s.wall && (s.Clock || w.BusyDurationTotal == 0), "element %d: %d ns busy in %d", i, w.BusyDurationTotal, s.wall)
		}
	}},
	{"I11", "busy time <= time since New less that at rest, per worker", closed, needsStable, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			r.want(w.BusyDurationTotal <= r.per*(s.wall-r.rested), "element %d: %d ns busy in %d, %d at rest", i, w.BusyDurationTotal, s.wall, r.rested)
		}
	}},
	{"I11", "while all workers are held in polls: no counter moves, busy time neither", closed, needsStable, func(r *run, _, _ look) {
		if len(r.held) > 0 {
			r.want(slices.Equal(r.held[0].Workers, r.held[1].Workers), "%+v, then %+v", r.held[0].Workers, r.held[1].Workers)
		}
	}},
	{"I12", "mean poll time of a worker that never picked, or without a clock = 3278 ns", atRest, needsExtended, func(r *run, s, _ look) {
		for i, w := range s.Workers {
			if w.PollCount == 0 || !s.Clock {
				r.want(s.MeanPollNanos[i] == firstMean, "element %d: mean %d ns, %d picks", i, s.MeanPollNanos[i], w.PollCount)
			}
		}
	}},
	{"I12", "mean poll time <= the first guess or time since New", live, needsExtended, func(r *run, s, _ look) {
		for i, mean := range s.MeanPollNanos {
			r.want(mean <= max(firstMean, s.wall), "element %d: mean %d ns in %d", i, mean, s.wall)
		}
	}},
	{"I12", "Close leaves the mean poll time", atRest, needsExtended, func(r *run, s, next look) {
		r.want(r.per > 1 || slices.Equal(s.MeanPollNanos, next.MeanPollNanos), "%v ns, then %v", s.MeanPollNanos, next.MeanPollNanos)
	}},
	{"Q7", "depth of a local queue is 0 to its capacity, of the injection queue at least 0", live, needsQueues, func(r *run, s, _ look) {
		for i, depth := range s.local {
			r.want(0 <= depth && depth <= queueCapacity, "%d in the local queue of worker %d", depth, i)
		}
		r.want(s.injected >= 0, "%d in the injection queue", s.injected)
	}},
	{"Q7", "all queues are empty, and Close drops nothing", atRest, needsQueues, checkEmpty},
	{"Q7", "all queues are empty", closed, needsQueues, checkEmpty},
}

func checkEmpty(r *run, s, _ look) {
	for i, depth := range s.local {
		r.want(depth == 0, "%d in the local queue of worker %d", depth, i)
	}
	r.want(s.injected == 0, "%d in the injection queue", s.injected)
	r.want(r.queued || r.dropped == 0, "%d dropped", r.dropped)
}

// counts lists every total of s.
func counts(s look) []uint64 {
	all := []uint64{s.RemoteScheduleCount, s.RemoteWakeCount, s.RefusedCount, s.CancelledCount}
	for i, w := range s.Workers {
		v := reflect.ValueOf(w)
		for f := range v.NumField() {
			all = append(all, v.Field(f).Uint())
		}
		if len(s.PollTimes) > 0 {
			all = append(all, s.PollTimes[i]...)
		}
	}
	return all
}

func sum(counts []uint64) (n uint64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// polls is how many polls there were, and whether a histogram counted them.
func (r *run) polls(s look) (n uint64, ok bool) {
	return sum(s.TotalPollTimes()), s.Buckets.Len() > 0 && r.config.PollTimes.PerPoll
}

// slack is how many steals an element's owners may have between two submits.
func (r *run) slack() uint64 { return r.per * uint64(r.config.EventInterval) }

// levelOf is what a variant counts.
func levelOf(s sched.Snapshot) level {
	switch {
	case len(s.Workers) == 0:
		return needsQueues
	case !s.Extended:
		return needsStable
	}
	return needsExtended
}
