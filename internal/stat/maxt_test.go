package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Four comparisons in six cells.
var family = [][]float64{
	{1.2, 0.8, 1.5, -0.3, 0.9, 1.1},
	{0.4, 0.9, -0.2, 0.1, 0.8, 0.5},
	{-0.6, 0.2, 0.4, -0.9, 0.1, -0.3},
	{0.9, 1.3, 0.7, 0.2, 1.4, 0.6},
}

// R 4.2.2, from the t statistics of the rows X of family, largest first (o):
//
//	g <- as.matrix(expand.grid(rep(list(c(1, -1)), 6)))
//	for (b in 1:64) { s <- tt(sweep(X, 2, g[b,], "*"))[o]
//	                  cnt <- cnt + (rev(cummax(rev(s))) >= obs[o] - 1e-9) }
//	cummax(cnt / 64)
func TestMaxT(t *testing.T) {
	got, err := MaxT(family, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []float64{8, 10, 30, 4} {
		near(t, fmt.Sprintf("comparison %d", j), got[j], want/64, 1e-15)
		// The raw p values of the same R session: 4, 6, 30 and 2 of 64.
		raw, err := SignFlip(family[j], 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, fmt.Sprintf("raw %d", j), raw, []float64{4, 6, 30, 2}[j]/64, 1e-15)
	}
	// A weaker comparison is never given the smaller p value: its own is 6/8.
	got, err = MaxT([][]float64{{1, 1, 0}, {3, 1, -1}}, 0, 0)
	if err != nil || got[0] > got[1] {
		t.Errorf("got %v, %v, want the first at most the second", got, err)
	}
}

// With 8 cells a p value of sign flips is at least 1/128, so that Holm can find
// nothing among 7 comparisons, whatever they are; MaxT can.
func TestMaxTAgainstHolm(t *testing.T) {
	many, raw := make([][]float64, 7), make([]float64, 7)
	for j := range many {
		for i := range 8 {
			many[j] = append(many[j], 1+0.01*float64((i*(j+1))%5))
		}
		p, err := SignFlip(many[j], 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		raw[j] = p
	}
	holm, err1 := Holm(raw)
	joint, err2 := MaxT(many, 0, 0)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for j := range many {
		near(t, "Holm", holm[j], 7.0/128, 1e-15)
		near(t, "max-|t|", joint[j], 1.0/128, 1e-15)
	}
}

// Seven variants against one baseline in eight cells, no effect anywhere but in
// the first: a false rejection in at most 5 % of the samples.
func TestMaxTFalsePositives(t *testing.T) {
	const trials = 1000
	rng := rand.New(rand.NewPCG(2, 1))
	wrong, unadjusted, found := 0, 0, 0
	for range trials {
		many := sharedBaseline(rng, 7, 8)
		for i := range many[0] {
			many[0][i] += 3
		}
		ps, err := MaxT(many, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		if ps[0] <= 0.05 {
			found++
		}
		raw := 1.0
		for j := 1; j < 7; j++ {
			p, err := SignFlip(many[j], 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			raw = math.Min(raw, p)
			if p > ps[j] {
				t.Fatalf("comparison %d: raw p %v above the adjusted %v", j, p, ps[j])
			}
		}
		if raw <= 0.05 {
			unadjusted++
		}
		for _, p := range ps[1:] {
			if p <= 0.05 {
				wrong++
				break
			}
		}
	}
	t.Logf("any false rejection: %.3f, unadjusted %.3f; effect found: %.3f",
		float64(wrong)/trials, float64(unadjusted)/trials, float64(found)/trials)
	if share := float64(wrong) / trials; share > 0.05+3*0.007 || share < 0.02 {
		t.Errorf("any false rejection: got %.3f, want about 0.05", share)
	}
	if float64(unadjusted)/trials < 0.12 || float64(found)/trials < 0.9 {
		t.Errorf("got %d false without adjustment and %d effects found of %d: the test shows nothing", unadjusted, found, trials)
	}
}

// TestMaxTOfGroups: groups measured apart, some with fewer cells, an effect in one
// variant of each. Among the others there is a false rejection in at most 5 % of the
// samples, and the effects are found, which Holm can't with 8 cells.
func TestMaxTOfGroups(t *testing.T) {
	const trials, groups, variants = 1000, 15, 4
	rng := rand.New(rand.NewPCG(3, 1))
	wrong, found := 0, 0
	for range trials {
		var family [][]float64
		for g := range groups {
			many := sharedBaseline(rng, variants, 8-g%2)
			for i := range many[0] {
				many[0][i] += 30
			}
			family = append(family, many...)
		}
		ps, err := MaxT(family, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		falsely := false
		for j, p := range ps {
			switch effect := j%variants == 0; {
			case effect && p <= 0.05:
				found++
			case !effect && p <= 0.05:
				falsely = true
			}
		}
		if falsely {
			wrong++
		}
	}
	if share := float64(wrong) / trials; share > 0.05+3*0.007 {
		t.Errorf("any false rejection: got %.3f, want at most 0.05", share)
	}
	if share := float64(found) / trials / groups; share < 0.95 {
		t.Errorf("effects found: got %.3f, want nearly all", share)
	}
	t.Logf("any false rejection %.3f, effects found %.3f", float64(wrong)/trials, float64(found)/trials/groups)
}

// TestMaxTShorter: cells that a comparison does not have count as no difference.
func TestMaxTShorter(t *testing.T) {
	short, err1 := MaxT([][]float64{family[0], family[1][:5]}, 0, 0)
	zero, err2 := MaxT([][]float64{family[0], append(family[1][:5:5], 0)}, 0, 0)
	if err1 != nil || err2 != nil || short[0] != zero[0] || short[1] != zero[1] {
		t.Errorf("got %v, %v, want %v, %v", short, err1, zero, err2)
	}
}

// sharedBaseline is noise of k variants less that of one baseline.
func sharedBaseline(rng *rand.Rand, k, n int) [][]float64 {
	many := make([][]float64, k)
	for range n {
		base := rng.NormFloat64()
		for j := range many {
			many[j] = append(many[j], rng.NormFloat64()-base)
		}
	}
	return many
}
