package soak

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// linePeriod is the time between two lines where no bar can be drawn.
const linePeriod = 30 * time.Second

// meter shows how far a section is: a bar on a terminal, a line now and then
// elsewhere.
type meter struct {
	out         io.Writer
	what        string
	total       int64
	start       int64 // done before we began
	began, last time.Time
	bar         *progressbar.ProgressBar // nil: no terminal
}

func newMeter(out io.Writer, what string, total, done int64) *meter {
	m := &meter{out: out, what: what, total: total, start: done, began: time.Now(), last: time.Now()}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		m.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(out),
			progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetElapsedTime(true),
			progressbar.OptionFullWidth(),
			progressbar.OptionThrottle(100*time.Millisecond))
		_ = m.bar.Set64(done) // a terminal that is gone is no reason to stop
	}
	return m
}

func (m *meter) update(done int64) {
	if m.bar != nil {
		_ = m.bar.Set64(done)
		return
	}
	if now := time.Now(); now.Sub(m.last) >= linePeriod {
		m.last = now
		gone := now.Sub(m.began)
		left := time.Duration(float64(gone) / float64(done-m.start) * float64(m.total-done))
		fmt.Fprintf(m.out, "%s: %d of %d, %v gone, about %v left\n", m.what, done, m.total, gone.Round(time.Second), left.Round(time.Second))
	}
}

func (m *meter) end() {
	if m.bar != nil {
		fmt.Fprintln(m.out)
	}
}
