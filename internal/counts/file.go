package counts

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"
	"golang.org/x/perf/benchfmt"

	"stealbench/internal/recording"
)

// FileName is the file of a folder of counts. A folder that has it is no
// recording of times.
const FileName = "counts.txt"

// IsFolder reports whether a folder holds counts.
func IsFolder(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, FileName))
	return err == nil
}

// Units of a line, each n a task but for the last, the tasks of a run. They are
// exact, but for two: benchstat warns where one of the others varies.
const (
	LockedPerTask     = "locked/task"
	StoresPerTask     = "stores/task"
	AddsPerTask       = "adds/task"
	SubmitsPerTask    = "submits/task"
	ClockReadsPerTask = "clockreads/task"
	EventsPerTask     = "events/task"
	RuntimePerTask    = "runtime/task"      // not exact
	InstructionsTask  = "instructions/task" // not exact; files before November 26 lack it
	TasksPerOp        = recording.TasksPerOp
)

// InGroup is the unit of the locked instructions of a group.
func InGroup(g Group) string { return "locked-" + g.String() + "/task" }

// Value is one measure of a line.
type Value struct {
	Unit string
	V    float64
}

// Values are the measures of a count, in the order of a line.
func (c *Count) Values() []Value {
	values := []Value{{LockedPerTask, c.PerTask(c.Locked)}}
	for g, n := range c.Groups {
		values = append(values, Value{InGroup(Group(g)), c.PerTask(n)})
	}
	return append(values,
		Value{StoresPerTask, c.PerTask(c.Stores)}, Value{AddsPerTask, c.PerTask(c.Adds)},
		Value{SubmitsPerTask, c.PerTask(c.Submits)}, Value{ClockReadsPerTask, c.PerTask(c.ClockReads)},
		Value{EventsPerTask, c.PerTask(c.Events)}, Value{RuntimePerTask, c.PerTask(c.Runtime)},
		Value{InstructionsTask, c.PerTask(c.Instructions)},
		Value{TasksPerOp, float64(c.Tasks)})
}

// Write writes counts and the keys before them into a new file of dir, in Go
// benchmark format, at once or not at all.
func Write(dir string, keys []recording.Key, all []*Count) error {
	path := filepath.Join(dir, FileName)
	if IsFolder(dir) {
		return fmt.Errorf("%s: is there already: counts are never overwritten: choose a new folder", path)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return renameio.WriteFile(path, encode(keys, all), 0o644)
}

func encode(keys []recording.Key, all []*Count) []byte {
	var b strings.Builder
	b.WriteString("# stealbench counts, format 1\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "%s: %s\n", k.Name, k.Value)
	}
	for _, v := range new(Count).Values() {
		about := "assume=exact"
		if v.Unit == RuntimePerTask || v.Unit == InstructionsTask {
			about = "better=lower"
		}
		fmt.Fprintf(&b, "Unit %s %s\n", v.Unit, about)
	}
	for _, c := range all {
		fmt.Fprintf(&b, "Benchmark%s %d", benchName(c.Workload, c.Variant, c.Size), c.Runs)
		for _, v := range c.Values() {
			fmt.Fprintf(&b, " %s %s", strconv.FormatFloat(v.V, 'g', -1, 64), v.Unit)
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func benchName(workload, variant, size string) string {
	return fmt.Sprintf("%s/impl=%s/size=%s/workers=1", recording.BenchName(workload), variant, size)
}

// File is a file of counts, read.
type File struct {
	Path  string
	Keys  map[string]string
	Lines []Line
}

// Line is one count as it was written.
type Line struct {
	Workload, Variant, Size string
	Runs                    int
	Values                  map[string]float64 // by unit
}

// Read reads the counts of a folder. It refuses a line that has not every unit
// once, finite.
func Read(dir string) (*File, error) {
	path := filepath.Join(dir, FileName)
	f, err := os.Open(path)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = errors.New("not there: name a folder that make counts has written")
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer f.Close()
	file := &File{Path: path, Keys: map[string]string{}}
	units := new(Count).Values()
	seen := map[string]bool{}
	r := benchfmt.NewReader(f, path)
	for r.Scan() {
		switch rec := r.Result().(type) {
		case *benchfmt.SyntaxError:
			return nil, fmt.Errorf("%s:%d: %s", rec.FileName, rec.Line, rec.Msg)
		case *benchfmt.Result:
			_, n := rec.Pos()
			line, err := lineOf(rec, units)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
			if seen[string(rec.Name)] {
				return nil, fmt.Errorf("%s:%d: %s is there twice", path, n, rec.Name)
			}
			seen[string(rec.Name)] = true
			for _, c := range rec.Config {
				if c.File {
					file.Keys[c.Key] = string(c.Value)
				}
			}
			file.Lines = append(file.Lines, line)
		}
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(file.Lines) == 0 {
		return nil, fmt.Errorf("%s: no counts in it", path)
	}
	return file, nil
}

func lineOf(rec *benchfmt.Result, units []Value) (Line, error) {
	base, parts := rec.Name.Parts()
	line := Line{Workload: recording.WorkloadName(string(base)), Runs: rec.Iters, Values: map[string]float64{}}
	for _, p := range parts {
		key, value, _ := strings.Cut(strings.TrimPrefix(string(p), "/"), "=")
		switch key {
		case "impl":
			line.Variant = value
		case "size":
			line.Size = value
		}
	}
	if line.Variant == "" || line.Size == "" {
		return line, fmt.Errorf("%s: want NAME/impl=VARIANT/size=SIZE", rec.Name)
	}
	for _, v := range rec.Values {
		if _, twice := line.Values[v.Unit]; twice || math.IsNaN(v.Value) || math.IsInf(v.Value, 0) {
			return line, fmt.Errorf("%v %s: want each unit once, and finite", v.Value, v.Unit)
		}
		line.Values[v.Unit] = v.Value
	}
	for _, u := range units {
		if _, ok := line.Values[u.Unit]; !ok && u.Unit != InstructionsTask {
			return line, fmt.Errorf("%s: no %s", rec.Name, u.Unit)
		}
	}
	return line, nil
}
