package host

import (
	"testing"
	"time"
)

func TestParsePaced(t *testing.T) {
	want := Paced{Paces: []Pace{{2.4, 9.3}, {25, 57.1}}}
	if got, err := ParsePaced(want.String()); err != nil || len(got.Paces) != 2 || got.Paces[0] != want.Paces[0] || got.Paces[1] != want.Paces[1] {
		t.Errorf("%q: got %v, %v, want %v", want, got, err, want)
	}
	if got, err := ParsePaced("n/a (no second thread ran)"); err != nil || got.Why != "no second thread ran" {
		t.Errorf("got %v, %v, want the reason", got, err)
	}
	for _, bad := range []string{"", " ns", "2.4:9.3", "2.4 ns", "2.4: ns", ":9 ns", "0:9 ns", "-1:9 ns", "2:0 ns", "25:57 2.4:9.3 ns", "2:9 2:9 ns",
		"NaN:9 ns", "2:NaN ns", "2:Inf ns", "Inf:2 ns", "2:9:1 ns", "2:9, 3:10 ns", "2e9:3e9 ns"} {
		if got, err := ParsePaced(bad); err == nil {
			t.Errorf("%q: got %v, want an error", bad, got)
		}
	}
}

// TestPaced: a busy host may never run two of our threads at once, and then says so. One
// that does gives rising work.
func TestPaced(t *testing.T) {
	if usableCPUs() < 2 {
		t.Skip("one CPU")
	}
	p := measurePaced()
	if (p.Why == "") != (len(p.Paces) > 0) {
		t.Errorf("got %v with %d paces, want paces or the reason for none", p, len(p.Paces))
	}
	for i, x := range p.Paces {
		if x.Own <= 0 || x.Shared <= 0 || i > 0 && x.Own <= p.Paces[i-1].Own {
			t.Errorf("got %v, want times above 0, rising", p)
		}
	}
	if _, _, err := paced(0, time.Now().Add(-time.Second)); err != nil && err != errAlone {
		t.Errorf("a deadline that is over: got %v, want an error of it or none", err)
	}
}
