package uts

import "testing"

// published holds the trees whose counts are published with the benchmark.
var published = []struct {
	name string
	tree Tree
	want Count
}{
	{"T1", Tree{Kind: Geometric, Shape: Fixed, B0: 4, Depth: 10, Seed: 19}, Count{4130071, 10, 3305118}},
	{"T2", Tree{Kind: Geometric, Shape: Cyclic, B0: 6, Depth: 16, Seed: 502}, Count{4117769, 81, 2342762}},
	{"T3", Tree{Kind: Binomial, B0: 2000, Seed: 42, Q: 0.124875, M: 8}, Count{4112897, 1572, 3599034}},
	{"T4", Tree{Kind: Hybrid, Shape: Linear, B0: 6, Depth: 16, Seed: 1, Q: 0.234375, M: 4}, Count{4132453, 134, 3108986}},
	{"T5", Tree{Kind: Geometric, Shape: Linear, B0: 4, Depth: 20, Seed: 34}, Count{4147582, 20, 2181318}},
}

func TestPublishedCounts(t *testing.T) {
	for _, c := range published {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.name != "T1" {
				t.Skip("short: T1 only")
			}
			if got := c.tree.Sequential(); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// The sequential walk is what schedulers are compared with: nodes on the heap would
// make it slow.
func TestSequentialAllocatesNothing(t *testing.T) {
	tree := Tree{Kind: Geometric, Shape: Fixed, B0: 4, Depth: 5, Seed: 19}
	if n := testing.AllocsPerRun(10, func() { tree.Sequential() }); n != 0 {
		t.Errorf("got %v allocations a walk, want 0", n)
	}
}
