package analysis

import (
	"fmt"
	"slices"
	"strings"

	"stealbench/internal/recording"
	"stealbench/internal/stat"
)

// Regime is in how many blocks of a group a canary took longer than it mostly
// does: the host was then in another state. It describes a group; no block is left
// out for it.
type Regime struct {
	Canary       string // "clock", "sort", "line"
	Slow, Blocks int
}

// Regimes are those of all canaries; none in a recording without.
type Regimes []Regime

// slowCanary is from which multiple of its median over the recording on a canary
// is slow: beyond what it varies by in itself, and below what a neighbour on the
// sibling hyperthread or the next clock step down does.
const slowCanary = 1.10

// String is like "clock 2/64 slow, line 10/64 slow", or "quiet".
func (rs Regimes) String() string {
	if len(rs) == 0 {
		return "n/a"
	}
	var slow []string
	for _, r := range rs {
		if r.Slow > 0 {
			slow = append(slow, fmt.Sprintf("%s %d/%d slow", r.Canary, r.Slow, r.Blocks))
		}
	}
	if slow == nil {
		return "quiet"
	}
	return strings.Join(slow, ", ")
}

// canaries are a recording's units of canaries, and the median of each.
func canaries(rec *recording.Recording) (units []string, medians map[string]float64) {
	values := map[string][]float64{}
	for _, c := range rec.Cells {
		for _, b := range c.Blocks[rec.Variants[0]] {
			for _, v := range b.Values {
				if strings.HasPrefix(v.Unit, "canary-") {
					values[v.Unit] = append(values[v.Unit], v.V)
				}
			}
		}
	}
	medians = map[string]float64{}
	for unit, xs := range values {
		units = append(units, unit)
		medians[unit], _ = stat.Median(xs) // finite, not empty
	}
	slices.Sort(units)
	return units, medians
}

// addRegimes notes the regimes of a cell's blocks. A canary sings for all lanes of
// a row, so that one variant's blocks tell.
func (g *Group) addRegimes(blocks []recording.Block, units []string, medians map[string]float64) {
	if g.Regimes == nil {
		for _, u := range units {
			g.Regimes = append(g.Regimes, Regime{Canary: strings.TrimSuffix(strings.TrimPrefix(u, "canary-"), "-ns")})
		}
	}
	for _, b := range blocks {
		for i, u := range units {
			if v, ok := b.Get(u); ok {
				g.Regimes[i].Blocks++
				if v > slowCanary*medians[u] {
					g.Regimes[i].Slow++
				}
			}
		}
	}
}
