package analysis

import (
	"slices"
	"testing"
)

func TestSaving(t *testing.T) {
	g := group(t, all, drifting())
	s := g.Saving("sharedline", Base)
	near(t, "saving", s.Est, 39, 0.02)
	if !s.Resolved() || s.Lo < 38.9 || s.Hi > 39.1 || s.Floor <= 0 {
		t.Errorf("got %+v, want 39 within 0.1, and a floor", s)
	}
	if noise := g.Saving(Twin, Base); noise.Resolved() {
		t.Errorf("got %+v resolved, want the noise not to be", noise)
	}
	if s := g.Saving("mutexqueue", Base); s.Absent == "" || s.Resolved() || s.Verdict() != "n/a: the recording has no mutexqueue" {
		t.Errorf("got %+v, %q, want it absent", s, s.Verdict())
	}
	if got, want := g.Saving(Twin, Base).Verdict()[:2], "< "; got != want {
		t.Errorf("verdict of noise: got %q, want %q", got, want)
	}
}

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
