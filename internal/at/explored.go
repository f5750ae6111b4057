//go:build explore

package at

import (
	"sync"
	"sync/atomic"
	"time"

	"stealbench/internal/explore"
)

// Bool is an atomic.Bool; each operation is a step.
type Bool struct{ v atomic.Bool }

func (b *Bool) Load() bool       { explore.Step(); return b.v.Load() }
func (b *Bool) Store(value bool) { explore.Step(); b.v.Store(value) }

// Int64 is an atomic.Int64; each operation is a step.
type Int64 struct{ v atomic.Int64 }

func (i *Int64) Load() int64                    { explore.Step(); return i.v.Load() }
func (i *Int64) Store(value int64)              { explore.Step(); i.v.Store(value) }
func (i *Int64) Add(delta int64) int64          { explore.Step(); return i.v.Add(delta) }
func (i *Int64) CompareAndSwap(o, n int64) bool { explore.Step(); return i.v.CompareAndSwap(o, n) }

// Uint32 is an atomic.Uint32; each operation is a step.
type Uint32 struct{ v atomic.Uint32 }

func (u *Uint32) Load() uint32          { explore.Step(); return u.v.Load() }
func (u *Uint32) Store(value uint32)    { explore.Step(); u.v.Store(value) }
func (u *Uint32) Or(mask uint32) uint32 { explore.Step(); return u.v.Or(mask) }

// CompareAndSwap is a step before, and one after if it succeeds: a task changes
// hands so, and who touches it afterwards is late.
func (u *Uint32) CompareAndSwap(o, n uint32) bool {
	explore.Step()
	if !u.v.CompareAndSwap(o, n) {
		return false
	}
	explore.Step()
	return true
}

// Uint64 is an atomic.Uint64; each operation is a step.
type Uint64 struct{ v atomic.Uint64 }

func (u *Uint64) Load() uint64            { explore.Step(); return u.v.Load() }
func (u *Uint64) Store(value uint64)      { explore.Step(); u.v.Store(value) }
func (u *Uint64) Add(delta uint64) uint64 { explore.Step(); return u.v.Add(delta) }

// Counter is a Uint64 whose operations are steps only where a scenario asks for
// it: variants that differ in what they count then have the same schedules.
type Counter struct{ v atomic.Uint64 }

func (c *Counter) Load() uint64            { explore.CounterStep(); return c.v.Load() }
func (c *Counter) Store(value uint64)      { explore.CounterStep(); c.v.Store(value) }
func (c *Counter) Add(delta uint64) uint64 { explore.CounterStep(); return c.v.Add(delta) }

// Pointer is an atomic.Pointer; each operation is a step.
type Pointer[T any] struct{ v atomic.Pointer[T] }

func (p *Pointer[T]) Load() *T       { explore.Step(); return p.v.Load() }
func (p *Pointer[T]) Store(value *T) { explore.Step(); p.v.Store(value) }

// Mutex is a sync.Mutex; Lock is a step. Unlock needs none: what others may do
// between the last step under the lock and the Unlock, they may do after it.
type Mutex struct {
	mu   sync.Mutex
	held bool // by a thread of an execution
}

func (m *Mutex) Lock() {
	if !explore.Exploring() {
		m.mu.Lock()
		return
	}
	explore.Step()
	explore.Wait(m)
	m.held = true
}

func (m *Mutex) Unlock() {
	if !explore.Exploring() {
		m.mu.Unlock()
		return
	}
	if !m.held {
		panic("explore: unlock of a mutex that is not locked")
	}
	m.held = false
}

// Ready reports whether who waits may go on.
func (m *Mutex) Ready() bool    { return !m.held }
func (m *Mutex) String() string { return "a mutex" }

// WaitGroup is a sync.WaitGroup.
type WaitGroup struct {
	group sync.WaitGroup
	n     int // in an execution
}

func (g *WaitGroup) Add(delta int) {
	if !explore.Exploring() {
		g.group.Add(delta)
		return
	}
	g.n += delta
}

func (g *WaitGroup) Done() { g.Add(-1) }

func (g *WaitGroup) Wait() {
	if !explore.Exploring() {
		g.group.Wait()
		return
	}
	explore.Step()
	explore.Wait(g)
}

func (g *WaitGroup) Ready() bool    { return g.n == 0 }
func (g *WaitGroup) String() string { return "a wait group" }

// Gosched lets another thread go on.
func Gosched() { explore.GiveWay() }

// Sleep lets another thread go on: there is no clock in an execution.
func Sleep(d time.Duration) {
	if !explore.Exploring() {
		time.Sleep(d)
		return
	}
	explore.GiveWay()
}

// Permit is that of a normal build.
type Permit struct{ p *permit }

type permit struct {
	c     chan struct{}
	given bool // in an execution
}

func NewPermit() Permit { return Permit{&permit{c: make(chan struct{}, 1)}} }

func (p Permit) Take() {
	if !explore.Exploring() {
		<-p.p.c
		return
	}
	explore.Step()
	explore.Wait(p.p)
	p.p.given = false
}

func (p Permit) Give() {
	if explore.Exploring() {
		explore.Step()
		p.p.given = true
		return
	}
	select {
	case p.p.c <- struct{}{}:
	default:
	}
}

func (p Permit) Given() bool { return p.p.given || len(p.p.c) == 1 }

func (p *permit) Ready() bool    { return p.given }
func (p *permit) String() string { return "a permit" }

// Gate is that of a normal build.
type Gate struct{ g *gate }

type gate struct {
	c    chan struct{}
	open bool // in an execution
}

func NewGate() Gate { return Gate{&gate{c: make(chan struct{})}} }

func (g Gate) Open() {
	explore.Step()
	g.g.open = true
	close(g.g.c)
}

func (g Gate) Wait() {
	if !explore.Exploring() {
		<-g.g.c
		return
	}
	explore.Step()
	explore.Wait(g.g)
}

func (g Gate) Opened() <-chan struct{} { return g.g.c }

func (g *gate) Ready() bool    { return g.open }
func (g *gate) String() string { return "a gate" }
