//go:build noclock

package chaselev

const haveClock = false

func now() int64 { return 0 }
