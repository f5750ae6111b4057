// What the harness asks.

#pragma once

#include <charconv>
#include <cstdint>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "series.h"
#include "uts.h"

constexpr int maxQueens = 20;

// One line of the harness: run a workload.
struct Request {
    std::string workload;
    uint64_t lead, reps, n, m;
    Tree tree;

    // Reads "run <workload> <lead> <reps> <n> <m> <tree>".
    explicit Request(const std::string& line) {
        auto f = split(line, ' ');
        if (f.size() != 7 || f[0] != "run") throw std::runtime_error("not a request");
        workload = f[1];
        lead = number<uint64_t>("lead", f[2]);
        reps = number<uint64_t>("reps", f[3]);
        n = number<uint64_t>("n", f[4]);
        m = number<uint64_t>("m", f[5]);
        if (f[6] != "-") readTree(f[6]);
        check(f[6] != "-");
    }

    Series series() const { return Series(lead, reps); }

private:
    // Reads "kind,shape,depth,b0,seed,q,m".
    void readTree(const std::string& s) {
        auto f = split(s, ',');
        if (f.size() != 7) throw std::runtime_error("not a tree");
        auto kind = number<uint8_t>("kind", f[0]), shape = number<uint8_t>("shape", f[1]);
        if (kind > Tree::hybrid || shape > Tree::fixed) throw std::runtime_error("no such kind or shape of tree");
        tree.kind = Tree::Kind(kind);
        tree.shape = Tree::Shape(shape);
        tree.depth = number<uint32_t>("depth", f[2]);
        tree.b0 = number<double>("b0", f[3]);
        tree.seed = number<int64_t>("seed", f[4]);
        tree.q = number<double>("q", f[5]);
        tree.m = number<uint32_t>("m", f[6]);
        if (!tree.isFinite()) throw std::runtime_error("a tree without end");
    }

    // Refuses what would not end, or not fit.
    void check(bool hasTree) const {
        static const std::set<std::string> workloads{
            "chained_spawn", "empty", "fib", "grain", "matmul", "nqueens", "ping_pong", "skynet",
            "spawn_many_inside", "spawn_many_outside", "spawn_many_remote_busy", "spawn_many_remote_idle",
            "uts", "yield_many", "audited", "audited_parks", "burst", "open",
        };
        if (!workloads.count(workload)) throw std::runtime_error("no such workload");
        if (reps == 0) throw std::runtime_error("no timed runs");
        auto powerOfTwo = [](uint64_t x) { return x > 0 && (x & (x - 1)) == 0; };
        bool fits = workload == "nqueens"  ? n <= maxQueens
                    : workload == "skynet" ? n <= 9
                    : workload == "matmul" ? m > 0 && n % m == 0 && powerOfTwo(n / m)
                    : workload == "uts"    ? hasTree
                                           : true;
        if (!fits) throw std::runtime_error("no such size of " + workload);
    }

    static std::vector<std::string> split(const std::string& s, char by) {
        std::vector<std::string> fields;
        std::istringstream in(s);
        for (std::string f; std::getline(in, f, by);) fields.push_back(f);
        return fields;
    }

    template <typename T>
    static T number(const char* name, const std::string& s) {
        T x{};
        auto end = s.data() + s.size();
        auto [rest, failed] = std::from_chars(s.data(), end, x);
        if (failed != std::errc() || rest != end) throw std::runtime_error(std::string(name) + " is not a number that fits");
        return x;
    }
};
