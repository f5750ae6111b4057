package main

import (
	"strings"
	"testing"
)

// TestGate goes by a committed recording, in which interval61 is slower than the
// base with both numbers of workers, by a little over 3 %.
func TestGate(t *testing.T) {
	const rec = "results/2026-11-25-amd-epyc-2cpu-interval-2"
	for _, row := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"chaselev", "interval61", rec}, exitFailed, "gate: regression"},
		{[]string{"chaselev", "interval61", rec, "--margin", "10"}, 0, "gate: pass"},
		{[]string{"interval61", "chaselev", rec}, 0, "gate: pass"},
		{[]string{"chaselev", "twin", rec}, exitInconclusive, "gate: inconclusive"},
		{[]string{"chaselev", "interval61", rec, "--margin", "0"}, exitInput, "margin is 0: give a percentage above 0"},
		{[]string{"chaselev", "interval61", rec, "--margin", "NaN"}, exitInput, "margin is NaN: give"},
		{[]string{"twin", "twin", rec}, exitInput, "twin is given twice"},
		{[]string{"chaselev", "fast", rec}, exitInput, "the recording has no fast: choose from"},
		{[]string{"chaselev", "twin", "results/none"}, exitInput, "results/none: cannot open"},
		{[]string{"chaselev"}, exitInput, "accepts between 2 and 3 arg(s)"},
	} {
		out, errOut, status := stealbench(t, top, append([]string{"gate"}, row.args...)...)
		if status != row.status || !strings.Contains(out+errOut, row.want) {
			t.Errorf("%v: exit %d, got %q%q, want %d and %q", row.args, status, out, errOut, row.status, row.want)
		}
	}
}
