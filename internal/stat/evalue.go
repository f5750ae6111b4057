package stat

import (
	"fmt"
	"math"
)

// SignBet is evidence against "a paired difference is as often positive as
// negative" that may be looked at after each cell, and stopped on. The zero
// value is ready.
//
// It is the wealth of a gambler who starts with 1 and bets on each next sign at
// even odds, on the share of it seen so far by Laplace's rule of succession. That
// is the mixture 2^n B(pos+1, neg+1) over all probabilities of a sign (Robbins,
// Ann. Math. Statist. 41, 1970). If signs are fair coins nobody gains by any
// betting, and the wealth ever reaches 1/alpha with probability at most alpha
// (Ville 1939; Shafer, Testing by Betting, JRSS A 184, 2021).
//
// Eight cells of one sign are the fewest that give 20, the bound for 5 %.
type SignBet struct {
	pos, neg int
	wealth   float64 // 0 before the first bet: read it through E
	peak     float64
}

// Add takes the estimate of the next cell. A zero says nothing about the sign.
func (b *SignBet) Add(d float64) error {
	if math.IsNaN(d) || math.IsInf(d, 0) {
		return fmt.Errorf("stat: difference %v: want a finite one", d)
	}
	if d == 0 {
		return nil
	}
	same := &b.pos
	if d < 0 {
		same = &b.neg
	}
	share := float64(*same+1) / float64(b.pos+b.neg+2) // staked on this sign before it was seen
	b.wealth = b.E() * 2 * share
	b.peak = math.Max(b.peak, b.wealth)
	*same++
	return nil
}

// E is the e-value now: at most 1 on average if signs are fair coins. Several
// independent ones may be multiplied, dependent ones averaged.
func (b *SignBet) E() float64 {
	if b.pos+b.neg == 0 {
		return 1
	}
	return b.wealth
}

// P is the p value that holds at any time: 1 over the largest e-value so far.
func (b *SignBet) P() float64 { return 1 / math.Max(1, b.peak) }
