package analysis

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"stealbench/internal/recording"
)

// judged compares made-up variants with the base, in 12 cells.
func judged(t *testing.T) map[string]Comparison {
	t.Helper()
	names := []string{"chaselev", "twin", "slow", "slightly", "same", "unsure", "barely"}
	noise := []float64{1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 1, -1, 0.2, -0.2} // percent, sums up to nothing
	ns := times{}
	for _, e := range noise {
		ns["chaselev"] = append(ns["chaselev"], 20)
		for name, effect := range map[string][2]float64{ // percent, spread
			"twin": {0, 0.1}, "slow": {5, 0.1}, "slightly": {0.5, 0.1}, "same": {0.01, 0.1}, "unsure": {0.2, 4}, "barely": {1.7, 1.9},
		} {
			ns[name] = append(ns[name], 20*(1+effect[0]/100)*math.Exp(effect[1]*e/100))
		}
	}
	rec := record(names, ns)
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Compare(rec, groups)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Comparison{}
	for _, c := range all {
		by[c.Variant] = c
	}
	if len(all) != 6 || len(by) != 6 {
		t.Fatalf("got %d comparisons, want 6", len(all))
	}
	return by
}

func TestCompare(t *testing.T) {
	by := judged(t)
	for variant, want := range map[string]string{
		"twin":     "the noise: 0.00 % [-0.08, 0.08]",
		"slow":     "slower by 5.00 % [4.92, 5.08]",
		"slightly": "slower by 0.50 % [0.42, 0.58]",
		"same":     "equivalent within ±1 %",
		"unsure":   "no difference larger than 3.42 % resolved",
		// Its own p is below 5 %, the adjusted one is not.
		"barely": "slower by 1.70 % [0.18, 3.24], by itself; not after the correction for all comparisons",
	} {
		if got := by[variant].Verdict(); got != want {
			t.Errorf("%s: got %q, want %q", variant, got, want)
		}
	}
	// All 12 cells of one sign: 2 of 4096 patterns, five comparisons.
	near(t, "p of slow", by["slow"].P, 2.0/4096, 1e-12)
	near(t, "adjusted p of slow", by["slow"].Adjusted, 2.0/4096, 1e-12)
	near(t, "p of twin", by["twin"].P, 1, 0.01)
	if p, adjusted := by["barely"].P, by["barely"].Adjusted; p > 0.05 || adjusted < 1.5*p || adjusted > 3*p {
		t.Errorf("barely: got p %v, adjusted %v, want below .05, and up to three times that", p, adjusted)
	}
	// The SD of the noise is sqrt(17.08/11) %; at 12 cells it takes 3.08 standard errors.
	near(t, "MDE of unsure, beyond the floor", by["unsure"].MDE, 100*math.Expm1(3.08*0.04*math.Sqrt(17.08/11/12))+by["unsure"].Floor, 0.01)
	if c := by["slow"]; c.Rows != 12*3*10 || c.Layouts != 12 || c.Regimes.String() != "n/a" {
		t.Errorf("got %d rows, %d layouts, regimes %v, want 360, 12, n/a", c.Rows, c.Layouts, c.Regimes)
	}
}

// TestTotals: the totals are told where their interval and that of the medians have
// nothing in common.
func TestTotals(t *testing.T) {
	for _, tt := range []struct {
		name  string
		extra float64 // of the totals, percent
		want  string
	}{
		{"alike", 0, "slower by 0.50 % [0.42, 0.58]"},
		{"within the intervals", 0.1, "slower by 0.50 % [0.42, 0.58]"},
		{"apart", 3, "slower by 0.50 % [0.42, 0.58]; but by totals 3.52 % [3.43, 3.60]"},
	} {
		ns := times{}
		for _, e := range []float64{1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 1, -1, 0.2, -0.2} {
			ns["chaselev"] = append(ns["chaselev"], 20)
			ns["twin"] = append(ns["twin"], 20*math.Exp(0.001*e/100))
			ns["slightly"] = append(ns["slightly"], 20*1.005*math.Exp(0.1*e/100))
		}
		rec := record([]string{"chaselev", "twin", "slightly"}, ns)
		for i, c := range rec.Cells {
			for v, blocks := range c.Blocks {
				for k := range blocks {
					x := ns[v][i] / ns["chaselev"][i]
					if v == "slightly" {
						x *= 1 + tt.extra/100
					}
					blocks[k].Values = append(blocks[k].Values, recording.Value{Unit: recording.XTotal, V: x})
				}
			}
		}
		groups, err := Groups(rec)
		if err != nil {
			t.Fatal(err)
		}
		all, err := Compare(rec, groups)
		if err != nil {
			t.Fatal(err)
		}
		if got := all[1].Verdict(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestExport: JSON and CSV say the same, and nothing that is not finite.
func TestExport(t *testing.T) {
	ns := times{}
	for v, xs := range drifting() {
		ns[v] = xs[:1] // one cell: no interval
	}
	rec := record(all, ns)
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	compared, err := Compare(rec, groups)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range judged(t) {
		compared = append(compared, c)
	}
	var asJSON, asCSV strings.Builder
	if err := WriteJSON(&asJSON, compared); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&asCSV, compared); err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal([]byte(asJSON.String()), &objects); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(asCSV.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(objects) != len(compared) || len(lines) != len(compared)+1 {
		t.Fatalf("got %d objects, %d lines, want %d, and one more", len(objects), len(lines), len(compared))
	}
	for i, o := range objects {
		if len(o) != len(lines[0]) {
			t.Fatalf("got %d names in JSON, %d in CSV", len(o), len(lines[0]))
		}
		for j, name := range lines[0] {
			text, _ := json.Marshal(o[name])
			want := strings.Trim(string(text), `"`)
			if want == "null" {
				want = ""
			}
			if got := lines[i+1][j]; got != want && !sameNumber(t, got, want) {
				t.Errorf("%v %s: got %q in CSV, %q in JSON", o["variant"], name, got, want)
			}
		}
	}
	if o := objects[0]; o["low_percent"] != nil || o["mde_percent"] != nil || o["delta_percent"] == nil || o["verdict"] == "" {
		t.Errorf("one cell: got %v, want no interval and no MDE", o)
	}
	for _, bad := range []string{"NaN", "Inf"} {
		if strings.Contains(asJSON.String()+asCSV.String(), bad) {
			t.Errorf("got %s", bad)
		}
	}
}

func sameNumber(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y float64
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && x == y
}

func TestRegimes(t *testing.T) {
	rec := record(all, drifting())
	for i, c := range rec.Cells {
		for k := range c.Blocks["chaselev"] {
			clock, line := 10_000.0, 500.0
			if i == 0 {
				clock *= 1.2 // 3 of 24 blocks
			}
			if k == 0 && i < 4 {
				line *= 1.11 // 4 of them
			}
			if k == 1 && i >= 4 {
				line *= 1.09 // within what it varies by
			}
			b := &c.Blocks["chaselev"][k]
			b.Values = append(b.Values, recording.Value{Unit: "canary-line-ns", V: line}, recording.Value{Unit: "canary-clock-ns", V: clock})
		}
	}
	groups, err := Groups(rec)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := groups[0].Regimes.String(), "clock 3/24 slow, line 4/24 slow"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, rs := range []struct {
		rs   Regimes
		want string
	}{{nil, "n/a"}, {Regimes{{"clock", 0, 9}}, "quiet"}} {
		if got := rs.rs.String(); got != rs.want {
			t.Errorf("got %q, want %q", got, rs.want)
		}
	}
}
