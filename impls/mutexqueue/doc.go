// Package mutexqueue is the base with its local queue under a mutex. The
// discipline is the same, the owner at the bottom and thieves at the top, one
// task at a time, so only the synchronisation differs.
package mutexqueue
