package usl

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"

	"stealbench/internal/stat"
)

// Sample is what was seen with one number of workers: a throughput for each replicate.
type Sample struct {
	Workers int
	X       []float64
}

// Law is the law with its three numbers.
type Law struct{ Lambda, Sigma, Kappa float64 }

// Throughput is X(n).
func (l Law) Throughput(n float64) float64 { return l.Lambda * n / l.slowing(n) }

func (l Law) slowing(n float64) float64 { return 1 + l.Sigma*(n-1) + l.Kappa*n*(n-1) }

// Peak is the number of workers with the largest throughput; +Inf without one.
func (l Law) Peak() float64 { return math.Sqrt(math.Max(1-l.Sigma, 0) / l.Kappa) }

// Fit is a law fitted to samples.
type Fit struct {
	Law
	SigmaInterval, KappaInterval stat.Interval
	RMS                          float64 // of the residuals of the means, over that of the means
	Reason                       string  // why it is not identifiable, "" if it is
}

// What must be seen before a fit is more than a curve through points. By simulation one
// and two workers leave sigma anywhere in 0 to 0.09, and up to eight pin it.
const (
	minCounts  = 4 // different numbers of workers; the law has three numbers
	minWorkers = 8 // the largest of them
	// An interval says nothing if its ends, with all else as fitted, change the time with
	// the most workers by more than this share.
	maxShare = 0.5

	resamples = 400
	level     = 0.95
	seed      = 1
)

// Of fits the law by least squares to the mean of each sample. Sigma and kappa are not negative. The intervals
// are percentiles of refits to replicates drawn anew within each sample.
func Of(samples []Sample) (Fit, error) {
	var workers, means []float64
	counts := map[int]bool{}
	for _, s := range samples {
		m, err := stat.Mean(s.X)
		if err != nil || s.Workers < 1 || slices.Min(s.X) <= 0 || counts[s.Workers] {
			return Fit{}, fmt.Errorf("usl: %d workers, throughputs %v: want each number once, and throughputs above 0", s.Workers, s.X)
		}
		counts[s.Workers] = true
		workers, means = append(workers, float64(s.Workers)), append(means, m)
	}
	var f Fit
	if f.Reason = tooFew(workers); f.Reason != "" {
		return f, nil
	}
	var err error
	if f.Law, f.RMS, err = fit(workers, means); err != nil {
		return Fit{}, err
	}
	if err := f.bootstrap(samples, workers); err != nil {
		return Fit{}, err
	}
	f.Reason = f.tooWide(slices.Max(workers))
	return f, nil
}

// tooWide says which interval leaves too much open with the most workers.
func (f *Fit) tooWide(n float64) string {
	for _, of := range []struct {
		name   string
		i      stat.Interval
		weight float64
	}{{"sigma", f.SigmaInterval, n - 1}, {"kappa", f.KappaInterval, n * (n - 1)}} {
		if width := 2 * of.i.Half() * of.weight / f.slowing(n); !(width <= maxShare) {
			return fmt.Sprintf("%s is in [%.2g, %.2g], too wide to tell", of.name, of.i.Lo, of.i.Hi)
		}
	}
	return ""
}

func tooFew(workers []float64) string {
	switch {
	case len(workers) < minCounts:
		return fmt.Sprintf("%d numbers of workers, want %d", len(workers), minCounts)
	case slices.Max(workers) < minWorkers:
		return fmt.Sprintf("up to %g workers, want %d", slices.Max(workers), minWorkers)
	}
	return ""
}

func (f *Fit) bootstrap(samples []Sample, workers []float64) error {
	f.SigmaInterval = stat.Interval{Est: f.Sigma, Lo: math.Inf(-1), Hi: math.Inf(1), Level: level}
	f.KappaInterval = stat.Interval{Est: f.Kappa, Lo: math.Inf(-1), Hi: math.Inf(1), Level: level}
	for _, s := range samples {
		if len(s.X) < 2 {
			return nil // one replicate drawn anew is itself
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	var sigmas, kappas []float64
	drawn := make([]float64, len(samples))
	for range resamples {
		for i, s := range samples {
			drawn[i] = 0
			for range s.X {
				drawn[i] += s.X[rng.IntN(len(s.X))] / float64(len(s.X))
			}
		}
		l, _, err := fit(workers, drawn)
		if err != nil {
			return err
		}
		sigmas, kappas = append(sigmas, l.Sigma), append(kappas, l.Kappa)
	}
	out := int(resamples * (1 - level) / 2)
	for _, of := range []struct {
		seen []float64
		i    *stat.Interval
	}{{sigmas, &f.SigmaInterval}, {kappas, &f.KappaInterval}} {
		slices.Sort(of.seen)
		of.i.Lo, of.i.Hi = of.seen[out], of.seen[resamples-1-out]
	}
	return nil
}

// fit minimises the squared residuals, as R's package usl does. Lambda has a closed form,
// and squares keep the other two from being negative.
func fit(workers, xs []float64) (Law, float64, error) {
	law := func(p []float64) (l Law, rms float64) {
		l = Law{Lambda: 1, Sigma: p[0] * p[0], Kappa: p[1] * p[1]}
		var xf, ff, xx, rr float64
		for i, n := range workers {
			f := l.Throughput(n)
			xf, ff, xx = xf+xs[i]*f, ff+f*f, xx+xs[i]*xs[i]
		}
		l.Lambda = xf / ff
		for i, n := range workers {
			r := xs[i] - l.Throughput(n)
			rr += r * r
		}
		return l, math.Sqrt(rr / xx)
	}
	problem := optimize.Problem{Func: func(p []float64) float64 { _, rms := law(p); return rms * rms }}
	settings := &optimize.Settings{Converger: &optimize.FunctionConverge{Absolute: 1e-13, Iterations: 15}, MajorIterations: 500}
	result, err := optimize.Minimize(problem, begin(workers, xs), settings, &optimize.NelderMead{SimplexSize: 0.05})
	if err != nil {
		return Law{}, 0, fmt.Errorf("usl: %w", err)
	}
	l, rms := law(result.X)
	return l, rms, nil
}

// begin is where the search begins: n/X is linear in the law's numbers, n/X = (1 + sigma
// (n-1) + kappa n (n-1)) / lambda.
func begin(workers, xs []float64) []float64 {
	a, b := mat.NewDense(len(xs), 3, nil), mat.NewVecDense(len(xs), nil)
	for i, n := range workers {
		w := xs[i] / n // so that residuals are shares
		a.SetRow(i, []float64{w, w * (n - 1), w * n * (n - 1)})
		b.SetVec(i, 1)
	}
	var x mat.VecDense
	if err := x.SolveVec(a, b); err != nil || x.AtVec(0) <= 0 {
		return []float64{0.1, 0.01}
	}
	root := func(v float64) float64 { return math.Sqrt(math.Max(v/x.AtVec(0), 1e-6)) }
	return []float64{root(x.AtVec(1)), root(x.AtVec(2))}
}
