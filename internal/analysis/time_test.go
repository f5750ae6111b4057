package analysis

import (
	"slices"
	"testing"
)

func TestTime(t *testing.T) {
	g := group(t, all, drifting())
	ns, absent := g.Time(Base)
	if absent != "" {
		t.Fatal(absent)
	}
	near(t, "mean", ns.Est, 23.5, 1e-9)
	if got, want := g.Times(Base), []float64{20, 24, 28, 22, 20, 24, 28, 22}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, absent := g.Time("x"); absent == "" || g.Times("x") != nil {
		t.Error("a variant that is not there has a time")
	}
}
