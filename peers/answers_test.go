package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the program, for a peer that hangs.
func TestMain(m *testing.M) {
	if os.Getenv("PEERS_TEST_AS_PROGRAM") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// answers are the small sizes of the harness, and its answers.
var answers = []struct{ name, workload, params, want string }{
	{"empty", "empty", "0 0 -", "0 1 0 0"},
	{"fib", "fib", "10 0 -", "55 177 0 0"},
	{"skynet", "skynet", "2 0 -", "4950 111 0 0"},
	{"nqueens", "nqueens", "6 0 -", "4 153 0 0"},
	{"uts_t1", "uts", "0 0 0,2,3,4,19,0,0", "254 254 3 201"},
	{"uts_t3", "uts", "0 0 1,0,0,6,42,0.124875,8", "15 15 2 13"},
	{"uts_t5", "uts", "0 0 0,0,5,4,34,0,0", "155 155 5 94"},
	{"matmul", "matmul", "16 8 -", "6679010500965918080 9 0 0"},
	{"grain_0", "grain", "15 0 -", "0 15 0 0"},
	{"grain_512", "grain", "15 512 -", "10524519 15 0 0"},
	{"yield_many", "yield_many", "10 10 -", "10 110 0 0"},
	{"ping_pong", "ping_pong", "50 0 -", "50 100 0 0"},
	{"chained_spawn", "chained_spawn", "100 0 -", "100 100 0 0"},
	{"spawn_many_outside", "spawn_many_outside", "100 0 -", "100 100 0 0"},
	{"spawn_many_inside", "spawn_many_inside", "100 0 -", "100 100 0 0"},
	{"spawn_many_remote_idle", "spawn_many_remote_idle", "100 0 -", "100 100 0 0"},
	{"spawn_many_remote_busy", "spawn_many_remote_busy", "100 0 -", "100 100 0 0"},
}

// hangs says with how many workers a peer hangs at most. A task that waits for
// another keeps its worker, as does one that yields, and two workers are soon kept.
var hangs = map[string]map[string]int{
	"ants":       kept(map[string]int{"spawn_many_inside": 1, "chained_spawn": 1}), // Submit waits for a worker
	"pond":       kept(nil),
	"workerpool": kept(nil),
	"channel":    kept(map[string]int{"spawn_many_inside": 1}), // the channel is full
	"mutexring":  kept(nil),
}

// kept adds what hangs every pool that has no goroutines but its workers. In matmul
// of this size only the root waits.
func kept(more map[string]int) map[string]int {
	m := map[string]int{"fib": 2, "skynet": 2, "nqueens": 2, "uts_t1": 2, "uts_t3": 2, "uts_t5": 2, "grain_0": 2,
		"grain_512": 2, "matmul": 1, "ping_pong": 2, "spawn_many_remote_busy": 2}
	for name, workers := range more {
		m[name] = workers
	}
	return m
}

// forkJoinOnly are the peers that lack everything driven from outside but the empty
// workload.
var forkJoinOnly = map[string]bool{"sketch": true, "sequential": true}

var forkJoin = map[string]bool{"fib": true, "skynet": true, "nqueens": true, "uts": true, "matmul": true, "grain": true}

func TestAnswers(t *testing.T) {
	for _, p := range peers {
		for _, workers := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s/%d", p.name, workers), func(t *testing.T) {
				b := start(t, p, workers)
				for _, a := range answers {
					if workers <= hangs[p.name][a.name] {
						continue // see TestHangs
					}
					want := "ok 3 " + a.want
					if forkJoinOnly[p.name] && !forkJoin[a.workload] && a.workload != "empty" {
						want = "lacks"
					}
					if got := ask(t, b, workers, a.workload, 3, a.params); got != want {
						t.Errorf("%s: got %q, want %q", a.name, got, want)
					}
				}
			})
		}
	}
}

// TestSketch steals, and fills deques: the root of the tree has more children than
// one holds.
func TestSketch(t *testing.T) {
	const workers = 4
	p, err := findPeer("sketch")
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, p, workers)
	for _, a := range []struct{ workload, params, want string }{
		{"fib", "18 0 -", "2584 8361 0 0"},
		{"uts", "0 0 1,0,0,2000,42,0,8", "2001 2001 1 2000"},
		{"skynet", "3 0 -", "499500 1111 0 0"},
	} {
		if got, want := ask(t, b, workers, a.workload, 20, a.params), "ok 20 "+a.want; got != want {
			t.Errorf("%s: got %q, want %q", a.workload, got, want)
		}
	}
}

// TestMutexRing has the ring grow when its oldest task is not at its start.
func TestMutexRing(t *testing.T) {
	p := newMutexRing(1)
	const tasks = 1000
	var order []int
	hold := make(chan struct{})
	for i := range 50 {
		p.Go(func() { order = append(order, i) })
	}
	p.Go(func() { hold <- struct{}{} })
	<-hold // the 50 have run
	p.Go(func() { <-hold })
	for i := range tasks - 50 {
		p.Go(func() { order = append(order, 50+i) })
	}
	close(hold)
	p.Close()
	if len(order) != tasks {
		t.Fatalf("got %d tasks, want %d", len(order), tasks)
	}
	for i, got := range order {
		if got != i {
			t.Fatalf("task %d is number %d", got, i)
		}
	}
}

// start starts a peer for the length of a test.
func start(t *testing.T, p peer, workers int) *bench {
	t.Helper()
	threads := runtime.GOMAXPROCS(0)
	b := p.start(workers)
	t.Cleanup(func() {
		b.close()
		runtime.GOMAXPROCS(threads)
	})
	return b
}

// answersWithin is how long a peer has that should answer: it takes milliseconds.
const answersWithin = 20 * time.Second

// ask returns the answer to a request without the time, which must be there.
func ask(t *testing.T, b *bench, workers int, workload string, reps int, params string) string {
	t.Helper()
	answer := make(chan string, 1)
	go func() { answer <- b.answer(fmt.Sprintf("run %s 0 %d %s", workload, reps, params), workers) }()
	select {
	case a := <-answer:
		f := strings.Fields(a)
		if f[0] != "ok" {
			return a
		}
		if len(f) != 7 || f[1] == "0" || strings.HasPrefix(f[1], "-") {
			t.Errorf("answer %q: want ok, a time and five numbers", a)
		}
		return "ok " + strings.Join(f[2:], " ")
	case <-time.After(answersWithin):
		t.Fatalf("%s: no answer within %s", workload, answersWithin)
		return ""
	}
}
