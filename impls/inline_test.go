package impls

import (
	"bytes"
	"fmt"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hooks lists the calls that must vanish into their callers: all of the metrics
// seam but submit, so that the variants differ in what is counted and not in
// calls. (Of the local queue, push and pop are too large in every variant.)
var hooks = []struct {
	call   string // as in shared code
	callee string // as the compiler names it
	but    string // variants in which it is too large, and off the hot path
}{
	{"metrics.startPick(", "(*metrics).startPick", ""},
	{"metrics.timed(", "(*metrics).timed", ""},
	{"metrics.pollBegan(", "(*metrics).pollBegan", ""},
	{"metrics.endPick(", "(*metrics).endPick", ""},
	{"metrics.betweenPolls(", "(*metrics).betweenPolls", ""},
	{"metrics.incStealAttempt(", "(*metrics).incStealAttempt", ""},
	{"metrics.incLocalSchedule(", "(*metrics).incLocalSchedule", ""},
	{"metrics.incOverflow(", "(*metrics).incOverflow", ""},
	{"metrics.addSteal(", "(*metrics).addSteal", ""},
	{"metrics.startProcessing(", "(*metrics).startProcessing", ""},
	{"metrics.endProcessing(", "(*metrics).endProcessing", ""},
	{"metrics.aboutToPark(", "(*metrics).aboutToPark", ""},
	{"metrics.unparked(", "(*metrics).unparked", ""},
	{"board.incRemoteSchedule(", "(*board).incRemoteSchedule", ""},
}

// TestHooksInlined compiles each variant and looks at every call site.
func TestHooksInlined(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("64-bit atomics are calls on 32-bit hosts, where nothing is measured")
	}
	for _, v := range Variants {
		t.Run(v.Name, func(t *testing.T) {
			cmd := exec.Command("go", "build", "-gcflags=-m", "./"+v.Name)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
			}
			inlined := inlinedCalls(out)
			for _, hook := range hooks {
				if slices.Contains(strings.Fields(hook.but), v.Name) {
					continue
				}
				sites := callSites(t, v.Name, hook.call)
				if len(sites) == 0 {
					t.Errorf("%s: no call found, want some", hook.call)
				}
				for _, site := range sites {
					if !inlined[site+" "+hook.callee] {
						t.Errorf("%s: %s is not inlined", site, hook.callee)
					}
				}
			}
		})
	}
}

var inlining = regexp.MustCompile(`(?m)^([^:\n]+:\d+):\d+: inlining call to (\S+)$`)

// inlinedCalls reads the compiler's remarks into "file:line callee". The build
// cache replays them with paths as seen from where they were first made.
func inlinedCalls(remarks []byte) map[string]bool {
	calls := map[string]bool{}
	for _, m := range inlining.FindAllSubmatch(remarks, -1) {
		dir, file := filepath.Split(string(m[1]))
		calls[filepath.Join(filepath.Base(dir), file)+" "+string(m[2])] = true
	}
	return calls
}

// callSites returns "file:line" of every call in the non-test files of a
// variant.
func callSites(t *testing.T, variant, call string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(variant, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var sites []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(src, []byte("\n")) {
			if bytes.Contains(line, []byte("."+call)) {
				sites = append(sites, fmt.Sprintf("%s:%d", path, i+1))
			}
		}
	}
	return sites
}
