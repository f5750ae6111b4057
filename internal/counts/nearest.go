package counts

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"stealbench/internal/recording"
)

// Exact is the folder beside recordings of counts that are of some workloads only.
const Exact = "exact"

// Nearest are the counts beside a recording, in a folder of the same folder, that were
// counted nearest in time to it: what is counted changes with the code, and not with the
// host. nil if there are none.
func Nearest(rec *recording.Recording) (*File, error) {
	return nearest(rec, func(*File) bool { return true }, "")
}

// NearestOf are the nearest of those that have a workload, in the folder Exact too.
func NearestOf(rec *recording.Recording, workload string) (*File, error) {
	has := func(f *File) bool {
		return slices.ContainsFunc(f.Lines, func(l Line) bool { return sameName(l.Workload, workload) })
	}
	return nearest(rec, has, "", Exact)
}

func nearest(rec *recording.Recording, fits func(*File) bool, folders ...string) (*File, error) {
	var nearest *File
	least := time.Duration(math.MaxInt64)
	for _, folder := range folders {
		parent := filepath.Join(filepath.Dir(rec.Dir), folder)
		entries, err := os.ReadDir(parent)
		if os.IsNotExist(err) {
			continue // a recording that was never a folder
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries { // by name, so that the first of two as near wins
			dir := filepath.Join(parent, e.Name())
			if !IsFolder(dir) {
				continue
			}
			f, err := Read(dir)
			if err != nil {
				return nil, err
			}
			if !fits(f) {
				continue
			}
			if d := apart(rec.Key("date"), f.Keys["date"]); nearest == nil || d < least {
				nearest, least = f, d
			}
		}
	}
	return nearest, nil
}

// apart is the time between two dates, the longest there is if one can't be read.
func apart(a, b string) time.Duration {
	at, errA := time.Parse(time.RFC3339, a)
	bt, errB := time.Parse(time.RFC3339, b)
	if errA != nil || errB != nil {
		return math.MaxInt64
	}
	return at.Sub(bt).Abs()
}

// Find is the line of a workload on a variant, nil if it was not counted.
func (f *File) Find(workload, variant string) *Line {
	for i := range f.Lines {
		if sameName(f.Lines[i].Workload, workload) && f.Lines[i].Variant == variant {
			return &f.Lines[i]
		}
	}
	return nil
}

// sameName says whether two names are of one workload: in a file burst_1 is Burst1, which
// reads as burst1.
func sameName(a, b string) bool { return recording.BenchName(a) == recording.BenchName(b) }
