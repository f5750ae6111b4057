package harness

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// fakePeers makes a folder of programs whose answer to a request is a script's, which
// finds the number of runs in $reps.
func fakePeers(t *testing.T, scripts map[string]string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("peers are shell scripts here")
	}
	old := PeersDir
	t.Cleanup(func() { PeersDir = old })
	PeersDir = t.TempDir()
	for name, answer := range scripts {
		script := fmt.Sprintf("#!/bin/sh\nif [ $1 = list ]; then printf '%s\\t1.0, a script\\n'; exit; fi\n"+
			"while read run workload lead reps n m tree; do %s\ndone\n", name, answer)
		if err := os.WriteFile(filepath.Join(PeersDir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

// right answers fib at the small size.
const right = "echo ok 20000000 $((reps + 1)) 55 177 0 0"

func peerSpec(variants ...string) CellSpec {
	return CellSpec{Cell: recording.Cell{Workload: "fib", Size: "small", Workers: 1}, Variants: append([]string{"chaselev", "twin"}, variants...),
		CellTime: minCellTime, SlotTime: minSlotTime}
}

// Beside a peer a slot began as soon as all workers were awake, on CPUs that had rested
// while other processes had their slots.
func TestAllAreWarmBesidePeers(t *testing.T) {
	fakePeers(t, map[string]string{"tokio": "echo $lead >>$0.leads; " + right})
	for _, tt := range []struct {
		spec CellSpec
		want time.Duration
	}{{peerSpec(), 0}, {peerSpec("tokio"), peerLead}} {
		c := &cell{spec: tt.spec}
		defer c.endPeers()
		if err := c.open(); err != nil {
			t.Fatal(err)
		}
		for _, l := range c.lanes {
			if !l.peer {
				defer l.sched.Close()
			}
			begin := time.Now()
			if _, err := l.slot("fib", sched.Params{N: 10}, sched.Answer{Value: 55, Tasks: 177}, 1); err != nil {
				t.Fatal(err)
			}
			if got := time.Since(begin); !l.peer && got < tt.want || !l.peer && l.warm != tt.want {
				t.Errorf("%s: got a slot after %v, warm %v, want %v", l.variant, got, l.warm, tt.want)
			}
		}
	}
	got, err := os.ReadFile(filepath.Join(PeersDir, "tokio.leads"))
	if want := fmt.Sprintln(peerLead.Nanoseconds()); err != nil || string(got) != want {
		t.Errorf("got a lead of %q, %v, want %q", got, err, want)
	}
}

// TestPeers: a peer is a lane like others; one that hangs, answers wrong, fails or
// lacks the work is out of the cell, and says why, whatever it did before.
func TestPeers(t *testing.T) {
	for _, tt := range []struct{ name, script, absent string }{
		{"right", right, ""},
		{"hangs", "exec sleep 100", recording.Hung},
		{"hangs later", "k=$((k + 1)); [ $k -gt 3 ] && exec sleep 100; " + right, recording.Hung},
		{"never rests", right + "; while :; do :; done", recording.Hung},
		{"wrong value", "echo ok 1000 2 56 177 0 0", recording.Wrong},
		{"wrong tasks", "echo ok 1000 2 55 176 0 0", recording.Wrong},
		{"says wrong", "echo wrong 55 then 56", recording.Wrong},
		{"lacks", "echo lacks", recording.Lacks},
		{"error", "echo error no such line", recording.Failed},
		{"babbles", "echo ok fine", recording.Failed},
		{"dies", "exit 3", recording.Failed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			shortPeerTimeout(t)
			fakePeers(t, map[string]string{"tokio": tt.script})
			result, err := RunCell(peerSpec("tokio"))
			if err != nil {
				t.Fatal(err)
			}
			data := recording.CellData{Blocks: result.Blocks}
			if got := data.Absent("tokio"); got != tt.absent {
				t.Fatalf("absent %q, want %q", got, tt.absent)
			}
			if tt.absent != "" && len(result.Blocks["tokio"]) != 1 {
				t.Errorf("%d blocks of a peer without a time", len(result.Blocks["tokio"]))
			}
			if x, _ := result.Blocks["tokio"][0].Get(recording.XBase); tt.absent == "" && x < 10 {
				t.Errorf("20 ms a slot is %v times the base", x)
			}
			if x, ok := result.Blocks["twin"][0].Get(recording.XBase); !ok || x <= 0 {
				t.Error("the others have no times")
			}
		})
	}
}

func shortPeerTimeout(t *testing.T) {
	old := peerTimeout
	t.Cleanup(func() { peerTimeout = old })
	peerTimeout = time.Second
}

// TestPeerLeftOut: what hung in one cell is not tried in the next of the comparison.
func TestPeerLeftOut(t *testing.T) {
	fakePeers(t, map[string]string{"tokio": right, "rayon": right})
	plan := DefaultPlan()
	plan.Variants, plan.Workloads, plan.Workers, plan.Size = peerSpec("tokio", "rayon", "tbb").Variants, []string{"fib", "skynet"}, []int{1}, "small"
	s, err := newSchedule(plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	block := recording.Block{Slots: 1, Values: []recording.Value{{Unit: recording.NsPerTask, V: 1}, {Unit: recording.XBase, V: 1}}}
	blocks := map[string][]recording.Block{"tokio": {recording.AbsentBlock(recording.Hung)}, "rayon": {recording.AbsentBlock(recording.Lacks)}, "tbb": {block}}
	if err := s.finished(recording.CellData{Cell: recording.Cell{Workload: "fib", Size: "small", Workers: 1}, Blocks: blocks}); err != nil {
		t.Fatal(err)
	}
	got := s.all[comparison{"fib", 1}].leftOut
	if len(got) != 2 || got["tokio"] != recording.Untried || got["rayon"] != recording.Lacks {
		t.Errorf("left out: %v", got)
	}
	if other := s.all[comparison{"skynet", 1}].leftOut; len(other) != 0 {
		t.Errorf("left out of another comparison: %v", other)
	}
	spec := peerSpec("tokio", "rayon")
	spec.LeftOut = got
	result, err := RunCell(spec)
	if err != nil {
		t.Fatal(err)
	}
	data := recording.CellData{Blocks: result.Blocks}
	if a, b := data.Absent("tokio"), data.Absent("rayon"); a != recording.Untried || b != recording.Lacks {
		t.Errorf("absent %q and %q", a, b)
	}
}

// TestPeerKeys: a run notes the versions, and a program that is not there or lacks a
// peer is one line with the remedy.
func TestPeerKeys(t *testing.T) {
	fakePeers(t, map[string]string{"tokio": right, "tbb": right})
	for _, tt := range []struct {
		peers []string
		want  string // in the error, or the version
	}{
		{[]string{"tokio"}, "1.0, a script"},
		{[]string{"rayon"}, "no program"},
		{[]string{"rayon"}, "make peers-native"},
		{[]string{"ants"}, "make peers"},
	} {
		plan := Plan{Variants: peerSpec(tt.peers...).Variants}
		keys, err := plan.peerKeys()
		said := fmt.Sprint(keys, err)
		if (err == nil) != (tt.peers[0] == "tokio") || !strings.Contains(said, tt.want) {
			t.Errorf("%v: %s: want %s", tt.peers, said, tt.want)
		}
	}
	if err := os.Rename(filepath.Join(PeersDir, "tbb"), filepath.Join(PeersDir, "rayon")); err != nil {
		t.Fatal(err)
	}
	if _, err := (&Plan{Variants: []string{"rayon"}}).peerKeys(); err == nil || !strings.Contains(err.Error(), "does not have it") {
		t.Errorf("a program without the peer: %v", err)
	}
}

// TestPeersAreRecorded: the cells of a run with peers read back, and a resumption
// wants the same versions.
func TestPeersAreRecorded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rec")
	variants := peerSpec("tokio").Variants
	w, err := recording.Create(dir, []recording.Key{{Name: "peer-tokio", Value: "1.48.0"}}, variants, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	block := recording.Block{Slots: 1, Values: []recording.Value{{Unit: recording.NsPerTask, V: 1}, {Unit: recording.XBase, V: 1}, {Unit: recording.TasksPerOp, V: 177}}}
	cell := recording.Cell{Workload: "fib", Size: "small", Workers: 1}
	if err := w.WriteCell(cell, map[string][]recording.Block{"chaselev": {block}, "twin": {block}, "tokio": {recording.AbsentBlock(recording.Hung)}}); err != nil {
		t.Fatal(err)
	}
	rec, err := recording.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := rec.Cells[0].Absent("tokio"); got != recording.Hung {
		t.Errorf("read back as %q", got)
	}
	if err := CheckSame(rec, []recording.Key{{Name: "peer-tokio", Value: "1.49.0"}}); err == nil || !strings.Contains(err.Error(), "peer-tokio") {
		t.Errorf("another version goes on: %v", err)
	}
}
