// The trees of internal/uts: there they are explained, and proven against the
// published counts.

#pragma once

#define OPENSSL_SUPPRESS_DEPRECATED // OpenSSL's newer calls look the hash up each time
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

// A tree node: its depth and random state.
struct Node {
    uint32_t depth;
    std::array<unsigned char, SHA_DIGEST_LENGTH> state;

    Node child(uint32_t i) const {
        unsigned char b[SHA_DIGEST_LENGTH + 4];
        std::memcpy(b, state.data(), SHA_DIGEST_LENGTH);
        bigEndian(b + SHA_DIGEST_LENGTH, i);
        return hashed(depth + 1, b, sizeof b);
    }

    static Node root(uint32_t seed) {
        unsigned char b[SHA_DIGEST_LENGTH] = {};
        bigEndian(b + SHA_DIGEST_LENGTH - 4, seed);
        return hashed(0, b, sizeof b);
    }

    // The node's random number in [0, 1).
    double uniform() const {
        uint32_t bits = 0;
        for (int i = 16; i < 20; i++) bits = bits << 8 | state[i];
        return double(bits & 0x7fffffff) / double(1u << 31);
    }

private:
    static Node hashed(uint32_t depth, const unsigned char* b, size_t size) {
        Node n;
        n.depth = depth;
        SHA_CTX sha;
        SHA1_Init(&sha);
        SHA1_Update(&sha, b, size);
        SHA1_Final(n.state.data(), &sha);
        return n;
    }
    static void bigEndian(unsigned char* b, uint32_t x) {
        for (int i = 0; i < 4; i++) b[i] = x >> (24 - 8 * i);
    }
};

struct Tree {
    enum Kind : uint8_t { geometric, binomial, hybrid } kind = geometric;
    enum Shape : uint8_t { linear, cyclic, fixed } shape = linear;
    double b0 = 0;
    uint32_t depth = 0;
    int64_t seed = 0;
    double q = 0;
    uint32_t m = 0;

    Node root() const { return Node::root(uint32_t(seed)); }

    uint32_t children(const Node& n) const {
        if (kind == binomial && n.depth == 0) return uint32_t(b0);
        if (kind == binomial || (kind == hybrid && 2 * uint64_t(n.depth) >= depth)) return n.uniform() < q ? m : 0;
        double b = branching(n.depth);
        if (b <= 0) return 0;
        double p = 1 / (1 + b);
        return uint32_t(std::min(std::floor(std::log(1 - n.uniform()) / std::log(1 - p)), maxChildren));
    }

    // Whether a walk of it ends, as far as the numbers can say.
    bool isFinite() const { return b0 > 0 && std::isfinite(b0) && (kind == geometric || q * m < 1); }

private:
    static constexpr double maxChildren = 100; // what a geometric node may draw at most

    // The expected number of children of a geometric node.
    double branching(uint32_t at) const {
        if (at == 0) return b0;
        double d = at, limit = depth;
        switch (shape) {
        case cyclic: return d > 5 * limit ? 0 : std::pow(b0, std::sin(2 * M_PI * d / limit));
        case fixed: return d < limit ? b0 : 0;
        default: return b0 * (1 - d / limit);
        }
    }
};
