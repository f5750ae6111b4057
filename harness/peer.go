package harness

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"stealbench/internal/host"
	"stealbench/internal/recording"
	"stealbench/internal/sched"
)

// peerTimeout is what a peer may take for a request, beside taskTimeout for each task of
// a run, and to come to rest after it.
var peerTimeout = 2 * time.Second // shorter in tests

// taskTimeout is some times what the slowest peer takes: large runs have a million tasks.
const taskTimeout = 5 * time.Microsecond

// peerError is why a peer has no time: one of recording.AbsentUnits.
type peerError struct{ unit, text string }

func (e *peerError) Error() string { return e.text }

// peerProcess is a running peer, as a lane sees it.
type peerProcess struct {
	name   string
	limit  time.Duration // for a request
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *os.File // with deadlines
	lines  *bufio.Reader
	errOut bytes.Buffer
	ended  bool
}

// startPeer starts a peer for runs of so many tasks.
func startPeer(p Peer, workers int, tasks uint64) (*peerProcess, error) {
	peer := &peerProcess{name: p.Name, limit: peerTimeout + time.Duration(tasks)*taskTimeout, cmd: exec.Command(p.path(), "serve", p.Name, strconv.Itoa(workers))}
	peer.cmd.Stderr = &peer.errOut
	peer.cmd.WaitDelay = closeTimeout // a child of its own may hold the pipes
	var err error
	if peer.in, err = peer.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := peer.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	peer.out = out.(*os.File)
	peer.lines = bufio.NewReader(out)
	if err := host.StartChild(peer.cmd); err != nil {
		return nil, fmt.Errorf("peer %s: %w: run %s", p.Name, err, p.target())
	}
	return peer, nil
}

// TimeWorkload has the peer run a workload; see sched.Scheduler. Its errors are
// peerErrors: what a peer does wrong is its own.
func (p *peerProcess) TimeWorkload(name string, params sched.Params, lead time.Duration, reps int) (sched.Timing, error) {
	tree := "-"
	if t := params.Tree; t.B0 > 0 {
		tree = fmt.Sprintf("%d,%d,%d,%g,%d,%g,%d", t.Kind, t.Shape, t.Depth, t.B0, t.Seed, t.Q, t.M)
	}
	_ = p.out.SetReadDeadline(time.Now().Add(p.limit))
	if _, err := fmt.Fprintf(p.in, "run %s %d %d %d %d %s\n", name, lead.Nanoseconds(), reps, params.N, params.M, tree); err != nil {
		return sched.Timing{}, p.failed()
	}
	line, err := p.lines.ReadString('\n')
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return sched.Timing{}, &peerError{recording.Hung, fmt.Sprintf("no answer within %v", p.limit)}
	}
	if err != nil {
		return sched.Timing{}, p.failed()
	}
	return parseAnswer(strings.TrimSuffix(line, "\n"))
}

func parseAnswer(line string) (t sched.Timing, err error) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "ok":
		var took int64
		n, err := fmt.Sscanf(rest, "%d %d %d %d %d %d", &took, &t.Runs, &t.Answer.Value, &t.Answer.Tasks, &t.Answer.Depth, &t.Answer.Leaf)
		if err != nil || n != 6 || took < 0 {
			return t, &peerError{recording.Failed, fmt.Sprintf("answered %.80q", line)}
		}
		t.Took = time.Duration(took)
		return t, nil
	case "lacks":
		return t, &peerError{recording.Lacks, "has no way to do it"}
	case "wrong":
		return t, &peerError{recording.Wrong, rest}
	}
	return t, &peerError{recording.Failed, fmt.Sprintf("answered %.80q", line)}
}

// failed is what a process that ended said last.
func (p *peerProcess) failed() error {
	ended := p.kill() // and with it what writes errOut
	return &peerError{recording.Failed, lastLine(p.errOut.String(), ended)}
}

// restFor is how long a process that is at rest takes no CPU time.
const restFor = 50 * time.Microsecond

// Quiet reports whether the process takes no CPU time, as far as that can be known:
// some pools look for work for a while before their threads sleep.
func (p *peerProcess) Quiet() bool {
	before, ok := host.CPUTime(p.cmd.Process.Pid)
	if !ok {
		return true
	}
	time.Sleep(restFor)
	after, _ := host.CPUTime(p.cmd.Process.Pid)
	return after == before
}

// Snapshot has no counters.
func (p *peerProcess) Snapshot() sched.Snapshot { return sched.Snapshot{} }

// closeTimeout is what a peer may take to end when it is not wanted any more.
const closeTimeout = time.Second

// Close ends the process, the hard way if it does not end by itself.
func (p *peerProcess) Close() error {
	if p.ended {
		return nil
	}
	_ = p.in.Close()
	timer := time.AfterFunc(closeTimeout, func() { _ = p.cmd.Process.Kill() })
	defer timer.Stop()
	_ = p.cmd.Wait()
	p.ended = true
	return nil
}

// kill ends the process at once, and is how it ended.
func (p *peerProcess) kill() error {
	if p.ended {
		return errors.New("ended")
	}
	p.ended = true
	_ = p.cmd.Process.Kill()
	if err := p.cmd.Wait(); err != nil {
		return err
	}
	return errors.New("ended")
}
