package main

// equivalent are the mutants that change nothing that is promised, each with the
// reason. One that is killed all the same is an error.
var equivalent = map[string]string{
	"queue.go pop: never: b < q.top.Load()":                                                                 "a shortcut: the trial decrement finds the same, and is taken back",
	"idle.go init: comes after the next: i.sleepers = make([]*Worker, 0, workers)":                          "no worker runs yet",
	"idle.go notify: comes after the next: w.wokenToSearch = true":                                          "both under mu, and w reads it after the permit, which comes later",
	"task.go notify: never: k.task.state.CompareAndSwap(s, s|flagNotified)":                                 "one more round finds it notified, and returns the same",
	"idle.go addSleeper: comes after the next: i.state.Add(-delta)":                                         "both under mu; who reads the state without it takes mu before it acts",
	"idle.go removeSleeper: comes after the next: i.sleepers = append(i.sleepers[:k], i.sleepers[k+1:]...)": "both under mu; who reads the state without it takes mu before it acts",
	"inject.go popN: comes after the next: last.next = nil":                                                 "both under mu, and the tasks are the caller's",
	"inject.go popN: first condition alone: n < 1 || q.length.Load() == 0":                                  "a shortcut: under mu it finds no task",
	"inject.go popN: never: n < 1 || q.length.Load() == 0":                                                  "a shortcut: under mu it finds no task, or takes none of them",
	"inject.go popN: second condition alone: n < 1 || q.length.Load() == 0":                                 "a shortcut: under mu it takes none of them",
	"inject.go push: comes after the next: q.link(t)":                                                       "both under mu; who sees the length without it takes mu to get the task",
	"park.go notifyParked: always: s.idle.shouldNotify()":                                                   "a shortcut: notify looks again under mu",
	"park.go park: left out: w.joinDump()":                                                                  "a shortcut: it comes to the dump before its next pick",
	"steal.go stealWork: never: joined != nil && joined.state.Load()&flagDone != 0":                         "the joiner looks on for some us, or helps once more: both may be",
	"task.go endPending: comes after the next: s := t.state.Load()":                                         "the next statement does not depend on it",
	"task.go setFlags: second condition alone: to == s || t.state.CompareAndSwap(s, to)":                    "a shortcut: the CAS writes what is there",
	"join.go waitFor: always: t.state.Or(flagJoining)&flagDone == 0":                                        "a shortcut: park looks at flagDone again and does not block",
	"run.go finish: always: s&flagJoining != 0 (2)":                                                         "wakes worker 0 for nothing, which it may be: park may return early",
	"dump.go sleepForDump: never: !w.isCalled()":                                                            "a shortcut: under mu it finds no round",
	"scheduler.go Close: comes after the next: s.closing.Store(true)":                                       "dumps refuse by a state of their own; both come before the wakes",
	"steal.go stealWork: never: closing":                                                                    "the rounds end all the same, some us later",
	"steal.go stealWork: always: closing":                                                                   "parks sooner: park looks at every queue again",
	"steal.go stealFrom: left out: w.overflow(t)":                                                           "not reached: half a queue goes into one that is empty",
	"schedule.go pushLocal: always: w.sched.idle.shouldNotify()":                                            "a shortcut: notify looks again under mu",
	"join.go runOwn: always: w.tick == w.due || w.isCalled()":                                               "a shortcut: event does what is due, here nothing",
	"join.go runOwn: never: result == sched.Ready":                                                          "ends it as a stolen one: help finds flagDone",
	"worker.go run: comes after the next: w.closed = w.sched.closing.Load()":                                "the next statement does not depend on it",
	"worker.go turn: always: w.tick == w.due || w.isCalled()":                                               "a shortcut: event does what is due, here nothing",
}
