package impls

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tokioRows is how many tests chaselev/TOKIO_TESTS.md has rows for, so that none
// gets lost.
const tokioRows = 109

var (
	testFunc  = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	suiteName = regexp.MustCompile(`(?m)^\t\{"([\w/]+)", \[\]int\{`)
	named     = regexp.MustCompile("`([^`]+)`")
)

// TestTokioTests checks the table of tokio's tests against the tests there are.
func TestTokioTests(t *testing.T) {
	table, err := os.ReadFile(filepath.Join(Base, "TOKIO_TESTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{}
	for _, pattern := range []string{Base + "/*_test.go", "../internal/sched/*_test.go"} {
		addMatches(t, exists, pattern, testFunc, "")
	}
	addMatches(t, exists, "../internal/schedtest/run.go", suiteName, "TestConformance/")
	for _, problem := range checkTokioTable(string(table), exists, tokioRows) {
		t.Error("TOKIO_TESTS.md: " + problem)
	}
}

// addMatches adds what re finds in the files, behind the prefix.
func addMatches(t *testing.T, names map[string]bool, pattern string, re *regexp.Regexp, prefix string) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s: got files %v, %v, want some", pattern, paths, err)
	}
	found := 0
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range re.FindAllStringSubmatch(string(src), -1) {
			names[prefix+match[1]] = true
			found++
		}
	}
	if found == 0 {
		t.Fatalf("%s: got no test, want some", pattern)
	}
}

// checkTokioTable returns what is wrong with the table: a row without a test or
// a reason, or with both, a test that does not exist, a ported one without a row,
// and fewer rows than want.
func checkTokioTable(table string, exists map[string]bool, want int) (problems []string) {
	rows, used := 0, map[string]bool{}
	for _, line := range strings.Split(table, "\n") {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") || strings.HasSuffix(line, "| why not |") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 3 {
			problems = append(problems, fmt.Sprintf("%q: got %d columns, want 3", line, len(cells)))
			continue
		}
		upstream, ours, reason := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		if upstream == "" || (ours == "") == (reason == "") {
			problems = append(problems, fmt.Sprintf("%q: want a name, and either a test or a reason", line))
		}
		names := named.FindAllStringSubmatch(ours, -1)
		if ours != "" && len(names) == 0 {
			problems = append(problems, fmt.Sprintf("%s: got %q, want a test in backquotes", upstream, ours))
		}
		for _, name := range append(names, named.FindAllStringSubmatch(reason, -1)...) {
			used[name[1]] = true
			if !exists[name[1]] {
				problems = append(problems, fmt.Sprintf("%s: no test %s", upstream, name[1]))
			}
		}
	}
	if rows < want {
		problems = append(problems, fmt.Sprintf("got %d rows, want %d", rows, want))
	}
	for name := range exists {
		if strings.HasPrefix(name, "TestTokio") && !used[name] {
			problems = append(problems, "no row for "+name)
		}
	}
	slices.Sort(problems)
	return problems
}

// TestTokioTable seeds what checkTokioTable must find.
func TestTokioTable(t *testing.T) {
	const head = "# Title\n\n| upstream test | our test | why not |\n|---|---|---|\n"
	exists := map[string]bool{"TestOld": true, "TestTokioNew": true, "TestConformance/close/queued": true}
	fresh := []string{
		"| a.rs: one | `TestTokioNew`, also elsewhere | |",
		"| a.rs: two | `TestOld`, `TestConformance/close/queued` | |",
		"| b.rs: three | | no such thing; see `TestOld` |",
		"| b.rs: four | `TestOld` | |",
	}
	for _, row := range []struct {
		name string
		line int // of fresh, to be replaced
		with string
		want string // part of the one problem
	}{
		{"fresh", 0, fresh[0], ""},
		{"test does not exist", 1, "| a.rs: two | `TestGone` | |", "a.rs: two: no test TestGone"},
		{"not in the suite", 1, "| a.rs: two | `TestConformance/close/gone` | |", "no test TestConformance/close/gone"},
		{"one of two does not exist", 1, "| a.rs: two | `TestOld`, `TestGone` | |", "no test TestGone"},
		{"reason names a lost test", 2, "| b.rs: three | | see `TestGone` |", "no test TestGone"},
		{"neither test nor reason", 1, "| a.rs: two | | |", "either a test or a reason"},
		{"both", 1, "| a.rs: two | `TestOld` | no such thing |", "either a test or a reason"},
		{"no upstream test", 1, "| | `TestOld` | |", "want a name"},
		{"test not in backquotes", 1, "| a.rs: two | TestOld | |", "want a test in backquotes"},
		{"column missing", 1, "| a.rs: two | `TestOld` |", "got 2 columns, want 3"},
		{"row lost", 1, "", "got 3 rows, want 4"},
		{"ported without a row", 0, "| a.rs: one | `TestOld` | |", "no row for TestTokioNew"},
	} {
		lines := slices.Clone(fresh)
		lines[row.line] = row.with
		got := checkTokioTable(head+strings.Join(lines, "\n")+"\n", exists, len(fresh))
		if row.want == "" && len(got) == 0 || row.want != "" && len(got) == 1 && strings.Contains(got[0], row.want) {
			continue
		}
		t.Errorf("%s: got problems %q, want %q", row.name, got, row.want)
	}
}
