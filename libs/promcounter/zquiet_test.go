// Code generated from ../../impls/chaselev/quiet_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"testing"

	"stealbench/internal/sched"
)

// TestQuiet: a scheduler is quiet when every worker sleeps and has come to block,
// for only then has it submitted.
func TestQuiet(t *testing.T) {
	s := atRest(t, sched.Config{Workers: 2})
	check := func(when string, quiet, awake bool) {
		t.Helper()
		if s.Quiet() != quiet || s.allAwake() != awake {
			t.Errorf("%s: got quiet %v, all awake %v, want %v, %v", when, s.Quiet(), s.allAwake(), quiet, awake)
		}
	}
	check("all run", false, true)
	for _, w := range s.workers {
		s.idle.addSleeper(w, false)
	}
	check("all are on the list", false, true)
	s.workers[0].parker.blocked.Store(true)
	check("one blocks", false, false)
	s.workers[1].parker.blocked.Store(true)
	check("all block", true, false)
	s.idle.removeSleeper(s.workers[0]) // woken, but not there yet
	check("one is woken", false, false)
}
