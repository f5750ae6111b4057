// Runs that a thread beside the workers drives. Each is one run.

#pragma once

#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "series.h"

// Wakes a thread outside, once.
class Gate {
public:
    // Under the lock to its end: the waiter may end the gate's life right after.
    void open() {
        std::lock_guard<std::mutex> l(mutex);
        isOpen = true;
        opened.notify_one();
    }
    void wait() {
        std::unique_lock<std::mutex> l(mutex);
        opened.wait(l, [this] { return isOpen; });
        isOpen = false;
    }

private:
    std::mutex mutex;
    std::condition_variable opened;
    bool isOpen = false;
};

// Tells a thread outside when the last of some tasks is done.
class Countdown {
public:
    explicit Countdown(uint64_t n) : n(n), left(n) {}

    void arrive() {
        if (--left == 0) gate.open();
    }

    // The answer of n tasks that each arrived once: a task that ran twice leaves
    // left below zero.
    Answer wait() {
        if (n > 0) gate.wait();
        return {uint64_t(n - left), uint64_t(n)};
    }

private:
    const int64_t n;
    std::atomic<int64_t> left;
    Gate gate;
};

inline Answer spawnManyOutside(tbb::task_arena& arena, uint64_t n) {
    Countdown c(n);
    for (uint64_t i = 0; i < n; i++) arena.enqueue([&c] { c.arrive(); });
    return c.wait();
}

// A group has to be waited for, so the task that spawns is the last to end.
inline Answer spawnManyInside(tbb::task_arena& arena, uint64_t n) {
    Countdown c(n);
    Gate ended;
    arena.enqueue([&c, &ended, n] {
        tbb::task_group group;
        for (uint64_t i = 0; i < n; i++) group.run([&c] { c.arrive(); });
        group.wait();
        ended.open();
    });
    auto answer = c.wait();
    ended.wait();
    return answer;
}

// A task that runs the next one and ends, n links.
inline void link(tbb::task_group& group, Countdown& c, uint64_t left) {
    if (left > 1) group.run([&, left] { link(group, c, left - 1); });
    c.arrive();
}

inline Answer chainedSpawn(tbb::task_arena& arena, uint64_t n) {
    Countdown c(n);
    Gate ended;
    arena.enqueue([&c, &ended, n] {
        tbb::task_group group;
        if (n > 0) group.run([&, n] { link(group, c, n); });
        group.wait();
        ended.open();
    });
    auto answer = c.wait();
    ended.wait();
    return answer;
}

// An enqueued task has no handle, so each one tells by one of ours.
inline Answer spawnManyRemoteIdle(tbb::task_arena& arena, uint64_t n) {
    enum : uint32_t { open, awaited, done };
    std::vector<std::atomic<uint32_t>> states(n);
    Gate gate;
    for (auto& state : states)
        arena.enqueue([&state, &gate] {
            if (state.exchange(done) == awaited) gate.open();
        });
    uint64_t joined = 0;
    for (auto& state : states) {
        uint32_t expected = open;
        if (state.compare_exchange_strong(expected, awaited)) gate.wait();
        joined += state == done;
    }
    return {joined, n};
}
