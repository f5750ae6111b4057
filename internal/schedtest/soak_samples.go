package schedtest

import (
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/soak"
)

// samples reads all counters r.N times from two goroutines while tasks run: none
// goes back. It hangs if they stand still.
func (s soaker) samples(t *testing.T, r soak.Round) []int64 {
	config := soakConfig(r)
	if buckets, err := sched.LinearBuckets(sched.DefaultLinearWidth, 4); err != nil {
		t.Fatal(err)
	} else if r.Index%4 == 1 && !config.NoClock {
		config.PollTimes.Buckets = buckets
	}
	p := s.open(t, config)
	var news, back atomic.Int64
	var samplers sync.WaitGroup
	var sampling atomic.Int32
	for half := range 2 {
		sampling.Add(1)
		samplers.Go(func() {
			defer sampling.Add(-1)
			m := newMonotone(p.Snapshot())
			for i := 0; i < r.N/2+half*(r.N%2) || news.Load() == 0; i++ { // at least one with news
				if i%8 == 0 {
					runtime.Gosched() // the workers need the processors too
				}
				changed, name := m.next(p.Snapshot())
				if changed {
					news.Add(1)
				}
				if name != "" && back.Add(1) == 1 {
					t.Errorf("%+v: %s went back", config, name)
				}
			}
		})
	}
	c := new(Cells)
	for sampling.Load() > 0 && !t.Failed() {
		c.reset(3000, r.Random.Uint64(), false)
		if lost, duplicate := c.fill(t, p, r); lost+duplicate > 0 {
			t.Errorf("tasks beside samples: got %d lost, %d duplicate, want 0, 0", lost, duplicate)
		}
	}
	samplers.Wait()
	if !t.Failed() {
		mustClose(t, p)
	}
	return []int64{news.Load(), back.Load()}
}

// monotone looks at one snapshot after the other. It finds the fields of the
// counters once, since looking them up takes longer than all else.
type monotone struct {
	last, now   []sched.WorkerCounters
	fields      [][2]reflect.Value // of last and now
	names       []string
	remote      [4]uint64
	histogram   []uint64
	remoteNames [4]string
}

func newMonotone(s sched.Snapshot) *monotone {
	m := &monotone{
		last:        make([]sched.WorkerCounters, len(s.Workers)),
		now:         make([]sched.WorkerCounters, len(s.Workers)),
		histogram:   make([]uint64, s.Buckets.Len()*len(s.Workers)),
		remoteNames: [4]string{"RemoteScheduleCount", "RemoteWakeCount", "RefusedCount", "CancelledCount"},
	}
	for i := range m.last {
		a, b := reflect.ValueOf(&m.last[i]).Elem(), reflect.ValueOf(&m.now[i]).Elem()
		for k := range a.NumField() {
			m.fields = append(m.fields, [2]reflect.Value{a.Field(k), b.Field(k)})
			m.names = append(m.names, a.Type().Field(k).Name)
		}
	}
	return m
}

// next reports whether a worker has submitted anything new, and the name of a
// counter that went back.
func (m *monotone) next(s sched.Snapshot) (changed bool, back string) {
	see := func(last, now uint64, name string) {
		if now < last {
			back = name
		}
	}
	copy(m.now, s.Workers)
	changed = !slices.Equal(m.last, m.now)
	for i, f := range m.fields {
		see(f[0].Uint(), f[1].Uint(), m.names[i])
	}
	copy(m.last, m.now)
	for i, n := range [4]uint64{s.RemoteScheduleCount, s.RemoteWakeCount, s.RefusedCount, s.CancelledCount} {
		see(m.remote[i], n, m.remoteNames[i])
		m.remote[i] = n
	}
	for w, counts := range s.PollTimes {
		for i, n := range counts {
			last := &m.histogram[w*len(counts)+i]
			see(*last, n, "PollTimes")
			*last = n
		}
	}
	return changed, back
}
