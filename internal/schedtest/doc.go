// Package schedtest is the conformance suite: what every variant promises,
// tested from outside (as testing/slogtest does for handlers). A variant's own
// test calls Run with an adapter to the types below (impls/chaselev/
// conformance_test.go, stamped into the others).
package schedtest
