package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"stealbench/harness"
	"stealbench/internal/recording"
)

// newProgress shows a bar on a terminal and a line now and then elsewhere.
func newProgress(w io.Writer) harness.Progress {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return &bar{out: w}
	}
	return &lines{out: w}
}

// trouble is what a cell's error means.
func trouble(err error) string {
	var f *harness.Flagged
	if errors.As(err, &f) {
		return "flagged"
	}
	return "no sample"
}

type bar struct {
	out io.Writer
	b   *progressbar.ProgressBar
}

func (b *bar) Start(now harness.Status) {
	b.b = progressbar.NewOptions(now.Cells,
		progressbar.OptionSetWriter(b.out),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false), // cells differ: it would take all to cost the same
		progressbar.OptionSetElapsedTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100*time.Millisecond))
	b.show(now)
}

func (b *bar) Done(_ recording.Cell, err error, now harness.Status) {
	if err != nil {
		fmt.Fprintf(b.out, "\n%s: %v\n", trouble(err), err)
	}
	b.show(now)
}

func (b *bar) show(now harness.Status) {
	b.b.Describe("cells, about " + now.Left.Round(time.Second).String() + " left")
	if now.Cells != b.b.GetMax() {
		b.b.ChangeMax(now.Cells) // comparisons that stop on width
	}
	_ = b.b.Set(now.Ended) // a terminal that is gone is no reason to stop
}

func (b *bar) End() { fmt.Fprintln(b.out) }

// lines prints a line every linePeriod.
type lines struct {
	out         io.Writer
	began, last time.Time
}

const linePeriod = 15 * time.Second

func (l *lines) Start(harness.Status) {
	l.began = time.Now()
	l.last = l.began
}

func (l *lines) Done(_ recording.Cell, err error, s harness.Status) {
	if err != nil {
		fmt.Fprintf(l.out, "%s: %v\n", trouble(err), err)
	}
	if now := time.Now(); now.Sub(l.last) >= linePeriod || s.Ended == s.Cells {
		l.last = now
		fmt.Fprintf(l.out, "%d of %d cells, %v gone, about %v left\n",
			s.Ended, s.Cells, now.Sub(l.began).Round(time.Second), s.Left.Round(time.Second))
	}
}

func (l *lines) End() {}
