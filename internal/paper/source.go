package paper

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

// source is a recording, analysed.
type source struct {
	name   string // as the marker names it
	rec    *recording.Recording
	groups []*analysis.Group
	counts *counts.File    // of the folder beside it, nil without
	alone  map[string]bool // differences that don't stand after the correction for all comparisons, by aloneKey
}

// aloneKey names a comparison.
func aloneKey(g *analysis.Group, variant string) string {
	return fmt.Sprintf("%s %d %s", g.Label, g.Workers, variant)
}

// isAlone says that a difference is claimed by itself, and not after the correction.
func (s *source) isAlone(g *analysis.Group, d analysis.Delta) bool {
	return d.Resolved() && s.alone[aloneKey(g, d.Variant)]
}

// sources reads each recording once.
type sources struct {
	root string
	open map[string]*source
}

func (s sources) get(name string) (*source, error) {
	if name == "" {
		return nil, fmt.Errorf("no recording named above: add <!-- recording=results/DIR -->")
	}
	if src, ok := s.open[name]; ok {
		return src, nil
	}
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("recording %s: want a folder inside the repository, as results/DIR", name)
	}
	rec, err := recording.Read(filepath.Join(s.root, name))
	if err != nil {
		return nil, fmt.Errorf("recording %s: %w", name, err)
	}
	groups, err := analysis.Groups(rec)
	if err != nil {
		return nil, err
	}
	if len(groups) == 0 {
		return nil, fmt.Errorf("recording %s: has no cells: record again", name)
	}
	near, err := counts.Nearest(rec)
	if err != nil {
		return nil, err
	}
	src := &source{name: name, rec: rec, groups: groups, counts: near, alone: map[string]bool{}}
	all, err := analysis.Compare(rec, groups)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		src.alone[aloneKey(c.Group, c.Variant)] = !c.Stands()
	}
	s.open[name] = src
	return src, nil
}

// only returns the groups of some workloads, in the order given.
func (s *source) only(labels []string) (*source, error) {
	some := &source{name: s.name, rec: s.rec, counts: s.counts, alone: s.alone}
	for _, l := range labels {
		before := len(some.groups)
		for _, g := range s.groups {
			if g.Label == l {
				some.groups = append(some.groups, g)
			}
		}
		if len(some.groups) == before {
			return nil, fmt.Errorf("recording %s: has no cells of %s", s.name, l)
		}
	}
	return some, nil
}

// names lists what a table of functions offers.
func names[F any](m map[string]F) string {
	return strings.Join(slices.Sorted(maps.Keys(m)), ", ")
}

// escape keeps a value from being read as Markdown or as a marker.
func escape(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;").Replace(s)
}
