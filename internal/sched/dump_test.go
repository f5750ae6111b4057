package sched

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// sample is a dump with every state, place and unknown in it.
func sample() *Dump {
	return &Dump{
		Taken: time.Date(2026, 11, 25, 12, 0, 0, 5000, time.UTC), Waited: 42 * time.Microsecond,
		Workers: []WorkerDump{{Worker: 0, Running: 1, LocalQueue: 1}, {Worker: 1, Parked: true}},
		Tasks: []TaskDump{
			{ID: 1, Name: "p.young", State: TaskRunning, Place: OnStack, Age: time.Millisecond, Polls: 1},
			{ID: 3, Name: "p.next", State: TaskRunnable, Place: InLIFOSlot, Age: AgeUnknown},
			{ID: 2, Name: "p.local", State: TaskRunnable, Place: InLocalQueue, Worker: 1, Age: AgeUnknown},
			{ID: 5, Name: "p.yields", State: TaskRunnable, Place: InYieldQueue, Age: 0, Polls: 7},
			{ID: 4, Name: "p.outside", State: TaskRunnable, Place: InInjectionQueue, Worker: -1, Age: 0},
			{ID: 9, Name: "p.idle", State: TaskIdle, Place: Nowhere, Worker: -1, Age: time.Hour, Polls: 3, Site: "p.main main.go:7"},
		},
	}
}

func TestDumpSort(t *testing.T) {
	d := sample()
	d.Sort()
	var got []uint64
	for _, task := range d.Tasks {
		got = append(got, task.ID)
	}
	if want := []uint64{9, 1, 4, 5, 2, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("got the order %v, want %v: the oldest first, unknown ages last, then by ID", got, want)
	}
}

func TestDumpText(t *testing.T) {
	d := sample()
	d.Sort()
	const want = `6 tasks on 2 workers: 1 running, 4 runnable, 1 idle; 2026-11-25T12:00:00.000005Z, waited 42µs

worker  state    on its stack  local queue
0       at work  1             1
1       parked   0             0

id  task       state     where                 age     polls  spawned at
9   p.idle     idle      waits for a wake      1h0m0s  3      p.main main.go:7
1   p.young    running   worker 0 stack        1ms     1      -
4   p.outside  runnable  injection queue       0s      0      -
5   p.yields   runnable  worker 0 yield queue  0s      7      -
2   p.local    runnable  worker 1 local queue  -       0      -
3   p.next     runnable  worker 0 LIFO slot    -       0      -
`
	var out bytes.Buffer
	if err := d.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for n, lines := range map[int]int{-1: 6, 0: 6, 1: 9, 2: 10, 6: 13, 7: 13} {
		out.Reset()
		if err := d.WriteOldest(&out, n); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(out.String(), "\n"); got != lines {
			t.Errorf("the oldest %d: got %d lines, want %d:\n%s", n, got, lines, out.String())
		}
	}
}

func TestDumpJSON(t *testing.T) {
	d := sample()
	var out bytes.Buffer
	if err := d.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var back Dump
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&back, d) {
		t.Errorf("got %+v back, want %+v", back, d)
	}
	for _, want := range []string{`"age_ns": 3600000000000`, `"place": "LIFO slot"`, `"waited_ns": 42000`, `"state": "idle"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got no %s in %s", want, out.String())
		}
	}
	if got := strings.Count(out.String(), "age_ns"); got != 4 {
		t.Errorf("got %d ages, want 4: the unknown ones left out", got)
	}
	for _, bad := range []string{`{"tasks":[{"state":"asleep"}]}`, `{"tasks":[{"place":"bed"}]}`, `{"tasks":3}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s: got no error", bad)
		}
	}
}

func TestDumpTimeoutError(t *testing.T) {
	err := fmt.Errorf("live: %w", &DumpTimeoutError{Missing: []int{1, 3}})
	if got, want := err.Error(), "no answer within 250ms from worker 1, 3"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q in it", got, want)
	}
}
