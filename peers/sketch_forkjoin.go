package main

import (
	"stealbench/internal/sched"
	"stealbench/internal/uts"
)

// startSketch is the fork-join workloads on the sketch.
func startSketch(workers int) *bench {
	s := newSketch(workers)
	// call forks the root on the first worker, and joins it.
	call := func(run func(*worker, *job), args [2]int64) int64 {
		w := s.workers[0]
		j := w.newJob(run)
		j.args = args
		w.fork(j)
		return w.join(j)
	}
	return &bench{
		inside: map[string]work{
			"fib":     func(p sched.Params) sched.Answer { return unpack(call(fibJob, [2]int64{int64(p.N)})) },
			"skynet":  func(p sched.Params) sched.Answer { return unpack(call(skynetJob, [2]int64{0, tenTo(p.N)})) },
			"nqueens": func(p sched.Params) sched.Answer { return unpack(call(queensJob, [2]int64{int64(p.N)})) },
			"grain":   func(p sched.Params) sched.Answer { return unpack(call(grainJob, [2]int64{int64(p.N), int64(p.M)})) },
			"matmul":  s.matmul,
			"uts":     s.uts,
		},
		outside: map[string]work{"empty": empty},
		enter:   s.enter,
		close:   func() {},
	}
}

func fibJob(w *worker, j *job) {
	n := j.args[0]
	if n < 2 {
		j.result = n + oneTask
		return
	}
	a := w.newJob(fibJob)
	a.args[0] = n - 1
	w.fork(a)
	b := w.newJob(fibJob)
	b.args[0] = n - 2
	w.fork(b)
	y := w.join(b)
	x := w.join(a)
	j.result = x + y + oneTask
}

func skynetJob(w *worker, j *job) {
	first, leaves := j.args[0], j.args[1]
	if leaves == 1 {
		j.result = first + oneTask
		return
	}
	var children [10]*job
	for i := range children {
		c := w.newJob(skynetJob)
		c.args = [2]int64{first + int64(i)*leaves/10, leaves / 10}
		w.fork(c)
		children[i] = c
	}
	j.result = w.joinAll(children[:]) + oneTask
}

func queensJob(w *worker, j *job) {
	n, b := int(j.args[0]), board(j.args[1])
	if b.full(n) {
		j.result = 1 + oneTask
		return
	}
	var children [maxQueens]*job
	count := 0
	for free := b.free(n); free != 0; free &= free - 1 {
		c := w.newJob(queensJob)
		c.args = [2]int64{j.args[0], int64(b.place(free))}
		w.fork(c)
		children[count] = c
		count++
	}
	j.result = w.joinAll(children[:count]) + oneTask
}

func grainJob(w *worker, j *job) {
	tasks, steps := j.args[0], j.args[1]
	var children [2]*job
	count := 0
	for _, n := range [2]int64{tasks / 2, (tasks - 1) / 2} {
		if n > 0 {
			c := w.newJob(grainJob)
			c.args = [2]int64{n, steps}
			w.fork(c)
			children[count] = c
			count++
		}
	}
	own := int64(sched.Grain(uint64(tasks), steps)) + oneTask
	j.result = w.joinAll(children[:count]) + own
}

// joinAll joins the youngest first and adds the results.
func (w *worker) joinAll(jobs []*job) (sum int64) {
	for i := len(jobs) - 1; i >= 0; i-- {
		sum += w.join(jobs[i])
	}
	return sum
}

func (s *sketch) matmul(p sched.Params) sched.Answer {
	m := newProduct(p)
	w := s.workers[0]
	j := forkMultiply(w, m, 0, 0, 0, p.N)
	return m.answer(w.join(j))
}

func forkMultiply(w *worker, m *product, i, j, k, size int) *job {
	c := w.newJob(multiplyJob)
	c.args, c.ref = [2]int64{int64(i)<<32 | int64(j), int64(k)<<32 | int64(size)}, m
	w.fork(c)
	return c
}

func multiplyJob(w *worker, t *job) {
	m := t.ref.(*product)
	i, j := int(t.args[0]>>32), int(uint32(t.args[0]))
	k, size := int(t.args[1]>>32), int(uint32(t.args[1]))
	if size <= m.block {
		m.multiply(i, j, k, size)
		t.result = 1
		return
	}
	h := size / 2
	t.result = 1
	for _, k := range [2]int{k, k + h} {
		var children [4]*job
		for q := range children {
			children[q] = forkMultiply(w, m, i+q/2*h, j+q%2*h, k, h)
		}
		t.result += w.joinAll(children[:])
	}
}

func (s *sketch) uts(p sched.Params) sched.Answer {
	for _, w := range s.workers {
		w.count = uts.Count{}
	}
	w := s.workers[0]
	w.join(forkNode(w, &p.Tree, p.Tree.Root()))
	var total uts.Count
	for _, w := range s.workers {
		total = total.Add(w.count)
	}
	return utsAnswer(total)
}

func forkNode(w *worker, t *uts.Tree, n uts.Node) *job {
	c := w.newJob(nodeJob)
	c.node, c.ref = n, t
	w.fork(c)
	return c
}

func nodeJob(w *worker, j *job) {
	t := j.ref.(*uts.Tree)
	children := t.Children(&j.node)
	w.count.Nodes++
	w.count.Depth = max(w.count.Depth, uint64(j.node.Depth))
	if children == 0 {
		w.count.Leaves++
	}
	var youngest *job // the children, linked
	for i := range children {
		c := forkNode(w, t, j.node.Child(i))
		c.next = youngest
		youngest = c
	}
	for youngest != nil {
		c := youngest
		youngest = c.next
		w.join(c)
	}
}
