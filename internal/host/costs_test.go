package host

import (
	"errors"
	"math"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// positive accepts a number above 0 or a reason for none: a busy host may
// never run two of our threads at once.
func positive(t *testing.T, name string, r Reading) {
	t.Helper()
	if r.OK() && (r.V <= 0 || math.IsInf(r.V, 0) || math.IsNaN(r.V) || r.Unit == "") {
		t.Errorf("%s: got %v, want a positive number with a unit", name, r)
	}
	if s := r.String(); r.OK() == isNA(s) {
		t.Errorf("%s: got %q", name, s)
	}
}

func TestMeasureCosts(t *testing.T) {
	c := MeasureCosts()
	positive(t, "private", c.RMWPrivate)
	positive(t, "shared", c.RMWShared)
	positive(t, "core to core", c.CoreToCore)
	if back, err := ParsePaced(c.Paced.String()); err != nil || len(back.Paces) != len(c.Paced.Paces) || back.Why != c.Paced.Why {
		t.Errorf("paced: got %v, %v back from %q", back, err, c.Paced)
	}
	positive(t, "time.Since", c.ClockSince)
	positive(t, "time.Now", c.ClockNow)
	positive(t, "two that spin", c.TwoSpin)
	positive(t, "two that sort", c.TwoSort)
}

func TestCostsOnOneCPU(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	c := MeasureCosts()
	for _, r := range []Reading{c.RMWShared, c.CoreToCore, c.TwoSpin, c.TwoSort} {
		if got, want := r.String(), "n/a (fewer than 2 CPUs)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := c.Paced.String(), "n/a (fewer than 2 CPUs)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCost(t *testing.T) {
	failure := errors.New("failed")
	tests := []struct {
		name  string
		round func(i int) (float64, error)
		want  string
	}{
		{"median", func(i int) (float64, error) { return float64(i * i), nil }, "16 ns"},
		{"some fail", func(i int) (float64, error) {
			if i < 6 {
				return 0, failure
			}
			return float64(i), nil
		}, "7 ns"},
		{"all fail", func(int) (float64, error) { return 0, failure }, "n/a (failed)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			i := -1
			got := cost(func(time.Time) (float64, error) { i++; return tt.round(i) })
			if got.String() != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A partner that never comes must not hang a measurement.
func TestWaitForGivesUp(t *testing.T) {
	var n atomic.Uint64
	if waitFor(&n, 1, time.Now()) {
		t.Error("got true, want false after the deadline")
	}
	n.Store(1)
	if !waitFor(&n, 1, time.Now()) {
		t.Error("got false, want true for a value that is there")
	}
}

// Two that take turns do in the time of one what one does.
func TestSpeedupOfTurns(t *testing.T) {
	if usableCPUs() < 2 {
		t.Skip("one CPU")
	}
	var turn sync.Mutex
	work := func() func() {
		return func() {
			turn.Lock()
			defer turn.Unlock()
			Spin(canarySteps)
		}
	}
	got := cost(func(deadline time.Time) (float64, error) { return speedup(deadline, work) })
	if got.OK() && got.V > 1.9 {
		t.Errorf("two that exclude each other: got %v times as much, want less than 1.9", got.V)
	}
}

func TestPerStep(t *testing.T) {
	for _, elapsed := range []time.Duration{0, -1} {
		if _, err := perStep(elapsed, 10); err == nil {
			t.Errorf("elapsed %d: got no error", elapsed)
		}
	}
	if got, err := perStep(25, 10); got != 2.5 || err != nil {
		t.Errorf("got %v, %v, want 2.5", got, err)
	}
}

func TestMeasureNoise(t *testing.T) {
	n := MeasureNoise()
	positive(t, "slot", n.Slot)
	positive(t, "spread", n.Spread)
	if n.Spread.OK() && n.Spread.V < 1 {
		t.Errorf("p95/median: got %v, want 1 or more", n.Spread.V)
	}
	if s := n.String(); !isNA(s) && !strings.Contains(s, "p95/median of 200 slots of ") {
		t.Errorf("got %q", s)
	}
}

func TestQuantile(t *testing.T) {
	tests := []struct {
		values []float64
		q      float64
		want   float64
	}{
		{[]float64{7}, 0.95, 7},
		{[]float64{3, 1, 2}, 0.5, 2},
		{[]float64{5, 4, 3, 2, 1}, 0, 1},
		{[]float64{5, 4, 3, 2, 1}, 1, 5},
	}
	for _, tt := range tests {
		if got := quantile(tt.values, tt.q); got != tt.want {
			t.Errorf("quantile(%v, %v): got %v, want %v", tt.values, tt.q, got, tt.want)
		}
	}
}
