// Code generated from ../../impls/chaselev/steal_result.go by go generate ./impls; DO NOT EDIT.

package promcounter

// stealResult is the outcome of one attempt to take a task from another worker.
type stealResult uint8

const (
	stealEmpty stealResult = iota // nothing there
	stealRetry                    // lost a race: there may be more
	stealOK                       // got a task
)

// cacheLine is the distance that keeps two hot fields apart: two lines of 64
// bytes, since adjacent lines are fetched in pairs (as tokio's WorkerMetrics).
const cacheLine = 128
