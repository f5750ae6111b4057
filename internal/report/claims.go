package report

import (
	"regexp"
	"slices"
	"strconv"

	"stealbench/internal/paper"
)

// Claims are the paper's, judged, each with the figure of its experiment: that of its
// recording if one is shown.
func Claims(judged []paper.Judged, figures []paper.Figure) []Claim {
	var all []Claim
	for _, j := range judged {
		statement := j.Statement
		if j.Hypothesis != "" {
			statement += " (" + j.Hypothesis + ")"
		}
		if j.After {
			statement += ", set after the recording was seen"
		}
		all = append(all, Claim{Number: strconv.Itoa(j.Number), Verdict: j.Verdict.String(), Statement: statement, Test: j.Told(), Measured: j.Measured,
			Figure: figureOf(j, figures), Recording: j.Recording, Command: j.Command, Minutes: strconv.FormatFloat(max(j.Minutes, 1), 'f', 0, 64)})
	}
	return all
}

// figureOf is the path of a claim's figure without its ending; the figure's name if it is
// not shown.
func figureOf(j paper.Judged, figures []paper.Figure) string {
	path := j.Shown
	for _, f := range figures {
		if f.Name != j.Shown {
			continue
		}
		if f.Recording == j.Recording {
			return f.Dir + "/" + f.Name
		}
		if path == j.Shown {
			path = f.Dir + "/" + f.Name
		}
	}
	return path
}

// Cited are the recordings that a text names, in order, each once.
func Cited(text []byte) []string {
	var all []string
	for _, m := range recordingRE.FindAllSubmatch(text, -1) {
		if name := string(m[1]); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// Folders of exact counts are no recordings of times.
var recordingRE = regexp.MustCompile(`<!--(?: begin:\S+(?: only=\S+)?)? ?recording=(results/[^\s/]+) -->`)
