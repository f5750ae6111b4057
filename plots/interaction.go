package plots

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stealbench/internal/analysis"
	"stealbench/internal/stat"
)

const pairHeight = vg.Length(112)

// interaction shows whether an add per event costs the same on both queues: a panel per
// workload with a line per queue, which lie on each other if so.
func interaction(s source) *figure {
	if !analysis.HasInteraction(s.rec.Variants) {
		return nil
	}
	labels, none := s.withEffect(func(g *analysis.Group) bool {
		i := g.Interaction()
		return i.Resolved() || slices.ContainsFunc(i.Percents()[1:], func(x stat.Interval) bool { return x.Bounded() && x.Beyond(i.Floor) })
	})
	f := frame{
		title: "Does an add per event cost more on a queue under a mutex?",
		note: "Percent slower than batched on the same queue (batchless / chaselev, mutexbatchless / mutexqueue), geometric mean over cells with 95 % interval; linear within 1 %, logarithmic beyond. " +
			"Lines on each other: no interaction. A star: their distance is told from noise, by itself; of so many, one in 20 may be luck." + noneText(none),
		swatch: s.floorName(),
	}
	lo, hi := s.pairRange(labels)
	rows := (len(labels) + smallCols - 1) / smallCols
	height := f.height(s.rec) + pairHeight*vg.Length(rows) + panelGap*vg.Length(rows-1)
	return &figure{name: "interaction", height: height, draw: func(c draw.Canvas) {
		c = f.draw(c, s.rec)
		for i, label := range labels {
			s.pairPanel(label, lo, hi).Draw(tile(c, i, len(labels), min(smallCols, len(labels)), panelGap))
		}
	}}
}

// pairs are the two lines of a workload.
func (s source) pairs(label string) []curve {
	deque, mutex := curve{variant: "batchless", name: "on the deque"}, curve{variant: "mutexbatchless", name: "on the mutex"}
	for i, g := range s.of(label) {
		if x := g.Interaction(); x.Absent == "" {
			deque.points = append(deque.points, point{x: float64(i), Interval: x.OnDeque})
			mutex.points = append(mutex.points, point{x: float64(i), Interval: x.OnMutex})
		}
	}
	return []curve{deque, mutex}
}

func (s source) pairRange(labels []string) (lo, hi float64) {
	var all [][]curve
	for _, l := range labels {
		all = append(all, s.pairs(l))
	}
	return curvesRange(all)
}

func (s source) pairPanel(label string, lo, hi float64) *plot.Plot {
	groups := s.of(label)
	var ticks plot.ConstantTicks
	var floor []xy
	for i, g := range groups {
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: strconv.Itoa(g.Workers)})
		if x := g.Interaction(); x.Absent == "" && !math.IsInf(x.Floor, 0) {
			floor = append(floor, xy{float64(i), x.Floor})
		}
	}
	p := curvesPanel(label, "workers", "% slower", ticks, lo, hi, floor, s.pairs(label))
	p.Y.Max += 0.7 // for the stars
	p.Add(stars(groups))
	return p
}

// stars marks the groups with an interaction.
func stars(groups []*analysis.Group) plotter {
	return func(c draw.Canvas, x, y func(float64) vg.Length) {
		sty := bold(words(12, ink))
		sty.XAlign, sty.YAlign = text.XCenter, text.YTop
		for i, g := range groups {
			if g.Interaction().Resolved() {
				c.FillText(sty, vg.Point{X: x(float64(i)), Y: c.Max.Y}, "*")
			}
		}
	}
}
