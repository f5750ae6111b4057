// Code generated from ../../impls/chaselev/workload_pingpong.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import (
	"sync/atomic"

	"stealbench/internal/sched"
)

// runPingPong is tokio's ping_pong: a task spawns p.N pairs of tasks, and each
// pair sends a message there and one back over two one-shot channels.
func runPingPong(s *Scheduler, p sched.Params) (sched.Answer, error) {
	r := &pings{countdown: *newCountdown(p.N), pairs: make([]pingPair, p.N)}
	if err := s.SpawnTask(pingerTask, [2]int64{}, r); err != nil {
		return sched.Answer{}, err
	}
	err := r.wait(s)
	answer := arrived(&r.countdown, p.N)
	answer.Tasks = 2 * uint64(p.N)
	return answer, err
}

type pings struct {
	countdown
	pairs []pingPair
}

type pingPair struct{ there, back oneshot }

func pingerTask(w *Worker, t *Task) sched.Poll {
	for i := range t.Ref.(*pings).pairs {
		ping := w.NewTask(pingTask)
		ping.Args[0], ping.Ref = int64(i), t.Ref
		w.Spawn(ping)
	}
	return sched.Ready
}

func pingTask(w *Worker, t *Task) sched.Poll {
	r := t.Ref.(*pings)
	pair := &r.pairs[t.Args[0]]
	if t.Args[1] == 0 { // first poll
		t.Args[1] = 1
		pong := w.NewTask(pongTask)
		pong.Args[0], pong.Ref = t.Args[0], t.Ref
		w.Spawn(pong)
		pair.there.send(w)
	}
	if !pair.back.receive(w, t) {
		return sched.Pending
	}
	r.arrive()
	return sched.Ready
}

func pongTask(w *Worker, t *Task) sched.Poll {
	pair := &t.Ref.(*pings).pairs[t.Args[0]]
	if !pair.there.receive(w, t) {
		return sched.Pending
	}
	pair.back.send(w)
	return sched.Ready
}

// oneshot is a channel for one message without content.
type oneshot struct {
	state  atomic.Uint32
	waiter Waker // written before state says awaited
}

const (
	oneshotOpen = iota
	oneshotAwaited
	oneshotSent
)

func (o *oneshot) send(w *Worker) {
	if o.state.Swap(oneshotSent) == oneshotAwaited {
		w.Wake(o.waiter)
	}
}

// receive reports whether the message is there, and has t woken when it comes.
func (o *oneshot) receive(w *Worker, t *Task) bool {
	switch o.state.Load() {
	case oneshotSent:
		return true
	case oneshotOpen:
		o.waiter = w.Waker(t)
		return !o.state.CompareAndSwap(oneshotOpen, oneshotAwaited)
	}
	return false // polled again before the message came
}
