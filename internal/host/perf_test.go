package host

import (
	"errors"
	"slices"
	"testing"

	"github.com/klauspost/cpuid/v2"
)

// counting is a processor whose counters give so many a turn, and something
// beside the loop; nil is no such counter.
func counting(perTurn ...*float64) func([]perfEvent, int) ([]uint64, []error) {
	const beside = 5000
	return func(_ []perfEvent, turns int) (counts []uint64, errs []error) {
		for _, n := range perTurn {
			if n == nil {
				counts, errs = append(counts, 0), append(errs, errors.New("ENOENT"))
				continue
			}
			counts, errs = append(counts, uint64(*n*float64(turns))+beside), append(errs, nil)
		}
		return counts, errs
	}
}

func TestPerfIsTried(t *testing.T) {
	a := func(n float64) *float64 { return &n }
	for _, row := range []struct {
		name  string
		count func([]perfEvent, int) ([]uint64, []error)
		want  []string // cycles, instructions, cache misses, HITM
	}{
		{"right", counting(a(1.5), a(3), a(0), a(0)), []string{"1.5 a turn", "3 a turn", "0 a turn", "0 a turn"}},
		{"none", counting(nil, nil, nil, nil), []string{"n/a (ENOENT)", "n/a (ENOENT)", "n/a (ENOENT)", "n/a (ENOENT)"}},
		{"stands still", counting(a(0), a(0), a(0), a(0)), []string{
			"n/a (says 0 cycles a turn of an empty loop)", "n/a (says 0 instructions a turn of an empty loop)", "0 a turn", "0 a turn"}},
		{"counts another thing", counting(a(1e4), a(2.7), a(1), a(0.5)), []string{
			"n/a (says 1e+04 cycles a turn of an empty loop)", "n/a (says 2.7 instructions a turn of an empty loop)",
			"n/a (says 1 a turn of a loop without memory)", "n/a (says 0.5 a turn of a loop without memory)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := tried(Local().perfEvents(), row.count)
			if got := []string{p.Cycles.String(), p.Instructions.String(), p.CacheMisses.String(), p.HITM.String()}; !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
			checkKeys(t, p.Keys())
		})
	}
}

// Wherever the counters of this host are there they pass, or say why not.
func TestMeasurePerf(t *testing.T) {
	p := Local().MeasurePerf()
	for _, k := range p.Keys() {
		t.Logf("%s: %s", k.Name, k.Value)
	}
	if r := p.Cycles; r.OK() && r.V <= 0 {
		t.Errorf("cycles: got %v", r)
	}
	checkKeys(t, p.Keys())
}

func TestHITMEvent(t *testing.T) {
	for _, row := range []struct {
		cpu  cpuid.CPUInfo
		code uint64 // 0: not known
	}{
		{cpuid.CPUInfo{VendorString: "GenuineIntel", Family: 6, Model: 0x55}, 0x04d2},
		{cpuid.CPUInfo{VendorString: "GenuineIntel", Family: 6, Model: 0x01}, 0},
		{cpuid.CPUInfo{VendorString: "AuthenticAMD", Family: 25, Model: 0x55}, 0},
	} {
		code, err := Host{CPU: row.cpu}.hitmEvent()
		if code != row.code || (err == nil) != (row.code != 0) {
			t.Errorf("%s %#x: got %#x, %v", row.cpu.VendorString, row.cpu.Model, code, err)
		}
	}
}
