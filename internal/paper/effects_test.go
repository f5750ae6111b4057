package paper

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

// effectLanes have known effects: see effectFactor.
var effectLanes = []string{"chaselev", "twin", "nometrics", "batchless", "adjacent", "sharedline", "mutexqueue", "mutexbatchless",
	"noclock", "nodump", "allcells", "polltimes", "batchless_unread", "batchless_spin"}

var effectFactor = map[string]float64{"nometrics": 0.95, "batchless": 1.2, "adjacent": 2, "sharedline": 1.8, "mutexqueue": 1.5,
	"mutexbatchless": 2, "noclock": 0.97, "nodump": 0.9, "allcells": 1.05, "polltimes": 4, "batchless_unread": 1.2, "batchless_spin": 1.6}

func writeEffects(t *testing.T, dir string) {
	t.Helper()
	w, err := recording.Create(dir, []recording.Key{{Name: "cpu", Value: "EPYC 7B13"}, {Name: "rules", Value: "kept"}}, effectLanes, 16)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, workload := range []string{"fib", "burst_4"} {
		for i := range 8 {
			blocks := map[string][]recording.Block{}
			for k, v := range effectLanes {
				x := 1.0
				if f, ok := effectFactor[v]; ok {
					x = f
				}
				if v != "chaselev" {
					x *= math.Exp(0.001 * float64((i*(k+1))%5-2))
				}
				blocks[v] = []recording.Block{{Slots: 9, Values: []recording.Value{{Unit: recording.NsPerTask, V: 20 * x},
					{Unit: recording.XBase, V: x}, {Unit: recording.TasksPerOp, V: 100}, {Unit: "parks/op", V: 25}}}}
			}
			if err := w.WriteCell(recording.Cell{Workload: workload, Size: "default", Workers: 1, Layout: i}, blocks); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
}

// TestEffects: the tables of effects, and what they say of a recording without.
func TestEffects(t *testing.T) {
	dir := root(t)
	writeEffects(t, filepath.Join(dir, "results/effects"))
	var page strings.Builder
	for _, rec := range []string{"results/effects", "results/one", "results/bare"} {
		page.WriteString("<!-- recording=" + rec + " -->\n")
		for _, table := range []string{"decomposition", "ladder", "interaction", "burst"} {
			page.WriteString("<!-- begin:" + table + " -->\n<!-- end:" + table + " -->\n\n")
		}
	}
	got, err := Rewrite("paper.md", []byte(page.String()), dir)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "effects.md")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("differs from %s (-update writes it):\n%s", golden, got)
	}
}
