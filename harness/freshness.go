package harness

import (
	"math"
	"slices"
	"sort"

	"stealbench/internal/recording"
)

// freshness is how far a lane's counters were from the truth, look by look, over a
// block.
type freshness struct {
	errors, errorSlacks []float64 // polls
	ages, ageSlacks     []float64 // ns
	samples, torn       int
}

func (f *freshness) reset() {
	f.errors, f.errorSlacks, f.ages, f.ageSlacks = f.errors[:0], f.errorSlacks[:0], f.ages[:0], f.ageSlacks[:0]
	f.samples, f.torn = 0, 0
}

// maxLook is the longest look, in ns, that says something. A longer one was held up
// between its readings, by the kernel mostly, and what began meanwhile was not late.
// That is no matter of what was read, so leaving it out favours nobody.
const maxLook = 5000

// moment is how many polls had begun at a time of the slot, in ns.
type moment struct {
	at    int64
	truth uint64
}

// add takes over the looks of a slot between its first poll and its last one, which
// left the truth at last: before and after all agree, and that is not about freshness.
// calls are polls that the truth lacks, and begin before all others.
func (f *freshness) add(looks []look, first counted, last, calls uint64) {
	truth := func(n uint64) uint64 {
		if n == first.truth {
			return 0
		}
		return n - first.truth + calls
	}
	history := make([]moment, 1, 2*len(looks)+1) // nothing had begun at 0
	for _, l := range looks {
		before, after := moment{l.before, truth(l.truthBefore)}, moment{l.after, truth(l.truthAfter)}
		if after.at-before.at > maxLook {
			f.torn++
			continue
		}
		history = append(history, before, after)
		if before.truth == 0 || l.truthBefore == last {
			continue
		}
		f.samples++
		said := l.said - first.said
		f.errors = append(f.errors, math.Abs((float64(before.truth)+float64(after.truth))/2-float64(said)))
		f.errorSlacks = append(f.errorSlacks, float64(after.truth-before.truth)/2)
		was, slack := when(history, said)
		now := (float64(before.at) + float64(after.at)) / 2
		f.ages = append(f.ages, math.Max(0, now-was))
		f.ageSlacks = append(f.ageSlacks, slack)
	}
}

// when is the time at which the truth left a number of polls behind, interpolated
// between the last look that found no more than them and the first that found more,
// and the time between those two. If it has not yet, that is the end.
func when(history []moment, said uint64) (at, slack float64) {
	i := sort.Search(len(history), func(i int) bool { return history[i].truth > said })
	if i == len(history) {
		return float64(history[i-1].at), 0
	}
	from, to := history[i-1], history[i] // history begins with no polls
	part := float64(said-from.truth) / float64(to.truth-from.truth)
	return float64(from.at) + part*float64(to.at-from.at), float64(to.at - from.at)
}

// values are what a block records of it.
func (f *freshness) values() []recording.Value {
	values := []recording.Value{{Unit: recording.AuditSamples, V: float64(f.samples)}, {Unit: recording.AuditTorn, V: float64(f.torn)}}
	if len(f.errors) == 0 {
		return values
	}
	add := func(of []float64, units ...string) {
		slices.Sort(of)
		for i, unit := range units {
			if unit != "" {
				values = append(values, recording.Value{Unit: unit, V: rank(of, []float64{0.5, 0.99, 1}[i])})
			}
		}
	}
	add(f.errors, recording.ErrorP50, recording.ErrorP99, recording.ErrorMax)
	add(f.errorSlacks, "", recording.ErrorSlack)
	add(f.ages, recording.AgeP50, recording.AgeP99, recording.AgeMax)
	add(f.ageSlacks, recording.AgeSlackP50, recording.AgeSlackP99)
	return values
}

// rank is the smallest of the sorted values that a share of them does not exceed: one
// that was seen.
func rank(sorted []float64, share float64) float64 {
	return sorted[max(int(math.Ceil(share*float64(len(sorted))))-1, 0)]
}
