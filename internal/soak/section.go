package soak

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"
)

// FullTasks is the size of a full soak, and the unit of Section.Full.
const FullTasks = 1_000_000_000

// leastRounds is into how many rounds a section is divided at least, if they have
// their least size: an interruption costs one round.
const leastRounds = 50

// Section is one kind of work.
type Section struct {
	Name   string   // of what it counts, in the plural
	Full   int64    // how many of them a soak of FullTasks tasks has
	Least  int64    // how many a round has, and a section, at least
	Most   int64    // how many a round has at most
	Counts []string // names of what a round reports
	// Round does r.N of them. It fails t if something is wrong. Its report adds
	// up over the rounds, in the order of Counts.
	Round func(t *testing.T, r Round) []int64
}

// Round says what to do in one round.
type Round struct {
	Index  int
	N      int
	Random *rand.Rand // the same for the same seed, section and index
}

// plan is how many of s a soak of some tasks has, and in one round of it.
func (s Section) plan(tasks int64) (total, size int64) {
	total = max(int64(math.Round(float64(s.Full)*(float64(tasks)/FullTasks))), s.Least)
	return total, min(max(total/leastRounds, s.Least), s.Most)
}

func (s Section) rounds(tasks int64) int {
	total, size := s.plan(tasks)
	return int((total + size - 1) / size)
}

// done is how many of s some rounds make: the last one may be smaller.
func (s Section) done(tasks int64, rounds int) int64 {
	total, size := s.plan(tasks)
	return min(total, int64(rounds)*size)
}

func (s Section) round(tasks int64, seed uint64, index int) Round {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.Name))
	n := s.done(tasks, index+1) - s.done(tasks, index)
	return Round{index, int(n), rand.New(rand.NewPCG(seed, h.Sum64()+uint64(index)))}
}
