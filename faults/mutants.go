package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
)

// mutantChecks are tried one after the other until one kills the mutant. They
// may take this many times as long as a check of the catalogue.
func mutantChecks(s source) []mutantCheck {
	all := []mutantCheck{
		{explores("TestExplore(Private)?/(" + s.scenarios + ")"), 9},
		{explores("TestExploreRuns$"), 9},
		{tests("Test"), 6},
		{check{kind: unit, tags: "countclock", run: "TestClockReads"}, 2}, // a shortcut left out
		{explores("TestExplore(Private)?$"), 12},
		{races("Test"), 18},
	}
	for i := range all {
		all[i].pkg = s.folder
	}
	return all
}

type mutantCheck struct {
	check
	times time.Duration
}

// runMutants prints a line for each mutant. It returns an error if one lives that
// is not known to be equivalent, or one is killed that is.
func runMutants(out io.Writer, only *regexp.Regexp, limit time.Duration) error {
	var wrong []string
	count := map[string]int{}
	controlled := map[string]bool{}
	for _, from := range mutated {
		all, err := mutants(from)
		if err != nil {
			return err
		}
		for _, m := range all {
			if !only.MatchString(m.id()) {
				continue
			}
			if !controlled[from.folder] {
				controlled[from.folder] = true
				if err := control(from, limit); err != nil {
					return err
				}
			}
			began := time.Now()
			result, err := m.judge(limit)
			if err != nil {
				return fmt.Errorf("%s: %w", m.id(), err)
			}
			why, known := equivalent[m.id()]
			mark := ""
			switch {
			case result == "lives" && known:
				result = "equivalent: " + why
				count["equivalent"]++
			case result == "lives" || known && !strings.HasPrefix(result, "does not compile"):
				mark = "   <-- WRONG"
				wrong = append(wrong, m.id())
				count["wrong"]++
			default:
				first, _, _ := strings.Cut(result, ":")
				count[first]++
			}
			fmt.Fprintf(out, "%5.1f s  %-100s %s%s\n", time.Since(began).Seconds(), m.id(), result, mark)
		}
	}
	fmt.Fprintf(out, "mutants: %v\n", count)
	if len(wrong) > 0 {
		return errors.New("wrong:\n" + strings.Join(wrong, "\n"))
	}
	return nil
}

// control runs the checks of a folder without a mutant: none may fail, or be nearly as
// slow as one that hangs.
func control(from source, limit time.Duration) error {
	s, err := seed("", "", nil)
	if err != nil {
		return err
	}
	defer s.remove()
	for _, c := range mutantChecks(from) {
		o, err := s.run(c.check, c.times*limit)
		if err != nil {
			return err
		}
		if o.found {
			return fmt.Errorf("without a mutant: %v fails: %s", c.check, o.says)
		}
		if most := (c.times * limit).Seconds() / 2; o.seconds > most {
			return fmt.Errorf("without a mutant: %v takes %.0f s, more than half of its limit: give a longer -limit, or a quiet host", c.check, o.seconds)
		}
	}
	return nil
}

// judge says what kills a mutant, or that it lives.
func (m mutant) judge(limit time.Duration) (string, error) {
	s, err := seed(m.folder, m.file, m.content)
	if err != nil {
		return "", err
	}
	defer s.remove()
	for _, c := range mutantChecks(m.source) {
		o, err := s.run(c.check, c.times*limit)
		switch {
		case errors.Is(err, errBuild):
			return "does not compile", nil
		case err != nil:
			return "", err
		case o.found && c.kind == explored && o.timedOut():
			// It sees a hang by itself: the host is slow.
		case o.found:
			return c.kind + ": " + o.says, nil
		}
	}
	return "lives", nil
}
