package sched

// Grain is work of an adjustable length that touches no memory: steps of Knuth's
// MMIX generator, each of which needs the one before, so about four cycles each. It
// returns the upper 20 bits.
func Grain(seed uint64, steps int64) uint64 {
	for range steps {
		seed = seed*6364136223846793005 + 1442695040888963407
	}
	return seed >> 44
}
