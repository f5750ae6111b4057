package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// workloads are the names that a request may ask for.
var workloads = []string{
	"empty", "fib", "skynet", "nqueens", "uts", "matmul", "grain", "yield_many", "ping_pong", "chained_spawn",
	"spawn_many_outside", "spawn_many_inside", "spawn_many_remote_idle", "spawn_many_remote_busy",
}

// request is a line of the harness.
type request struct {
	workload string
	lead     time.Duration // of untimed runs
	reps     int           // timed runs
	params   sched.Params
}

// parse reads "run <workload> <lead> <reps> <n> <m> <tree>".
func parse(line string) (request, error) {
	f := strings.Fields(line)
	if len(f) != 7 || f[0] != "run" {
		return request{}, fmt.Errorf("line %q: want run <workload> <lead> <reps> <n> <m> <tree>", line)
	}
	var n [4]int
	for i, name := range []string{"lead", "reps", "n", "m"} {
		v, err := strconv.Atoi(f[2+i])
		if err != nil || v < 0 {
			return request{}, fmt.Errorf("%s %q: want a number of at least 0", name, f[2+i])
		}
		n[i] = v
	}
	r := request{f[1], time.Duration(n[0]), n[1], sched.Params{N: n[2], M: n[3]}}
	if !slices.Contains(workloads, r.workload) {
		return r, fmt.Errorf("no workload %q", r.workload)
	}
	if r.reps == 0 {
		return r, fmt.Errorf("reps 0: want at least 1")
	}
	if (r.workload == "uts") != (f[6] != "-") {
		return r, fmt.Errorf("%s with tree %q: uts has one, the others have -", r.workload, f[6])
	}
	if r.workload == "nqueens" && r.params.N > maxQueens {
		return r, fmt.Errorf("n %d: want at most %d queens", r.params.N, maxQueens)
	}
	var err error
	if r.workload == "uts" {
		r.params.Tree, err = parseTree(f[6])
	}
	return r, err
}

// parseTree reads "kind,shape,depth,b0,seed,q,m".
func parseTree(s string) (t uts.Tree, err error) {
	f := strings.Split(s, ",")
	if len(f) != 7 {
		return t, fmt.Errorf("tree %q: want kind,shape,depth,b0,seed,q,m", s)
	}
	integer := func(s string) (n int) {
		if err == nil {
			n, err = strconv.Atoi(s)
		}
		return n
	}
	float := func(s string) (x float64) {
		if err == nil {
			x, err = strconv.ParseFloat(s, 64)
		}
		return x
	}
	kind, shape := integer(f[0]), integer(f[1])
	t = uts.Tree{Kind: uts.Kind(kind), Shape: uts.Shape(shape), Depth: integer(f[2]), B0: float(f[3]),
		Seed: integer(f[4]), Q: float(f[5]), M: integer(f[6])}
	if err == nil && (kind < 0 || kind > int(uts.Hybrid) || shape < 0 || shape > int(uts.Fixed)) {
		err = fmt.Errorf("no such kind or shape")
	}
	if err != nil {
		return t, fmt.Errorf("tree %q: %w", s, err)
	}
	return t, nil
}
