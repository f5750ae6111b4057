package schedtest

import (
	"slices"
	"testing"

	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// smallWorkload is a workload in a small size.
type smallWorkload struct {
	name   string
	params sched.Params
	want   sched.Answer
}

// smallWorkloads are all workloads, by name.
func smallWorkloads() []smallWorkload {
	tree := uts.Tree{Kind: uts.Geometric, Shape: uts.Fixed, B0: 4, Depth: 5, Seed: 19}
	count := tree.Sequential()
	product := sched.Checksum(sched.Product(sched.Matrix(16, 1), sched.Matrix(16, 2), 16))
	grain := sched.Grain(4, 1) + sched.Grain(2, 1) + 2*sched.Grain(1, 1)
	return []smallWorkload{
		{"audited", sched.Params{N: 10}, sched.Answer{Value: 55, Tasks: 177}},
		{"audited_parks", sched.Params{N: 10}, sched.Answer{Value: 55, Tasks: 177}},
		{"burst", sched.Params{N: 300, M: 3}, sched.Answer{Value: 3 * 300 * 299 / 2, Tasks: 900}},
		{"chained_spawn", sched.Params{N: 1000}, sched.Answer{Value: 1000, Tasks: 1000}},
		{"empty", sched.Params{}, sched.Answer{Tasks: 1}},
		{"fib", sched.Params{N: 15}, sched.Answer{Value: 610, Tasks: 1973}},
		{"grain", sched.Params{N: 4, M: 1}, sched.Answer{Value: grain, Tasks: 4}},
		{"matmul", sched.Params{N: 16, M: 4}, sched.Answer{Value: product, Tasks: 73}},
		{"nqueens", sched.Params{N: 6}, sched.Answer{Value: 4, Tasks: 153}},
		{"open", sched.Params{N: 3, M: 1}, sched.Answer{Value: sched.Grain(0, 1) + sched.Grain(1, 1) + sched.Grain(2, 1), Tasks: 3}},
		{"ping_pong", sched.Params{N: 500}, sched.Answer{Value: 500, Tasks: 1000}},
		{"skynet", sched.Params{N: 3}, sched.Answer{Value: 499500, Tasks: 1111}},
		{"spawn_many_inside", sched.Params{N: 1000}, sched.Answer{Value: 1000, Tasks: 1000}},
		{"spawn_many_outside", sched.Params{N: 1000}, sched.Answer{Value: 1000, Tasks: 1000}},
		{"spawn_many_remote_busy", sched.Params{N: 1000}, sched.Answer{Value: 1000, Tasks: 1000}},
		{"spawn_many_remote_idle", sched.Params{N: 1000}, sched.Answer{Value: 1000, Tasks: 1000}},
		{"uts", sched.Params{Tree: tree}, sched.Answer{Value: count.Nodes, Tasks: count.Nodes, Depth: count.Depth, Leaf: count.Leaves}},
		{"yield_many", sched.Params{N: 50, M: 20}, sched.Answer{Value: 50, Tasks: 50 * 21}},
	}
}

// run runs w on p and returns its answer, which is checked.
func (w smallWorkload) run(t *testing.T, p Pool) sched.Answer {
	t.Helper()
	got, err := p.RunWorkload(w.name, w.params)
	if err != nil || got != w.want {
		t.Errorf("%s: got %+v, %v, want %+v", w.name, got, err, w.want)
	}
	return got
}

// workloadAnswers runs every workload in a small size.
func workloadAnswers(t *testing.T, s suite, workers int) {
	p := s.open(t, workers)
	var names []string
	for _, w := range smallWorkloads() {
		names = append(names, w.name)
		for range 3 {
			w.run(t, p)
		}
	}
	if got := p.Workloads(); !slices.Equal(got, names) {
		t.Errorf("Workloads: got %v, want %v, the ones tested here", got, names)
	}
	if _, err := p.RunWorkload("nonesuch", sched.Params{}); err == nil {
		t.Error("unknown workload: got nil, want an error")
	}
	mustClose(t, p)
}
