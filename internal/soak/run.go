package soak

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	tasksFlag = flag.Int64("soak.tasks", 0, "tasks of the soak, 1 to 1e12; 0: a small share without progress or state")
	stateFlag = flag.String("soak.state", "", "file that keeps what the soak has done, to go on after an interruption")
	seedFlag  = flag.Uint64("soak.seed", 1, "seed of what a round does")
	// Only for a host that nobody else uses.
	timesFlag = flag.Bool("soak.times", false, "also fail where a promised time is exceeded")
)

const (
	maxTasks   = 1_000_000_000_000
	shareTasks = 200_000 // of a plain go test
	shortTasks = 20_000  // with -short or -race

	exitInterrupted = 130
	exitTerminated  = 143
)

// Times reports whether a section is to fail where a promised time is exceeded.
func Times() bool { return *timesFlag }

// Run does the sections one after the other, each as a subtest, as far as the
// state file says that they are not done. It ends the process after a signal. slow
// says that everything takes several times as long, with the race detector.
func Run(t *testing.T, variant string, slow bool, sections []Section) {
	limit := hungAfter
	if slow {
		limit *= 4
	}
	switch tasks := *tasksFlag; {
	case tasks < 0 || tasks > maxTasks:
		t.Fatalf("-soak.tasks is %d: give 1 to %d, or 0 for a small share", tasks, int64(maxTasks))
	case tasks == 0 && *stateFlag != "":
		t.Fatal("-soak.state needs -soak.tasks: a small share keeps no state")
	case tasks == 0:
		share := int64(shareTasks)
		if slow || testing.Short() {
			share = shortTasks
		}
		s := newState(variant, "", share, *seedFlag, sections)
		run(t, &s, sections, limit, "", io.Discard, nil)
		t.Log(s.summary(sections))
		return
	}
	build, err := hashSelf()
	if err != nil {
		t.Fatal(err)
	}
	s, err := load(*stateFlag, newState(variant, build, *tasksFlag, *seedFlag, sections), sections)
	if err != nil {
		fmt.Fprintf(os.Stderr, "soak %s: %v\n", variant, err)
		os.Exit(1) // one line, no frame around it
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	interrupted := run(t, &s, sections, limit, *stateFlag, os.Stderr, signals)
	if interrupted != nil {
		kept := "nothing is kept: no -soak.state"
		if *stateFlag != "" {
			kept = "the same command goes on from " + *stateFlag
		}
		fmt.Fprintf(os.Stderr, "soak %s: %v: %s\n", variant, interrupted, kept)
		if interrupted == syscall.SIGTERM {
			os.Exit(exitTerminated)
		}
		os.Exit(exitInterrupted)
	}
	verdict := ""
	if t.Failed() {
		verdict = "FAILED: "
	}
	fmt.Printf("soak %s: %s%s\n", variant, verdict, s.summary(sections))
}

// run does what is left and keeps s. It returns the signal that ended it early, if
// one did.
func run(t *testing.T, s *state, sections []Section, limit time.Duration, path string, out io.Writer, signals <-chan os.Signal) (interrupted os.Signal) {
	for i, section := range sections {
		p := &s.Sections[i]
		t.Run(section.Name, func(t *testing.T) {
			total, _ := section.plan(s.Tasks)
			m := newMeter(out, s.Variant+" "+section.Name, total, section.done(s.Tasks, p.Rounds))
			defer m.end()
			for rounds := section.rounds(s.Tasks); p.Rounds < rounds; {
				select {
				case interrupted = <-signals:
					signal.Reset() // a second one ends us at once
					return
				default:
				}
				p.round(t, s, section, limit, path)
				if t.Failed() {
					return
				}
				m.update(section.done(s.Tasks, p.Rounds))
			}
		})
		if t.Failed() || interrupted != nil {
			return interrupted
		}
	}
	return nil
}

// round does the next round of p. The state is kept before it too: a round that
// ends the process, or finds something, is not forgotten.
func (p *progress) round(t *testing.T, s *state, section Section, limit time.Duration, path string) {
	keep := func() {
		if err := s.save(path); err != nil {
			t.Fatalf("keep the state: %v", err)
		}
	}
	what := fmt.Sprintf("%s of %s, round %d of seed %d", section.Name, s.Variant, p.Rounds, s.Seed)
	p.Begun++
	keep()
	hung := *s
	hung.Failed = what + ", which hangs"
	stop := watch(what, limit, func() { _ = hung.save(path) })
	defer stop()
	began := time.Now()
	for k, n := range section.Round(t, section.round(s.Tasks, s.Seed, p.Rounds)) {
		p.Counts[k] += n
	}
	if t.Failed() {
		t.Log("in " + what)
		s.Failed = what
		keep()
		return
	}
	p.Rounds++
	p.Millis += time.Since(began).Milliseconds()
	keep()
}

// summary is one line of what s has done, and found.
func (s *state) summary(sections []Section) string {
	var b strings.Builder
	millis := int64(0)
	for i, section := range sections {
		p := s.Sections[i]
		if p.Rounds == 0 && !slices.ContainsFunc(p.Counts, func(n int64) bool { return n > 0 }) {
			continue // not begun
		}
		millis += p.Millis
		fmt.Fprintf(&b, "%d %s", section.done(s.Tasks, p.Rounds), section.Name)
		for k, name := range section.Counts {
			sep := ", "
			if k == 0 {
				sep = " ("
			}
			fmt.Fprintf(&b, "%s%d %s", sep, p.Counts[k], name)
		}
		if len(section.Counts) > 0 {
			b.WriteString(")")
		}
		b.WriteString("; ")
	}
	if cut := s.cutShort(); cut > 0 {
		fmt.Fprintf(&b, "%d rounds cut short by a kill or a crash and done again; ", cut)
	}
	fmt.Fprintf(&b, "%d s", (millis+500)/1000)
	return b.String()
}

// cutShort is how many rounds have neither ended nor failed.
func (s *state) cutShort() (n int) {
	for _, p := range s.Sections {
		n += p.Begun - p.Rounds
	}
	if s.Failed != "" {
		n--
	}
	return n
}

// hashSelf tells builds apart.
func hashSelf() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
