package harness

import "stealbench/internal/sched"

// The expected answers, from formulas or sequential programs.

func countAnswer(p sched.Params) sched.Answer {
	return sched.Answer{Value: uint64(p.N), Tasks: uint64(p.N)}
}

// burstAnswer: M bursts of tasks with the numbers 0 to N-1.
func burstAnswer(p sched.Params) sched.Answer {
	n, bursts := uint64(p.N), uint64(p.M)
	return sched.Answer{Value: bursts * (n * (n - 1) / 2), Tasks: bursts * n}
}

func pingAnswer(p sched.Params) sched.Answer {
	return sched.Answer{Value: uint64(p.N), Tasks: 2 * uint64(p.N)}
}

func yieldAnswer(p sched.Params) sched.Answer {
	return sched.Answer{Value: uint64(p.N), Tasks: uint64(p.N) * uint64(p.M+1)}
}

// fibAnswer: one task per call, 2 fib(n+1) - 1 calls.
func fibAnswer(p sched.Params) sched.Answer {
	a, b := uint64(0), uint64(1)
	for range p.N {
		a, b = b, a+b
	}
	return sched.Answer{Value: a, Tasks: 2*b - 1}
}

func skynetAnswer(p sched.Params) sched.Answer {
	leaves := uint64(1)
	for range p.N {
		leaves *= 10
	}
	return sched.Answer{Value: leaves * (leaves - 1) / 2, Tasks: (10*leaves - 1) / 9}
}

func queensAnswer(p sched.Params) sched.Answer {
	solutions, tasks := queens(p.N, 0, 0, 0)
	return sched.Answer{Value: solutions, Tasks: tasks}
}

// queens counts solutions and search nodes below a row whose columns and
// diagonals are taken as given.
func queens(n int, columns, left, right uint) (solutions, nodes uint64) {
	all := uint(1)<<n - 1
	if columns == all {
		return 1, 1
	}
	nodes = 1
	for free := all &^ (columns | left | right); free != 0; free &= free - 1 {
		q := free & -free
		s, k := queens(n, columns|q, (left|q)<<1, (right|q)>>1)
		solutions += s
		nodes += k
	}
	return solutions, nodes
}

func utsAnswer(p sched.Params) sched.Answer {
	c := p.Tree.Sequential()
	return sched.Answer{Value: c.Nodes, Tasks: c.Nodes, Depth: c.Depth, Leaf: c.Leaves}
}

// matmulAnswer: one task per block product and per halving.
func matmulAnswer(p sched.Params) sched.Answer {
	tasks, level := uint64(1), uint64(1)
	for n := p.N; n > p.M; n /= 2 {
		level *= 8
		tasks += level
	}
	c := sched.Product(sched.Matrix(p.N, 1), sched.Matrix(p.N, 2), p.N)
	return sched.Answer{Value: sched.Checksum(c), Tasks: tasks}
}

// grainAnswer: a tree of N tasks has N/2 and (N-1)/2 below its root.
func grainAnswer(p sched.Params) sched.Answer {
	if p.N == 0 {
		return sched.Answer{}
	}
	left, right := grainAnswer(sched.Params{N: p.N / 2, M: p.M}), grainAnswer(sched.Params{N: (p.N - 1) / 2, M: p.M})
	return sched.Answer{Value: sched.Grain(uint64(p.N), int64(p.M)) + left.Value + right.Value, Tasks: 1 + left.Tasks + right.Tasks}
}
