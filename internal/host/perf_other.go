//go:build !linux

package host

import "slices"

// countLoop has no counters here.
func countLoop(events []perfEvent, _ int) ([]uint64, []error) {
	return make([]uint64, len(events)), slices.Repeat([]error{errNotLinux}, len(events))
}
