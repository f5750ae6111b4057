// Code generated from ../chaselev/publish.go by go generate ./impls; DO NOT EDIT.

package splitdeque

import "stealbench/internal/at"

// takeRare reports whether a total has changed that seldom does, since the last
// call: most submits need not look at those.
func (m *metrics) takeRare() bool {
	changed := m.rare
	m.rare = false
	return changed
}

// publish stores a total that has changed. tokio stores all of them, but a Go
// store is an exchange on amd64 and costs several times the look; most totals do
// not change from one submit to the next.
func publish(cell *at.Counter, total uint64) {
	if stale(cell, total) {
		cell.Store(total)
	}
}

// stale reports whether a total is to be stored.
func stale(cell *at.Counter, total uint64) bool { return cell.Load() != total }
