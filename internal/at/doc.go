// Package at has the operations through which the workers of a scheduler meet:
// atomics, locks, and waiting for each other. (Who calls Run or Dump waits in a
// select, which stays what it is.) In a normal build its names are
// aliases of sync and sync/atomic, and a few lines around a channel, so that
// nothing changes. Under -tags explore each operation is a point where package
// explore may go on with another thread.
package at
