// Package calibration writes what a host's own A/A and power runs say of the
// method, as tables in Markdown, from their recordings only. The computing is
// in internal/analysis.
//
//	aa.go          base against twin: false positives
//	power.go       injected work: what is found, beside benchstat
//	sequential.go  the raw results of the usual way, go test -bench
package calibration
