package harness

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/impls"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// openFake is a scheduler that does all tasks of an open loop some ns after they are due,
// and keeps what it was given.
type openFake struct {
	fake
	after int64
	lost  bool      // the last task
	due   [][]int64 // of each run
}

func (f *openFake) TimeWorkload(_ string, p sched.Params, _ time.Duration, _ int) (sched.Timing, error) {
	f.due = append(f.due, slices.Clone(p.Arrivals.Due))
	for i, due := range p.Arrivals.Due {
		if p.Arrivals.Late[i] = 0; !f.lost || i < p.N-1 {
			p.Arrivals.Done(int64(i), due+f.after)
		}
	}
	return sched.Timing{Answer: f.answer, Took: time.Millisecond, Runs: 1}, nil
}

func openCell(t *testing.T, seed uint64, base, other *openFake) *cell {
	c := fakeCell(t, &base.fake, &other.fake, sched.Answer{Tasks: 1000})
	c.lanes[0].sched, c.lanes[1].sched = base, other
	c.spec.Seed, c.load, c.params = seed, 0.5, sched.Params{N: 1000}
	return c
}

// TestOpenRows: all lanes of a row get one schedule, each row another, and a seed gives
// the same ones again. Rows compare mean latencies.
func TestOpenRows(t *testing.T) {
	right := sched.Answer{Tasks: 1000}
	schedules := func(seed uint64) [][]int64 {
		base, other := &openFake{fake: fake{answer: right}, after: 1000}, &openFake{fake: fake{answer: right}, after: 1300}
		got, err := openCell(t, seed, base, other).measure()
		if err != nil {
			t.Fatal(err)
		}
		mine := base.due[1+capacityRuns:] // two slots a row
		if len(mine) < 4 || len(mine) != len(other.due) {
			t.Fatalf("%d slots of the base and %d of the other, want the same number", len(mine), len(other.due))
		}
		for i := range mine {
			if !slices.Equal(mine[i], other.due[i]) || i > 0 && slices.Equal(mine[i], mine[i-1]) != (i%2 == 1) {
				t.Fatalf("slot %d: the schedule is not that of its row alone", i)
			}
		}
		b := got.Blocks["other"][0]
		for unit, want := range map[string]float64{recording.XBase: 1.3, recording.NsPerTask: 1300, recording.P50Ns: 1300,
			recording.Capacity: 1e6, recording.Arrivals: 5e5, recording.BehindSlots: 0, recording.LateNs: 0} {
			if v, ok := b.Get(unit); !ok || v != want {
				t.Errorf("%s is %v, %v, want %v", unit, v, ok, want)
			}
		}
		return mine
	}
	first := schedules(1)
	if again := schedules(1); !slices.Equal(first[0], again[0]) || !slices.Equal(first[2], again[2]) {
		t.Error("one seed gives two schedules")
	}
	if slices.Equal(first[0], schedules(2)[0]) {
		t.Error("two seeds give one schedule")
	}
}

// TestOpenWrong: a wrong answer flags the cell, and a task without a latency is one.
func TestOpenWrong(t *testing.T) {
	right := sched.Answer{Tasks: 1000}
	base, other := &openFake{fake: fake{answer: right}}, &openFake{fake: fake{answer: sched.Answer{Value: 1, Tasks: 1000}}, after: 1}
	base.after = 1
	got, err := openCell(t, 1, base, other).measure()
	if err != nil {
		t.Fatal(err)
	}
	if flags := (recording.CellData{Blocks: got.Blocks}).Flags(); !slices.Contains(flags, recording.WrongAnswers) {
		t.Errorf("a wrong answer: got flags %v", flags)
	}
	other.answer, other.lost = right, true
	if _, err := openCell(t, 1, base, other).measure(); err == nil || !strings.Contains(err.Error(), "wrong answers") {
		t.Errorf("a task is lost: got %v, want an error", err)
	}
	base.answer.Tasks = 999
	c := openCell(t, 1, base, other)
	if err := c.prepare(); err != nil || c.lanes[0].wrong == 0 {
		t.Errorf("the base answers wrongly: got %v, %d wrong answers", err, c.lanes[0].wrong)
	}
}

// TestOpenCell: a real cell has all units, in order.
func TestOpenCell(t *testing.T) {
	got, err := RunCell(CellSpec{Cell: recording.Cell{Workload: "open_50", Size: "small", Workers: 1},
		Variants: []string{impls.Base, "twin", "nometrics"}, CellTime: 20 * time.Millisecond, SlotTime: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for v, blocks := range got.Blocks {
		for _, b := range blocks {
			last := 0.0
			for _, unit := range []string{recording.P50Ns, recording.P90Ns, recording.P99Ns, recording.P999Ns, recording.MaxNs} {
				x, ok := b.Get(unit)
				if !ok || x < last {
					t.Errorf("%s: %s is %v, %v, want at least %v", v, unit, x, ok, last)
				}
				last = x
			}
			for _, unit := range []string{recording.MeanNs, recording.LateNs, recording.Done, recording.BehindSlots, recording.Capacity} {
				if _, ok := b.Get(unit); !ok {
					t.Errorf("%s: no %s", v, unit)
				}
			}
			capacity, _ := b.Get(recording.Capacity)
			if arrivals, _ := b.Get(recording.Arrivals); arrivals != capacity/2 {
				t.Errorf("%s: %v arrivals of a capacity of %v, want half", v, arrivals, capacity)
			}
		}
	}
}

// TestOpenRefusesInjections: work after a slot is in no latency.
func TestOpenRefusesInjections(t *testing.T) {
	p := DefaultPlan()
	p.Workloads = []string{"fib", "open_80"}
	p.Variants = []string{impls.Base, "plus0"}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	p.Variants = append(p.Variants, "plus1")
	if err := p.Check(); err == nil || !strings.Contains(err.Error(), "plus1") || !strings.Contains(err.Error(), "open_80") {
		t.Errorf("got %v, want an error that names both", err)
	}
}
