package schedtest

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/sched"
)

// run is what was seen of one pool from New to Close.
type run struct {
	t      *testing.T
	name   string
	config sched.Config
	pool   Pool
	began  time.Time // before New
	per    uint64    // workers that one element of a snapshot counts for; 0: none
	level  level

	// What the load says of itself.
	tasks  uint64        // at least so many ran
	polled func() uint64 // polls, counted by the tasks; nil: not counted
	chain  bool          // it is a chain of spawns
	idle   bool          // there is no work
	queued bool          // it leaves tasks for Close to drop
	held   []look        // two, while all workers were held in polls
	inside insideLooks

	deepest uint64 // the injection queue, before Close
	dropped uint64
	rested  uint64 // ns for which all workers were parked

	checks *checks
	row    int // the one that is checked, with its id and what it says
	id     string
	says   string
	failed []bool // by row
}

// checks counts what was checked, by row of invariantRows.
type checks struct {
	done []int
	runs int
}

// look is what can be seen of a pool from outside.
type look struct {
	sched.Snapshot
	local    []int
	injected int
	wall     uint64 // ns since before New
}

func (r *run) look() look {
	s := look{Snapshot: r.pool.Snapshot(), injected: r.pool.InjectionQueueDepth()}
	for i := range r.config.Workers {
		s.local = append(s.local, r.pool.LocalQueueDepth(i))
	}
	s.wall = uint64(time.Since(r.began))
	return s
}

// betweenLooks is how often the sampler lets others run. On wasm a worker gives
// way at every maintenance, and a look takes longer than what comes between two.
func betweenLooks() int {
	if runtime.GOARCH == "wasm" {
		return 100
	}
	return 1
}

// check checks the rows that hold at a moment.
func (r *run) check(when moment, s, next look) {
	for i, row := range invariantRows {
		if row.when == when && row.needs <= r.level {
			r.row, r.id, r.says = i, row.id, row.says
			row.check(r, s, next)
		}
	}
}

// want is called by a row's check: what it says is ok, or else this was got.
// Only the first failure of a row is reported.
func (r *run) want(ok bool, format string, got ...any) {
	r.checks.done[r.row]++
	if ok || r.failed[r.row] {
		return
	}
	r.failed[r.row] = true
	r.t.Errorf("%s: %s: got "+format+", want: %s", append(append([]any{r.name, r.id}, got...), r.says)...)
}

// invariants runs every load with every configuration and checks the table.
func invariants(t *testing.T, s suite, workers int) {
	buckets, err := sched.LinearBuckets(sched.DefaultLinearWidth, sched.DefaultLinearBuckets)
	if err != nil {
		t.Fatal(err)
	}
	perPick := sched.PollTimes{Buckets: buckets}
	perPoll := sched.PollTimes{Buckets: buckets, PerPoll: true}
	tally := &checks{done: make([]int, len(invariantRows))}
	var counted level
	for _, row := range []struct {
		name   string
		config sched.Config
		dumps  bool // all the while: they change nothing (D11)
	}{
		{"default", sched.Config{PollTimes: perPoll}, false},
		{"default, dumps", sched.Config{PollTimes: perPoll}, true},
		{"submits every 4 ticks", sched.Config{EventInterval: 4, PollTimes: perPick}, false},
		{"no LIFO slot, submits every tick", sched.Config{EventInterval: 1, DisableLIFOSlot: true, PollTimes: perPoll}, false},
		{"no clock, submits every 256 ticks", sched.Config{EventInterval: 256, NoClock: true}, false},
	} {
		row.config.Workers = workers
		for range scaled(20) / 10 {
			for _, l := range loads() {
				counted = watch(t, s, l, l.name+", "+row.name, row.config, row.dumps, tally)
			}
		}
	}
	times := 0
	var unchecked []string
	for i, n := range tally.done {
		times += n
		switch row := invariantRows[i]; {
		case n > 0:
		case row.needs <= counted:
			t.Errorf("%s: got no check, want some of: %s", row.id, row.says)
		default:
			unchecked = append(unchecked, row.id)
		}
	}
	t.Logf("%d identities checked over %d runs, %d times", len(invariantRows)-len(unchecked), tally.runs, times)
	if len(unchecked) > 0 {
		t.Logf("%d not checked, since this variant or level does not count what they need: %v", len(unchecked), unchecked)
	}
}

// watch runs one load on a pool of its own. It returns what the variant counts.
func watch(t *testing.T, s suite, l load, name string, c sched.Config, dumps bool, tally *checks) level {
	c, err := c.WithDefaults()
	if err != nil {
		t.Fatal(err)
	}
	r := &run{t: t, name: name, config: c, began: time.Now(), checks: tally, failed: make([]bool, len(invariantRows))}
	r.pool = s.openWith(t, c)
	first := r.pool.Snapshot()
	r.level = levelOf(first)
	if n := len(first.Workers); n > 0 {
		r.per = uint64(c.Workers / n)
	}
	tally.runs++

	var closing, stop atomic.Bool
	var sampler sync.WaitGroup
	sampler.Go(func() {
		last := r.look()
		for done := false; !done; {
			done = stop.Load()
			for range betweenLooks() {
				runtime.Gosched()
			}
			next := r.look()
			if !closing.Load() {
				r.deepest = max(r.deepest, uint64(next.injected))
			}
			r.check(live, last, next)
			last = next
		}
	})
	if dumps {
		sampler.Go(func() {
			for !stop.Load() {
				_, _ = r.pool.Dump(context.Background()) // times out while a load holds the workers
				time.Sleep(100 * time.Microsecond)
			}
		})
	}
	defer func() { // also after t.Fatal
		stop.Store(true)
		sampler.Wait()
	}()

	l.run(r)
	var rest look
	if !r.queued {
		until(r.pool.Quiet)
		quiet := time.Now()
		rest = r.look()
		time.Sleep(l.rest)
		r.rested = uint64(time.Since(quiet))
	}
	closing.Store(true)
	r.dropped = uint64(closeError(t, r.pool).Dropped)
	stop.Store(true)
	sampler.Wait()

	end := r.look()
	if !r.queued {
		r.check(atRest, rest, end)
	}
	r.check(closed, end, end)
	return r.level
}
