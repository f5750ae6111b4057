// Package soak repeats tests for a long time, in rounds, and goes on after an
// interruption where it was. It knows nothing of schedulers: package schedtest
// has the sections, and impls/chaselev/soak_test.go starts them, stamped into the
// other variants.
package soak
