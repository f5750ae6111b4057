package host

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"stealbench/internal/recording"
)

// Perf is what the processor's own event counters (perf_event_open) said of a
// loop that they were tried on: a number a turn of it, or why there is none.
// Only a counter that is right about the loop may be used for anything else.
type Perf struct {
	Cycles, Instructions, CacheMisses Reading
	// HITM are loads that another core's modified line answered: contention
	// itself.
	HITM Reading
}

// perfEvent is one counter and what it must say of the loop.
type perfEvent struct {
	name    string // of the file key
	typ     uint32 // PERF_TYPE_*
	config  uint64
	unknown error                            // this CPU's code for it is not known
	check   func(perTurn float64) error      // of the loop, turns without memory
	field   func(p *Perf) (reading *Reading) // where it goes
}

const (
	perfTurns = 1 << 20 // about 0.5 ms

	// From linux/perf_event.h, for hosts that have no such header too.
	perfHardware, perfRaw                         = 0, 4
	perfCycles, perfInstructions, perfCacheMisses = 0, 1, 3
)

var (
	errNoCode      = errors.New("no code known for this CPU")
	errMultiplexed = errors.New("multiplexed")
)

// perfEvents are those that are tried.
func (h Host) perfEvents() []perfEvent {
	hitm, err := h.hitmEvent()
	return []perfEvent{
		{"perf-cycles", perfHardware, perfCycles, nil, someCycles, func(p *Perf) *Reading { return &p.Cycles }},
		{"perf-instructions", perfHardware, perfInstructions, nil, wholeInstructions, func(p *Perf) *Reading { return &p.Instructions }},
		{"perf-cache-misses", perfHardware, perfCacheMisses, nil, hardlyAny, func(p *Perf) *Reading { return &p.CacheMisses }},
		{"perf-hitm", perfRaw, hitm, err, hardlyAny, func(p *Perf) *Reading { return &p.HITM }},
	}
}

// hitmEvent is the raw code of MEM_LOAD_L3_HIT_RETIRED.XSNP_HITM, called XSNP_FWD
// from Ice Lake on: event D2, mask 04 on Intel's server and client cores since
// Skylake (Intel SDM 3B, "Performance Monitoring Events"). AMD counts fills by
// source, not hits of modified lines.
func (h Host) hitmEvent() (uint64, error) {
	if h.CPU.VendorString != "GenuineIntel" || h.CPU.Family != 6 {
		return 0, errNoCode
	}
	switch h.CPU.Model {
	case 0x4e, 0x5e, 0x55, 0x8e, 0x9e, 0xa5, 0xa6, // Skylake to Comet Lake
		0x6a, 0x6c, 0x7d, 0x7e, 0x8c, 0x8d, 0xa7, // Ice Lake to Rocket Lake
		0x8f, 0xcf: // Sapphire Rapids, Emerald Rapids
		return 0x04d2, nil
	}
	return 0, errNoCode
}

func someCycles(n float64) error {
	if n < 0.1 || n > 100 { // a turn is a few instructions
		return fmt.Errorf("says %.3g cycles a turn of an empty loop", n)
	}
	return nil
}

func wholeInstructions(n float64) error {
	if n < 0.99 || n > 16 || math.Abs(n-math.Round(n)) > 0.01 {
		return fmt.Errorf("says %.3g instructions a turn of an empty loop", n)
	}
	return nil
}

func hardlyAny(n float64) error {
	if n > 0.01 {
		return fmt.Errorf("says %.3g a turn of a loop without memory", n)
	}
	return nil
}

// MeasurePerf tries the counters on this thread, which takes about 2 ms, less
// where there are none.
func (h Host) MeasurePerf() Perf { return tried(h.perfEvents(), countLoop) }

// tried is MeasurePerf, of counters that count gives: for each event the
// number of a loop of so many turns, or why there is none.
func tried(events []perfEvent, count func([]perfEvent, int) ([]uint64, []error)) Perf {
	var p Perf
	once, errs := count(events, perfTurns)
	twice, errsTwice := count(events, 2*perfTurns)
	for i, e := range events {
		perTurn := (float64(twice[i]) - float64(once[i])) / perfTurns // what else is counted cancels
		err := errs[i]
		if err == nil {
			err = errsTwice[i]
		}
		if err == nil {
			err = e.check(perTurn)
		}
		if err != nil {
			*e.field(&p) = unread(err)
			continue
		}
		*e.field(&p) = Reading{V: max(perTurn, 0), Unit: "a turn"}
	}
	return p
}

// Keys are the readings as file keys.
func (p Perf) Keys() []recording.Key {
	var keys []recording.Key
	for _, e := range (Host{}).perfEvents() {
		keys = append(keys, recording.Key{Name: e.name, Value: e.field(&p).String()})
	}
	return keys
}

// String is the line of doctor.
func (p Perf) String() string {
	var parts []string
	for _, k := range p.Keys() {
		parts = append(parts, strings.TrimPrefix(k.Name, "perf-")+" "+k.Value)
	}
	return strings.Join(parts, ", ")
}

// spinTurns is the known loop: no memory, the same instructions each turn.
//
//go:noinline
func spinTurns(n int) {
	for range n {
	}
}
