// Package usl fits the universal scalability law to throughputs (Gunther, Guerrilla
// Capacity Planning, 2007): with n workers
//
//	X(n) = lambda n / (1 + sigma (n-1) + kappa n (n-1)),
//
// where sigma is the share that is serial and kappa what each pair of workers costs to
// agree. Unlike package mva it predicts nothing: it describes, and only what has enough
// numbers of workers.
package usl
