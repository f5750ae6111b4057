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

func (b *bar) Start(cells int, _ time.Duration) {
	b.b = progressbar.NewOptions(cells,
		progressbar.OptionSetWriter(b.out),
		progressbar.OptionSetDescription("cells"),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetElapsedTime(true),
		progressbar.OptionFullWidth(),
		progressbar.OptionThrottle(100*time.Millisecond))
}

func (b *bar) Done(c recording.Cell, err error) {
	if err != nil {
		fmt.Fprintf(b.out, "\n%s: %v\n", trouble(err), err)
	}
	_ = b.b.Add(1) // a terminal that is gone is no reason to stop
}

func (b *bar) End() { fmt.Fprintln(b.out) }

// lines prints a line every linePeriod.
type lines struct {
	out         io.Writer
	cells, done int
	began, last time.Time
}

const linePeriod = 15 * time.Second

func (l *lines) Start(cells int, _ time.Duration) {
	l.cells = cells
	l.began = time.Now()
	l.last = l.began
}

func (l *lines) Done(c recording.Cell, err error) {
	l.done++
	if err != nil {
		fmt.Fprintf(l.out, "%s: %v\n", trouble(err), err)
	}
	if now := time.Now(); now.Sub(l.last) >= linePeriod || l.done == l.cells {
		l.last = now
		took := now.Sub(l.began)
		left := took / time.Duration(l.done) * time.Duration(l.cells-l.done)
		fmt.Fprintf(l.out, "%d of %d cells, %v gone, about %v left\n",
			l.done, l.cells, took.Round(time.Second), left.Round(time.Second))
	}
}

func (l *lines) End() {}
