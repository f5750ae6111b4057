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
	sureError, sureAge  float64   // the most that is sure of a look
	samples, torn       int
}

func (f *freshness) reset() {
	f.errors, f.errorSlacks, f.ages, f.ageSlacks = f.errors[:0], f.errorSlacks[:0], f.ages[:0], f.ageSlacks[:0]
	f.sureError, f.sureAge = 0, 0
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
//
// When in a look the counters were read is not known. Errors and ages are those of its
// middle, with a slack: half too much is as likely as half too little, but a maximum
// picks out what is too much. So a maximum is of what is sure: an error to the nearer end
// of the look, an age from where the truth had certainly left the number behind.
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
		f.sureError = max(f.sureError, float64(before.truth)-float64(said), float64(said)-float64(after.truth))
		was, from, to := when(history, said)
		now := (float64(before.at) + float64(after.at)) / 2
		f.ages = append(f.ages, math.Max(0, now-was))
		slack := float64(to - from)
		if to <= before.at { // it was left before the look, whose middle the age is of
			slack += float64(after.at-before.at) / 2
		}
		f.ageSlacks = append(f.ageSlacks, slack)
		f.sureAge = max(f.sureAge, float64(before.at-to))
	}
}

// when is the time at which the truth left a number of polls behind, interpolated
// between from, the last look that found no more than them, and to, the first that found
// more. If it has not yet, all three are the end.
func when(history []moment, said uint64) (at float64, from, to int64) {
	i := sort.Search(len(history), func(i int) bool { return history[i].truth > said })
	a, b := history[i-1], history[min(i, len(history)-1)] // history begins with no polls
	if i == len(history) {
		return float64(b.at), b.at, b.at
	}
	part := float64(said-a.truth) / float64(b.truth-a.truth)
	return float64(a.at) + part*float64(b.at-a.at), a.at, b.at
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
	return append(values, recording.Value{Unit: recording.ErrorSureMax, V: f.sureError}, recording.Value{Unit: recording.AgeSureMax, V: f.sureAge})
}

// rank is the smallest of the sorted values that a share of them does not exceed: one
// that was seen.
func rank(sorted []float64, share float64) float64 {
	return sorted[max(int(math.Ceil(share*float64(len(sorted))))-1, 0)]
}
