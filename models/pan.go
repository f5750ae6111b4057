package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// report is what pan, the verifier that spin makes, printed about one search.
type report struct {
	states    int
	errors    int
	violation string // what the first error is, if any
	// incomplete says why the search is no proof though it found no error; empty
	// if all states were visited and all checks were on.
	incomplete string
}

var (
	errorsLine    = regexp.MustCompile(`(?m)^State-vector \d+ byte, depth reached \d+, errors: (\d+)$`)
	statesLine    = regexp.MustCompile(`(?m)^ *([0-9.e+]+) states, stored`)
	violationLine = regexp.MustCompile(`(?m)^pan:\d+: (.*) \(at depth -?\d+\)$`)
)

// A search without one of the needed lines, or with one of the bad ones, has not
// looked everywhere or not at everything. Out of memory and out of depth, pan
// says errors: 0 and exits with 0.
var (
	needed = []*regexp.Regexp{
		regexp.MustCompile(`(?m)^Full statespace search for:$`),
		regexp.MustCompile(`(?m)^\tassertion violations\t\+$`),
		regexp.MustCompile(`(?m)^\tinvalid end states\t\+$`),
	}
	bad = []string{
		"max search depth too small",
		"reached -DMEMLIM bound",
		"Interrupted",
		"Search not completed",
	}
)

// parse reads pan's output. What has no counts is an error: pan failed.
func parse(out string) (report, error) {
	var r report
	m := errorsLine.FindAllStringSubmatch(out, -1)
	n := statesLine.FindAllStringSubmatch(out, -1)
	if len(m) != 1 || len(n) != 1 {
		return r, errors.New("pan printed no result: " + lastLine(out))
	}
	var err error
	if r.errors, err = strconv.Atoi(m[0][1]); err != nil {
		return r, fmt.Errorf("errors: %w", err)
	}
	states, err := strconv.ParseFloat(n[0][1], 64) // 1.2e+08 from 100 million on
	if err != nil {
		return r, fmt.Errorf("states: %w", err)
	}
	r.states = int(states)
	if v := violationLine.FindStringSubmatch(out); v != nil {
		r.violation = v[1]
	}
	if (r.errors > 0) != (r.violation != "") {
		return r, fmt.Errorf("pan counts %d errors and names %q", r.errors, r.violation)
	}
	if r.errors == 0 {
		r.incomplete = incomplete(out)
	}
	return r, nil
}

func incomplete(out string) string {
	for _, b := range bad {
		if strings.Contains(out, b) {
			return b
		}
	}
	for _, n := range needed {
		if !n.MatchString(out) {
			return fmt.Sprintf("no line like %q", n)
		}
	}
	return ""
}

func lastLine(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
