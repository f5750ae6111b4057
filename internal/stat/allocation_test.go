package stat

import (
	"math"
	"strings"
	"testing"
)

// components with the variances given.
func components(row, process, layout float64) Components {
	return Components{Component{row, row, 1}, Component{process, process, 1}, Component{layout, layout, 1}}
}

// softdevteam/libkalibera, python/tests/test_data.py, test_optimal_reps: costs of
// 100, 20 and 3 give 4.2937 rows and 1.3023 processes, rounded up 5 and 2. Its
// components are 0.72667, 0.26278 and 0.7747.
func TestAllocate(t *testing.T) {
	data := Nested{
		{{3, 4, 3}, {1.2, 3.1, 3}},
		{{0.2, 1, 1.5}, {1, 2, 3}},
	}
	c, err := data.Components()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "row", c.Row.Variance, 0.7266667, 1e-4)
	near(t, "process", c.Process.Variance, 0.262777778, 1e-4)
	near(t, "layout", c.Layout.Variance, 0.7747, 1e-4)
	for _, tt := range []struct {
		name string
		c    Components
		cost Costs
		want Allocation
	}{
		{"libkalibera", c, Costs{3, 20, 100}, Allocation{5, 2}},
		// By hand.
		{"whole numbers", components(4, 1, 1), Costs{1, 4, 16}, Allocation{4, 2}},
		{"a little more", components(4.1, 1.01, 1), Costs{1, 4, 16}, Allocation{5, 3}},
		{"at least 1", components(0.01, 0.01, 1), Costs{1, 1, 1}, Allocation{1, 1}},
		{"rows alike", components(0, 1, 1), Costs{1, 1, 9}, Allocation{1, 3}},
		{"cached layouts", components(4, 1, 1), Costs{1, 1, 0}, Allocation{2, 1}},
		// Without a process component 3 + 6 is what a layout costs.
		{"processes alike", components(4, 0, 1), Costs{1, 3, 6}, Allocation{6, 1}},
		{"beyond any plan", components(1, 1e-30, 1), Costs{1, 1, 1}, Allocation{manyRepetitions, 1}},
	} {
		got, err := tt.c.Allocate(tt.cost)
		if err != nil || got != tt.want {
			t.Errorf("%s: got %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
}

// Where the best plan is in whole numbers, no other gives a smaller variance for
// the same time.
func TestAllocateIsBest(t *testing.T) {
	c, cost := components(9, 4, 1), Costs{1, 4, 16}
	best, err := c.Allocate(cost)
	if err != nil || best != (Allocation{3, 4}) {
		t.Fatalf("got %+v, %v, want 3 rows of 4 processes", best, err)
	}
	// Variance of one layout's mean times what the layout costs.
	waste := func(rows, processes float64) float64 {
		return (1 + 4/processes + 9/(processes*rows)) * (16 + processes*(4+rows))
	}
	for rows := 1.0; rows <= 20; rows++ {
		for processes := 1.0; processes <= 20; processes++ {
			if waste(rows, processes) < waste(3, 4)-1e-9 {
				t.Errorf("%v rows of %v processes are better: %v", rows, processes, waste(rows, processes))
			}
		}
	}
}

func TestAllocateBadInput(t *testing.T) {
	fine := components(1, 1, 1)
	nan, inf := math.NaN(), math.Inf(1)
	for _, cost := range []Costs{{0, 1, 1}, {1, 0, 1}, {-1, 1, 1}, {1, -1, 1}, {1, 1, -1e-9}, {nan, 1, 1}, {1, inf, 1}, {1, 1, nan}} {
		if _, err := fine.Allocate(cost); err == nil {
			t.Errorf("costs %+v: got no error, want one", cost)
		}
	}
	for _, c := range []Components{components(1, 1, 0), components(-1, 1, 1), components(1, nan, 1), components(1, 1, inf), components(1, -1e-9, 1)} {
		if _, err := c.Allocate(Costs{1, 1, 1}); err == nil {
			t.Errorf("components %+v: got no error, want one", c)
		}
	}
}

// R 4.2.2: the least n of for (n in 2:60) with qt(.975, n-1) *
// sqrt((1 + 2/3 + 4/15)/n) <= 0.5 is 33.
func TestLayouts(t *testing.T) {
	c := components(4, 2, 1)
	for _, tt := range []struct {
		name        string
		c           Components
		a           Allocation
		half, level float64
		want        int
	}{
		{"R", c, Allocation{5, 3}, 0.5, 0.95, 33},
		{"the fewest", c, Allocation{5, 3}, 1000, 0.95, 2},
		{"no variance", components(0, 0, 0), Allocation{1, 1}, 1e-9, 0.95, 2},
		// A half width that is reached exactly: t(1) at 95 % is 12.706.
		{"exactly", components(0, 0, 2), Allocation{1, 1}, tQuantile(0.975, 1), 0.95, 2},
		{"a hair less", components(0, 0, 2), Allocation{1, 1}, 12.70, 0.95, 3},
	} {
		got, err := tt.c.Layouts(tt.a, tt.half, tt.level)
		if err != nil || got != tt.want {
			t.Errorf("%s: got %d, %v, want %d", tt.name, got, err, tt.want)
		}
	}
	for _, tt := range []struct {
		name        string
		c           Components
		a           Allocation
		half, level float64
		says        string
	}{
		{"half 0", c, Allocation{1, 1}, 0, 0.95, "above 0"},
		{"half NaN", c, Allocation{1, 1}, math.NaN(), 0.95, "above 0"},
		{"too narrow", c, Allocation{1, 1}, 1e-9, 0.95, "more than 1000000 layouts"},
		{"no rows", c, Allocation{0, 1}, 1, 0.95, "allocation"},
		{"no processes", c, Allocation{1, 0}, 1, 0.95, "allocation"},
		{"level 1", c, Allocation{1, 1}, 1, 1, "level"},
		{"negative", components(-1, 1, 1), Allocation{1, 1}, 1, 0.95, "variances"},
	} {
		if _, err := tt.c.Layouts(tt.a, tt.half, tt.level); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, want an error that says %q", tt.name, err, tt.says)
		}
	}
}
