// What runs answer, and the series of runs that answers a request.

#pragma once

#include <chrono>
#include <cstdint>
#include <sstream>
#include <string>

// What a run returns. depth and leaves are of uts alone.
struct Answer {
    uint64_t value = 0, tasks = 0, depth = 0, leaves = 0;

    bool operator!=(const Answer& o) const {
        return value != o.value || tasks != o.tasks || depth != o.depth || leaves != o.leaves;
    }
    std::string text() const {
        std::ostringstream s;
        s << value << ' ' << tasks << ' ' << depth << ' ' << leaves;
        return s.str();
    }
};

// The runs of one request: untimed ones first, then the timed ones. Whoever drives
// them, a thread or a task, does so by while (s.more()) s.ran(run()).
class Series {
    using clock = std::chrono::steady_clock;

public:
    Series(uint64_t lead, uint64_t reps) : lead(lead), reps(reps), begin(clock::now()) {}

    // Whether another run is wanted.
    bool more() {
        if (!wrong.empty()) return false;
        if (!timing && lead > 0 && (runs == 0 || since(begin) < lead)) return true;
        if (!timing) {
            timing = true;
            start = clock::now();
        }
        if (timed == reps) {
            took = since(start);
            return false;
        }
        timed++;
        return true;
    }

    // Takes the answer of a run.
    void ran(const Answer& a) {
        if (runs > 0 && a != answer) wrong = answer.text() + ", then " + a.text();
        runs++;
        answer = a;
    }

    // The line that answers the request.
    std::string line() const {
        if (!wrong.empty()) return "wrong " + wrong;
        return "ok " + std::to_string(took) + ' ' + std::to_string(runs) + ' ' + answer.text();
    }

private:
    static uint64_t since(clock::time_point t) {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - t).count();
    }

    uint64_t lead, reps;
    clock::time_point begin, start;
    bool timing = false;
    uint64_t timed = 0, runs = 0, took = 0; // timed: runs that were let go since start
    Answer answer;
    std::string wrong;
};
