package mva

import (
	"math"
	"strings"
	"testing"
)

func solve(t *testing.T, w Network, n int) Solution {
	t.Helper()
	all, err := w.Solve(n)
	if err != nil || len(all) != n || all[n-1].Customers != n {
		t.Fatalf("%+v with %d: got %v, %v", w, n, all, err)
	}
	return all[n-1]
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// TestJain is example 34.2, table 34.1, of Jain, The Art of Computer Systems Performance
// Analysis (1991): 16 visits to a CPU of 0.125 s, 10 and 5 to disks of 0.3 and 0.2 s,
// 4 s of thinking.
func TestJain(t *testing.T) {
	w := Network{Think: 4, Demands: []float64{16 * 0.125, 10 * 0.3, 5 * 0.2}}
	for _, tt := range []struct {
		n                                int
		response, throughput, q1, q2, q3 float64
	}{
		{1, 6.000, 0.100, 0.200, 0.300, 0.100},
		{2, 7.400, 0.175, 0.421, 0.684, 0.193},
		{3, 9.088, 0.229, 0.651, 1.158, 0.273},
		{5, 13.256, 0.290, 1.088, 2.365, 0.388},
		{17, 47.045, 0.333, 1.974, 13.195, 0.499},
		{20, 56.016, 0.333, 1.991, 16.177, 0.500},
	} {
		s := solve(t, w, tt.n)
		near(t, "response", s.Response, tt.response, 0.0006)
		near(t, "throughput", s.Throughput, tt.throughput, 0.0006)
		for i, q := range []float64{tt.q1, tt.q2, tt.q3} {
			near(t, "queue", s.Queues[i], q, 0.0006)
		}
	}
}

// TestMachineRepairman: one station is the machine repairman's model, whose repairman
// is idle as often as Erlang's loss formula says.
func TestMachineRepairman(t *testing.T) {
	for _, w := range []Network{{10, []float64{1}}, {1, []float64{1}}, {0.5, []float64{20}}, {1000, []float64{3}}} {
		for _, n := range []int{1, 2, 3, 8, 64, 300} {
			want := (1 - erlangB(n, w.Think/w.Demands[0])) / w.Demands[0]
			near(t, "throughput", solve(t, w, n).Throughput*w.Demands[0], want*w.Demands[0], 1e-9)
		}
	}
}

// erlangB is the share of calls lost with n lines and a load of a.
func erlangB(n int, a float64) float64 {
	b := 1.0
	for k := 1; k <= n; k++ {
		b = a * b / (float64(k) + a*b)
	}
	return b
}

// TestOneCustomer never waits.
func TestOneCustomer(t *testing.T) {
	s := solve(t, Network{7, []float64{2, 1}}, 1)
	near(t, "throughput", s.Throughput, 0.1, 1e-12)
	near(t, "response", s.Response, 3, 1e-12)
}

// TestNoThinking: all customers are at the one station, which never rests. It is what two
// threads that only add to one line do.
func TestNoThinking(t *testing.T) {
	for n := 1; n <= 4; n++ {
		s := solve(t, Network{0, []float64{5}}, n)
		near(t, "throughput", s.Throughput, 1.0/5, 1e-12)
		near(t, "response", s.Response, 5*float64(n), 1e-12)
	}
}

// TestBounds: throughput rises with customers, under the asymptotic bounds, and comes
// close to them at both ends.
func TestBounds(t *testing.T) {
	for _, w := range []Network{{44, []float64{43}}, {240, []float64{43}}, {44, []float64{232}}, {4, []float64{2, 3, 1}}} {
		last := 0.0
		for n := 1; n <= 1024; n *= 2 {
			x := solve(t, w, n).Throughput
			if b := w.Bound(n); x > b*(1+1e-12) || x <= last*(1-1e-12) {
				t.Errorf("%+v with %d: got %v, want more than %v and at most %v", w, n, x, last, b)
			}
			last = x
		}
		near(t, "with 1, of the bound", solve(t, w, 1).Throughput/w.Bound(1), 1, 1e-12)
		near(t, "with 1024, of the bound", last/w.Bound(1024), 1, 1e-3)
	}
	near(t, "knee", Network{Think: 4, Demands: []float64{2, 3, 1}}.Knee(), 10.0/3, 1e-12)
}

func TestRefuses(t *testing.T) {
	for _, tt := range []struct {
		w    Network
		n    int
		want string
	}{
		{Network{1, []float64{1}}, 0, "0 customers"},
		{Network{-1, []float64{1}}, 1, "time -1"},
		{Network{1, []float64{math.NaN()}}, 1, "time NaN"},
		{Network{math.Inf(1), nil}, 1, "time +Inf"},
		{Network{0, []float64{0}}, 1, "all 0"},
	} {
		if _, err := tt.w.Solve(tt.n); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: got %v, want an error with %q", tt, err, tt.want)
		}
	}
}
