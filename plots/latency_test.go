package plots

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLatencyFigure: open loops have a figure of their own, and are in no other; others
// have none. It names a variant whose queue grows.
func TestLatencyFigure(t *testing.T) {
	dir := t.TempDir()
	if *keep != "" {
		dir = *keep
	}
	paths := all(t, open(sixVariants, 8), dir)
	if len(paths) != 2 || filepath.Base(paths[1]) != "latency.png" {
		t.Fatalf("got %v, want latency in two forms", paths)
	}
	svg := read(t, paths[0])
	if n := bytes.Count(svg, []byte("behind: sharedline")); n != 1 || bytes.Count(svg, []byte("behind: ")) != 1 {
		t.Errorf("%d panels say that sharedline is behind, want that of 95 %% with 2 workers", n)
	}
	again := all(t, open(sixVariants, 8), t.TempDir())
	if !bytes.Equal(svg, read(t, again[0])) {
		t.Error("it differs on the second run")
	}
	both := synthetic(sixVariants, []int{1}, 3)
	both.Cells = append(both.Cells, open(sixVariants, 3).Cells...)
	paths = all(t, both, t.TempDir())
	if len(paths) != 10 {
		t.Errorf("with other workloads: got %v, want five figures in two forms", paths)
	}
	for _, p := range paths {
		if strings.HasSuffix(p, ".svg") && bytes.Contains(read(t, p), []byte("open_95")) != (filepath.Base(p) == "latency.svg") {
			t.Errorf("%s: open loops belong into latency.svg alone", filepath.Base(p))
		}
	}
	if paths = all(t, synthetic(sixVariants, []int{1}, 2), t.TempDir()); slices.ContainsFunc(paths, func(p string) bool { return strings.Contains(p, "latency") }) {
		t.Errorf("without open loops: got %v, want no latency", paths)
	}
}

// TestLatencySubsets: one cell, no twin, or the base alone are no reason to panic.
func TestLatencySubsets(t *testing.T) {
	for _, variants := range [][]string{sixVariants, {"chaselev", "batchless"}, {"chaselev"}, {"chaselev", "twin"}} {
		if paths := all(t, open(variants, 1), t.TempDir()); len(paths) != 2 {
			t.Errorf("%v: got %v, want one figure in two forms", variants, paths)
		}
	}
}
