// Package impls holds the variants of the scheduler. chaselev is the base,
// written by hand; every other variant is the base, or another variant, with the
// files replaced that this table names. The rest of its files are stamped: byte
// copies called z*.go with the package clause renamed. To learn what a variant
// changes, read its row and the files without a z.
package impls

// By files, since the variants may not compile before they are stamped.
//go:generate go test generate_test.go variants.go -run TestGenerated -write

// Variant is one row of the table.
type Variant struct {
	Name     string   // folder and package
	Over     []string // variants that its copies are of, where they replace a file of the base
	Replaces []string // files of the base, or of those, that it writes by hand or does without
	Tags     []string // build tags that its copies are stamped under
	Counts   Counts   // whose counters one element of a snapshot has
	Changes  string   // what it is for, in a few words
}

// Counts says what the elements of Snapshot.Workers are.
type Counts uint8

const (
	PerWorker Counts = iota // one element for each worker
	Together                // one element for all workers
	Nothing                 // no element
)

// metricsSeam is where events are counted. Variants that count without a batch
// have cells.go beside it: what a counter is, and where.
var metricsSeam = []string{"metrics.go", "metrics_extended.go", "metrics_stable.go", "publish.go"}

// Base is the variant that the others are stamped from and compared with.
const Base = "chaselev"

// Variants lists all variants, the base first.
var Variants = []Variant{
	{Base, nil, nil, nil, PerWorker, "Chase-Lev deque, batched metrics: the base"},
	{"twin", nil, nil, nil, PerWorker, "the base again: the noise floor"},
	{"nometrics", nil, metricsSeam, nil, Nothing, "no metrics at all: the floor"},
	{"batchless", nil, metricsSeam, nil, PerWorker, "an atomic add per event on the worker's own line"},
	{"singlewriter", []string{"batchless"}, []string{"cells.go"}, nil, PerWorker, "an atomic load and store per event on the worker's own line"},
	{"adjacent", []string{"batchless"}, []string{"cells.go"}, nil, PerWorker, "an atomic add per event on the worker's own word of a line with others' words"},
	{"sharedline", []string{"batchless"}, []string{"cells.go"}, nil, Together, "an atomic add per event on one line for all workers"},
	{"mutexqueue", nil, []string{"queue.go", "queue_start_test.go"}, nil, PerWorker, "local queue under a mutex, batched metrics"},
	{"splitdeque", nil, []string{"queue.go", "private.go"}, nil, PerWorker, "split deque: a part of the local queue is the owner's alone, batched metrics"},
	{"mutexbatchless", []string{"mutexqueue", "batchless"}, nil, nil, PerWorker, "local queue under a mutex, an atomic add per event on the worker's own line"},
}

// Levels are the base with a part of it taken out or done in another way, to
// measure what that part costs beside the variants, in the same rows. They are
// stamped without tests: what the tags select is tested in the base.
var Levels = []Variant{
	{"nodump", nil, nil, []string{"nodump"}, PerWorker, "the base without task dumps, as under -tags nodump"},
	{"stable", nil, nil, []string{"stable"}, PerWorker, "the base that counts busy time, parks and unparks only, as under -tags stable"},
	{"allcells", nil, []string{"publish.go"}, nil, PerWorker, "the base that stores every total at every submit, changed or not"},
}

// libraryFiles is what a variant that counts with a library replaces or does without.
var libraryFiles = []string{"cells.go", "metrics_stable.go", "wrap_test.go", "dump_wrap_test.go"}

// Libraries are variants that count with what a library has. Each has a folder in
// libs, which is a module of its own: what they need stays out of this one's go.mod.
// They have no stable level, and no test of counters near the end of their range: nobody
// can set a library's, and Prometheus reads a float64, which is not exact there.
var Libraries = []Variant{
	{"xsynccounter", []string{"batchless"}, libraryFiles, nil, Together, "a striped counter of github.com/puzpuzpuz/xsync per event, one set for all workers"},
	{"promcounter", []string{"batchless"}, libraryFiles, nil, Together, "a counter of github.com/prometheus/client_golang per event, one set for all workers"},
}
