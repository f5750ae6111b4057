package sched

import "sync/atomic"

// Audit is what the polls of an audited workload count themselves, at once, each on
// its worker's own line: what the published counters would say if they were never
// late. It costs the same in all variants.
type Audit struct {
	cells []auditCell // with one at each end that nobody uses
}

type auditCell struct {
	polls atomic.Uint64 // written only by its worker
	_     [auditLine - 8]byte
}

// auditLine keeps two workers' cells apart: two lines, since they are fetched in pairs.
const auditLine = 128

// NewAudit counts the polls of some workers.
func NewAudit(workers int) *Audit { return &Audit{make([]auditCell, workers+2)} }

// Count counts a poll that has just begun. Called only by that worker.
func (a *Audit) Count(worker int) { a.cells[worker+1].polls.Add(1) }

// Polls is how many polls have begun. Safe for any goroutine.
func (a *Audit) Polls() (n uint64) {
	for i := range a.cells {
		n += a.cells[i].polls.Load()
	}
	return n
}
