//go:build !race

package schedtest

// RaceEnabled reports a build with the race detector.
const RaceEnabled = false
