package main

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func named(t *testing.T, name string) platform {
	t.Helper()
	chosen, err := choose(false, []string{name})
	if err != nil {
		t.Fatal(err)
	}
	return chosen[0]
}

// TestRead: what go test -json says becomes counts and failures.
func TestRead(t *testing.T) {
	const good = `{"Action":"pass","Package":"p","Test":"TestGood"}` + "\n"
	for _, row := range []struct {
		name, in                string
		passed, skipped, failed int
		says                    string // of the failure
	}{
		{"a test and its subtest", good + `{"Action":"pass","Package":"p","Test":"TestGood/sub"}`, 2, 0, 0, ""},
		{"a package", good + `{"Action":"pass","Package":"p"}`, 1, 0, 0, ""},
		{"a package without tests", good + `{"Action":"skip","Package":"q"}`, 1, 0, 0, ""},
		{"skipped", good + `{"Action":"output","Package":"p","Test":"TestS","Output":"    a_test.go:3: no clock\n"}` + "\n" +
			`{"Action":"skip","Package":"p","Test":"TestS"}`, 1, 1, 0, ""},
		{"skipped without a reason", good + `{"Action":"output","Package":"p","Test":"TestS","Output":"--- SKIP: TestS (0.00s)\n"}` + "\n" +
			`{"Action":"skip","Package":"p","Test":"TestS"}`, 1, 1, 1, "skip without a reason"},
		{"failed", good + `{"Action":"output","Package":"p","Test":"TestF","Output":"got 1, want 2\n"}` + "\n" +
			`{"Action":"fail","Package":"p","Test":"TestF"}` + "\n" + `{"Action":"fail","Package":"p"}`, 1, 0, 1, "p TestF\ngot 1, want 2"},
		{"not built", good + `{"Action":"build-output","ImportPath":"q","Output":"undefined: x\n"}` + "\n" +
			`{"Action":"build-fail","ImportPath":"q"}`, 1, 0, 1, "q\nundefined: x"},
		{"process ended", good + `{"Action":"output","Package":"p","Output":"signal: killed\n"}` + "\n" +
			`{"Action":"fail","Package":"p"}`, 1, 0, 1, "p\nsignal: killed"},
		{"not JSON", good + "rubbish", 1, 0, 1, "not a line of go test"},
		{"no tests", `{"Action":"skip","Package":"q"}`, 0, 0, 1, "no test that passed"},
		{"nothing", "", 0, 0, 1, "no test that passed"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := newResult(named(t, "386"))
			r.read(strings.NewReader(row.in))
			var out strings.Builder
			r.write(&out)
			skipped := 0
			for _, n := range r.skipped {
				skipped += n
			}
			if r.passed != row.passed || skipped != row.skipped || len(r.failures) != row.failed {
				t.Errorf("got %d passed, %d skipped, failures %q, want %d, %d, %d failures",
					r.passed, skipped, r.failures, row.passed, row.skipped, row.failed)
			}
			if !strings.Contains(out.String(), row.says) {
				t.Errorf("got output %q, want %q in it", out.String(), row.says)
			}
		})
	}
}

// TestTable: a platform that did not run never reads as passed, and only all that
// were wanted are no error.
func TestTable(t *testing.T) {
	good := func(name string) result {
		return result{platform: named(t, name), packages: 2, passed: 7, skipped: map[string]int{"a": 1, "b": 2}, took: 4 * time.Second}
	}
	bad := good("wasm")
	bad.failures = []string{"TestF"}
	for _, row := range []struct {
		name    string
		results []result
		wanted  int
		lines   []string // of the table, blanks folded
		err     string
	}{
		{"nothing ran", nil, 6, []string{"amd64 not run", "386 not run", "wasm not run", "riscv64 not run", "s390x not run", "arm64 not run"}, "0 of 6 platforms passed"},
		{"a part", []result{good("386")}, 1, []string{"amd64 not run", "386 passed 2 7 3 0 4", "wasm not run"}, ""},
		{"cut off", []result{good("386")}, 2, []string{"386 passed 2 7 3 0 4", "wasm not run"}, "1 of 2 platforms passed"},
		{"failed", []result{good("386"), bad}, 2, []string{"386 passed 2 7 3 0 4", "wasm FAILED 2 7 3 1 4 one thread, without preemption"}, "1 of 2 platforms passed"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out strings.Builder
			err := writeTable(&out, row.results, row.wanted)
			if got := ""; err != nil || row.err != "" {
				if err != nil {
					got = err.Error()
				}
				if got != row.err {
					t.Errorf("got error %q, want %q", got, row.err)
				}
			}
			var lines []string
			for line := range strings.Lines(out.String()) {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
			for _, want := range row.lines {
				if !strings.Contains(strings.Join(lines, "\n")+"\n", "\n"+want+"\n") {
					t.Errorf("got\n%s\nwant the line %q", out.String(), want)
				}
			}
		})
	}
}

// TestMissing: one line names what is not there and its packages, each once.
func TestMissing(t *testing.T) {
	for _, row := range []struct {
		name    string
		part    bool
		missing string
		want    string
	}{
		{"nothing", false, "", ""},
		{"not needed", true, "taskset", ""},
		{"node", true, "node", "no node on the PATH: install the Debian packages: nodejs"},
		{"all", false, "node taskset qemu-riscv64-static qemu-s390x-static qemu-aarch64-static",
			"no node, qemu-riscv64-static, qemu-s390x-static, qemu-aarch64-static, taskset on the PATH: install the Debian packages: nodejs qemu-user-static util-linux"},
	} {
		chosen, err := choose(row.part, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = missing(chosen, func(name string) (string, error) {
			if strings.Contains(row.missing, name) {
				return "", exec.ErrNotFound
			}
			return name, nil
		})
		got := ""
		if err != nil {
			got = err.Error()
		}
		if (got == "") != (row.want == "") || !strings.Contains(got, row.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: got %q, want one line with %q", row.name, got, row.want)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, row := range []struct {
		name  string
		part  bool
		names []string
		want  string // none: refused
	}{
		{"all", false, nil, "amd64 386 wasm riscv64 s390x arm64"},
		{"part", true, nil, "386 wasm"},
		{"named", false, []string{"arm64", "386"}, "386 arm64"},
		{"unknown", false, []string{"386", "mips"}, ""},
		{"twice", false, []string{"386", "386"}, ""},
		{"not in the part", true, []string{"s390x"}, ""},
	} {
		chosen, err := choose(row.part, row.names)
		var names []string
		for _, p := range chosen {
			if len(p.packages) == 0 {
				t.Errorf("%s: got no packages for %s, want some", row.name, p.name)
			}
			names = append(names, p.name)
		}
		if got := strings.Join(names, " "); got != row.want || (err == nil) != (row.want != "") {
			t.Errorf("%s: got %q, %v, want %q", row.name, got, err, row.want)
		}
	}
}

// TestArm64OnOneCPU: emulated on two, it loses tasks of a correct deque.
func TestArm64OnOneCPU(t *testing.T) {
	if got, want := strings.Join(named(t, "arm64").launch, " "), "GOMAXPROCS=8 taskset -c 0 qemu-aarch64-static"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestCutOff: a run that is interrupted reports nothing as passed.
func TestCutOff(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := named(t, "amd64").test(ctx, t.TempDir()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %+v, %v, want %v", r, err, context.Canceled)
	}
}
