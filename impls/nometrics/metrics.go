package nometrics

import "stealbench/internal/sched"

// metricsSize is the room that every variant's metrics take in a Worker, so
// that no other field moves from variant to variant.
const metricsSize = 128

// metrics keeps the room and nothing else.
type metrics struct{ _ [metricsSize]byte }

// board publishes nothing.
type board struct{}

func (*board) init(int)           {}
func (*board) incRemoteSchedule() {}

func (*board) snapshot() sched.Snapshot { return sched.Snapshot{} }

func (*metrics) init(*board, int)  {}
func (*metrics) startProcessing()  {}
func (*metrics) endProcessing()    {}
func (*metrics) lap()              {}
func (*metrics) startPoll()        {}
func (*metrics) endPoll()          {}
func (*metrics) incLocalSchedule() {}
func (*metrics) incOverflow()      {}
func (*metrics) addSteal(int)      {}
func (*metrics) aboutToPark()      {}
func (*metrics) unparked()         {}
func (*metrics) submit()           {}
