package analysis

import (
	"math"
	"testing"

	"stealbench/internal/recording"
)

// effectTimes has known parts: 1 ns to count, 4 for the locked instruction, 10 for false
// sharing, 5 less for true sharing.
func effectTimes() times {
	ns := times{}
	for _, drift := range []float64{0, 4, 8, 2, 0, 4, 8, 2} {
		for v, x := range map[string]float64{"nometrics": 20, "chaselev": 21, "twin": 21 + drift/1000, "batchless": 25, "adjacent": 35, "sharedline": 30} {
			ns[v] = append(ns[v], x+drift)
		}
	}
	return ns
}

// TestDecomposition: each part is what its step adds, and together they are the whole.
func TestDecomposition(t *testing.T) {
	lanes := []string{"chaselev", "twin", "nometrics", "batchless", "adjacent", "sharedline"}
	g := group(t, lanes, effectTimes())
	sum := 0.0
	for i, want := range []float64{1, 4, 10, -5} {
		d := g.Decomposition()[i]
		near(t, Parts(lanes)[i].Name, d.Est, want, 1e-9)
		if !d.Resolved() {
			t.Errorf("%s: got not resolved, want resolved: %+v", Parts(lanes)[i].Name, d)
		}
		sum += d.Est
	}
	near(t, "sum of the parts", sum, g.Overhead("sharedline").Est, 1e-9)

	lanes = []string{"chaselev", "twin", "nometrics", "batchless", "sharedline"}
	g = group(t, lanes, effectTimes())
	if got := Parts(lanes); len(got) != 3 || got[2] != sharing {
		t.Errorf("without adjacent: got %v, want sharing as one part", got)
	}
	near(t, "sharing", g.Decomposition()[2].Est, 5, 1e-9)
	if got := Parts([]string{"chaselev", "nometrics", "sharedline"}); got != nil {
		t.Errorf("without batchless: got %v, want none", got)
	}
}

// TestDifferenceFloor: what is smaller than the twin's difference is not resolved.
func TestDifferenceFloor(t *testing.T) {
	ns := effectTimes()
	for i := range ns["twin"] {
		ns["twin"][i] = ns["chaselev"][i] + 2
	}
	g := group(t, []string{"chaselev", "twin", "nometrics", "batchless"}, ns)
	if d := g.Difference("chaselev", "nometrics"); d.Resolved() || d.Verdict() != "no difference larger than 2.00 ns resolved" {
		t.Errorf("1 ns at a floor of 2: got %q, want not resolved", d.Verdict())
	}
	if d := g.Difference("batchless", "chaselev"); !d.Resolved() {
		t.Errorf("4 ns at a floor of 2: got %q, want resolved", d.Verdict())
	}
	if d := g.Difference("sharedline", "chaselev"); d.Absent == "" || d.Resolved() {
		t.Errorf("no sharedline: got %+v, want absent", d)
	}
}

func TestRungs(t *testing.T) {
	got := Rungs([]string{"chaselev", "nometrics", "noclock", "polltimes"})
	if len(got) != 3 || got[0].Name != "counters" || got[2].Over != Base {
		t.Errorf("got %v, want counters, clock and poll times", got)
	}
	if got := Rungs([]string{"chaselev", "nometrics", "nodump", "interval61"}); got != nil {
		t.Errorf("one rung: got %v, want none", got)
	}
}

// TestInteraction: the metrics' factor is the same on both queues, or is not.
func TestInteraction(t *testing.T) {
	lanes := []string{"chaselev", "twin", "batchless", "mutexqueue", "mutexbatchless"}
	for _, tt := range []struct {
		name         string
		both         float64 // mutexbatchless, of chaselev
		ratio, nanos float64 // percent, ns
		verdict      string
	}{
		{"factor", 1.2 * 1.5, 0, 5, "in ns only"},
		{"same time", 1.5 + 0.2, 100 * (1.7/1.5/1.2 - 1), 0, "in the ratio only"},
		{"more", 1.5 * 1.5, 25, 27.5, "costs more on the mutex"},
		{"less", 1.5, 100 * (1/1.2 - 1), -10, "costs less on the mutex"},
	} {
		ns := times{}
		for i := range 8 {
			base := 50 * (1 + 1e-5*float64(i%3))
			for v, x := range map[string]float64{"chaselev": 1, "twin": 1 + 1e-5*float64(i%2), "batchless": 1.2, "mutexqueue": 1.5, "mutexbatchless": tt.both} {
				ns[v] = append(ns[v], base*x)
			}
		}
		got := group(t, lanes, ns).Interaction()
		near(t, tt.name+": ratio", got.Ratio.Est, tt.ratio, 0.01)
		near(t, tt.name+": ns", got.Nanos.Est, tt.nanos, 0.01)
		near(t, tt.name+": deque", got.OnDeque.Est, 20, 0.01)
		near(t, tt.name+": mutex", got.OnMutex.Est, 100*(tt.both/1.5-1), 0.01)
		near(t, tt.name+": metrics", got.Metrics.Est, 100*(math.Sqrt(1.2*tt.both/1.5)-1), 0.01)
		near(t, tt.name+": queue", got.Queue.Est, 100*(math.Sqrt(1.5*tt.both/1.2)-1), 0.01)
		if got.Verdict() != tt.verdict {
			t.Errorf("%s: got %q, want %q", tt.name, got.Verdict(), tt.verdict)
		}
	}
	// Each of two differences may be off by 15 %, so that 25 % between them may be nothing.
	ns := times{}
	for i := range 8 {
		base := 50 * (1 + 1e-5*float64(i%3))
		for v, x := range map[string]float64{"chaselev": 1, "twin": 1.15, "batchless": 1.2, "mutexqueue": 1.5, "mutexbatchless": 1.5 * 1.5} {
			ns[v] = append(ns[v], base*x)
		}
	}
	if got := group(t, lanes, ns).Interaction(); got.Resolved() || !got.Ratio.Beyond(got.Floor) {
		t.Errorf("a floor of 15 %%: got %v beyond %v resolved, want it open", got.Ratio, got.Floor)
	}
	if got := group(t, all, drifting()).Interaction(); got.Absent == "" || got.Resolved() {
		t.Errorf("no mutexqueue: got %+v, want absent", got)
	}
}

// TestTasksPerPark: of the base's counters.
func TestTasksPerPark(t *testing.T) {
	rec := record([]string{"chaselev"}, times{"chaselev": {1, 2}})
	for i := range rec.Cells {
		rec.Cells[i].Workload = "burst_4"
	}
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := groups[0].TasksPerPark(rec); ok {
		t.Error("no parks counted: got ok")
	}
	for _, c := range rec.Cells {
		for k := range c.Blocks[Base] {
			c.Blocks[Base][k].Values = append(c.Blocks[Base][k].Values, recording.Value{Unit: "parks/op", V: 2})
		}
	}
	if n, ok := groups[0].TasksPerPark(rec); !ok || n != 4.5 || !groups[0].Bursts() {
		t.Errorf("got %v, %v, want 9 tasks in 2 parks", n, ok)
	}
}
