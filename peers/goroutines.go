package main

import "sync"

// goroutines is Go itself.
type goroutines struct{}

func newGoroutines(int) Pool { return goroutines{} }

func (goroutines) Go(f func())  { go f() }
func (goroutines) Group() Group { return new(sync.WaitGroup) }
func (goroutines) Close()       {}
