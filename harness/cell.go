package harness

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
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
	runtime.GOMAXPROCS(spec.Cell.Workers + w.drivers())
	debug.SetGCPercent(-1) // collected between rows instead

	c := &cell{spec: spec, run: w.runName(), params: p, want: w.Answer(p), order: newOrder(len(spec.Variants), spec.Seed)}
	if err := c.open(); err != nil {
		return nil, err
	}
	result, err := c.measure()
	if err != nil {
		return nil, err
	}
	for _, l := range c.lanes {
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
// percent, and must not be the same in all cells.
func (c *cell) open() error {
	random := rand.New(rand.NewPCG(c.spec.Seed, 2))
	c.lanes = make([]*lane, len(c.spec.Variants))
	for _, i := range random.Perm(len(c.lanes)) {
		c.gaps = append(c.gaps, make([]byte, 64*random.IntN(maxGap/64)))
		v := c.spec.Variants[i]
		s, err := NewScheduler(v, sched.Config{Workers: c.spec.Cell.Workers})
		if err != nil {
			return err
		}
		c.lanes[i] = &lane{variant: v, sched: s, lead: lead}
	}
	return nil
}

// maxGap is what may lie between two schedulers, in bytes: some pages.
const maxGap = 64 << 10

type cell struct {
	spec   CellSpec
	run    string
	params sched.Params
	want   sched.Answer
	order  *order
	lanes  []*lane
	gaps   [][]byte // kept, so that the heap stays as it is
	reps   int
	ratios map[string][]float64 // to the base, one a row of the block
}

func (c *cell) measure() (*CellResult, error) {
	if err := c.prepare(); err != nil {
		return nil, err
	}
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
		usage := local.Usage().Sub(before)
		for _, l := range c.lanes {
			b, err := c.block(l, usage)
			if err != nil {
				return nil, err
			}
			result.Blocks[l.variant] = append(result.Blocks[l.variant], b)
		}
	}
	return result, nil
}

// prepare finds the number of runs per slot on the base, and warms up.
func (c *cell) prepare() error {
	var long bool
	for _, l := range c.lanes {
		if l.variant == impls.Base {
			var err error
			if c.reps, long, err = l.calibrate(c.run, c.params, c.want, c.spec.SlotTime); err != nil {
				return err
			}
		}
	}
	c.startBlock()
	if long {
		for _, l := range c.lanes {
			l.lead = 0
		}
		return nil
	}
	for range warmRows {
		if err := c.row(); err != nil {
			return err
		}
	}
	return nil
}

func (c *cell) startBlock() {
	c.collect()
	c.ratios = map[string][]float64{}
	for _, l := range c.lanes {
		l.nanos = l.nanos[:0]
		l.runs = 0
		l.before = l.sched.Snapshot()
	}
}

// row runs every lane in one row and notes times and ratios.
func (c *cell) row() error {
	sums := make([]time.Duration, len(c.lanes))
	counts := make([]int, len(c.lanes))
	for _, i := range c.order.next() {
		took, err := c.lanes[i].slot(c.run, c.params, c.want, c.reps)
		if err != nil {
			return err
		}
		sums[i] += took
		counts[i]++
		perTask := float64(took.Nanoseconds()) / float64(c.reps) / float64(c.want.Tasks)
		c.lanes[i].nanos = append(c.lanes[i].nanos, perTask)
	}
	var base float64
	for i, l := range c.lanes {
		if l.variant == impls.Base {
			base = float64(sums[i]) / float64(counts[i])
		}
	}
	for i, l := range c.lanes {
		c.ratios[l.variant] = append(c.ratios[l.variant], float64(sums[i])/float64(counts[i])/base)
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

// block is the recording's line for a lane's slots since startBlock.
func (c *cell) block(l *lane, usage host.Usage) (recording.Block, error) {
	nanos, err := stat.Median(l.nanos)
	if err != nil {
		return recording.Block{}, err
	}
	ratio, err := stat.Median(c.ratios[l.variant])
	if err != nil {
		return recording.Block{}, err
	}
	b := recording.Block{Slots: len(l.nanos), Values: []recording.Value{
		{Unit: recording.NsPerTask, V: nanos},
		{Unit: recording.XBase, V: ratio},
		{Unit: recording.TasksPerOp, V: float64(c.want.Tasks)},
	}}
	after := l.sched.Snapshot()
	if after.Extended {
		b.Values = append(b.Values, perRun(l.before.Total(), after.Total(), float64(l.runs))...)
	}
	for _, u := range []struct {
		unit string
		r    host.Reading
	}{{"steal-ticks", usage.Steal}, {"wait-ns", usage.RunQueueWait}} {
		if u.r.OK() {
			b.Values = append(b.Values, recording.Value{Unit: u.unit, V: u.r.V})
		}
	}
	return b, nil
}

func perRun(before, after sched.WorkerCounters, runs float64) []recording.Value {
	return []recording.Value{
		{Unit: "polls/op", V: float64(after.PollCount-before.PollCount) / runs},
		{Unit: "steals/op", V: float64(after.StealCount-before.StealCount) / runs},
		{Unit: "stealops/op", V: float64(after.StealOperations-before.StealOperations) / runs},
		{Unit: "parks/op", V: float64(after.ParkCount-before.ParkCount) / runs},
		{Unit: "stealattempts/op", V: float64(after.StealAttempts-before.StealAttempts) / runs},
		{Unit: "localscheds/op", V: float64(after.LocalScheduleCount-before.LocalScheduleCount) / runs},
	}
}
