package plots

import (
	"bytes"
	"flag"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

// To look at the figures: go test ./plots -keep DIR.
var keep = flag.String("keep", "", "folder that keeps the synthetic figures")

func all(t *testing.T, rec *recording.Recording, dir string) []string {
	t.Helper()
	paths, err := All(rec, dir)
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestSameBytesTwice(t *testing.T) {
	rec := synthetic(sixVariants, []int{1, 2}, 8)
	first, second := t.TempDir(), t.TempDir()
	if *keep != "" {
		first = *keep
	}
	paths := all(t, rec, first)
	if len(paths) != 8 {
		t.Fatalf("got %v, want four figures in two forms", paths)
	}
	for i, other := range all(t, rec, second) {
		a, b := read(t, paths[i]), read(t, other)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs on the second run", filepath.Base(other))
		}
		if strings.HasSuffix(other, ".svg") && !bytes.Contains(a, []byte("2026-01-31-synthetic")) {
			t.Errorf("%s does not name its recording", filepath.Base(other))
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Recordings may hold any subset; no axis may panic.
func TestSubsets(t *testing.T) {
	for _, tt := range []struct {
		name     string
		variants []string
		workers  []int
		cells    int
		files    int
	}{
		{"one cell", sixVariants, []int{1, 2}, 1, 8},
		{"no twin", []string{"chaselev", "nometrics", "batchless"}, []int{1}, 3, 6},
		{"base and batchless", []string{"chaselev", "batchless"}, []int{1, 2}, 2, 2},
		{"stranger", []string{"chaselev", "nometrics", "mine"}, []int{2}, 2, 4},
		{"four counts", sixVariants, []int{1, 2, 4, 8}, 4, 8},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if *keep != "" {
				dir = filepath.Join(*keep, strings.ReplaceAll(tt.name, " ", "_"))
			}
			paths := all(t, synthetic(tt.variants, tt.workers, tt.cells), dir)
			if len(paths) != tt.files {
				t.Errorf("got %v, want %d files", paths, tt.files)
			}
			for _, p := range paths {
				if strings.HasSuffix(p, ".png") {
					if _, err := png.Decode(bytes.NewReader(read(t, p))); err != nil {
						t.Errorf("%s: %v", p, err)
					}
				}
			}
		})
	}
}

// TestFiguresOfLanes: lanes of readers and of event intervals, and tasks of some length,
// have figures of their own, which One finds by name.
func TestFiguresOfLanes(t *testing.T) {
	for _, tt := range []struct {
		figure   string
		variants []string
		rename   map[string]string // of synthetic workloads
	}{
		{"readers", []string{"chaselev", "twin", "nometrics", "chaselev_unread", "chaselev_spin", "sharedline_unread", "sharedline_spin2"}, nil},
		{"interval", []string{"chaselev", "nometrics", "batchless", "interval1", "interval61", "parkonly"}, nil},
		{"grain", []string{"chaselev", "twin", "adjacent", "sharedline"}, map[string]string{"fib": "grain_0", "skynet": "grain_8", "uts_geo": "grain_512"}},
		{"decomposition", []string{"chaselev", "twin", "nometrics", "batchless", "adjacent", "sharedline", "batchless_unread", "batchless_spin"}, nil},
		{"ladder", []string{"chaselev", "twin", "nometrics", "noclock", "nodump", "polltimes"}, nil},
		{"burst", nil, nil},
		{"interaction", []string{"chaselev", "twin", "batchless", "mutexqueue", "mutexbatchless"}, nil},
	} {
		rec := synthetic(tt.variants, []int{1, 2, 8}, 8)
		for i := range rec.Cells {
			if to, ok := tt.rename[rec.Cells[i].Workload]; ok {
				rec.Cells[i].Workload = to
			}
		}
		dir := t.TempDir()
		if *keep != "" {
			dir = filepath.Join(*keep, "lanes")
		}
		if tt.figure == "burst" {
			rec = bursts()
		}
		paths, err := One(rec, dir, tt.figure)
		if err != nil || len(paths) != 2 || filepath.Base(paths[1]) != tt.figure+".png" {
			t.Errorf("%s: got %v, %v, want an SVG and a PNG", tt.figure, paths, err)
		}
		if _, err := One(synthetic([]string{"chaselev", "twin"}, []int{1}, 2), t.TempDir(), tt.figure); err == nil || !strings.HasSuffix(err.Error(), "gives no figure "+tt.figure) {
			t.Errorf("%s of a recording without: got %v, want an error that names it", tt.figure, err)
		}
	}
}

// TestFiguresOfTheModel: with counts beside the recording and the host's costs in it.
func TestFiguresOfTheModel(t *testing.T) {
	dir := t.TempDir()
	var all []*counts.Count
	for variant, locked := range map[string]int64{"chaselev": 102, "nometrics": 100, "batchless": 300, "sharedline": 300} {
		c := &counts.Count{Spec: counts.Spec{Variant: variant, Workload: "fib", Size: "small", Runs: 1}, Report: counts.Report{Tasks: 100}, Locked: locked}
		c.Groups[counts.Metrics] = locked - 100
		all = append(all, c)
	}
	if err := counts.Write(filepath.Join(dir, "x-counts"), nil, all); err != nil {
		t.Fatal(err)
	}
	for _, workers := range [][]int{{1, 2}, {1, 2, 4, 16}, {2, 4}} {
		rec := synthetic(sixVariants, workers, 3)
		rec.Dir = filepath.Join(dir, "rec")
		for _, name := range []string{"model", "predicted"} {
			if _, err := One(rec, t.TempDir(), name); err == nil {
				t.Errorf("%s is drawn without the host's costs", name)
			}
		}
		rec.Keys = append(rec.Keys, recording.Key{Name: "rmw-private", Value: "2.4 ns"}, recording.Key{Name: "rmw-shared", Value: "20 ns"},
			recording.Key{Name: "core-to-core", Value: "60 ns"})
		for _, name := range []string{"model", "predicted"} {
			paths, err := One(rec, t.TempDir(), name)
			if name == "model" && workers[0] != 1 { // nothing to take the think time from
				if err == nil {
					t.Errorf("model without 1 worker: got %v, want none", paths)
				}
				continue
			}
			if err != nil || len(paths) != 2 {
				t.Errorf("%s: got %v, %v, want an SVG and a PNG", name, paths, err)
				continue
			}
			if name == "model" && !bytes.Contains(read(t, paths[0]), []byte("projection")) {
				t.Error("the figure does not say what is a projection")
			}
		}
	}
}

// TestFlaggedGroups: a comparison with only flagged cells is in no figure, and none hangs.
func TestFlaggedGroups(t *testing.T) {
	for _, variants := range [][]string{sixVariants, {"chaselev", "twin", "nometrics", "batchless", "chaselev_unread", "interval1", "interval4", "parkonly"}} {
		rec := synthetic(variants, []int{1, 2}, 3)
		for _, c := range rec.Cells {
			if c.Workload == "ping_pong" || c.Workload == "fib" && c.Workers == 2 {
				b := c.Blocks["chaselev"]
				b[0].Values = append(b[0].Values, recording.Value{Unit: recording.WrongAnswers, V: 1})
			}
		}
		all(t, rec, t.TempDir())
		for _, c := range rec.Cells {
			b := c.Blocks["chaselev"]
			b[0].Values = append(b[0].Values, recording.Value{Unit: recording.WrongAnswers, V: 1})
		}
		if _, err := All(rec, t.TempDir()); err == nil || !strings.Contains(err.Error(), "no cells to plot") {
			t.Errorf("all flagged: got %v, want an error", err)
		}
	}
}

// All values equal: no spread anywhere.
func TestNoSpread(t *testing.T) {
	rec := synthetic(sixVariants, []int{1, 2}, 3)
	for _, c := range rec.Cells {
		for _, b := range c.Blocks {
			b[0].Values[0].V, b[0].Values[1].V = 5, 1
		}
	}
	all(t, rec, t.TempDir())
}

func TestNoFigure(t *testing.T) {
	if _, err := All(synthetic([]string{"chaselev"}, []int{1}, 2), t.TempDir()); err == nil || !strings.Contains(err.Error(), "gives no figure: record more variants") {
		t.Errorf("the base alone: got %v, want an error that says what to record", err)
	}
}

func TestNoCells(t *testing.T) {
	rec := &recording.Recording{Dir: "results/x", Variants: sixVariants}
	if _, err := All(rec, t.TempDir()); err == nil || !strings.Contains(err.Error(), "results/x") {
		t.Errorf("got %v, want an error that names the recording", err)
	}
}

// TestStack: what saves hangs below zero, so that a bar is as high as what costs.
func TestStack(t *testing.T) {
	rec := synthetic([]string{"chaselev", "twin", "nometrics", "batchless", "adjacent", "sharedline"}, []int{2}, 8)
	groups, err := analysis.Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	bar := stack(analysis.Find(groups, "fib", 2))
	if len(bar) != 4 {
		t.Fatalf("got %d parts, want 4", len(bar))
	}
	for i, p := range bar {
		if got := p.b - p.a; math.Abs(got-p.Est) > 1e-9 {
			t.Errorf("%s: drawn as %v, want %v", p.name, got, p.Est)
		}
		if p.Est < 0 && p.a > 0 {
			t.Errorf("%s of %v begins above zero, at %v", p.name, p.Est, p.a)
		}
		if i > 0 && p.Est > 0 && bar[i-1].Est > 0 && p.a != bar[i-1].b {
			t.Errorf("%s begins at %v, want the end of the part before, %v", p.name, p.a, bar[i-1].b)
		}
	}
	if last := bar[3]; last.Est >= 0 || last.a != 0 {
		t.Errorf("got %s of %v from %v, want one below zero from 0", last.name, last.Est, last.a)
	}
}

// TestRoundTicks: a few round numbers, zero without a sign.
func TestRoundTicks(t *testing.T) {
	for _, tt := range []struct {
		lo, hi float64
		want   string
	}{{-50, 140, "-50 0 50 100"}, {-7, 41, "0 10 20 30 40"}, {0, 1, "0 0.2 0.4 0.6 0.8 1"}} {
		var got []string
		for _, k := range (roundTicks{}).Ticks(tt.lo, tt.hi) {
			got = append(got, k.Label)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%v to %v: got %s, want %s", tt.lo, tt.hi, s, tt.want)
		}
	}
}

// TestBurstCurves: from few tasks between two parks to many, where they were counted.
func TestBurstCurves(t *testing.T) {
	rec := bursts()
	groups, err := analysis.Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	lanes := []string{"chaselev", "batchless"}
	panels, floors := burstCurves(source{rec: rec, groups: groups}.burstsAt(), []int{1, 2}, lanes)
	for i, want := range [][]float64{{0, 2, 4, 6, 8, 10}, {-1, 1, 3, 5, 7, 9}} {
		for j, k := range panels[i] {
			var got []float64
			for _, pt := range k.points {
				got = append(got, pt.x)
			}
			if !slices.Equal(got, want) || k.variant != lanes[j] || len(floors[i]) != len(want) {
				t.Errorf("%d workers, %s: got points at %v and %d of the floor, want at %v", i+1, k.variant, got, len(floors[i]), want)
			}
		}
	}
	first, last := panels[0][0].points[0], panels[0][0].points[5]
	if first.Est < 10*last.Est {
		t.Errorf("batched: got %v ns with 1 task and %v with 1024, want far less", first.Est, last.Est)
	}
}
