package main

import (
	"stealbench/internal/sched"
)

// startSequential is the workloads as plain calls: what work costs without tasks.
func startSequential(int) *bench {
	return &bench{
		inside: map[string]work{
			"fib":     func(p sched.Params) sched.Answer { return unpack(fib(p.N)) },
			"skynet":  func(p sched.Params) sched.Answer { return unpack(skynet(0, tenTo(p.N))) },
			"nqueens": func(p sched.Params) sched.Answer { return unpack(queens(p.N, 0)) },
			"grain":   func(p sched.Params) sched.Answer { return unpack(grain(p.N, p.M)) },
			"uts":     func(p sched.Params) sched.Answer { return utsAnswer(p.Tree.Sequential()) },
			"matmul": func(p sched.Params) sched.Answer {
				m := newProduct(p)
				return m.answer(multiply(m, 0, 0, 0, p.N))
			},
		},
		outside: map[string]work{"empty": empty},
		enter:   func(series func()) { series() },
		close:   func() {},
	}
}

func fib(n int) int64 {
	if n < 2 {
		return int64(n) + oneTask
	}
	return fib(n-1) + fib(n-2) + oneTask
}

func skynet(first, leaves int64) int64 {
	if leaves == 1 {
		return first + oneTask
	}
	sum := int64(oneTask)
	for i := range int64(10) {
		sum += skynet(first+i*leaves/10, leaves/10)
	}
	return sum
}

func queens(n int, b board) int64 {
	if b.full(n) {
		return 1 + oneTask
	}
	sum := int64(oneTask)
	for free := b.free(n); free != 0; free &= free - 1 {
		sum += queens(n, b.place(free))
	}
	return sum
}

func grain(tasks, steps int) int64 {
	sum := int64(sched.Grain(uint64(tasks), int64(steps))) + oneTask
	if n := tasks / 2; n > 0 {
		sum += grain(n, steps)
	}
	if n := (tasks - 1) / 2; n > 0 {
		sum += grain(n, steps)
	}
	return sum
}

func multiply(m *product, i, j, k, size int) int64 {
	if size <= m.block {
		m.multiply(i, j, k, size)
		return 1
	}
	h := size / 2
	tasks := int64(1)
	for _, k := range [2]int{k, k + h} {
		for q := range 4 {
			tasks += multiply(m, i+q/2*h, j+q%2*h, k, h)
		}
	}
	return tasks
}
