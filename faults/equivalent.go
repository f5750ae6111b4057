package main

// equivalent are the mutants that change nothing that is promised, each with the
// reason. One that is killed all the same is an error.
var equivalent = map[string]string{
	"queue.go pop: never: b < q.top.Load()":                                        "a shortcut: the trial decrement finds the same, and is taken back",
	"idle.go init: comes after the next: i.sleepers = make([]*Worker, 0, workers)": "no worker runs yet",
	"idle.go notify: comes after the next: w.wokenToSearch = true":                 "both under mu, and w reads it after the permit, which comes later",
	"task.go Waker: always: t.state.Load()&flagRunning == 0":                       "sets what is set, and notes the task once more, which dumps allow for",
	"task.go notify: never: k.task.state.CompareAndSwap(s, s|flagNotified)":        "one more round finds it notified, and returns the same",
}
