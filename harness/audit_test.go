package harness

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// audited is a scheduler that runs some polls of a workload, and whose counters say
// more than that, or less.
type audited struct {
	fake
	polls, off uint64
	said       atomic.Uint64
}

func (s *audited) TimeWorkload(_ string, p sched.Params, _ time.Duration, _ int) (sched.Timing, error) {
	for range s.polls {
		p.Audit.Count(0)
	}
	s.said.Add(s.polls + 1 + s.off) // 1: the call
	return sched.Timing{Answer: s.answer, Took: 1, Runs: 1}, nil
}

func (s *audited) Snapshot() sched.Snapshot {
	return sched.Snapshot{Extended: true, Workers: []sched.WorkerCounters{{PollCount: s.said.Load() - 2, FollowUpCount: 2}}}
}

// TestQuietAgreement: when all is quiet the counters of a slot say what the tasks
// counted, or the cell fails.
func TestQuietAgreement(t *testing.T) {
	w, err := FindWorkload("audited")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name string
		off  uint64
		want string
	}{
		{"agree", 0, ""},
		{"one doubled", 1, "fake: counters disagree with the truth when all is quiet: they say 102 polls in a slot, the tasks counted 101"},
		{"one lost", ^uint64(0), "they say 100 polls in a slot, the tasks counted 101"},
	} {
		s := &audited{polls: 100, off: row.off}
		s.said.Store(2)
		l := lane{variant: "fake", sched: s, audit: newAuditor(w, 1, s, 1)}
		for range 2 { // also of a slot that is not the first
			if _, err = l.slot("audited", sched.Params{}, sched.Answer{}, 1); err != nil {
				break
			}
		}
		l.audit.close()
		if (err == nil) != (row.want == "") || err != nil && !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", row.name, err, row.want)
		}
	}
}

// bounds are how many polls of one worker a lane's counters may lack. Maintenance
// comes every interval of ticks, before that tick's pick, and publishes all picks
// before: so many wait just before the next. Counters without a batch count a pick
// before it begins.
var bounds = []struct {
	lane string
	most uint64
}{
	{"interval1", 1}, {"interval4", 4}, {"interval16", 16}, {"interval61", 61}, {"chaselev", 244}, {"twin", 244},
	{"interval1024", 1024}, {"parkonly", sched.MaxInterval}, {"mutexqueue", 244}, {"splitdeque", 244},
	{"batchless", 0}, {"singlewriter", 0}, {"adjacent", 0}, {"sharedline", 0}, {"mutexbatchless", 0},
}

// TestErrorBound: no look ever finds more polls missing than the bound, nor more than
// one a worker too many, whose task has not begun. What began before the counters were
// read is compared, so that this holds however late the reader is; what begins in
// between hides a small excess, which impls.TestUnpublishedPolls would see.
func TestErrorBound(t *testing.T) {
	w, err := FindWorkload("audited")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range bounds {
		for _, workers := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s/%d", row.lane, workers), func(t *testing.T) {
				s, err := NewScheduler(row.lane, sched.Config{Workers: workers, NoBlocking: true})
				if err != nil {
					t.Fatal(err)
				}
				a := newAuditor(w, workers, s, 1)
				l := lane{variant: row.lane, sched: s, audit: a}
				judged := 0 // looks
				for slots := 0; slots < 5 || judged == 0 && slots < 300; slots++ {
					p := w.Sizes[1]
					if _, err := l.slot("audited", p, w.Answer(p), 4); err != nil {
						t.Error(err)
					}
					for _, k := range a.looks {
						if k.truthBefore == a.first.truth {
							continue
						}
						judged++
						lacks := int64(k.truthBefore - a.first.truth + a.calls - (k.said - a.first.said))
						over := int64(k.said - a.first.said - (k.truthAfter - a.first.truth + a.calls))
						if most := int64(row.most) * int64(workers); lacks > most || over > int64(workers) {
							t.Errorf("got %d polls missing and %d too many, want at most %d and %d", lacks, over, most, workers)
						}
					}
				}
				if judged == 0 {
					t.Error("got no look at counters, want one at least")
				}
				a.close()
				if err := s.Close(); err != nil || l.wrong > 0 {
					t.Errorf("got %v and %d wrong answers, want none", err, l.wrong)
				}
			})
		}
	}
}

// TestAuditedCell: a cell of an audited workload says how fresh the counters of each
// lane are that has some.
func TestAuditedCell(t *testing.T) {
	for _, workload := range []string{"audited", "audited_parks"} {
		spec := CellSpec{Cell: recording.Cell{Workload: workload, Size: "small", Workers: 2},
			Variants: []string{"chaselev", "nometrics", "sharedline", "parkonly"}, CellTime: 40 * time.Millisecond, SlotTime: time.Millisecond}
		var result *CellResult
		var err error
		looks := func(lane string) (n float64) {
			for _, b := range result.Blocks[lane] {
				samples, _ := b.Get(recording.AuditSamples)
				n += samples
			}
			return n
		}
		// On a busy host the reader may never run within a slot.
		for try := 0; try == 0 || try < 50 && (looks("chaselev") == 0 || looks("nometrics") == 0); try++ {
			if result, err = RunCell(spec); err != nil {
				t.Fatal(err)
			}
		}
		if looks("chaselev") == 0 || looks("nometrics") == 0 {
			t.Errorf("%s: got %v looks at the base and %v at none, want some", workload, looks("chaselev"), looks("nometrics"))
		}
		for _, lane := range spec.Variants {
			samples, found := 0.0, false
			for _, b := range result.Blocks[lane] {
				n, ok := b.Get(recording.AuditSamples)
				if !ok {
					t.Errorf("%s %s: got no %s", workload, lane, recording.AuditSamples)
				}
				samples += n
				for _, v := range b.Values {
					found = found || slices.Contains(recording.FreshnessUnits, v.Unit)
				}
			}
			if found != (lane != "nometrics" && samples > 0) {
				t.Errorf("%s %s: got errors and ages: %v, of %v samples", workload, lane, found, samples)
			}
		}
	}
}

// TestAuditorCounted: the reader has a P and a CPU, and the recording says so.
func TestAuditorCounted(t *testing.T) {
	p := DefaultPlan()
	if got := p.readers(); got != 0 {
		t.Errorf("without an audited workload: got %d readers, want none", got)
	}
	p.Workloads = append(p.Workloads, "audited")
	if got := p.readers(); got != 1 {
		t.Errorf("with one: got %d readers, want 1", got)
	}
}
