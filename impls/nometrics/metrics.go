package nometrics

import "stealbench/internal/sched"

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 256

// boardSize is the room that every variant's board takes in a Scheduler, for the
// same reason.
const boardSize = 384

// metricsReadClock says that the hooks do not want to know the time.
const metricsReadClock = false

// metrics keeps the room and nothing else.
type metrics struct{ _ [metricsSize]byte }

// board publishes nothing and keeps the room.
type board struct{ _ [boardSize]byte }

func (*board) init(sched.Config)  {}
func (*board) incRemoteSchedule() {}
func (*board) incRemoteWake()     {}
func (*board) incRefused()        {}
func (*board) addCancelled(int)   {}

func (*board) snapshot() sched.Snapshot { return sched.Snapshot{} }

func (*metrics) init(*board, int)              {}
func (*metrics) startProcessing(int64)         {}
func (*metrics) endProcessing(int64)           {}
func (*metrics) startPick()                    {}
func (*metrics) timed() bool                   { return false }
func (*metrics) pollBegan() int64              { return 0 }
func (*metrics) endPick(int64)                 {}
func (*metrics) betweenPolls(int64) int64      { return 0 }
func (*metrics) emptyTurn()                    {}
func (*metrics) incSpawn()                     {}
func (*metrics) incReschedule()                {}
func (*metrics) incFollowUp()                  {}
func (*metrics) incUnfinished()                {}
func (*metrics) addPause(int64)                {}
func (*metrics) incOverflow()                  {}
func (*metrics) incForcedYield()               {}
func (*metrics) addSteal(int)                  {}
func (*metrics) incStealAttempt()              {}
func (*metrics) aboutToPark(uint32)            {}
func (*metrics) unparked()                     {}
func (*metrics) submit(uint32, uint64, uint64) {}
