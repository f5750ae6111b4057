package stat

import (
	"math/rand/v2"
	"testing"
)

// R 4.2.2: t.test(x, conf.level = 1 - 0.05/3)$conf.int of the first three
// comparisons of family.
func TestSimultaneous(t *testing.T) {
	got, err := Simultaneous(family[:3], 0.95)
	if err != nil || len(got) != 3 {
		t.Fatalf("got %v, %v, want 3 intervals", got, err)
	}
	for j, want := range [][2]float64{
		{-0.0304995084371, 1.7638328417704},
		{-0.184593950801, 1.017927284134},
		{-0.910001650402, 0.543334983735},
	} {
		near(t, "low", got[j].Lo, want[0], 1e-9)
		near(t, "high", got[j].Hi, want[1], 1e-9)
		near(t, "level", got[j].Level, 0.95, 0)
	}
	one, err := Simultaneous([][]float64{sleep}, 0.95)
	plain, _ := MeanT(sleep, 0.95)
	near(t, "half of a family of one", one[0].Half(), plain.Half(), 1e-12)
	if err != nil || one[0].N != 10 || one[0].Est != plain.Est {
		t.Errorf("family of one: got %+v, %v, want %+v", one, err, plain)
	}
	// Comparisons of different cells are allowed, one cell gives no interval.
	mixed, err := Simultaneous([][]float64{sleep, {2}}, 0.95)
	if err != nil || !mixed[0].Bounded() || mixed[1].Bounded() {
		t.Errorf("got %+v, %v, want a bounded and an unbounded interval", mixed, err)
	}
}

// Seven comparisons with one baseline, eight cells: all true means are inside in
// at least 95 % of the samples, with plain t intervals in far fewer.
func TestSimultaneousCoverage(t *testing.T) {
	const trials = 1000
	rng := rand.New(rand.NewPCG(4, 1))
	covered, plain := 0, 0
	for range trials {
		many := sharedBaseline(rng, 7, 8)
		intervals, err := Simultaneous(many, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		all, allPlain := true, true
		for j, i := range intervals {
			all = all && !i.Beyond(0)
			p, err := MeanT(many[j], 0.95)
			if err != nil {
				t.Fatal(err)
			}
			allPlain = allPlain && !p.Beyond(0)
		}
		if all {
			covered++
		}
		if allPlain {
			plain++
		}
	}
	t.Logf("simultaneous %.3f, plain %.3f", float64(covered)/trials, float64(plain)/trials)
	if share := float64(covered) / trials; share < 0.935 || share > 0.985 {
		t.Errorf("got %.3f covered, want at least 0.95 and little more", share)
	}
	if float64(plain)/trials > 0.88 {
		t.Errorf("plain intervals cover %.3f: the test shows nothing", float64(plain)/trials)
	}
}
