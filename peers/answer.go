package main

import (
	"math/bits"
	"sync"

	"stealbench/internal/sched"
)

// What closures, sketch and sequential program have in common: nothing that a task
// costs.

// Fork-join workloads return their value and the number of tasks that ran in one
// word, as the base does, so that both are counted and neither is assumed.
const (
	valueBits = 42
	oneTask   = 1 << valueBits
)

func unpack(r int64) sched.Answer {
	return sched.Answer{Value: uint64(r) % oneTask, Tasks: uint64(r) / oneTask}
}

// tenTo is the number of leaves of skynet.
func tenTo(n int) int64 {
	leaves := int64(1)
	for range n {
		leaves *= 10
	}
	return leaves
}

// maxQueens is bounded by the packing of three rows of bits into one word.
const maxQueens = 20

// board is the columns taken and the diagonals attacked in the next row, maxQueens
// bits each.
type board uint64

// full says that all n queens are placed.
func (b board) full(n int) bool { return b&(1<<maxQueens-1) == 1<<n-1 }

// free returns the places left in the next row.
func (b board) free(n int) uint64 {
	return (1<<n - 1) &^ uint64(b|b>>maxQueens|b>>(2*maxQueens))
}

// place puts a queen on the first of the free places.
func (b board) place(free uint64) board {
	const mask = 1<<maxQueens - 1
	q := board(1) << bits.TrailingZeros64(free)
	columns, left, right := b&mask, b>>maxQueens&mask, b>>(2*maxQueens)
	return columns | q | ((left|q)<<1&mask)<<maxQueens | (right|q)>>1<<(2*maxQueens)
}

// product is a matrix product C = A B under way.
type product struct {
	n, block int
	a, b, c  []int64 // row by row
}

// factors holds the two factors by order, so that a run does not make them anew.
var factors sync.Map

func newProduct(p sched.Params) *product {
	in, ok := factors.Load(p.N)
	if !ok {
		in, _ = factors.LoadOrStore(p.N, [2][]int64{sched.Matrix(p.N, 1), sched.Matrix(p.N, 2)})
	}
	ab := in.([2][]int64)
	return &product{n: p.N, block: p.M, a: ab[0], b: ab[1], c: make([]int64, p.N*p.N)}
}

func (p *product) answer(tasks int64) sched.Answer {
	return sched.Answer{Value: sched.Checksum(p.c), Tasks: uint64(tasks)}
}

// multiply adds to one block of C the product of one of A and one of B.
func (p *product) multiply(i, j, k, size int) {
	sched.Multiply(p.c, p.a, p.b, p.n, i, j, k, size)
}
