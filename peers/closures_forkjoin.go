package main

import (
	"math/bits"

	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// The root of each tree runs in the task that drives, so each function is the body
// of a task.

func (c *closures) fib(n int) int64 {
	if n < 2 {
		return int64(n) + oneTask
	}
	var r [2]int64
	g := c.Group()
	g.Go(func() { r[0] = c.fib(n - 1) })
	g.Go(func() { r[1] = c.fib(n - 2) })
	g.Wait()
	return r[0] + r[1] + oneTask
}

func (c *closures) skynet(first, leaves int64) int64 {
	if leaves == 1 {
		return first + oneTask
	}
	var r [10]int64
	g := c.Group()
	for i := range r {
		g.Go(func() { r[i] = c.skynet(first+int64(i)*leaves/10, leaves/10) })
	}
	g.Wait()
	return sum(r[:]) + oneTask
}

func (c *closures) queens(n int, b board) int64 {
	if b.full(n) {
		return 1 + oneTask
	}
	free := b.free(n)
	r := make([]int64, bits.OnesCount64(free))
	g := c.Group()
	for i := range r {
		next := b.place(free)
		g.Go(func() { r[i] = c.queens(n, next) })
		free &= free - 1
	}
	g.Wait()
	return sum(r) + oneTask
}

func (c *closures) grain(tasks, steps int) int64 {
	var r [2]int64
	g := c.Group()
	for i, n := range [2]int{tasks / 2, (tasks - 1) / 2} {
		if n > 0 {
			g.Go(func() { r[i] = c.grain(n, steps) })
		}
	}
	own := int64(sched.Grain(uint64(tasks), int64(steps))) + oneTask
	g.Wait()
	return r[0] + r[1] + own
}

func (c *closures) matmul(p sched.Params) sched.Answer {
	m := newProduct(p)
	return m.answer(c.multiply(m, 0, 0, 0, p.N))
}

func (c *closures) multiply(m *product, i, j, k, size int) int64 {
	if size <= m.block {
		m.multiply(i, j, k, size)
		return 1
	}
	h := size / 2
	tasks := int64(1)
	// The two products that add to one quarter of C come one after the other.
	for _, k := range [2]int{k, k + h} {
		var r [4]int64
		g := c.Group()
		for q := range r {
			g.Go(func() { r[q] = c.multiply(m, i+q/2*h, j+q%2*h, k, h) })
		}
		g.Wait()
		tasks += sum(r[:])
	}
	return tasks
}

func (c *closures) uts(p sched.Params) sched.Answer {
	return utsAnswer(c.walk(&p.Tree, p.Tree.Root()))
}

func (c *closures) walk(t *uts.Tree, n uts.Node) uts.Count {
	total := uts.Count{Nodes: 1, Depth: uint64(n.Depth)}
	r := make([]uts.Count, t.Children(&n))
	if len(r) == 0 {
		total.Leaves = 1
		return total
	}
	g := c.Group()
	for i := range r {
		child := n.Child(i)
		g.Go(func() { r[i] = c.walk(t, child) })
	}
	g.Wait()
	for _, below := range r {
		total = total.Add(below)
	}
	return total
}

func utsAnswer(c uts.Count) sched.Answer {
	return sched.Answer{Value: c.Nodes, Tasks: c.Nodes, Depth: c.Depth, Leaf: c.Leaves}
}

func sum(r []int64) (s int64) {
	for _, x := range r {
		s += x
	}
	return s
}
