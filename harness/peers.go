package harness

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stealbench/internal/recording"
)

// Peer is a competitor: another scheduler or pool that runs the same workloads in the
// same rows, in a process of its own (peers/PROTOCOL.md).
type Peer struct {
	Name    string
	Program string // in peersDir
	What    string
}

// Peers are their table.
var Peers = []Peer{
	{"goroutines", "go", "plain goroutines and sync.WaitGroup"},
	{"errgroup", "go", "golang.org/x/sync/errgroup"},
	{"conc", "go", "sourcegraph/conc"},
	{"ants", "go", "panjf2000/ants, as many goroutines as workers"},
	{"ants_unbounded", "go", "panjf2000/ants without a limit"},
	{"pond", "go", "alitto/pond, as many goroutines as workers"},
	{"pond_unbounded", "go", "alitto/pond without a limit"},
	{"workerpool", "go", "gammazero/workerpool"},
	{"gopool", "go", "bytedance/gopkg gopool"},
	{"channel", "go", "a channel with workers"},
	{"mutexring", "go", "a ring under a mutex with workers"},
	{"sketch", "go", "a hand-written Chase-Lev fork-join sketch without metrics"},
	{"sequential", "go", "the sequential program"},
	{"tokio", "tokio", "tokio's multi-thread runtime"},
	{"rayon", "rayon", "rayon"},
	{"tbb", "tbb", "oneTBB"},
}

// PeersDir is where make peers and make peers-native build their programs.
var PeersDir = filepath.Join("bin", "peers")

// PeerNames lists the peers.
func PeerNames() []string {
	names := make([]string, len(Peers))
	for i, p := range Peers {
		names[i] = p.Name
	}
	return names
}

// FindPeer is the peer of a lane, false if it is none.
func FindPeer(lane string) (Peer, bool) {
	for _, p := range Peers {
		if p.Name == lane {
			return p, true
		}
	}
	return Peer{}, false
}

func (p Peer) path() string { return filepath.Join(PeersDir, p.Program) }

// target is the target of the Makefile that builds it.
func (p Peer) target() string {
	if p.Program == "go" {
		return "make peers"
	}
	return "make peers-native"
}

const (
	peerKey     = "peer-" // and its name: the file key of a peer's version
	listTimeout = 10 * time.Second
)

// peerKeys are the file keys of the plan's peers: the versions that their programs
// tell. It returns an error for a program that is not there, or lacks a peer.
func (p *Plan) peerKeys() ([]recording.Key, error) {
	var keys []recording.Key
	versions := map[string]map[string]string{} // by program
	for _, v := range p.Variants {
		peer, ok := FindPeer(v)
		if !ok {
			continue
		}
		if versions[peer.Program] == nil {
			list, err := peer.list()
			if err != nil {
				return nil, err
			}
			versions[peer.Program] = list
		}
		version := versions[peer.Program][v]
		if version == "" {
			return nil, fmt.Errorf("peer %s: %s does not have it: run %s", v, peer.path(), peer.target())
		}
		keys = append(keys, recording.Key{Name: peerKey + v, Value: version})
	}
	return keys, nil
}

// list asks a peer's program what it has.
func (p Peer) list() (map[string]string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), listTimeout)
	defer cancel()
	if _, err := os.Stat(p.path()); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("peer %s: no program %s: run %s", p.Name, p.path(), p.target())
	}
	out, err := exec.CommandContext(ctx, p.path(), "list").Output()
	if err != nil {
		return nil, fmt.Errorf("peer %s: %s list: %w: run %s", p.Name, p.path(), err, p.target())
	}
	versions := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, version, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || name == "" || version == "" {
			return nil, fmt.Errorf("peer %s: %s list says %.60q, not a name, a tab and a version: run %s", p.Name, p.path(), line, p.target())
		}
		versions[name] = version
	}
	return versions, nil
}

// peersOf are the plan's lanes that are peers.
func peersOf(lanes []string) []string {
	return slices.DeleteFunc(slices.Clone(lanes), func(l string) bool { _, ok := FindPeer(l); return !ok })
}
