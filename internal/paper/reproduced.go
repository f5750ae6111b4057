package paper

import (
	"fmt"
	"path/filepath"
	"strconv"

	"stealbench/internal/counts"
	"stealbench/internal/recording"
	"stealbench/internal/study"
)

func init() { exact["reproduced"] = reproduced }

// reproduced is what stealbench reproduce says of each claim, from the folder that it wrote:
// a recording of each experiment. Events are counted exactly, and are those nearest in time
// of the folder results.
func reproduced(root, name string) (string, error) {
	t := table{head: []string{"claim", "verdict there", "measured"}, left: 3}
	sources, cpus := map[string]study.Source{}, map[string]int{}
	for _, c := range study.Claims {
		s, ok := sources[c.Experiment]
		if !ok {
			rec, err := recording.Read(filepath.Join(root, filepath.FromSlash(name), c.Experiment))
			if err != nil {
				return "", fmt.Errorf("%s: %w: name a folder that stealbench reproduce has written", name, err)
			}
			if cpus[c.Experiment], err = strconv.Atoi(rec.Key("cpus")); err != nil {
				return "", fmt.Errorf("%s: key cpus is %q: want a number", rec.Dir, rec.Key("cpus"))
			}
			beside := *rec
			beside.Dir = filepath.Join(root, "results", c.Experiment)
			near, err := counts.Nearest(&beside)
			if err != nil {
				return "", err
			}
			if s, err = study.NewSource(rec, near); err != nil {
				return "", err
			}
			sources[c.Experiment] = s
		}
		j := c.Judge(s, cpus[c.Experiment])
		t.add(strconv.Itoa(c.Number), j.Verdict.String(), j.Measured)
	}
	return t.String() + fmt.Sprintf("\nFrom `%s`, as `make reproduce` wrote it.\n", name), nil
}
