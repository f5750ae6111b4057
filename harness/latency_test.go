package harness

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// TestLatencyQuantiles: the histogram says what the sorted latencies say, within its
// precision; mean and maximum are exact.
func TestLatencyQuantiles(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, tt := range []struct {
		name string
		draw func() float64
	}{
		{"short", func() float64 { return random.Float64() * 3000 }},
		{"long tail", func() float64 { return 500 * math.Exp(2.5*random.ExpFloat64()) }},
		{"equal", func() float64 { return 1234 }},
		{"the longest that a cell lasts", func() float64 { return random.Float64() * float64(cellTimeout+maxCellTime) }},
	} {
		const n, slots = 1000, 5
		l := newLatencies()
		var all []int64
		sum := 0.0
		for range slots {
			a := sched.NewArrivals(n)
			for i := range n {
				v := int64(min(tt.draw(), float64(cellTimeout+maxCellTime)))
				a.Done(int64(i), v)
				all = append(all, v)
				sum += float64(v)
			}
			if _, ok := l.add(a, 0); !ok {
				t.Fatalf("%s: a latency is out of range", tt.name)
			}
		}
		slices.Sort(all)
		got, err := l.values()
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]float64{recording.MeanNs: sum / n / slots, recording.MaxNs: float64(all[len(all)-1])}
		for unit, rank := range map[string]int{recording.P50Ns: 2500, recording.P90Ns: 4500, recording.P99Ns: 4950, recording.P999Ns: 4995} { // of 5000
			want[unit] = float64(all[rank-1])
		}
		for _, v := range got {
			w, ok := want[v.Unit]
			if !ok {
				continue
			}
			delete(want, v.Unit)
			if within := math.Pow(10, -latencyDigits)*w + 1; math.Abs(v.V-w) > within || v.V > float64(all[len(all)-1]) {
				t.Errorf("%s: %s is %v, want %v +- %v", tt.name, v.Unit, v.V, w, within)
			}
		}
		if len(want) > 0 {
			t.Errorf("%s: nothing says %v", tt.name, want)
		}
	}
}

// TestLatenciesOfSlot: the first arrivals are not counted, a queue that grows is seen, and
// a task without a latency is wrong.
func TestLatenciesOfSlot(t *testing.T) {
	for _, tt := range []struct {
		name    string
		latency func(i int) int64 // of tasks that come every 1000 ns
		mean    float64
		behind  int
		ok      bool
	}{
		{"keeps up", func(int) int64 { return 2000 }, 2000, 0, true},
		{"first ones", func(i int) int64 { return map[bool]int64{true: 90_000, false: 2000}[i < 10] }, 2000, 0, true},
		{"grows", func(i int) int64 { return int64(200 * i) }, 200 * (10 + 99) / 2.0, 1, true}, // 5 done for 6 that come
		{"not run", func(i int) int64 { return map[bool]int64{true: -1, false: 2000}[i == 50] }, 0, 0, false},
		{"first not run", func(i int) int64 { return map[bool]int64{true: -1, false: 2000}[i == 0] }, 0, 0, false},
	} {
		a := sched.NewArrivals(100)
		a.Clear()
		for i := range a.Due {
			a.Due[i], a.Late[i] = int64(1000*i), 0
			if l := tt.latency(i); l >= 0 {
				a.Done(int64(i), a.Due[i]+l)
			}
		}
		l := newLatencies()
		mean, ok := l.add(a, 10)
		if mean != tt.mean || ok != tt.ok || l.behind != tt.behind {
			t.Errorf("%s: got a mean of %v, %v, %d slots behind; want %v, %v, %d", tt.name, mean, ok, l.behind, tt.mean, tt.ok, tt.behind)
		}
	}
}
