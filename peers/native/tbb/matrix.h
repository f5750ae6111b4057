// The product of two integer matrices, in blocks.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

using Matrix = std::vector<int64_t>; // row by row

// The two factors; made once a request.
struct Factors {
    size_t n, block;
    Matrix a, b;

    Factors(size_t n, size_t block) : n(n), block(block), a(make(n, 1)), b(make(n, 2)) {}

    // C[i:,j:] += A[i:,k:] B[k:,j:], of size x size.
    void multiply(Matrix& c, size_t i0, size_t j0, size_t k0, size_t size) const {
        for (size_t i = i0; i < i0 + size; i++) {
            int64_t* row = &c[i * n + j0];
            for (size_t k = k0; k < k0 + size; k++) {
                int64_t x = a[i * n + k];
                const int64_t* y = &b[k * n + j0];
                for (size_t j = 0; j < size; j++) row[j] += x * y[j];
            }
        }
    }

private:
    static Matrix make(size_t n, uint32_t seed) {
        Matrix m(n * n);
        for (auto& v : m) {
            seed = seed * 1664525 + 1013904223; // Numerical Recipes' generator
            v = int64_t(seed >> 24) - 128;
        }
        return m;
    }
};

// Folds a matrix so that an element at a wrong place shows: FNV-1a, by words.
inline uint64_t checksum(const Matrix& m) {
    uint64_t h = 14695981039346656037u;
    for (auto v : m) h = (h ^ uint64_t(v)) * 1099511628211;
    return h;
}
