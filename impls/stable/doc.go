// Package stable is the base at its lower metric level, stamped as under -tags
// stable: to measure what the counters cost that tokio calls unstable.
package stable
