package harness

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"stealbench/internal/recording"
)

// made is a cell in which the twin takes x times as long as the base.
func made(c recording.Cell, x float64) recording.CellData {
	block := func(x float64) []recording.Block {
		return []recording.Block{{Slots: 3, Values: []recording.Value{
			{Unit: recording.NsPerTask, V: 100 * x}, {Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 1000}}}}
	}
	return recording.CellData{Cell: c, Blocks: map[string][]recording.Block{"chaselev": block(1), "twin": block(x), "nometrics": block(1)}}
}

func widthPlan(processes int) Plan {
	p := DefaultPlan()
	p.Variants, p.Workloads, p.Workers = []string{"chaselev", "twin", "nometrics"}, []string{"fib", "empty"}, []int{2}
	p.Processes, p.Width = processes, 1
	return p
}

// runSchedule ends every cell that s deals out, with what ratio says, and counts
// them by workload.
func runSchedule(t *testing.T, s *schedule, ratio func(recording.Cell) float64) map[string]int {
	t.Helper()
	cells := map[string]int{}
	for {
		c, ok := s.next()
		if !ok {
			return cells
		}
		if err := s.finished(made(c, ratio(c))); err != nil {
			t.Fatal(err)
		}
		s.ended(c, time.Second)
		cells[c.Workload]++
	}
}

// TestStopsOnWidth: a comparison ends when its widest interval is narrow enough,
// never before it has enough cells, and one that is noisy goes on to the end.
func TestStopsOnWidth(t *testing.T) {
	for _, row := range []struct {
		name          string
		noise, effect float64 // of the twin, in fib
		width         float64
		least, want   int
	}{
		{"no noise", 0, 0, 1, 8, 8},
		{"no noise, more cells", 0, 0, 1, 12, 12},
		{"too noisy", 0.5, 0, 1, 8, 40},
		{"significant at once, and too wide", 0.05, 3, 1, 8, 40},
		{"no width", 0, 0, 0, 8, 40},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := widthPlan(40)
			p.Width, p.Least = row.width, row.least
			s, err := newSchedule(p, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := runSchedule(t, s, func(c recording.Cell) float64 {
				if c.Workload == "empty" {
					return 1
				}
				return (1 + row.effect) * (1 + row.noise*float64(c.Proc%2))
			})
			if got["fib"] != row.want {
				t.Errorf("got %d cells, want %d", got["fib"], row.want)
			}
			if quiet := min(row.want, row.least); row.width > 0 && got["empty"] != max(quiet, row.least) {
				t.Errorf("the quiet comparison got %d cells, want %d", got["empty"], row.least)
			}
		})
	}
}

// TestStopsWhereWide: the last interval before the end is wider than the target,
// the one at the end is not, by the formula: t(0.975, n-1) SD / sqrt(n).
func TestStopsWhereWide(t *testing.T) {
	p := widthPlan(1000)
	p.Workloads = []string{"fib"}
	p.Layouts = 0 // else more processes of the same layouts do not help
	s, err := newSchedule(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := runSchedule(t, s, func(c recording.Cell) float64 { return 1 + 0.04*float64(c.Proc%2) })["fib"]
	half := func(n int) float64 { // alternating values: SD by hand, t by 1.96 within 3 %
		ones := float64(n / 2)
		f := ones / float64(n)
		return 1.96 * 4 * math.Sqrt(f*(1-f)*float64(n)/float64(n-1)) / math.Sqrt(float64(n))
	}
	if half(n) > 1.03 || half(n-2) < 0.95 {
		t.Errorf("stopped at %d cells, half width about %.2f %%", n, half(n))
	}
}

// TestResumedSchedule: what is finished is not dealt out again, and a comparison
// that had enough stays stopped.
func TestResumedSchedule(t *testing.T) {
	p := widthPlan(20)
	ratio := func(c recording.Cell) float64 { return 1 + 0.02*float64(c.Proc%2)*float64(len(c.Workload)-3) }
	deal := func(s *schedule, n int) (cells []recording.CellData) {
		for range n {
			c, ok := s.next()
			if !ok {
				break
			}
			cells = append(cells, made(c, ratio(c)))
			if err := s.finished(cells[len(cells)-1]); err != nil {
				t.Fatal(err)
			}
		}
		return cells
	}
	s, err := newSchedule(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := deal(s, 1000)
	if len(all) >= len(s.cells) || len(all) <= 16 {
		t.Fatalf("%d cells of %d: shows nothing", len(all), len(s.cells))
	}
	for n := range all {
		s, err := newSchedule(p, all[:n])
		if err != nil {
			t.Fatal(err)
		}
		if got := deal(s, 1000); len(got)+n != len(all) || len(got) > 0 && !reflect.DeepEqual(got, all[n:]) {
			t.Fatalf("after %d cells: %d more, want the same %d", n, len(got), len(all)-n)
		}
	}
	stranger := made(recording.Cell{Workload: "fib", Size: "small", Workers: 2, Layout: 99}, 1)
	if _, err := newSchedule(p, []recording.CellData{stranger}); err == nil || !strings.Contains(err.Error(), "none of the plan's") {
		t.Errorf("got %v for a cell of another plan", err)
	}
}

// TestStatus: the time that is left comes from the cells that ended, each
// comparison's own, and from how far its interval is.
func TestStatus(t *testing.T) {
	p := widthPlan(10)
	p.Width = 0
	s, err := newSchedule(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.status(), (Status{Cells: 20, Left: 20 * (p.CellTime + CellOverhead)}); got != want {
		t.Errorf("before the first cell: got %+v, want %+v", got, want)
	}
	end := func(workload string, took time.Duration, x float64) {
		t.Helper()
		for _, c := range s.cells {
			if c.Workload == workload && !s.done[c] {
				if err := s.finished(made(c, x)); err != nil {
					t.Fatal(err)
				}
				s.ended(c, took)
				return
			}
		}
	}
	end("fib", 2*time.Second, 1)
	if got, want := s.status(), (Status{Ended: 1, Cells: 20, Left: 19 * 2 * time.Second}); got != want {
		t.Errorf("after one cell: got %+v, want %+v", got, want)
	}
	end("empty", 10*time.Second, 1)
	end("fib", 4*time.Second, 1)
	if got, want := s.status(), (Status{Ended: 3, Cells: 20, Left: 8*3*time.Second + 9*10*time.Second}); got != want {
		t.Errorf("after three: got %+v, want %+v", got, want)
	}
	for _, row := range []struct {
		workload string
		want     time.Duration
	}{{"fib", 4 * time.Second}, {"empty", 10 * time.Second}} {
		if got := s.longest(recording.Cell{Workload: row.workload, Workers: 2}); got != row.want {
			t.Errorf("%s: at most %v, want %v", row.workload, got, row.want)
		}
	}

	p = widthPlan(1000)
	if s, err = newSchedule(p, nil); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 0))
	for range 10 { // SD 4 %: 1 % needs about (2 SD)^2, 64 cells
		end("fib", time.Second, 1+0.04*random.NormFloat64())
		end("empty", time.Second, 1)
	}
	if got := s.status(); got.Ended != 20 || got.Cells < 40 || got.Cells > 120 || got.Left != time.Duration(got.Cells-20)*time.Second {
		t.Errorf("half width %.2f after 10 cells: got %+v", s.all[comparison{"fib", 2}].half, got)
	}
}

// TestRulesOfWidth: a comparison that may stop with few cells is an estimate.
func TestRulesOfWidth(t *testing.T) {
	p := widthPlan(100)
	for least, want := range map[int]string{ruleCells: "kept", ruleCells - 1: "estimate (processes 7 of 8)"} {
		p.Least = least
		if got := rules(p, "none", "no"); got != want {
			t.Errorf("least %d: got %q, want %q", least, got, want)
		}
	}
}

// TestRules: each rule that is broken is named.
func TestRules(t *testing.T) {
	p := DefaultPlan()
	few := p
	few.Layouts, few.Processes = 0, 3
	alone := p
	alone.Variants = []string{"chaselev", "batchless"}
	for _, row := range []struct {
		plan              Plan
		hypervisor, dirty string
		want              string
	}{
		{p, "none", "no", "kept"},
		{p, "KVM", "no", "estimate (shared host)"},
		{p, "none", "yes", "estimate (uncommitted changes)"},
		{p, "none", "n/a (no git checkout)", "estimate (commit not known)"},
		{alone, "none", "no", "estimate (no twin)"},
		{few, "n/a (ENOENT)", "no", "estimate (linker layouts 1 of 8, processes 3 of 8, shared host)"},
	} {
		if got := rules(row.plan, row.hypervisor, row.dirty); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}

// TestPlanOf: the plan can be read from the file keys, whole.
func TestPlanOf(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js measures no costs of a host")
	}
	self := "schedule_test.go" // any file
	for _, change := range []func(*Plan){
		func(*Plan) {},
		func(p *Plan) { p.Width, p.Least, p.Seed, p.Shard = 0.75, 5, math.MaxUint64, Shard{2, 3} },
		func(p *Plan) {
			*p = Plan{Variants: []string{"twin", "chaselev"}, Workloads: []string{"uts_t3"}, Workers: []int{7}, Size: "large",
				Processes: 9, CellTime: 1500 * time.Millisecond, SlotTime: 12345 * time.Nanosecond, Seed: 3, Width: 0.01, Least: 2, Pin: true}
		},
	} {
		p := DefaultPlan()
		change(&p)
		v := reflect.ValueOf(p)
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "Layouts" && name != "Width" && name != "Pin" && name != "Shard" {
				t.Fatalf("%s is zero: a plan that tests nothing about it", name)
			}
		}
		keys, err := RunKeys(p, self, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		rec := &recording.Recording{Dir: "x", Variants: p.Variants, Planned: len(p.Cells()),
			Keys: append(Facts(p, []string{"stealbench", "run"}, time.Now()), keys...)}
		got, err := PlanOf(rec)
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("got %+v, %v, want %+v", got, err, p)
		}
		if err := CheckSame(rec, rec.Keys); err != nil {
			t.Error(err)
		}
		for _, name := range sameKeys {
			other := append([]recording.Key{}, rec.Keys...)
			for i := range other {
				if other[i].Name == name {
					other[i].Value = "another"
				}
			}
			err := CheckSame(rec, other)
			if err == nil || !strings.Contains(err.Error(), name+" "+rec.Key(name)+", this is another") {
				t.Errorf("%s: got %v, want both values", name, err)
			}
		}
		rec.Planned++
		if _, err := PlanOf(rec); err == nil {
			t.Error("keys that give another number of cells: accepted")
		}
	}
}
