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

// Multiply adds A[i:,k:] B[k:,j:] to C[i:,j:], blocks of size x size of n x n
// matrices. It takes four rows of B at a time, so that an element of C is read and
// written once for the four: Go's compiler does not unroll.
func Multiply(c, a, b []int64, n, i, j, k, size int) {
	for row := i; row < i+size; row++ {
		out := c[row*n+j:][:size]
		left := a[row*n+k:][:size]
		at := k*n + j
		for ; len(left) >= 4; left = left[4:] {
			x0, x1, x2, x3 := left[0], left[1], left[2], left[3]
			b0, b1 := b[at:][:len(out)], b[at+n:][:len(out)]
			b2, b3 := b[at+2*n:][:len(out)], b[at+3*n:][:len(out)]
			for col := range out {
				out[col] += x0*b0[col] + x1*b1[col] + x2*b2[col] + x3*b3[col]
			}
			at += 4 * n
		}
		for _, x := range left {
			for col, y := range b[at:][:len(out)] {
				out[col] += x * y
			}
			at += n
		}
	}
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
