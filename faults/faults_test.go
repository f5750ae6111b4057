package main

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestCatalogue wants faults that fit the code, each with two kinds of checks.
func TestCatalogue(t *testing.T) {
	t.Chdir("..")
	names := map[string]bool{}
	// Those that no overlay of the base can have are found otherwise, as
	// VERIFICATION.md says.
	classes := map[int]bool{26: true}
	for _, f := range catalogue {
		if _, err := f.apply(); err != nil {
			t.Error(err)
		}
		if names[f.name] {
			t.Errorf("got two faults named %q", f.name)
		}
		names[f.name], classes[f.class] = true, true
		kinds, ran := map[string]bool{}, map[string]bool{}
		for _, c := range f.checks {
			kinds[c.kind] = true
			for test := range strings.SplitSeq(c.run, "|") {
				if ran[c.tags+test] {
					t.Errorf("%s: got %s twice", f.name, test)
				}
				ran[c.tags+test] = true
			}
		}
		if len(kinds) < 2 {
			t.Errorf("%s: got checks %v, want two kinds", f.name, f.checks)
		}
	}
	for class := 1; class <= 29; class++ {
		if !classes[class] {
			t.Errorf("got no fault of class %d", class)
		}
	}
	if len(names) < 20 {
		t.Errorf("got %d faults, want at least 20", len(names))
	}
}

// TestListed wants every fault in VERIFICATION.md.
func TestListed(t *testing.T) {
	text, err := os.ReadFile("../VERIFICATION.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range catalogue {
		if !strings.Contains(string(text), f.name) {
			t.Errorf("%s: not in VERIFICATION.md", f.name)
		}
	}
}

// TestEquivalent wants reasons for mutants that there are.
func TestEquivalent(t *testing.T) {
	t.Chdir("..")
	all := map[string]bool{}
	for _, from := range mutated {
		ms, err := mutants(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			if all[m.id()] {
				t.Errorf("got two mutants called %s", m.id())
			}
			all[m.id()] = true
		}
	}
	for id, why := range equivalent {
		if !all[id] || why == "" {
			t.Errorf("%s: got no such mutant, or no reason", id)
		}
	}
	if len(all) < 200 {
		t.Errorf("got %d mutants, want at least 200", len(all))
	}
}

func TestMutants(t *testing.T) {
	const src = `package p

func (q *queue) take(n int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.a.Store(1)
	q.b = 2
	if q.a.Load() < n && q.ok {
		return false
	}
	return q.a.CompareAndSwap(1, 2)
}
`
	all, err := mutantsOf(source{folder: "p", file: "p.go"}, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		got = append(got, m.change)
		if bytes.Equal(m.content, []byte(src)) {
			t.Errorf("%s: got the source as it was", m.id())
		}
	}
	want := []string{"without its lock", "comes after the next", "left out", "never", "always", "first condition alone", "second condition alone",
		"boundary", "CAS always succeeds", "CAS becomes load and store", "CAS is turned round"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, row := range []struct{ change, has, hasNot string }{
		{"without its lock", "{\n\t\n\t\n\tq.a", "Lock"},
		{"comes after the next", "q.b = 2\n\tq.a.Store(1)", ""},
		{"left out", "q.b = 2", "q.a.Store(1)"},
		{"never", "if (q.a.Load() < n && q.ok) && false {", ""},
		{"first condition alone", "if q.a.Load() < n {", "q.ok"},
		{"boundary", "q.a.Load() <= n", ""},
		{"CAS always succeeds", "return func() bool { q.a.Store(2); return true }()", ""},
		{"CAS is turned round", "return !q.a.CompareAndSwap(1, 2)", ""},
	} {
		text := string(all[slices.Index(got, row.change)].content)
		if !strings.Contains(text, row.has) || row.hasNot != "" && strings.Contains(text, row.hasNot) {
			t.Errorf("%s: got\n%s", row.change, text)
		}
	}
}

func TestAnchored(t *testing.T) {
	for run, want := range map[string]string{
		"TestA":          "^(TestA)",
		"TestA/b":        "^(TestA)$/^(b)",
		"TestA/b|c/d":    "^(TestA)$/^(b|c)$/^(d)",
		"TestA|TestB":    "^(TestA|TestB)",
		"TestQueue/last": "^(TestQueue)$/^(last)",
	} {
		if got := anchored(run); got != want {
			t.Errorf("%s: got %s, want %s", run, got, want)
		}
	}
}

func TestReason(t *testing.T) {
	for _, row := range []struct{ name, out, want string }{
		{"a failure behind a skipped test",
			"=== RUN   TestA\n    a_test.go:3: not here\n--- SKIP: TestA (0.00s)\n=== RUN   TestB\n    b_test.go:7: got 1, want 2\n--- FAIL: TestB (0.00s)\n",
			"got 1, want 2"},
		{"a panic", "=== RUN   TestA\npanic: test timed out after 1s\n\nrunning tests:\n", "panic: test timed out after 1s"},
		{"a race", "==================\nWARNING: DATA RACE\nWrite at 0x1\n", "WARNING: DATA RACE"},
		{"a schedule", "    x_test.go:1: replay: go test\n    x_test.go:1: walk: under schedule 1>2: lost\n", "walk: under schedule 1>2: lost"},
		{"nothing", "=== RUN   TestA\n--- FAIL: TestA (0.00s)\n", "it says nothing"},
	} {
		if got := reason(row.out); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

func TestBadFlags(t *testing.T) {
	for _, args := range [][]string{{"-limit", "0s"}, {"-limit", "x"}, {"more"}, {"-none"}} {
		var out, errOut bytes.Buffer
		if got := run(args, &out, &errOut); got != 2 || errOut.Len() == 0 || out.Len() > 0 {
			t.Errorf("%q: got status %d, %q, want 2 and a reason", args, got, errOut.String())
		}
	}
	var out, errOut bytes.Buffer // here there is no folder of the base
	if got := run(nil, &out, &errOut); got != 2 || !strings.Contains(errOut.String(), base) {
		t.Errorf("in another folder: got status %d, %q, want 2 and the folder", got, errOut.String())
	}
}
