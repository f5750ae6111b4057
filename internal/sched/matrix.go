package sched

// Matrix returns the n x n test matrix of the matmul workload, row by row:
// small integers that depend on seed.
func Matrix(n int, seed uint32) []int64 {
	m := make([]int64, n*n)
	x := seed
	for i := range m {
		x = x*1664525 + 1013904223 // Numerical Recipes' generator
		m[i] = int64(x>>24) - 128
	}
	return m
}

// Checksum folds a matrix so that an element at a wrong place shows.
func Checksum(m []int64) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, by words
	for _, v := range m {
		h = (h ^ uint64(v)) * 1099511628211
	}
	return h
}

// Product is the naive product of two n x n matrices: the expected answer.
func Product(a, b []int64, n int) []int64 {
	c := make([]int64, n*n)
	for i := range n {
		for j := range n {
			for k := range n {
				c[i*n+j] += a[i*n+k] * b[k*n+j]
			}
		}
	}
	return c
}
