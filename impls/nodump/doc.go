// Package nodump is the base without task dumps, stamped as under -tags nodump: to
// measure what it costs that a task can be dumped.
package nodump
