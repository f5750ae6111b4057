package harness

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"stealbench/internal/recording"
)

// TestFreshness: error and age of looks at counters that are a known number of polls
// late, while a poll begins every 10 ns.
func TestFreshness(t *testing.T) {
	const start, calls = 1000, 1 // of the counts before the slot, and polls that the truth lacks
	// A look of some ns at a time of the slot. The first audited poll is at 1000 ns.
	late := func(at, took int64, late uint64) look {
		truth := func(at int64) uint64 { return start + uint64(max(0, at-1000)/10) }
		said := truth(at+took/2) - late
		if said > start {
			said += calls
		}
		return look{at, at + took, truth(at), truth(at + took), said}
	}
	for _, row := range []struct {
		name          string
		looks         []look
		samples, torn int
		err, slack    float64 // of the last sample, polls
		age, most     float64 // ns, and how far off it may be
		sureErr, sure float64 // polls and ns: what is sure of any of them
	}{
		{"after work", []look{late(5000, 200, 0), late(1000+100_000, 200, 50)}, 1, 0, 0, 10, 0, 0, 0, 0},
		{"before work", []look{late(500, 200, 0)}, 0, 0, 0, 0, 0, 0, 0, 0},
		{"fresh", []look{late(5000, 200, 0)}, 1, 0, 0, 10, 0, 0, 0, 0},
		{"late", []look{late(5000, 200, 0), late(9000, 200, 50)}, 2, 0, 50, 10, 500, 20, 40, 0},
		{"late by more than a gap", []look{late(5000, 200, 0), late(9000, 200, 0), late(12_000, 200, 500)}, 3, 0, 500, 10, 5000, 20, 490, 3000},
		{"held up", []look{late(5000, 200, 0), late(9000, maxLook+1, 0), late(20_000, 200, 700)}, 2, 1, 700, 10, 7000, 20, 690, 0},
	} {
		var f freshness
		f.add(row.looks, counted{truth: start, said: start}, start+10_000, calls)
		if f.samples != row.samples || f.torn != row.torn {
			t.Errorf("%s: got %d samples and %d held up, want %d and %d", row.name, f.samples, f.torn, row.samples, row.torn)
		}
		if f.samples == 0 {
			continue
		}
		last := f.samples - 1
		if f.errors[last] != row.err || f.errorSlacks[last] != row.slack {
			t.Errorf("%s: got an error of %v +- %v polls, want %v +- %v", row.name, f.errors[last], f.errorSlacks[last], row.err, row.slack)
		}
		if math.Abs(f.ages[last]-row.age) > row.most {
			t.Errorf("%s: got an age of %v ns, want %v +- %v", row.name, f.ages[last], row.age, row.most)
		}
		if f.sureError != row.sureErr || f.sureAge != row.sure {
			t.Errorf("%s: sure are %v polls and %v ns, want %v and %v", row.name, f.sureError, f.sureAge, row.sureErr, row.sure)
		}
	}
}

// TestFreshnessHolds: whenever in a look the counters are read, however late they are and
// however fast polls begin, no maximum that is called sure is more than what was, and what
// was differs from an error and an age by their slack at most.
func TestFreshnessHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		began := []int64{0} // when each poll did, the call's being the first; ns
		for at := int64(0); at < 200_000; {
			at += 1 + random.Int64N(40)
			if random.IntN(100) == 0 {
				at += random.Int64N(20_000) // all workers are held up
			}
			began = append(began, at)
		}
		truth := func(at int64) uint64 { i, _ := slices.BinarySearch(began, at+1); return uint64(i) }
		var f freshness
		var looks []look
		var errors, ages []float64
		for at := began[1]; at < 150_000; at += 100 + random.Int64N(10_000) {
			took := 2 + random.Int64N(1000)
			read := at + random.Int64N(took)
			all := truth(read)
			said := all - min(all, uint64(random.IntN(1+random.IntN(500))))
			left := read // when the truth left behind what was said
			if said < all {
				left = began[said]
			}
			looks = append(looks, look{at, at + took, truth(at) - 1, truth(at+took) - 1, said}) // the truth lacks the call
			errors, ages = append(errors, float64(all-said)), append(ages, float64(read-left))
			at += took
		}
		f.add(looks, counted{}, uint64(len(began)), 1)
		if f.samples != len(looks) {
			t.Fatalf("got %d samples of %d looks, want all", f.samples, len(looks))
		}
		for i := range errors {
			if off := math.Abs(f.errors[i] - errors[i]); off > f.errorSlacks[i] {
				t.Errorf("an error of %v: got %v +- %v", errors[i], f.errors[i], f.errorSlacks[i])
			}
		}
		for i := range ages {
			if off := math.Abs(f.ages[i] - ages[i]); off > f.ageSlacks[i] {
				t.Errorf("an age of %v: got %v +- %v", ages[i], f.ages[i], f.ageSlacks[i])
			}
		}
		if f.sureError > slices.Max(errors) || f.sureAge > slices.Max(ages) {
			t.Errorf("sure are %v polls and %v ns, there were %v and %v", f.sureError, f.sureAge, slices.Max(errors), slices.Max(ages))
		}
	}
}

// TestWhen: the time at which a number of polls was left behind, and within what it
// is known.
func TestWhen(t *testing.T) {
	history := []moment{{0, 0}, {100, 10}, {200, 10}, {300, 30}}
	for _, row := range []struct {
		said     uint64
		at       float64
		from, to int64
	}{
		{0, 0, 0, 100}, {5, 50, 0, 100}, {10, 200, 200, 300}, {20, 250, 200, 300}, {30, 300, 300, 300}, {31, 300, 300, 300},
	} {
		if at, from, to := when(history, row.said); at != row.at || from != row.from || to != row.to {
			t.Errorf("%d polls: got %v between %v and %v, want %v between %v and %v", row.said, at, from, to, row.at, row.from, row.to)
		}
	}
}

// TestRank: percentiles are values that were seen.
func TestRank(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	for _, row := range []struct {
		of          []float64
		share, want float64
	}{
		{hundred, 0.5, 50}, {hundred, 0.99, 99}, {hundred, 1, 100}, {[]float64{7}, 0.5, 7}, {[]float64{7}, 1, 7}, {[]float64{1, 2}, 0.99, 2},
	} {
		if got := rank(row.of, row.share); got != row.want {
			t.Errorf("%v of %d values: got %v, want %v", row.share, len(row.of), got, row.want)
		}
	}
}

// TestFreshnessValues: a block without samples has no errors and no ages.
func TestFreshnessValues(t *testing.T) {
	f := freshness{samples: 3, torn: 1}
	if got := f.values(); len(got) != 2 || got[0] != (recording.Value{Unit: recording.AuditSamples, V: 3}) {
		t.Errorf("got %v, want two counts", got)
	}
	f.errors, f.errorSlacks, f.ages, f.ageSlacks = []float64{4, 2}, []float64{1, 1}, []float64{0, 9}, []float64{5, 6}
	if got := f.values(); len(got) != 2+len(recording.FreshnessUnits)+2 {
		t.Errorf("got %v, want all of %v and the two that are sure", got, recording.FreshnessUnits)
	}
}
