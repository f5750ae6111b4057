// Code generated from ../../impls/chaselev/check_on.go by go generate ./impls; DO NOT EDIT.

//go:build invariants || race || explore

package promcounter

// check looks at the idle state after each of its changes, in builds for tests:
// with -race or -tags invariants. Called with mu held.
func (i *idle) check() {
	if err := i.broken(); err != nil {
		panic("idle: " + err.Error())
	}
}
