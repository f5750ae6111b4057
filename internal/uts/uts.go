// Package uts is the unbalanced tree search benchmark: the trees, drawn from a
// splittable SHA-1 random stream, and their sequential traversal.
//
// Source: Olivier, Huan, Liu, Prins, Dinan, Sadayappan, Tseng, "UTS: An
// Unbalanced Tree Search Benchmark", LCPC 2006. The published node, depth and
// leaf counts are in uts_test.go and prove the generator.
package uts

import (
	"crypto/sha1"
	"encoding/binary"
	"math"
)

// Kind says how many children a node draws.
type Kind uint8

const (
	Geometric Kind = iota // branching falls with depth by Shape
	Binomial              // M children with probability Q, else none
	Hybrid                // geometric down to half of Depth, then binomial
)

// Shape says how the branching of a geometric tree depends on depth.
type Shape uint8

const (
	Linear Shape = iota // falls linearly to 0 at Depth
	Cyclic              // swings; no children below 5 Depth
	Fixed               // B0 down to Depth, then none
)

// Tree is the parameters of one tree.
type Tree struct {
	Kind  Kind
	Shape Shape   // geometric and hybrid
	B0    float64 // branching of the root, > 0
	Depth int     // depth limit of a geometric tree
	Seed  int     // of the root's random stream
	Q     float64 // binomial: probability of a child-bearing node, Q*M < 1
	M     int     // binomial: children of such a node
}

// maxChildren caps what a geometric node may draw, as the reference program does.
const maxChildren = 100

// Node is one tree node: its depth and random state.
type Node struct {
	Depth int
	State [sha1.Size]byte
}

// Root returns the root of t.
func (t *Tree) Root() Node {
	var seed [sha1.Size]byte
	binary.BigEndian.PutUint32(seed[16:], uint32(t.Seed))
	return Node{State: sha1.Sum(seed[:])}
}

// Child returns the i-th child of n, i >= 0.
func (n *Node) Child(i int) Node {
	var b [sha1.Size + 4]byte
	copy(b[:], n.State[:])
	binary.BigEndian.PutUint32(b[sha1.Size:], uint32(i))
	return Node{Depth: n.Depth + 1, State: sha1.Sum(b[:])}
}

// uniform is the node's random number in [0, 1).
func (n *Node) uniform() float64 {
	return float64(binary.BigEndian.Uint32(n.State[16:])&math.MaxInt32) / (1 << 31)
}

// Children returns how many children n has.
func (t *Tree) Children(n *Node) int {
	switch {
	case t.Kind == Binomial && n.Depth == 0:
		return int(t.B0)
	case t.Kind == Binomial, t.Kind == Hybrid && 2*n.Depth >= t.Depth:
		if n.uniform() < t.Q {
			return t.M
		}
		return 0
	}
	b := t.branching(n.Depth)
	if b <= 0 {
		return 0
	}
	p := 1 / (1 + b)
	return min(int(math.Floor(math.Log(1-n.uniform())/math.Log(1-p))), maxChildren)
}

// branching is the expected number of children of a geometric node.
func (t *Tree) branching(depth int) float64 {
	if depth == 0 {
		return t.B0
	}
	d, limit := float64(depth), float64(t.Depth)
	switch t.Shape {
	case Cyclic:
		if d > 5*limit {
			return 0
		}
		return math.Pow(t.B0, math.Sin(2*math.Pi*d/limit))
	case Fixed:
		if d < limit {
			return t.B0
		}
		return 0
	default:
		return t.B0 * (1 - d/limit)
	}
}

// Count is the size of a tree.
type Count struct{ Nodes, Depth, Leaves uint64 }

// Add joins the counts of two subtrees.
func (c Count) Add(o Count) Count {
	return Count{c.Nodes + o.Nodes, max(c.Depth, o.Depth), c.Leaves + o.Leaves}
}

// Sequential walks t on one goroutine.
func (t *Tree) Sequential() Count {
	return t.walk(t.Root())
}

// walk takes the node by value: by reference each would be moved to the heap.
func (t *Tree) walk(n Node) Count {
	c := Count{Nodes: 1, Depth: uint64(n.Depth)}
	k := t.Children(&n)
	if k == 0 {
		c.Leaves = 1
	}
	for i := range k {
		c = c.Add(t.walk(n.Child(i)))
	}
	return c
}
