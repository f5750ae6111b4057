package report

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"stealbench/internal/analysis"
	"stealbench/internal/recording"
	"stealbench/plots"
)

// data is what the page's scripts choose from: plain numbers, as analysis gives them.
type data struct {
	Base       string            `json:"base"`
	NoMetrics  string            `json:"nometrics"`
	Colors     map[string]string `json:"colors"` // of each variant, as in all figures; sorted when written
	Recordings []recorded        `json:"recordings"`
}

// recorded is one recording.
type recorded struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Host     string   `json:"host"`
	CPUs     string   `json:"cpus"`
	Date     string   `json:"date"`
	Commit   string   `json:"commit"`
	Rules    string   `json:"rules"`
	Done     int      `json:"done"`
	Planned  int      `json:"planned"`
	Variants []string `json:"variants"`
	Groups   []group  `json:"groups"`
}

// group is the cells of one workload and number of workers.
type group struct {
	Workload string `json:"workload"` // the label, with the size if there are several
	Workers  int    `json:"workers"`
	Cells    int    `json:"cells"`
	FloorPct number `json:"floorPct"` // what the twin shows at most
	FloorNs  number `json:"floorNs"`
	Rows     []row  `json:"rows"`
}

// row is one variant of a group.
type row struct {
	Variant string `json:"variant"`
	Verdict string `json:"verdict"`
	Ns      number `json:"ns"` // median over cells, their least and largest
	Min     number `json:"min"`
	Max     number `json:"max"`
	Delta   result `json:"delta"`    // percent slower than the base
	Over    result `json:"overhead"` // ns per task above nometrics
}

// result is an estimate with its interval; claimed if all of it lies beyond the floor.
type result struct {
	Est     number `json:"est"`
	Lo      number `json:"lo"`
	Hi      number `json:"hi"`
	Claimed bool   `json:"claimed"`
}

// number is null where there is none: an absent variant, one cell without an interval.
type number float64

var none = result{Est: number(math.NaN()), Lo: number(math.NaN()), Hi: number(math.NaN())}

func (n number) MarshalJSON() ([]byte, error) {
	x := float64(n)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	// More digits than are printed, so that printing rounds once.
	return strconv.AppendFloat(nil, x, 'g', 9, 64), nil
}

// collect computes the data of all recordings.
func collect(recs []*recording.Recording) (*data, error) {
	d := &data{Base: analysis.Base, NoMetrics: analysis.NoMetrics, Colors: map[string]string{}}
	for _, rec := range recs {
		r, err := summary(rec)
		if err != nil {
			return nil, err
		}
		for _, v := range r.Variants {
			d.Colors[v] = hex(plots.Color(v))
		}
		d.Recordings = append(d.Recordings, r)
	}
	return d, nil
}

func summary(rec *recording.Recording) (recorded, error) {
	r := recorded{ID: recordingID(rec.Dir), Name: rec.Dir, Host: rec.Key("cpu"), CPUs: rec.Key("cpus"), Date: rec.Key("date"),
		Commit: rec.Key("commit"), Rules: rec.Rules(), Done: rec.Done, Planned: rec.Planned, Variants: rec.Variants}
	groups, err := analysis.Groups(rec)
	if err != nil {
		return r, err
	}
	if len(groups) == 0 {
		return r, fmt.Errorf("%s: has no cells: let the recording finish one", rec.Dir)
	}
	all, err := analysis.Compare(rec, groups)
	if err != nil {
		return r, err
	}
	verdicts := map[*analysis.Group]map[string]string{}
	for _, c := range all {
		if verdicts[c.Group] == nil {
			verdicts[c.Group] = map[string]string{}
		}
		verdicts[c.Group][c.Variant] = c.Verdict()
	}
	for _, g := range groups {
		r.Groups = append(r.Groups, groupOf(g, verdicts[g]))
	}
	return r, nil
}

func groupOf(g *analysis.Group, verdicts map[string]string) group {
	out := group{Workload: g.Label, Workers: g.Workers, Cells: g.Cells, FloorPct: number(math.NaN()), FloorNs: number(math.NaN())}
	if floor, ok := g.Floor(); ok {
		out.FloorNs, out.FloorPct = number(floor), number(g.Delta(analysis.Twin).Floor)
	}
	for _, v := range g.Variants() {
		out.Rows = append(out.Rows, rowOf(g, v, verdicts[v]))
	}
	return out
}

// rowOf leaves out what a variant is compared with itself, and what has no interval.
func rowOf(g *analysis.Group, variant, verdict string) row {
	d, o, s := g.Delta(variant), g.Overhead(variant), g.Descriptive(variant)
	nan := number(math.NaN())
	r := row{Variant: variant, Verdict: verdict, Ns: nan, Min: nan, Max: nan, Delta: none, Over: none}
	if verdict == "" { // Compare has no row of the base
		r.Verdict = d.Verdict()
	}
	if s.Absent == "" {
		r.Ns, r.Min, r.Max = number(s.Median), number(s.Min), number(s.Max)
	}
	if d.Absent == "" && variant != analysis.Base {
		r.Delta = result{number(d.Est), number(d.Lo), number(d.Hi), d.Resolved() && variant != analysis.Twin}
		if !d.Bounded() { // the lower end of no interval is -100 %
			r.Delta.Lo, r.Delta.Hi = nan, nan
		}
	}
	if o.Absent == "" && variant != analysis.NoMetrics {
		r.Over = result{number(o.Est), number(o.Lo), number(o.Hi), o.Resolved()}
	}
	return r
}

func recordingID(dir string) string {
	return "recording-" + strings.ReplaceAll(strings.TrimPrefix(dir, "results/"), "/", "-")
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
