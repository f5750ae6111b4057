// oneTBB's task arena.

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/version.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "forkjoin.h"
#include "outside.h"
#include "request.h"
#include "series.h"

namespace {

// Address space, not memory: a worker that waits runs other tasks on its stack.
constexpr size_t stack = 256 << 20;

class Peer {
public:
    // One thread more than workers may run: the driving thread counts as one. No
    // slot of the arena is kept for it.
    explicit Peer(int workers)
        : threads(tbb::global_control::max_allowed_parallelism, workers + 1),
          stacks(tbb::global_control::thread_stack_size, stack),
          arena(workers, 0) {}

    // Does what is asked, or nothing: there is no way to do this workload.
    std::optional<Series> run(const Request& r) {
        auto n = r.n, m = r.m;
        auto& w = r.workload;
        if (w == "empty") return outside(r, [] { return Answer{0, 1}; });
        if (w == "spawn_many_outside") return outside(r, [&] { return spawnManyOutside(arena, n); });
        if (w == "spawn_many_inside") return outside(r, [&] { return spawnManyInside(arena, n); });
        if (w == "spawn_many_remote_idle") return outside(r, [&] { return spawnManyRemoteIdle(arena, n); });
        if (w == "chained_spawn") return outside(r, [&] { return chainedSpawn(arena, n); });
        if (w == "fib") return inside(r, [=] { return fib(n); });
        if (w == "nqueens") return inside(r, [=] { return nqueens({(1u << n) - 1}); });
        if (w == "grain") return inside(r, [=] { return grain(n, m); });
        if (w == "uts") return inside(r, [&, root = r.tree.root()] { return uts(r.tree, root); });
        if (w == "skynet") {
            uint64_t leaves = 1;
            for (uint64_t i = 0; i < n; i++) leaves *= 10;
            return inside(r, [=] { return skynet(0, leaves); });
        }
        if (w == "matmul") return inside(r, [f = Factors(n, m)] { return multiply(f); });
        return {}; // a task neither yields nor waits for a message: it would hold its worker
    }

private:
    // Drives the runs from a worker: the calling thread finds no slot in the arena.
    template <typename F>
    Series inside(const Request& r, F run) {
        auto series = r.series();
        Gate ended;
        arena.enqueue([&] {
            while (series.more()) series.ran(run());
            ended.open();
        });
        ended.wait();
        return series;
    }

    // Drives the runs from this thread, which is none of the workers.
    template <typename F>
    Series outside(const Request& r, F run) {
        auto series = r.series();
        while (series.more()) series.ran(run());
        return series;
    }

    tbb::global_control threads, stacks;
    tbb::task_arena arena;
};

// Answers each line of standard input by one of standard output.
void serve(Peer& peer) {
    for (std::string line; std::getline(std::cin, line);) {
        try {
            auto series = peer.run(Request(line));
            std::cout << (series ? series->line() : "lacks") << std::endl;
        } catch (const std::exception& e) {
            std::cout << "error " << e.what() << std::endl;
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() == 1 && args[0] == "list") {
        std::cout << "tbb\toneTBB " << TBB_runtime_version() << ", a task arena, g++ " << __VERSION__ << std::endl;
        return 0;
    }
    int workers = args.size() == 3 && args[0] == "serve" && args[1] == "tbb" ? std::atoi(args[2].c_str()) : 0;
    if (workers < 1) {
        std::cerr << "usage: tbb list | tbb serve tbb <workers>\n";
        return 2;
    }
    Peer peer(workers);
    serve(peer);
}
