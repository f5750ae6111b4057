// Code generated from ../chaselev/metrics_stable.go by go generate ./impls; DO NOT EDIT.

//go:build stable

package splitdeque

import "stealbench/internal/sched"

// The stable level counts busy time, parks and unparks; what remains compiles
// to nothing, as in a tokio without tokio_unstable.
const (
	isExtended        = false
	extendedSize      = 0
	extendedCellsSize = 0
	pollTimesSize     = 0
)

type (
	extended      struct{}
	extendedCells struct{}
	pollTimes     struct{}
)

func (*pollTimes) init(int, sched.Config)    {}
func (*pollTimes) buckets() sched.Buckets    { return sched.Buckets{} }
func (*pollTimes) read(*sched.Snapshot, int) {}

func (*board) incRemoteSchedule() {}
func (*board) incRemoteWake()     {}
func (*board) incRefused()        {}
func (*board) addCancelled(int)   {}

func (*metrics) initExtended(*pollTimes, int) {}
func (*metrics) startPick()                   {}
func (*metrics) timed() bool                  { return false }
func (*metrics) pollBegan() int64             { return 0 }
func (*metrics) endPick(int64)                {}
func (*metrics) betweenPolls(int64) int64     { return 0 }
func (*metrics) emptyTurn()                   {}
func (*metrics) countPicks(uint32)            {}
func (*metrics) incSpawn()                    {}
func (*metrics) countSpawns(uint64)           {}
func (*metrics) incReschedule()               {}
func (*metrics) incFollowUp()                 {}
func (*metrics) incUnfinished()               {}
func (*metrics) addPause(int64)               {}
func (*metrics) incOverflow()                 {}
func (*metrics) incForcedYield()              {}
func (*metrics) addSteal(int)                 {}
func (*metrics) incStealAttempt()             {}
func (*metrics) countNoop()                   {}
func (*metrics) submitExtended(uint64)        {}
func (*metrics) submitRare()                  {}

func (*extendedCells) read(*sched.Snapshot, int) {}
