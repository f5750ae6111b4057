// Package nometrics is the base without metrics: every hook is empty and
// compiles to nothing. It is the floor that overhead is measured from, and the
// counterpart of tokio's runtime/metrics/mock.rs.
package nometrics
