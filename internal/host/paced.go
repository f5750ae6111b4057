package host

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Pace is how long a thread takes for some private work and one atomic Add, while
// another does the same: each on a line of its own, and both on one. ns, both above 0.
// The shorter the work, the more Adds a thread does before the other gets the line.
type Pace struct{ Own, Shared float64 }

// Paced is by rising Own, with the reason if it could not be measured. What comes after
// the Add needs its answer, as a locked instruction makes what comes after it wait.
type Paced struct {
	Paces []Pace
	Why   string // not empty: there are none, and this is why
}

// String is the value of a file key: "2.4:9.3 25:57.1 ns", or "n/a (...)".
func (p Paced) String() string {
	if p.Why != "" {
		return "n/a (" + p.Why + ")"
	}
	var all []string
	for _, x := range p.Paces {
		all = append(all, fmt.Sprintf("%.1f:%.1f", x.Own, x.Shared))
	}
	return strings.Join(all, " ") + " ns"
}

// ParsePaced reads the value of a file key that String wrote.
func ParsePaced(s string) (Paced, error) {
	if why, ok := strings.CutPrefix(s, "n/a ("); ok {
		return Paced{Why: strings.TrimSuffix(why, ")")}, nil
	}
	bad := fmt.Errorf("%q: want pairs of times as in 2.4:9.3 25:57.1 ns, rising", s)
	list, ok := strings.CutSuffix(s, " ns")
	if !ok {
		return Paced{}, bad
	}
	var p Paced
	for _, pair := range strings.Fields(list) {
		own, shared, _ := strings.Cut(pair, ":")
		var x Pace
		var errs [2]error
		x.Own, errs[0] = strconv.ParseFloat(own, 64)
		x.Shared, errs[1] = strconv.ParseFloat(shared, 64)
		last := 0.0
		if len(p.Paces) > 0 {
			last = p.Paces[len(p.Paces)-1].Own
		}
		if errs[0] != nil || errs[1] != nil || !(x.Own > last) || !(x.Shared > 0) || x.Own > maxPace || x.Shared > maxPace {
			return Paced{}, bad
		}
		p.Paces = append(p.Paces, x)
	}
	if p.Paces == nil {
		return Paced{}, bad
	}
	return p, nil
}

const maxPace = 1e9 // a second, ns

// pacedSteps are the lengths of private work in steps of step, about 1.2 ns each.
var pacedSteps = []uint64{0, 5, 12, 30, 75, 190, 480}

// pacedAdds are few with long work, so that a round takes about half a millisecond.
func pacedAdds(steps uint64) int { return max(250, int(20_000/(steps+10))) }

// measurePaced takes about 40 ms.
func measurePaced() Paced {
	if usableCPUs() < 2 {
		return Paced{Why: why(errTooFew)}
	}
	var p Paced
	last := 0.0
	for _, steps := range pacedSteps {
		var owns []float64
		shared := cost(func(deadline time.Time) (float64, error) {
			own, shared, err := paced(steps, deadline)
			if err == nil {
				owns = append(owns, own)
			}
			return shared, err
		})
		if !shared.OK() {
			p.Why = shared.Why
			continue
		}
		if own := quantile(owns, 0.5); own > last { // else the host was busier with less work
			p.Paces, last = append(p.Paces, Pace{own, shared.V}), own
		}
	}
	if p.Paces != nil {
		p.Why = ""
	}
	return p
}

// paced times work and Adds on a line of one's own, then on one that the partner adds to
// as well. The partner does the same in both.
func paced(steps uint64, deadline time.Time) (own, shared float64, err error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var mine, theirs, both, share, stop paddedCounter
	adds := pacedAdds(steps)
	var wg sync.WaitGroup
	onThread(&wg, func() {
		for stop.n.Load() == 0 {
			line := &theirs
			if share.n.Load() == 1 {
				line = &both
			}
			workAndAdd(line, steps, 16)
		}
	})
	defer wg.Wait()
	defer stop.n.Store(1)

	if !begun(&theirs, deadline) {
		return 0, 0, errAlone
	}
	start := time.Now()
	workAndAdd(&mine, steps, adds)
	apart := time.Since(start)
	share.n.Store(1)
	if !begun(&both, deadline) {
		return 0, 0, errAlone
	}
	before := both.n.Load()
	start = time.Now()
	workAndAdd(&both, steps, adds)
	together := time.Since(start)
	total := both.n.Load() - before
	// As in rmwShared: who did almost nothing was not running.
	if partner := total - uint64(adds); partner < uint64(adds)/4 || partner > uint64(adds)*4 {
		return 0, 0, errAlone
	}
	if own, err = perStep(apart, float64(adds)); err != nil {
		return 0, 0, err
	}
	shared, err = perStep(together, float64(total)/2)
	return own, shared, err
}

// begun waits until somebody has added to a line.
func begun(line *paddedCounter, deadline time.Time) bool {
	for line.n.Load() == 0 {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

func workAndAdd(line *paddedCounter, steps uint64, times int) {
	var x uint64
	for range times {
		x ^= line.n.Add(1)
		for range steps {
			x = x*6364136223846793005 + 1442695040888963407
		}
	}
	spinSink.Store(x)
}
