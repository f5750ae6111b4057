package main

import "github.com/gammazero/workerpool"

// workerPool hands every task through one goroutine, which queues without a limit.
type workerPool struct{ pool *workerpool.WorkerPool }

func newWorkerPool(workers int) Pool { return &workerPool{workerpool.New(workers)} }

func (p *workerPool) Go(f func())  { p.pool.Submit(f) }
func (p *workerPool) Group() Group { return &waitGroup{pool: p} }
func (p *workerPool) Close()       { p.pool.StopWait() }
