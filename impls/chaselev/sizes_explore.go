//go:build explore

package chaselev

// Sizes of the explored schedulers: few steps reach every corner.
const (
	queueCapacity = 4
	searchRounds  = 1
	firstRing     = 2
	keepRing      = 4
	freeBatch     = 2
)
