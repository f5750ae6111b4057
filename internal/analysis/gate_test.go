package analysis

import (
	"math"
	"strings"
	"testing"
)

// shifted is n cells in which the twin is slower by percent, give or take spread
// percent of noise that sums up to nothing.
func shifted(n int, percent, spread float64) times {
	ns := times{}
	for i := range n {
		e := spread / 100 * []float64{1, -1}[i%2]
		ns["chaselev"] = append(ns["chaselev"], 20)
		ns["twin"] = append(ns["twin"], 20*math.Exp(math.Log1p(percent/100)+e))
	}
	return ns
}

func TestGate(t *testing.T) {
	for _, tt := range []struct {
		name            string
		cells           int
		percent, spread float64
		want            GateVerdict
		why             string
	}{
		{"the same", 8, 0, 0.5, GatePass, ""},
		{"slower within the margin", 8, 0.5, 0.5, GatePass, ""},
		// t(7) = 1.895 one-sided, SE = sqrt(8/7)/sqrt 8 = .378 of the spread.
		{"bound just within", 8, 0.30, 0.97, GatePass, ""},
		{"bound just beyond", 8, 0.30, 0.99, GateInconclusive, "may be slower by up to 1.0"},
		{"slower", 8, 3, 0.5, GateRegression, ""},
		// 2.365 two-sided: 1.9 - .894 spread.
		{"beyond as a whole", 8, 1.9, 0.98, GateRegression, ""},
		{"not as a whole", 8, 1.9, 1.02, GateInconclusive, "may be slower"},
		{"faster", 8, -5, 0.5, GatePass, ""},
		{"too wide to say", 8, 0, 5, GateInconclusive, "more cells"},
		{"few layouts", 7, 3, 0.5, GateInconclusive, "7 of 8 linker layouts"},
		{"one cell", 1, 0, 0, GateInconclusive, "1 of 8"},
	} {
		groups := []*Group{group(t, []string{"chaselev", "twin"}, shifted(tt.cells, tt.percent, tt.spread))}
		rows, worst, err := Gate(groups, "chaselev", "twin", 1)
		if err != nil {
			t.Fatal(err)
		}
		if r := rows[0]; worst != tt.want || r.Verdict != tt.want || !strings.Contains(r.Why, tt.why) || (r.Why == "") != (tt.why == "") {
			t.Errorf("%s: got %v, %+v, want %v, %q", tt.name, worst, r, tt.want, tt.why)
		}
	}
}

// TestGateFamily: in a family of many a comparison fails only with what is left of
// the 5 %, and one that fails or is unsure decides for all.
func TestGateFamily(t *testing.T) {
	two := []string{"chaselev", "twin"}
	slower := group(t, two, shifted(8, 1.9, 0.98))
	same := group(t, two, shifted(8, 0, 0.5))
	for _, tt := range []struct {
		name   string
		groups []*Group
		want   GateVerdict
	}{
		{"alone", []*Group{slower}, GateRegression},
		{"among ten", []*Group{same, same, same, same, slower, same, same, same, same, same}, GateInconclusive},
		{"one much slower among many", []*Group{same, group(t, two, shifted(8, 9, 0.5)), same}, GateRegression},
		{"all the same", []*Group{same, same, same}, GatePass},
		{"one without a usable cell", []*Group{same, {Label: "skynet", Flagged: 16}}, GateInconclusive},
	} {
		if _, worst, err := Gate(tt.groups, "chaselev", "twin", 1); err != nil || worst != tt.want {
			t.Errorf("%s: got %v, %v, want %v", tt.name, worst, err, tt.want)
		}
	}
	if _, _, err := Gate([]*Group{same}, "chaselev", "batchless", 1); err == nil || !strings.Contains(err.Error(), "the recording has no batchless") {
		t.Errorf("got %v, want an error that names the lane", err)
	}
}
