package model

import (
	"fmt"
	"math"

	"stealbench/internal/analysis"
	"stealbench/internal/mva"
	"stealbench/internal/stat"
)

// Reading is one way to read the measured costs as the demand of a task on the line.
type Reading struct {
	Name      string
	EachEvent bool    // every event is a visit, not one a task
	Service   float64 // of a visit, ns

	paced func(work float64) float64 // Service by the work between two visits, if not nil
}

// Readings bound the model. Where the line was timed at the pace of a workload they are two,
// by the number of visits; else four: fewest and most visits, least and most service time.
// The first demands least of the line and the last most.
func (p *Parameters) Readings() []Reading {
	if p.Paced != nil {
		return []Reading{{"one visit, rmw-paced", false, 0, p.service}, {"each event, rmw-paced", true, 0, p.service}}
	}
	least, most := p.Fetch()
	return []Reading{
		{"one visit, rmw-shared/2", false, least, nil},
		{"each event, rmw-shared/2", true, least, nil},
		{"one visit, core-to-core", false, most, nil},
		{"each event, core-to-core", true, most, nil},
	}
}

func (r Reading) visits(e Events) float64 {
	if r.EachEvent {
		return e.Line
	}
	return math.Min(1, e.Line)
}

// network has the events that hit, which the line is not fetched for, as think time.
func (r Reading) network(e Events, private, think float64) mva.Network {
	visits := r.visits(e)
	think += (e.Line - visits) * private
	service := r.Service
	if r.paced != nil {
		service = r.paced(think / visits)
	}
	return mva.Network{Think: think, Demands: []float64{visits * service}}
}

// Time is the time per task that a reading predicts with n workers, ns.
func (p *Parameters) Time(r Reading, e Events, think float64, n int) float64 {
	if n == 1 {
		return think + e.Line*p.Private // nobody to fetch it from
	}
	all, err := r.network(e, p.Private, think).Solve(n)
	if err != nil {
		panic(err) // times above 0 were asked for
	}
	return 1 / all[n-1].Throughput
}

// Knee is the number of workers from which on the line sets the pace.
func (p *Parameters) Knee(r Reading, e Events, think float64) float64 {
	return r.network(e, p.Private, think).Knee()
}

// Think says which think time a prediction takes.
type Think int

const (
	Own   Think = iota // N times what nometrics takes with N workers
	Ideal              // what nometrics takes with one
)

func (t Think) String() string {
	return [...]string{"N times nometrics' time with N workers", "nometrics' time with one worker, as if the workload scaled"}[t]
}

// Row is a workload with one number of workers: what was measured, and predicted.
type Row struct {
	Workers    int
	None, Line stat.Interval // time of nometrics and sharedline, ns/task
	Think      float64
	Predicted  []float64 // by reading
	Calibrated float64   // NaN where it is not predicted
}

// Prediction is a workload.
type Prediction struct {
	Label  string
	Absent string // why there are no rows
	Events
	Service float64 // of the calibrated reading, each event a visit; NaN without
	Why     string  // there is none
	Rows    []Row
}

// Predict predicts a workload's groups, one for each number of workers, ascending. More
// workers than CPUs wait for a CPU, which the model knows nothing of: they have no row.
func (p *Parameters) Predict(groups []*analysis.Group, think Think) Prediction {
	d := Prediction{Label: groups[0].Label, Service: math.NaN()}
	if d.Events, d.Absent = p.Events(groups[0].Workload); d.Absent != "" {
		return d
	}
	for _, g := range groups {
		if p.CPUs > 0 && g.Workers > p.CPUs {
			continue
		}
		row := Row{Workers: g.Workers, Calibrated: math.NaN()}
		var absent string
		if row.None, absent = g.Time(analysis.NoMetrics); absent == "" {
			row.Line, absent = g.Time(SharedLine)
		}
		if absent != "" {
			d.Absent = absent
			return d
		}
		row.Think = row.None.Est * float64(g.Workers)
		if think == Ideal {
			one, absent := groups[0].Time(analysis.NoMetrics)
			if groups[0].Workers != 1 || absent != "" {
				d.Absent = "no time with 1 worker"
				return d
			}
			row.Think = one.Est
		}
		for _, r := range p.Readings() {
			row.Predicted = append(row.Predicted, p.Time(r, d.Events, row.Think, g.Workers))
		}
		d.Rows = append(d.Rows, row)
	}
	d.calibrate(p)
	return d
}

// calibrate finds the service time that gives what was measured with 2 workers, and
// predicts more of them with it. It is judged by those only.
func (d *Prediction) calibrate(p *Parameters) {
	d.Why = "no cells with 2 workers"
	for _, r := range d.Rows {
		if r.Workers == 2 {
			d.Service, d.Why = p.calibrated(d.Events, r)
		}
	}
	if d.Why != "" {
		return
	}
	for i := range d.Rows {
		if r := &d.Rows[i]; r.Workers > 2 {
			r.Calibrated = p.Time(d.Reading(), d.Events, r.Think, r.Workers)
		}
	}
}

// Reading is the calibrated one.
func (d *Prediction) Reading() Reading { return Reading{"calibrated", true, d.Service, nil} }

func (p *Parameters) calibrated(e Events, two Row) (service float64, why string) {
	with := func(s float64) float64 { return p.Time(Reading{"", true, s, nil}, e, two.Think, 2) }
	lo, hi := 0.0, two.Line.Est/e.Line // with this the line alone takes all the time
	if with(lo) >= two.Line.Est {
		return math.NaN(), fmt.Sprintf("%s costs nothing with 2 workers", SharedLine)
	}
	for range 60 { // time rises with service
		if mid := (lo + hi) / 2; with(mid) < two.Line.Est {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2, ""
}

// Bounds are the least and the most that the readings predict.
func (r Row) Bounds() (lo, hi float64) {
	lo, hi = math.Inf(1), 0
	for _, ns := range r.Predicted {
		lo, hi = math.Min(lo, ns), math.Max(hi, ns)
	}
	return lo, hi
}

// Holds says whether what was measured is within the bounds: "yes" or where it is.
func (r Row) Holds() string {
	lo, hi := r.Bounds()
	switch {
	case r.Line.Hi < lo:
		return "below"
	case r.Line.Lo > hi:
		return "above"
	}
	return "yes"
}

// Error is how far a prediction is from what was measured, in percent of that.
func (r Row) Error(predicted float64) float64 { return 100 * (predicted/r.Line.Est - 1) }

// MedianError is the median size of the error over rows from some number of workers on, of
// the reading by number, the calibrated one by -1; n is the number of rows.
func MedianError(all []Prediction, reading, from int) (percent float64, n int) {
	var sizes []float64
	for _, d := range all {
		for _, r := range d.Rows {
			predicted := r.Calibrated
			if reading >= 0 && d.Absent == "" {
				predicted = r.Predicted[reading]
			}
			if r.Workers >= from && !math.IsNaN(predicted) {
				sizes = append(sizes, math.Abs(r.Error(predicted)))
			}
		}
	}
	percent, err := stat.Median(sizes)
	if err != nil {
		return math.NaN(), 0
	}
	return percent, len(sizes)
}

// Projected are the numbers of workers that a projection is for: powers of two from 4 to
// 1024 beyond what was measured.
func Projected(measured int) []int {
	var all []int
	for n := 4; n <= 1024; n *= 2 {
		if n > measured {
			all = append(all, n)
		}
	}
	return all
}
