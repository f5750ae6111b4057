// Each task runs its children in a task group and waits for it.

#pragma once

#include <tbb/task_group.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "matrix.h"
#include "request.h"
#include "series.h"
#include "uts.h"

// What a task returns: its value and how many tasks ran for it, so that both are
// counted and neither is assumed.
struct Counted {
    uint64_t value = 0, tasks = 0;

    // A task by itself, before it adds its children.
    static Counted task(uint64_t value) { return {value, 1}; }
    void operator+=(const Counted& o) {
        value += o.value;
        tasks += o.tasks;
    }
    operator Answer() const { return {value, tasks}; }
};

inline Counted fib(uint64_t n) {
    if (n < 2) return Counted::task(n);
    Counted a, b;
    tbb::task_group group;
    group.run([&, n] { a = fib(n - 1); });
    group.run([&, n] { b = fib(n - 2); });
    group.wait();
    auto sum = Counted::task(0);
    sum += a;
    sum += b;
    return sum;
}

inline Counted skynet(uint64_t first, uint64_t leaves) {
    if (leaves == 1) return Counted::task(first);
    Counted children[10];
    tbb::task_group group;
    for (int i = 0; i < 10; i++)
        group.run([=, &children] { children[i] = skynet(first + i * leaves / 10, leaves / 10); });
    group.wait();
    auto sum = Counted::task(0);
    for (auto& c : children) sum += c;
    return sum;
}

// A board of nqueens before its next row: the columns taken, and the diagonals
// attacked in that row.
struct Board {
    uint32_t all, columns = 0, left = 0, right = 0;
};

inline Counted nqueens(Board b) {
    if (b.columns == b.all) return Counted::task(1);
    Counted children[maxQueens];
    tbb::task_group group;
    int n = 0;
    for (uint32_t free = b.all & ~(b.columns | b.left | b.right); free != 0; free &= free - 1) {
        uint32_t q = free & -free;
        Board next{b.all, b.columns | q, (b.left | q) << 1, (b.right | q) >> 1};
        group.run([=, &child = children[n++]] { child = nqueens(next); });
    }
    group.wait();
    auto sum = Counted::task(0);
    for (int i = 0; i < n; i++) sum += children[i];
    return sum;
}

// The size of a tree.
struct Count {
    uint64_t nodes = 0, depth = 0, leaves = 0;

    void operator+=(const Count& o) {
        nodes += o.nodes;
        depth = std::max(depth, o.depth);
        leaves += o.leaves;
    }
    operator Answer() const { return {nodes, nodes, depth, leaves}; }
};

inline Count uts(const Tree& tree, const Node& node) {
    uint32_t n = tree.children(node);
    if (n == 0) return {1, node.depth, 1};
    std::vector<Count> children(n);
    tbb::task_group group;
    for (uint32_t i = 0; i < n; i++)
        group.run([&tree, &child = children[i], next = node.child(i)] { child = uts(tree, next); });
    group.wait();
    Count sum{1, node.depth, 0};
    for (auto& c : children) sum += c;
    return sum;
}

inline Counted grain(uint64_t tasks, uint64_t steps) {
    Counted left, right;
    tbb::task_group group;
    if (uint64_t n = tasks / 2; n > 0) group.run([=, &left] { left = grain(n, steps); });
    if (uint64_t n = tasks > 0 ? (tasks - 1) / 2 : 0; n > 0) group.run([=, &right] { right = grain(n, steps); });
    // Steps of Knuth's MMIX generator, each of which needs the one before. The factor
    // is read at run time: with a constant a compiler may make one step of several.
    const volatile uint64_t knuth = 6364136223846793005;
    const uint64_t factor = knuth;
    uint64_t x = tasks;
    for (uint64_t i = 0; i < steps; i++) x = x * factor + 1442695040888963407;
    auto sum = Counted::task(x >> 44);
    group.wait();
    sum += left;
    sum += right;
    return sum;
}

// Returns how many tasks ran.
inline uint64_t matmul(const Factors& f, Matrix& c, size_t i, size_t j, size_t k, size_t size) {
    if (size <= f.block) {
        f.multiply(c, i, j, k, size);
        return 1;
    }
    uint64_t tasks = 1;
    size_t h = size / 2;
    // The two products that add to one quarter of C come one after the other.
    for (size_t at : {k, k + h}) {
        uint64_t children[4];
        tbb::task_group group;
        group.run([=, &f, &c, &t = children[0]] { t = matmul(f, c, i, j, at, h); });
        group.run([=, &f, &c, &t = children[1]] { t = matmul(f, c, i, j + h, at, h); });
        group.run([=, &f, &c, &t = children[2]] { t = matmul(f, c, i + h, j, at, h); });
        group.run([=, &f, &c, &t = children[3]] { t = matmul(f, c, i + h, j + h, at, h); });
        group.wait();
        for (auto t : children) tasks += t;
    }
    return tasks;
}

// One matrix product.
inline Answer multiply(const Factors& f) {
    Matrix c(f.n * f.n);
    uint64_t tasks = matmul(f, c, 0, 0, 0, f.n);
    return {checksum(c), tasks};
}
