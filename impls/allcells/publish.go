package allcells

import "sync/atomic"

// publish stores a total.
func publish(cell *atomic.Uint64, total uint64) { cell.Store(total) }
