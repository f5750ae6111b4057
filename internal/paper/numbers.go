package paper

import (
	"fmt"
	"strconv"

	"stealbench/internal/analysis"
)

// numbers are the inline values. A result always carries its interval, or says
// that it is not resolved.
var numbers = map[string]func(s *source, args []string) (string, error){
	"delta": func(s *source, args []string) (string, error) {
		return s.verdict(args, func(g *analysis.Group, v string) (string, string) {
			d := g.Delta(v)
			words := d.Verdict()
			if s.isAlone(g, d) {
				words += " (by itself; not after the correction for all comparisons)"
			}
			return words, d.Absent
		})
	},
	"overhead": func(s *source, args []string) (string, error) {
		return s.verdict(args, func(g *analysis.Group, v string) (string, string) {
			o := g.Overhead(v)
			return o.Verdict(), o.Absent
		})
	},
	"removed": func(s *source, args []string) (string, error) {
		return s.verdict(args, func(g *analysis.Group, v string) (string, string) {
			r := g.Removed(v)
			return r.Verdict(), r.Absent
		})
	},
	"median": func(s *source, args []string) (string, error) {
		return s.verdict(args, func(g *analysis.Group, v string) (string, string) {
			d := g.Descriptive(v)
			return analysis.Num(d.Median) + " ns", d.Absent
		})
	},
	"floor": func(s *source, args []string) (string, error) {
		g, err := s.group(args, 2)
		if err != nil {
			return "", err
		}
		floor, ok := g.Floor()
		if !ok {
			return "", fmt.Errorf("recording %s has no %s", s.name, analysis.Twin)
		}
		return analysis.Num(floor) + " ns", nil
	},
	"floorpct": func(s *source, args []string) (string, error) {
		g, err := s.group(args, 2)
		if err != nil {
			return "", err
		}
		d := g.Delta(analysis.Twin)
		if d.Absent != "" {
			return "", fmt.Errorf("recording %s: %s", s.name, d.Absent)
		}
		return analysis.Num(d.Floor) + " %", nil
	},
	"latency": latencyNumber,
	"cells": func(s *source, args []string) (string, error) {
		if len(args) == 0 {
			return strconv.Itoa(s.rec.Done), nil
		}
		g, err := s.group(args, 2)
		if err != nil {
			return "", err
		}
		return strconv.Itoa(g.Cells), nil
	},
	"key": func(s *source, args []string) (string, error) {
		if len(args) != 1 || s.rec.Key(args[0]) == "" {
			return "", fmt.Errorf("recording %s has no key %v: see the head of its files", s.name, args)
		}
		return escape(s.rec.Key(args[0])), nil
	},
}

// verdict is the value of a function of workload, workers and variant. A
// variant that is not in the recording is the author's mistake.
func (s *source) verdict(args []string, f func(*analysis.Group, string) (value, absent string)) (string, error) {
	g, err := s.group(args, 3)
	if err != nil {
		return "", err
	}
	value, absent := f(g, args[2])
	if absent != "" {
		return "", fmt.Errorf("recording %s: %s", s.name, absent)
	}
	return value, nil
}

// group is the group that the first two of n arguments name.
func (s *source) group(args []string, n int) (*analysis.Group, error) {
	if len(args) != n {
		return nil, fmt.Errorf("%d arguments, want %d: workload, workers%s", len(args), n, map[int]string{3: ", variant"}[n])
	}
	workers, err := strconv.Atoi(args[1])
	if err != nil {
		return nil, fmt.Errorf("workers %q: want a number", args[1])
	}
	g := analysis.Find(s.groups, args[0], workers)
	if g == nil {
		return nil, fmt.Errorf("recording %s has no cells of %s with workers=%d", s.name, args[0], workers)
	}
	return g, nil
}
