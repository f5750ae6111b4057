package paper

import (
	"fmt"
	"strconv"

	"stealbench/internal/counts"
	"stealbench/internal/study"
)

// studies are the tables that rest on more than one recording.
var studies = map[string]func(sources) (string, error){"claims": claims, "experiments": experiments}

// Judged is a claim with what its recording says.
type Judged struct {
	study.Claim
	study.Judgement
	Shown   string  // the figure, of plots/figures, without folder
	Command string  // that records it anew
	Minutes float64 // that this takes on the host of the recording
}

// Judge judges all claims by the recordings that they rest on. root is the folder that
// recordings are named from.
func Judge(root string) ([]Judged, error) {
	return judgeAll(sources{root: root, open: map[string]*source{}})
}

func judgeAll(open sources) ([]Judged, error) {
	var all []Judged
	for _, c := range study.Claims {
		e, err := study.Find(c.Experiment)
		if err != nil {
			return nil, fmt.Errorf("claim %d: %w", c.Number, err)
		}
		src, err := open.get(c.Recording)
		if err != nil {
			return nil, fmt.Errorf("claim %d: %w", c.Number, err)
		}
		cpus, err := src.cpus()
		if err != nil {
			return nil, err
		}
		near, err := counts.Nearest(src.rec)
		if err != nil {
			return nil, err
		}
		from, err := study.NewSource(src.rec, near)
		if err != nil {
			return nil, err
		}
		all = append(all, Judged{Claim: c, Judgement: c.Judge(from, cpus),
			Shown: c.Figure(e), Command: "make " + e.ID, Minutes: e.Minutes(cpus)})
	}
	return all, nil
}

// cpus is how many the recording's host has.
func (s *source) cpus() (int, error) {
	n, err := strconv.Atoi(s.rec.Key("cpus"))
	if err != nil {
		return 0, fmt.Errorf("recording %s: key cpus is %q: want a number", s.name, s.rec.Key("cpus"))
	}
	return n, nil
}

func claims(open sources) (string, error) {
	all, err := judgeAll(open)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"claim", "verdict", "statement", "test", "measured", "figure of the recording", "recording", "command", "minutes"}, left: 8}
	for _, c := range all {
		statement := c.Statement
		if c.Hypothesis != "" {
			statement += " (" + c.Hypothesis + ")"
		}
		if c.After {
			statement += " ‡"
		}
		t.add(strconv.Itoa(c.Number), c.Verdict.String(), statement, c.Told(), c.Measured, c.Shown, "`"+c.Recording+"`",
			"`"+c.Command+"`", minutes(c.Minutes))
	}
	return t.String() + "\n‡: its numbers were set after the recording was seen.\n", nil
}

func experiments(sources) (string, error) {
	t := table{head: []string{"experiment", "question", "variants", "workloads", "figure", "command", "minutes on 2 CPUs"}, left: 6}
	for _, e := range study.Experiments {
		t.add(e.ID+" "+e.Name, e.Question, strconv.Itoa(len(e.Variants)), strconv.Itoa(len(e.Workloads)), e.Figure, "`make "+e.ID+"`", minutes(e.Minutes(2)))
	}
	return t.String(), nil
}

func minutes(m float64) string { return strconv.FormatFloat(max(m, 1), 'f', 0, 64) }
