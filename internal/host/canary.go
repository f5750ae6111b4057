package host

import (
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"stealbench/internal/recording"
)

// Canaries are three loops of fixed work, about 10 us each, that are timed in
// each row of a cell. What changes their times is not the variant: the first
// sees the CPU's clock and stolen time, the second a neighbour on the sibling
// thread, the third how far apart the CPUs of two threads are. They describe
// rows and drop none.
//
// A call of Sing allocates nothing, and its second thread sleeps when it
// returns. Used by one goroutine.
type Canaries struct {
	clock, sort, line []float64 // ns, since Reset
	numbers           []uint32
	random            uint32
	pair              *pair // nil with one CPU
}

// Steps of each, about 10 us at 3 GHz: four cycles a dependent multiply and add,
// five comparisons an element of which every other is mispredicted, and a
// tenth to a fifth of what sharedAdds takes.
const (
	canarySteps   = 7500
	canaryNumbers = 192
	canaryAdds    = 400
)

// The units of the canaries in a block, ns for one canary each.
const (
	CanaryClock = "canary-clock-ns"
	CanarySort  = "canary-sort-ns"
	CanaryLine  = "canary-line-ns"
)

// NewCanaries are canaries for the GOMAXPROCS of now. Close ends them.
func NewCanaries() *Canaries {
	c := &Canaries{numbers: make([]uint32, canaryNumbers), random: 2463534242}
	for _, times := range []*[]float64{&c.clock, &c.sort, &c.line} {
		*times = make([]float64, 0, 1024)
	}
	if usableCPUs() >= 2 {
		c.pair = newPair()
	}
	return c
}

// Sing times each canary once.
func (c *Canaries) Sing() {
	note(&c.clock, Spin(canarySteps))
	note(&c.sort, c.timeSort())
	if c.pair != nil {
		note(&c.line, c.pair.time())
	}
}

// note keeps a time that a clock can tell from nothing.
func note(times *[]float64, took time.Duration) {
	if took > 0 {
		*times = append(*times, float64(took.Nanoseconds()))
	}
}

// Reset forgets the times so far.
func (c *Canaries) Reset() { c.clock, c.sort, c.line = c.clock[:0], c.sort[:0], c.line[:0] }

// Values are the medians since Reset, of those canaries that sang.
func (c *Canaries) Values() []recording.Value {
	var values []recording.Value
	for _, m := range []struct {
		unit  string
		times []float64
	}{{CanaryClock, c.clock}, {CanarySort, c.sort}, {CanaryLine, c.line}} {
		if len(m.times) > 0 {
			values = append(values, recording.Value{Unit: m.unit, V: quantile(m.times, 0.5)})
		}
	}
	return values
}

// Close ends the second thread's goroutine.
func (c *Canaries) Close() {
	if c.pair != nil {
		c.pair.close()
		c.pair = nil
	}
}

// CanaryKey says in a recording what the canaries are.
func CanaryKey() string {
	line := fmt.Sprintf("%s of %d atomic adds while another thread adds on the same line, where 2 threads may run", CanaryLine, canaryAdds)
	if runtime.NumCPU() < 2 {
		line = CanaryLine + " " + na(errTooFew)
	}
	return fmt.Sprintf("medians of a block's rows: %s of %d dependent multiplications, %s of sorting %d new numbers, %s",
		CanaryClock, canarySteps, CanarySort, canaryNumbers, line)
}

// timeSort sorts numbers that are new each time (Marsaglia's xorshift32): a
// predictor learns the branches of old ones.
func (c *Canaries) timeSort() time.Duration {
	for i := range c.numbers {
		c.random ^= c.random << 13
		c.random ^= c.random >> 17
		c.random ^= c.random << 5
		c.numbers[i] = c.random
	}
	start := time.Now()
	slices.Sort(c.numbers)
	return time.Since(start)
}

// pair is two threads that add on one line. The partner sleeps between calls.
type pair struct {
	line    paddedCounter
	round   paddedCounter // written by the caller: a round begins
	over    paddedCounter // and that it is over
	running atomic.Uint64 // written by the partner: it is in that round
	left    atomic.Uint64 // and has left it
	wake    chan struct{}
	ended   chan struct{}
}

// Beyond these the host has no second CPU for us just now. A sleeping CPU of a
// virtual machine takes 200 us and more to wake.
const (
	pairStart = 500 * time.Microsecond
	pairEnd   = time.Millisecond
)

func newPair() *pair {
	p := &pair{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go p.partner()
	return p
}

func (p *pair) partner() {
	defer close(p.ended)
	for range p.wake {
		round := p.round.n.Load()
		p.running.Store(round)
		for p.over.n.Load() < round {
			for range 16 { // so that looking costs little
				p.line.n.Add(1)
			}
		}
		p.left.Store(round)
	}
}

// time is how long the caller's adds take; 0 if the partner did not add
// meanwhile.
func (p *pair) time() (took time.Duration) {
	if p.left.Load() < p.round.n.Load() {
		return 0 // it has not come to the last round yet
	}
	round := p.round.n.Add(1)
	p.wake <- struct{}{}
	if reaches(&p.running, round, pairStart, false) {
		before := p.line.n.Load()
		start := time.Now()
		for range canaryAdds {
			p.line.n.Add(1)
		}
		took = time.Since(start)
		partner := p.line.n.Load() - before - canaryAdds
		if partner < canaryAdds/4 || partner > canaryAdds*4 {
			took = 0 // one of them was not running
		}
	}
	p.over.n.Store(round)
	// A partner that comes late must not come during a slot.
	reaches(&p.left, round, pairEnd, true)
	return took
}

// reaches spins until n is round, for about limit at most.
func reaches(n *atomic.Uint64, round uint64, limit time.Duration, yield bool) bool {
	start := time.Now()
	for spins := 1; n.Load() < round; spins++ {
		if spins%1024 != 0 {
			continue
		}
		if time.Since(start) > limit {
			return false
		}
		if yield {
			runtime.Gosched()
		}
	}
	return true
}

func (p *pair) close() {
	close(p.wake)
	<-p.ended
}
