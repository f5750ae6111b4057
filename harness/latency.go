package harness

import (
	"math"

	"github.com/HdrHistogram/hdrhistogram-go"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
	"stealbench/internal/stat"
)

const (
	// maxLatency is longer than a cell may take, so that none is out of range, ns.
	maxLatency = int64(2 * (cellTimeout + maxCellTime))
	// latencyDigits is the precision of the quantiles: 0.1 %.
	latencyDigits = 3
	// keepsUp is the share of what came that must be done a second. A slot ends with
	// some tasks in the queue, and a few percent of it go by until they are done.
	keepsUp = 0.95
)

// latencies are those of a lane in a block. They are not corrected for coordinated
// omission (RecordCorrectedValue): the arrivals are drawn in advance and none is left
// out, so nothing is missing.
type latencies struct {
	took, late *hdrhistogram.Histogram
	max        int64 // exact, as the sum is
	sum        float64
	done       []float64 // a second, one a slot
	behind     int       // slots that did not keep up
}

func newLatencies() *latencies {
	return &latencies{took: hdrhistogram.New(1, maxLatency, latencyDigits), late: hdrhistogram.New(1, maxLatency, latencyDigits)}
}

func (l *latencies) reset() {
	l.took.Reset()
	l.late.Reset()
	l.max, l.sum, l.done, l.behind = 0, 0, l.done[:0], 0
}

// add adds those of a slot, but for the first skip arrivals, and returns their mean. ok
// is false if a task has none, or was done before it was due: a wrong answer.
func (l *latencies) add(a *sched.Arrivals, skip int) (mean float64, ok bool) {
	n := len(a.Due)
	sum, end := 0.0, int64(0)
	for i := range n {
		latency := a.Latency(i)
		end = max(end, a.Due[i]+latency)
		if latency < 0 {
			return 0, false
		}
		if i < skip {
			continue
		}
		if l.took.RecordValue(latency) != nil || l.late.RecordValue(a.Late[i]) != nil {
			return 0, false
		}
		l.max = max(l.max, latency)
		sum += float64(latency)
	}
	l.sum += sum
	counted := float64(n - skip)
	came, done := float64(a.Due[n-1]-a.Due[skip]), float64(end-a.Due[skip])
	l.done = append(l.done, counted*1e9/math.Max(done, 1))
	if came < keepsUp*done {
		l.behind++
	}
	return sum / counted, true
}

// quantiles are the units of a block's quantiles, with their percentile.
var quantiles = []struct {
	unit       string
	percentile float64 // 0 to 100, as the library wants it
}{{recording.P50Ns, 50}, {recording.P90Ns, 90}, {recording.P99Ns, 99}, {recording.P999Ns, 99.9}}

// values are those of the block.
func (l *latencies) values() ([]recording.Value, error) {
	done, err := stat.Median(l.done)
	if err != nil {
		return nil, err
	}
	var values []recording.Value
	for _, q := range quantiles {
		// Not above the exact maximum, as the upper end of its bucket may be.
		values = append(values, recording.Value{Unit: q.unit, V: float64(min(l.took.ValueAtPercentile(q.percentile), l.max))})
	}
	return append(values,
		recording.Value{Unit: recording.MaxNs, V: float64(l.max)},
		recording.Value{Unit: recording.MeanNs, V: l.sum / float64(l.took.TotalCount())},
		recording.Value{Unit: recording.LateNs, V: float64(l.late.ValueAtPercentile(99))},
		recording.Value{Unit: recording.Done, V: done},
		recording.Value{Unit: recording.BehindSlots, V: float64(l.behind)}), nil
}
