package harness

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"stealbench/impls"
	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
	"stealbench/internal/stat"
)

// CellSpec is what a cell's process is told.
type CellSpec struct {
	Cell     recording.Cell
	Variants []string
	CellTime time.Duration
	SlotTime time.Duration
	Seed     uint64
	CPUs     []int             // that the process is pinned to; empty: not pinned
	LeftOut  map[string]string // peers that are not tried, and why: one of recording.AbsentUnits
}

// CellResult is what it answers: the blocks of each variant.
type CellResult struct {
	Blocks map[string][]recording.Block
	Reps   int // runs per slot
	Rows   int
}

// blocksPerCell is how many lines a cell gives per variant: enough to see drift
// within the cell.
const blocksPerCell = 4

// warmRows are run and thrown away: free lists fill, branch predictors learn.
const warmRows = 3

// RunCell measures one cell in this process: all variants in the same rows.
func RunCell(spec CellSpec) (*CellResult, error) {
	if err := checkPinned(host.Local(), spec.CPUs); err != nil {
		return nil, err
	}
	w, err := FindWorkload(spec.Cell.Workload)
	if err != nil {
		return nil, err
	}
	p, err := w.Params(spec.Cell.Size)
	if err != nil {
		return nil, err
	}
	// A goroutine outside that submits and waits is a thread beside the
	// workers, as tokio's block_on is: without a P of its own it would wait
	// until a worker is preempted.
	runtime.GOMAXPROCS(spec.Cell.Workers + w.drivers() + w.readers() + readersOf(spec.Variants))
	debug.SetGCPercent(-1) // collected between rows instead

	c := &cell{spec: spec, run: w.runName(), params: p, load: w.Load, want: w.Answer(p), order: newOrder(len(spec.Variants), spec.Seed)}
	defer c.endPeers()
	defer c.endAudits()
	if err := c.open(); err != nil {
		return nil, err
	}
	for i, l := range c.lanes {
		if !l.peer {
			l.audit = newAuditor(w, spec.Cell.Workers, l.sched, spec.Seed+uint64(i))
		}
	}
	if w.Load > 0 {
		if restore, err := host.Alone(); err == nil { // else a recording shows how late the driver is
			defer func() { _ = restore() }() // the process ends, but in a test
			c.alone = true
		}
	}
	c.canaries = host.NewCanaries()
	defer c.canaries.Close()
	result, err := c.measure()
	if err != nil {
		return nil, err
	}
	for _, l := range c.lanes {
		if l.injection || l.absent != "" {
			continue // its scheduler is the base's, or it has none any more
		}
		l.reading.close()
		if err := l.sched.Close(); err != nil {
			return nil, fmt.Errorf("%s: %w", l.variant, err)
		}
		if err := balanced(l.sched.Snapshot()); err != nil {
			return nil, fmt.Errorf("%s: %w", l.variant, err)
		}
	}
	return result, nil
}

// open starts the lanes' schedulers, in an order and with gaps between them on
// the heap that are this cell's own: where one lies can move its times by a
// percent, and must not be the same in all cells. An injection runs on the base's
// scheduler, so that nothing differs but the work that it adds. No workload has a task
// that blocks.
func (c *cell) open() error {
	random := rand.New(rand.NewPCG(c.spec.Seed, streamOpen))
	c.lanes = make([]*lane, len(c.spec.Variants))
	var warm time.Duration
	if slices.ContainsFunc(c.spec.Variants, func(v string) bool { _, ok := FindPeer(v); return ok }) {
		warm = peerLead
	}
	for _, i := range random.Perm(len(c.lanes)) {
		c.gaps = append(c.gaps, make([]byte, 64*random.IntN(maxGap/64)))
		v := c.spec.Variants[i]
		if _, ok := FindInjection(v); ok {
			continue
		}
		if peer, ok := FindPeer(v); ok {
			if err := c.openPeer(i, peer); err != nil {
				return err
			}
			continue
		}
		s, err := NewScheduler(v, sched.Config{Workers: c.spec.Cell.Workers, NoBlocking: true})
		if err != nil {
			return err
		}
		c.lanes[i] = &lane{variant: v, sched: s, reading: newReading(watchOf(v), s), lead: lead, warm: warm}
	}
	for i, v := range c.spec.Variants {
		if injection, ok := FindInjection(v); ok {
			c.lanes[i] = &lane{variant: v, sched: c.base().sched, lead: lead, injection: true, percent: injection.Percent}
		}
	}
	return nil
}

// maxGap is what may lie between two schedulers, in bytes: some pages.
const maxGap = 64 << 10

type cell struct {
	spec     CellSpec
	run      string
	params   sched.Params
	want     sched.Answer
	order    *order
	lanes    []*lane
	gaps     [][]byte // kept, so that the heap stays as it is
	reps     int
	load     float64   // of the workload
	loop     *openLoop // nil: none, or not prepared
	canaries *host.Canaries
	alone    bool                 // the driver of an open loop has a CPU that no other thread runs on
	ratios   map[string][]float64 // to the base, one a row of the block
	totals   map[string]float64   // ns of the rows of the block
	all      map[string][]float64 // and of the cell
	halves   []float64            // of quads: the first two slots over the last two, one a row of the block
}

func (c *cell) measure() (*CellResult, error) {
	if err := c.prepare(); err != nil {
		return nil, err
	}
	c.all = map[string][]float64{}
	result := &CellResult{Blocks: map[string][]recording.Block{}, Reps: c.reps}
	local := host.Local()
	var measured time.Duration
	for b := 0; b < blocksPerCell && measured < c.spec.CellTime; b++ {
		c.startBlock()
		before := local.Usage()
		start, took := time.Now(), time.Duration(0)
		for took < c.spec.CellTime/blocksPerCell {
			if err := c.row(); err != nil {
				return nil, err
			}
			result.Rows++
			took = time.Since(start)
		}
		measured += took
		d := disturbance{usage: local.Usage().Sub(before), clockStep: stepped(start, time.Now())}
		if err := c.timed(); err != nil {
			return nil, err
		}
		last := b == blocksPerCell-1 || measured >= c.spec.CellTime
		for _, l := range c.lanes {
			if l.absent != "" {
				continue
			}
			b, err := c.block(l, d, last)
			if err != nil {
				return nil, err
			}
			result.Blocks[l.variant] = append(result.Blocks[l.variant], b)
		}
	}
	for _, l := range c.lanes {
		if l.absent != "" { // also of the blocks before
			result.Blocks[l.variant] = []recording.Block{recording.AbsentBlock(l.absent)}
		}
	}
	return result, nil
}

// openPeer starts the process of lane i, unless it is left out.
func (c *cell) openPeer(i int, peer Peer) error {
	c.lanes[i] = &lane{variant: peer.Name, peer: true, absent: c.spec.LeftOut[peer.Name], lead: peerLead}
	if c.lanes[i].absent != "" {
		return nil
	}
	p, err := startPeer(peer, c.spec.Cell.Workers, c.want.Tasks)
	if err != nil {
		return err
	}
	c.lanes[i].sched = p
	return nil
}

// endAudits ends all readers, also of a cell that failed.
func (c *cell) endAudits() {
	for _, l := range c.lanes {
		if l != nil {
			l.audit.close()
		}
	}
}

// endPeers ends all processes, also of a cell that failed.
func (c *cell) endPeers() {
	for _, l := range c.lanes {
		if l != nil && l.peer && l.sched != nil {
			_ = l.sched.Close()
		}
	}
}

// giveUp ends a peer that failed: the cell goes on without it.
func (l *lane) giveUp(why *peerError) {
	l.absent = why.unit
	_ = l.sched.(*peerProcess).kill()
}

// prepare finds the number of runs per slot on the base, and what to inject,
// and warms up.
func (c *cell) prepare() error {
	if c.load > 0 {
		return c.prepareOpen(c.load)
	}
	base := c.base()
	var long bool
	var err error
	if c.reps, long, err = base.calibrate(c.run, c.params, c.want, c.spec.SlotTime); err != nil {
		return err
	}
	c.startBlock()
	if long {
		for _, l := range c.lanes {
			l.lead, l.warm = 0, 0
		}
	} else {
		for range warmRows {
			if err := c.row(); err != nil {
				return err
			}
		}
	}
	return c.inject(base, long)
}

// injectSlots is how many slots of the base a percentage is taken from.
const injectSlots = 15

// inject finds how many steps of work each lane adds to a slot.
func (c *cell) inject(base *lane, long bool) error {
	if !slices.ContainsFunc(c.lanes, func(l *lane) bool { return l.percent > 0 }) {
		return nil
	}
	n := injectSlots
	if long {
		n = 1
	}
	var slots []float64
	for range n {
		took, err := base.slot(c.run, c.params, c.want, c.reps)
		if err != nil {
			return err
		}
		slots = append(slots, float64(took))
	}
	slot, err := stat.Median(slots)
	if err != nil {
		return err
	}
	for _, l := range c.lanes {
		if l.percent > 0 {
			l.steps = host.SpinSteps(time.Duration(slot * l.percent / 100))
		}
	}
	return nil
}

func (c *cell) base() *lane {
	return c.lanes[slices.Index(c.spec.Variants, impls.Base)]
}

func (c *cell) startBlock() {
	c.collect()
	c.ratios, c.totals = map[string][]float64{}, map[string]float64{}
	c.halves = c.halves[:0]
	c.canaries.Reset()
	for _, l := range c.lanes {
		l.nanos = l.nanos[:0]
		l.injected = l.injected[:0]
		l.runs = 0
		if l.latencies != nil {
			l.latencies.reset()
		}
		if l.reading != nil {
			l.reading.reads.Store(0)
		}
		if l.audit != nil {
			l.audit.reset()
		}
		if l.absent == "" {
			l.before = l.sched.Snapshot()
		}
	}
}

// row runs every lane in one row and notes times and ratios. A row with a slot
// without time gives no ratios.
func (c *cell) row() error {
	c.canaries.Sing() // the lead of the first slot follows
	sums := make([]time.Duration, len(c.lanes))
	counts := make([]int, len(c.lanes))
	var slots [4]time.Duration // of a quad
	whole := true
	c.draw()
	for at, i := range c.order.next() {
		if c.lanes[i].absent != "" {
			continue
		}
		took, err := c.slot(c.lanes[i])
		var failed *peerError
		if errors.As(err, &failed) {
			c.lanes[i].giveUp(failed)
			continue
		}
		if err != nil {
			return err
		}
		if took == 0 {
			whole = false
			continue
		}
		sums[i] += took
		counts[i]++
		if len(c.lanes) == 2 {
			slots[at] = took
		}
		perTask := float64(took.Nanoseconds()) / float64(c.reps) / float64(c.want.Tasks)
		c.lanes[i].nanos = append(c.lanes[i].nanos, perTask)
	}
	if whole {
		base := slices.Index(c.spec.Variants, impls.Base)
		for i, l := range c.lanes {
			if l.absent != "" {
				continue
			}
			x := float64(sums[i]) / float64(counts[i]) / (float64(sums[base]) / float64(counts[base]))
			c.ratios[l.variant] = append(c.ratios[l.variant], x)
			c.totals[l.variant] += float64(sums[i]) / float64(counts[i])
		}
		if len(c.lanes) == 2 && !slices.Contains(slots[:], 0) {
			c.halves = append(c.halves, float64(slots[0]+slots[1])/float64(slots[2]+slots[3]))
		}
	}
	c.collect()
	return nil
}

// collectAt is how much garbage may pile up before a collection between rows.
const collectAt = 64 << 20

func (c *cell) collect() {
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.HeapAlloc > collectAt {
		runtime.GC()
	}
}
