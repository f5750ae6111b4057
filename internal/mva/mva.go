package mva

import (
	"fmt"
	"math"
	"slices"
)

// Network is a closed network of one class of customers. Times are in any one unit.
type Network struct {
	Think   float64   // mean time between two rounds, without waiting
	Demands []float64 // of each station: visits a round times the service time of one
}

// Solution is the network with one number of customers.
type Solution struct {
	Customers  int
	Throughput float64   // rounds per time
	Response   float64   // time at the stations, a round
	Queues     []float64 // customers at each station, with the one in service
}

// Solve solves the network for 1 to n customers.
func (w Network) Solve(n int) ([]Solution, error) {
	if err := w.check(n); err != nil {
		return nil, err
	}
	queues := make([]float64, len(w.Demands)) // of no customers
	var all []Solution
	for k := 1; k <= n; k++ {
		s := Solution{Customers: k, Queues: make([]float64, len(queues))}
		for i, d := range w.Demands {
			s.Queues[i] = d * (1 + queues[i]) // time there: an arrival finds what one customer fewer would leave
			s.Response += s.Queues[i]
		}
		s.Throughput = float64(k) / (w.Think + s.Response)
		for i := range s.Queues {
			s.Queues[i] *= s.Throughput // Little's law
		}
		queues = s.Queues
		all = append(all, s)
	}
	return all, nil
}

// Bound is the throughput that no service in whatever order exceeds: n customers that
// never wait, or the slowest station always busy.
func (w Network) Bound(n int) float64 {
	alone, slowest := w.Think, 0.0
	for _, d := range w.Demands {
		alone, slowest = alone+d, max(slowest, d)
	}
	return math.Min(float64(n)/alone, 1/slowest)
}

// Knee is the number of customers where the two bounds meet: with more of them the
// slowest station sets the pace.
func (w Network) Knee() float64 {
	return 1 / w.Bound(1) / slices.Max(w.Demands)
}

func (w Network) check(n int) error {
	if n < 1 {
		return fmt.Errorf("mva: %d customers: want at least 1", n)
	}
	total := 0.0
	for _, x := range append([]float64{w.Think}, w.Demands...) {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("mva: time %v: want think time and demands finite and not negative", x)
		}
		total += x
	}
	if total == 0 {
		return fmt.Errorf("mva: think time and demands are all 0: want a round that takes time")
	}
	return nil
}
