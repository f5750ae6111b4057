package plots

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"stealbench/internal/analysis"
	"stealbench/internal/counts"
	"stealbench/internal/recording"
)

// width is that of all figures: 640 pixels at 96 dpi, readable at 600.
const width = vg.Length(480)

// pngDPI doubles the pixels, for sharp screens.
const pngDPI = 192

// figure is what one file of this package makes.
type figure struct {
	name   string
	height vg.Length
	draw   func(draw.Canvas)
}

// All draws every figure the recording has data for into dir and returns the
// paths written; an error if it has data for none.
func All(rec *recording.Recording, dir string) ([]string, error) {
	paths, err := draws(rec, dir, "")
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("%s: gives no figure: record more variants, such as %s and %s", rec.Dir, analysis.Base, analysis.NoMetrics)
	}
	return paths, err
}

// One draws only the figure of a name, and returns an error if the recording has no
// data for it.
func One(rec *recording.Recording, dir, name string) ([]string, error) {
	paths, err := draws(rec, dir, name)
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("%s: gives no figure %s", rec.Dir, name)
	}
	return paths, err
}

// draws draws the figure of a name, all for "".
func draws(rec *recording.Recording, dir, name string) ([]string, error) {
	groups, err := analysis.Groups(rec)
	if err != nil {
		return nil, err
	}
	// What has only flagged cells has no point anywhere.
	groups = slices.DeleteFunc(groups, func(g *analysis.Group) bool { return g.Cells == 0 })
	if len(groups) == 0 {
		return nil, fmt.Errorf("%s: no cells to plot: let the recording finish one", rec.Dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%s: cannot make the folder: %w", dir, err)
	}
	variants := *rec // peers have a figure of their own
	variants.Variants = slices.DeleteFunc(slices.Clone(rec.Variants), isPeer)
	near, err := counts.Nearest(rec)
	if err != nil {
		return nil, err
	}
	parks, err := counts.NearestOf(rec, "burst_1")
	if err != nil {
		return nil, err
	}
	figures := []*figure{latency(source{rec: &variants, groups: groups})}
	// Their time per task is a latency, of which the other figures do not speak.
	if groups = slices.DeleteFunc(groups, (*analysis.Group).Open); len(groups) > 0 {
		figures = append(figures, peers(source{rec: rec, groups: groups}))
		for _, make := range []func(source) *figure{overhead, workers, removed, grain, interval, readers, decomposition, ladder, interaction, burst, modelled, predicted, freshness} {
			figures = append(figures, make(source{rec: &variants, groups: groups, counts: near, parks: parks}))
		}
	}
	var paths []string
	for _, f := range figures {
		if f == nil || name != "" && f.name != name {
			continue // the recording lacks the variants it compares
		}
		written, err := f.save(dir)
		if err != nil {
			return nil, err
		}
		paths = append(paths, written...)
	}
	return paths, nil
}

// source is what a figure is drawn from.
type source struct {
	rec    *recording.Recording
	groups []*analysis.Group
	counts *counts.File // beside the recording, nil without
	parks  *counts.File // of bursts, nil without
}

// save writes each file whole or not at all.
func (f *figure) save(dir string) ([]string, error) {
	var svg, png bytes.Buffer
	vector := vgsvg.New(width, f.height)
	f.draw(draw.New(vector))
	if _, err := vector.WriteTo(&svg); err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	raster := vgimg.NewWith(vgimg.UseWH(width, f.height), vgimg.UseDPI(pngDPI))
	f.draw(draw.New(raster))
	if _, err := (vgimg.PngCanvas{Canvas: raster}).WriteTo(&png); err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	// Arial has the same metrics, so the layout holds without Liberation.
	text := bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"),
		[]byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;"))
	var paths []string
	for _, out := range []struct {
		ext  string
		data []byte
	}{{".svg", text}, {".png", png.Bytes()}} {
		path := filepath.Join(dir, f.name+out.ext)
		if err := renameio.WriteFile(path, out.data, 0o644); err != nil {
			return nil, fmt.Errorf("%s: cannot write: %w", path, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}
