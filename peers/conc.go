package main

import "github.com/sourcegraph/conc"

// concPool has no task without a group: those that nobody waits for share one.
type concPool struct{ conc.WaitGroup }

func newConc(int) Pool { return new(concPool) }

func (p *concPool) Group() Group { return new(conc.WaitGroup) }
func (p *concPool) Close()       { p.Wait() }
