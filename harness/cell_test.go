package harness

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stealbench/impls"
	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// fakeCell is a cell of two lanes, the base and another, on fake schedulers.
func fakeCell(t *testing.T, base, other *fake, want sched.Answer) *cell {
	t.Helper()
	c := &cell{
		spec:     CellSpec{Variants: []string{impls.Base, "other"}, CellTime: 4 * time.Millisecond, SlotTime: time.Microsecond},
		want:     want,
		order:    newOrder(2, 1),
		lanes:    []*lane{{variant: impls.Base, sched: base}, {variant: "other", sched: other}},
		canaries: host.NewCanaries(),
	}
	t.Cleanup(c.canaries.Close)
	return c
}

// TestCellKeepsWrongAnswers: a cell with a wrong answer is there, and flagged,
// also if only the warm-up was wrong; so is one whose clock stood.
func TestCellKeepsWrongAnswers(t *testing.T) {
	right, wrong := sched.Answer{Value: 1, Tasks: 1}, sched.Answer{Value: 2, Tasks: 1}
	for _, row := range []struct {
		name        string
		base, other fake
		warm        func(c *cell) // before it is measured
		want        []string
	}{
		{"right", fake{answer: right, took: time.Microsecond}, fake{answer: right, took: time.Microsecond}, nil, nil},
		{"wrong", fake{answer: right, took: time.Microsecond}, fake{answer: wrong, took: time.Microsecond}, nil, []string{recording.WrongAnswers}},
		{"wrong before", fake{answer: right, took: time.Microsecond}, fake{answer: right, took: time.Microsecond},
			func(c *cell) { c.lanes[0].wrong++ }, []string{recording.WrongAnswers}},
		{"clock stood", fake{answer: right, took: time.Microsecond}, fake{answer: right, took: time.Microsecond},
			func(c *cell) { c.lanes[1].stopped++ }, []string{recording.ClockSteps}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := fakeCell(t, &row.base, &row.other, right)
			if row.warm != nil {
				row.warm(c)
			}
			got, err := c.measure()
			if err != nil {
				t.Fatal(err)
			}
			// The host may throttle or set its clock while we test.
			flags := slices.DeleteFunc(recording.CellData{Blocks: got.Blocks}.Flags(), func(f string) bool {
				return strings.HasPrefix(f, "throttled") || f == recording.ClockSteps && !slices.Contains(row.want, f)
			})
			if !slices.Equal(flags, row.want) {
				t.Errorf("got flags %v, want %v", flags, row.want)
			}
			for _, unit := range []string{recording.RowsSlower, recording.RowsFaster} {
				if n, ok := got.Blocks["other"][0].Get(unit); !ok || n != 0 {
					t.Errorf("%s is %v, %v of equal times, want 0", unit, n, ok)
				}
			}
			for _, v := range c.spec.Variants {
				if x, _ := got.Blocks[v][0].Get(recording.XBase); x != 1 {
					t.Errorf("%s: ratio %v, want 1 of equal times", v, x)
				}
			}
		})
	}
	// Nothing timed is no sample.
	c := fakeCell(t, &fake{answer: right, took: time.Microsecond}, &fake{answer: right}, right)
	if _, err := c.measure(); err == nil || !strings.Contains(err.Error(), "other: no row of a block was timed") {
		t.Errorf("a lane without times: got %v, want an error", err)
	}
	c = fakeCell(t, &fake{answer: wrong, err: sched.ErrAnswers}, &fake{answer: right, took: 1}, right)
	if _, err := c.measure(); err == nil || !strings.Contains(err.Error(), "no slot could be timed") {
		t.Errorf("a base without times: got %v, want an error", err)
	}
}

// TestWithin: the rows say what the lanes' times say.
func TestWithin(t *testing.T) {
	right := sched.Answer{Tasks: 1}
	var got *CellResult
	for try := 1; got == nil || got.Rows < 6*blocksPerCell; try++ { // a busy host gives few rows; 6 make an interval
		if try > 10 {
			t.Skipf("%d rows in 40 ms: the host is too busy", got.Rows)
		}
		c := fakeCell(t, &fake{answer: right, took: 1000}, &fake{answer: right, took: 1100}, right)
		c.spec.CellTime = 40 * time.Millisecond
		var err error
		if got, err = c.measure(); err != nil {
			t.Fatal(err)
		}
	}
	blocks := got.Blocks["other"]
	last := blocks[len(blocks)-1]
	for unit, want := range map[string]float64{
		recording.XBase: 1.1, recording.RowsFaster: 0, recording.XHalf: 1, recording.XBaseLo: 1.1, recording.XBaseHi: 1.1, recording.XTotal: 1.1,
	} {
		if v, ok := last.Get(unit); !ok || v != want {
			t.Errorf("%s is %v, %v, want %v", unit, v, ok, want)
		}
	}
	slower := 0.0
	for i, b := range blocks {
		n, _ := b.Get(recording.RowsSlower)
		slower += n
		if _, ok := b.Get(recording.XBaseLo); ok != (i == len(blocks)-1) {
			t.Errorf("block %d of %d has an interval of the cell: %v", i, len(blocks), ok)
		}
		if _, ok := b.Get(host.CanaryClock); !ok {
			t.Errorf("block %d has no %s", i, host.CanaryClock)
		}
	}
	if int(slower) != got.Rows {
		t.Errorf("%v rows slower, want all %d", slower, got.Rows)
	}
	if _, ok := got.Blocks[impls.Base][0].Get(recording.RowsSlower); ok {
		t.Error("the base is compared with itself")
	}
}

// TestFlagValues: each disturbance becomes its unit; what can't be read is none.
func TestFlagValues(t *testing.T) {
	none := host.Reading{Why: "ENOENT"}
	periods := func(n float64) host.Reading { return host.Reading{V: n, Unit: "periods"} }
	for _, row := range []struct {
		name string
		lane lane
		d    disturbance
		want []float64
	}{
		{"nothing", lane{}, disturbance{usage: host.Usage{Throttled: periods(0)}}, []float64{0, 0, 0, 0}},
		{"unread", lane{}, disturbance{usage: host.Usage{Throttled: none, ThrottledAncestors: none, ThrottledTime: none}}, []float64{0, 0, 0, 0}},
		{"own and above", lane{}, disturbance{usage: host.Usage{Throttled: periods(2), ThrottledAncestors: periods(3)}}, []float64{5, 0, 0, 0}},
		{"above only", lane{}, disturbance{usage: host.Usage{Throttled: none, ThrottledAncestors: periods(3)}}, []float64{3, 0, 0, 0}},
		{"within a period", lane{}, disturbance{usage: host.Usage{ThrottledTime: periods(7)}}, []float64{0, 7, 0, 0}},
		{"clock set, and stood", lane{stopped: 2}, disturbance{clockStep: true}, []float64{0, 0, 3, 0}},
		{"wrong", lane{wrong: 4}, disturbance{}, []float64{0, 0, 0, 4}},
	} {
		var got []float64
		for i, v := range row.lane.flags(row.d) {
			if v.Unit != recording.FlagUnits[i] {
				t.Errorf("%s: value %d is of %s, want %s", row.name, i, v.Unit, recording.FlagUnits[i])
			}
			got = append(got, v.V)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

func TestClocksDiffer(t *testing.T) {
	for _, row := range []struct {
		wall, monotonic time.Duration
		want            bool
	}{
		{time.Second, time.Second, false},
		{time.Second + 500*time.Microsecond, time.Second, false}, // slewed at 500 ppm
		{time.Second + 3*time.Millisecond, time.Second, true},
		{time.Second - 3*time.Millisecond, time.Second, true},
		{-time.Hour, time.Second, true},
	} {
		if got := clocksDiffer(row.wall, row.monotonic); got != row.want {
			t.Errorf("wall %v, monotonic %v: got %v, want %v", row.wall, row.monotonic, got, row.want)
		}
	}
	if start := time.Now(); stepped(start, start.Add(time.Second)) {
		t.Error("two clocks that moved alike differ")
	}
}

// TestFlaggedCellsStopNothing: a comparison that stops on width does so by the
// cells that count.
func TestFlaggedCellsStopNothing(t *testing.T) {
	p := DefaultPlan()
	p.Variants, p.Workloads, p.Workers, p.Processes = []string{impls.Base}, []string{"fib"}, []int{1}, 5
	p.Width, p.Least = 1, 2
	cells := p.Cells()
	cell := func(i int, flag float64) recording.CellData {
		return recording.CellData{Cell: cells[i], Blocks: map[string][]recording.Block{impls.Base: {{Slots: 1, Values: []recording.Value{
			{Unit: recording.NsPerTask, V: 1}, {Unit: recording.XBase, V: 1}, {Unit: recording.WrongAnswers, V: flag}}}}}}
	}
	for _, row := range []struct {
		flags []float64 // of the finished cells
		more  bool
	}{{[]float64{0, 0}, false}, {[]float64{0, 1, 1}, true}, {[]float64{1, 1}, true}, {[]float64{0, 1, 0}, false}} {
		var finished []recording.CellData
		for i, f := range row.flags {
			finished = append(finished, cell(i, f))
		}
		s, err := newSchedule(p, finished)
		if err != nil {
			t.Fatal(err)
		}
		c, more := s.next()
		if more != row.more || more && c != cells[len(row.flags)] {
			t.Errorf("flags %v: next is %v, %v, want one: %v", row.flags, c, more, row.more)
		}
	}
}

// TestInject: the base's time and a share of it, which is recorded.
func TestInject(t *testing.T) {
	right := sched.Answer{Tasks: 1}
	c := fakeCell(t, &fake{answer: right, took: 10_000_000}, &fake{answer: right, took: 10_000_000}, right)
	c.lanes[1].percent = 2 // of 10 ms: 200 us, which even a busy host can tell from nothing
	got, err := c.measure()
	if err != nil {
		t.Fatal(err)
	}
	b := got.Blocks["other"][0]
	added, ok := b.Get(recording.InjectedPercent)
	x, _ := b.Get(recording.XBase)
	if !ok || added <= 0 || x <= 1 {
		t.Errorf("injected %v %%, %v, ratio %v: want both above nothing", added, ok, x)
	}
	if _, ok := got.Blocks[impls.Base][0].Get(recording.InjectedPercent); ok || c.lanes[0].steps != 0 {
		t.Error("the base has injected work")
	}
}

// TestInjectionShares: an injection runs on the base's scheduler, which counts the runs
// of both.
func TestInjectionShares(t *testing.T) {
	got, err := RunCell(CellSpec{Cell: recording.Cell{Workload: "nqueens", Size: "small", Workers: 1},
		Variants: []string{"plus0", impls.Base, "plus1"}, CellTime: 20 * time.Millisecond, SlotTime: 20 * time.Microsecond})
	if err != nil {
		t.Fatal(err)
	}
	for v, blocks := range got.Blocks {
		for _, b := range blocks {
			tasks, _ := b.Get(recording.TasksPerOp)
			if polls, counted := b.Get("polls/op"); counted && (polls < tasks/4 || polls > 1.2*tasks+4) {
				t.Errorf("%s: got %v polls/op, want those of %v tasks", v, polls, tasks)
			}
		}
	}
}

// TestInjectionsAreHidden: they can be asked for, and no run has them by itself.
func TestInjectionsAreHidden(t *testing.T) {
	for _, i := range Injections {
		if err := recording.CheckName(i.Name); err != nil {
			t.Error(err)
		}
		if slices.Contains(DefaultPlan().Variants, i.Name) {
			t.Errorf("%s is in the default plan", i.Name)
		}
		p := DefaultPlan()
		p.Variants = []string{impls.Base, i.Name}
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", i.Name, err)
		}
	}
}

// TestCellSeed: of the plan's seed and the cell, and of nothing else.
func TestCellSeed(t *testing.T) {
	c := recording.Cell{Workload: "fib", Size: "small", Workers: 1, Layout: 2, Proc: 3}
	d := c
	d.Proc++
	// printf '1 workload=fib size=small workers=1 layout=2 proc=3', FNV-1a.
	if got, want := CellSeed(1, c), uint64(0xb7e0351726841c32); got != want {
		t.Errorf("got seed %#x, want %#x: recordings could not be repeated", got, want)
	}
	if CellSeed(1, c) == CellSeed(2, c) || CellSeed(1, c) == CellSeed(1, d) {
		t.Error("two cells have one seed")
	}
}

// TestEnvironment: the pad follows the seed and stays a page.
func TestEnvironment(t *testing.T) {
	pad := func(seed uint64) int {
		env := environment(seed)
		name, value, _ := strings.Cut(env[len(env)-1], "=")
		if name != padName || len(value) > maxPad {
			t.Errorf("got %s of %d bytes, want %s of 0 to %d", name, len(value), padName, maxPad)
		}
		return len(value)
	}
	seen := map[int]bool{}
	for seed := range uint64(20) {
		seen[pad(seed)] = true
	}
	if again := pad(5); len(seen) < 15 || again != pad(5) {
		t.Errorf("20 seeds give %d pads, want about 20, the same each time", len(seen))
	}
}
