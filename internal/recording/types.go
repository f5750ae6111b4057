package recording

// Key is one fact about the whole recording: host, command line, seed. A fact
// that could not be read says why, "n/a (ENOENT)", and is never 0 or empty.
type Key struct{ Name, Value string }

// Cell names one process of the plan: one workload at one size and number of
// workers, in one linker layout.
type Cell struct {
	Workload string // registry name, [a-z0-9_-]+
	Size     string // small, default or large
	Workers  int
	Layout   int // linker layout seed; 0 is the toolchain's own order
	Proc     int // which repetition of the cell, from 0
}

// Value is one measure of a block, finite and not negative.
type Value struct {
	Unit string // ns/task, xbase, tasks/op, polls/op, ...
	V    float64
}

// Block is one benchmark line: the medians over some slots of one variant.
type Block struct {
	Slots  int // timed calls in this block, >= 1
	Values []Value
}

// The units that every block has.
const (
	// NsPerTask is the median over the block's slots, in ns of wall time.
	NsPerTask = "ns/task"
	// XBase is the median over the block's rows of the variant's slot time
	// over the base's in the same row; 1 for the base.
	XBase = "xbase"
	// TasksPerOp is how many tasks one run of the workload executes; exact.
	TasksPerOp = "tasks/op"
)

// Units that some blocks have, of what the rows of one binary say.
const (
	// RowsSlower and RowsFaster are how many rows of the block have the variant
	// slower and faster than the base; not in the base's blocks.
	RowsSlower = "rows-slower"
	RowsFaster = "rows-faster"
	// XBaseLo and XBaseHi are the ends of a 95 % interval of the median ratio
	// over all rows of the cell, by order statistics; in the cell's last block.
	XBaseLo = "xbase-lo"
	XBaseHi = "xbase-hi"
	// XTotal is the variant's time over the base's in all rows of the block together:
	// what a user of a busy host feels, where XBase is the undisturbed speed.
	XTotal = "xtotal"
	// XHalf is the median over the block's quads of the time of the first two
	// slots over that of the last two, in which both variants stand once.
	XHalf = "xhalf"
	// InjectedPercent is what the work injected into a slot took, of a slot of
	// the base: medians over the block.
	InjectedPercent = "injected-%"
)
