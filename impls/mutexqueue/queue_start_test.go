package mutexqueue

// startAt gives the next task of an empty queue an index, as after many pushes.
func startAt(q *localQueue, index int64) { q.bottom, q.top = index, index }
