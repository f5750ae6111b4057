// Package singlewriter is batchless without the atomic add: the worker is the only
// one that writes its counters, so every event is a load and a store. In C, C++ and
// Rust a relaxed store is an ordinary one; Go's atomic store is an exchange on amd64,
// a locked instruction like the add.
package singlewriter
