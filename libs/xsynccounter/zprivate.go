// Code generated from ../../impls/chaselev/private.go by go generate ./impls; DO NOT EDIT.

package xsynccounter

import "stealbench/internal/sched"

// What shared code asks of a local queue that has a part which only its owner sees.
// The base's has none: all that is pushed can be stolen at once, and nothing is left
// of most of these calls (impls/inline_test.go).

// init is called before the worker starts.
func (*localQueue) init(sched.Config) {}

// visible is how many tasks a thief can take, a moment's view. If there are none it
// asks the owner for some. Safe for any worker.
func (q *localQueue) visible() int { return q.len() }

// isAsked reports whether the owner should answer. Called only by the owner.
func (*localQueue) isAsked() bool { return false }

// answer gives thieves what they asked for, and reports whether it did: the caller
// notifies, as after a push. Called only by the owner.
func (*localQueue) answer() bool { return false }

// reveal lets thieves have all there is: tasks that they could have taken elsewhere, or
// the owner leaves. The caller notifies. Called only by the owner.
func (*localQueue) reveal() {}

// isEmpty is exact: thieves' tasks are gone, and nobody else adds. Called only by the
// owner.
func (q *localQueue) isEmpty() bool { return q.len() == 0 }

// popOldest takes the oldest task, or returns nil if there is none or a thief was
// faster. Called only by the owner.
func (q *localQueue) popOldest() *Task {
	t, _ := q.steal()
	return t
}
