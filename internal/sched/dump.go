package sched

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// DumpTimeout is how long a task dump waits for workers that are busy (tokio
// scheduler/multi_thread/worker/taskdump.rs).
const DumpTimeout = 250 * time.Millisecond

// ErrNoDump is what Dump returns in a build with -tags nodump.
var ErrNoDump = errors.New("task dumps are compiled out: build without -tags nodump")

// DumpTimeoutError reports that some workers did not come to a dump in time: no
// poll of theirs ended and none began.
type DumpTimeoutError struct {
	Missing []int // their indices, rising
}

func (e *DumpTimeoutError) Error() string {
	const most = 8
	missing := strings.ReplaceAll(strings.Trim(fmt.Sprint(e.Missing[:min(most, len(e.Missing))]), "[]"), " ", ", ")
	if more := len(e.Missing) - most; more > 0 {
		missing += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Sprintf("task dump: no answer within %v from worker %s: busy with one task all the time, or not yet run: ask again later",
		DumpTimeout, missing)
}

// Dump lists every live task of a scheduler at one moment, at which no worker
// ran. A task is live from its spawn until it is done.
type Dump struct {
	Taken   time.Time     // zero without a clock
	Waited  time.Duration // from the request until every worker stood still
	Workers []WorkerDump  // by index
	Tasks   []TaskDump    // oldest first, as far as ages are known
}

// WorkerDump is one worker of a Dump.
type WorkerDump struct {
	Worker     int  `json:"worker"`
	Parked     bool `json:"parked"`      // it slept, and the dump did not wake it
	Running    int  `json:"running"`     // tasks on its stack, each but the last one in a join
	LocalQueue int  `json:"local_queue"` // tasks in its local queue, 0 to 256
}

// TaskDump is one task of a Dump.
type TaskDump struct {
	ID     uint64 // unique in its scheduler, over its whole life
	Name   string // of its poll function, or of its closure
	State  TaskState
	Place  TaskPlace
	Worker int           // whose Place it is, or -1
	Age    time.Duration // since the spawn, see AgeUnknown
	Polls  uint64        // begun so far
	Site   string        // function and file:line of the spawn; empty unless Config.SpawnSites
}

// AgeUnknown is the age of a task in a scheduler without a clock.
//
// With Config.SpawnSites ages are exact. Else a task can look older than it is,
// never younger: one spawned by a task by the time since its worker looked at
// the clock, up to EventInterval picks; one from outside by the time of up to 7
// spawns from outside, and only if others waited in the injection queue.
const AgeUnknown time.Duration = -1

// TaskState is what a task does.
type TaskState uint8

const (
	TaskRunning  TaskState = iota // being polled: waits in a join, or is about to begin
	TaskRunnable                  // waits for a worker
	TaskIdle                      // waits for a Waker
)

var stateNames = []string{"running", "runnable", "idle"}

func (s TaskState) String() string { return stateNames[s] }

// MarshalText gives the name of s.
func (s TaskState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name of a state.
func (s *TaskState) UnmarshalText(text []byte) error {
	i := slices.Index(stateNames, string(text))
	if i < 0 {
		return fmt.Errorf("sched.TaskState: no state %q: choose from %s", text, strings.Join(stateNames, " "))
	}
	*s = TaskState(i)
	return nil
}

// TaskPlace is where a task waits.
type TaskPlace uint8

const (
	OnStack          TaskPlace = iota // of its worker
	InLIFOSlot                        // runs next on its worker
	InLocalQueue                      // of its worker
	InYieldQueue                      // of its worker: behind all that was runnable there
	InInjectionQueue                  // for any worker
	Nowhere                           // in no queue: a Waker brings it back
)

var placeNames = []string{"stack", "LIFO slot", "local queue", "yield queue", "injection queue", "nowhere"}

func (p TaskPlace) String() string { return placeNames[p] }

// MarshalText gives the name of p.
func (p TaskPlace) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the name of a place.
func (p *TaskPlace) UnmarshalText(text []byte) error {
	i := slices.Index(placeNames, string(text))
	if i < 0 {
		return fmt.Errorf("sched.TaskPlace: no place %q: choose from %s", text, strings.Join(placeNames, ", "))
	}
	*p = TaskPlace(i)
	return nil
}

// Where says in words where t waits, such as "worker 1 local queue".
func (t *TaskDump) Where() string {
	switch {
	case t.Place == Nowhere:
		return "waits for a wake"
	case t.Worker < 0:
		return t.Place.String()
	}
	return fmt.Sprintf("worker %d %v", t.Worker, t.Place)
}

// Sort orders the tasks, oldest first; those of one age, or of none, by ID.
func (d *Dump) Sort() {
	slices.SortFunc(d.Tasks, func(a, b TaskDump) int {
		if a.Age != b.Age {
			return int(max(min(b.Age-a.Age, 1), -1))
		}
		return int(max(min(int64(a.ID)-int64(b.ID), 1), -1))
	})
}

// Count is how many tasks are in a state.
func (d *Dump) Count(s TaskState) (n int) {
	for i := range d.Tasks {
		if d.Tasks[i].State == s {
			n++
		}
	}
	return n
}

// WriteText writes d as tables for people: a line a worker, a line a task.
func (d *Dump) WriteText(out io.Writer) error { return d.WriteOldest(out, len(d.Tasks)) }

// WriteOldest is WriteText with the first n tasks only, and a word about the
// others.
func (d *Dump) WriteOldest(out io.Writer, n int) error {
	n = min(max(n, 0), len(d.Tasks))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	taken := "no clock"
	if !d.Taken.IsZero() {
		taken = fmt.Sprintf("%s, waited %v", d.Taken.Format(time.RFC3339Nano), d.Waited.Round(time.Microsecond))
	}
	fmt.Fprintf(w, "%d tasks on %d workers: %d running, %d runnable, %d idle; %s\n",
		len(d.Tasks), len(d.Workers), d.Count(TaskRunning), d.Count(TaskRunnable), d.Count(TaskIdle), taken)
	fmt.Fprintln(w, "\nworker\tstate\ton its stack\tlocal queue")
	for _, k := range d.Workers {
		state := "at work"
		if k.Parked {
			state = "parked"
		}
		fmt.Fprintf(w, "%d\t%s\t%d\t%d\n", k.Worker, state, k.Running, k.LocalQueue)
	}
	if n > 0 {
		fmt.Fprintln(w, "\nid\ttask\tstate\twhere\tage\tpolls\tspawned at")
	}
	for i := range n {
		t := &d.Tasks[i]
		age, site := "-", "-"
		if t.Age != AgeUnknown {
			age = t.Age.String()
		}
		if t.Site != "" {
			site = t.Site
		}
		fmt.Fprintf(w, "%d\t%s\t%v\t%s\t%s\t%d\t%s\n", t.ID, t.Name, t.State, t.Where(), age, t.Polls, site)
	}
	if left := len(d.Tasks) - n; left > 0 {
		fmt.Fprintf(w, "and %d younger ones\n", left)
	}
	return w.Flush()
}

// The JSON forms: durations in ns, what is unknown left out.
type (
	dumpJSON struct {
		Taken   time.Time    `json:"taken,omitzero"`
		Waited  int64        `json:"waited_ns"`
		Workers []WorkerDump `json:"workers"`
		Tasks   []TaskDump   `json:"tasks"`
	}
	taskJSON struct {
		ID     uint64    `json:"id"`
		Name   string    `json:"name"`
		State  TaskState `json:"state"`
		Place  TaskPlace `json:"place"`
		Worker *int      `json:"worker,omitempty"`
		Age    *int64    `json:"age_ns,omitempty"`
		Polls  uint64    `json:"polls"`
		Site   string    `json:"spawned_at,omitempty"`
	}
)

// WriteJSON writes d as one JSON object, which json.Unmarshal reads back.
func (d *Dump) WriteJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(d)
}

// MarshalJSON is d in the form of WriteJSON.
func (d *Dump) MarshalJSON() ([]byte, error) {
	return json.Marshal(dumpJSON{d.Taken, int64(d.Waited), d.Workers, d.Tasks})
}

// UnmarshalJSON reads the form of WriteJSON.
func (d *Dump) UnmarshalJSON(text []byte) error {
	var j dumpJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	*d = Dump{j.Taken, time.Duration(j.Waited), j.Workers, j.Tasks}
	return nil
}

// MarshalJSON is t in the form of WriteJSON.
func (t TaskDump) MarshalJSON() ([]byte, error) {
	j := taskJSON{ID: t.ID, Name: t.Name, State: t.State, Place: t.Place, Polls: t.Polls, Site: t.Site}
	if t.Worker >= 0 {
		j.Worker = &t.Worker
	}
	if t.Age != AgeUnknown {
		j.Age = (*int64)(&t.Age)
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads the form of WriteJSON.
func (t *TaskDump) UnmarshalJSON(text []byte) error {
	var j taskJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	*t = TaskDump{ID: j.ID, Name: j.Name, State: j.State, Place: j.Place, Worker: -1, Age: AgeUnknown, Polls: j.Polls, Site: j.Site}
	if j.Worker != nil {
		t.Worker = *j.Worker
	}
	if j.Age != nil {
		t.Age = time.Duration(*j.Age)
	}
	return nil
}
