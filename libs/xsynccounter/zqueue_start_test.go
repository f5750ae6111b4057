// Code generated from ../../impls/chaselev/queue_start_test.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

// startAt gives the next task of an empty queue an index, as after many pushes.
func startAt(q *localQueue, index int64) {
	q.bottom.Store(index)
	q.top.Store(index)
}
