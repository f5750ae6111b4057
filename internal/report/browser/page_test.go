package browser

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stealbench/internal/analysis"
)

// TestFits opens the page at the widths of a desktop and of phones, in both schemes:
// tables scroll in their boxes, the page does not.
func TestFits(t *testing.T) {
	grounds := map[string]string{} // of each scheme
	for _, v := range []view{{1280, 900, "light"}, {1280, 900, "dark"}, {390, 844, "light"}, {390, 844, "dark"}, {360, 740, "light"}} {
		name := fmt.Sprintf("report-%d-%s", v.width, v.scheme)
		t.Run(name, func(t *testing.T) {
			p := open(t, v)
			for _, r := range p.data().Recordings {
				p.choose("recording", r.Name)
				if got := value[int64](p, "document.documentElement.scrollWidth"); got > v.width {
					t.Errorf("%s: the page is %d px wide, want at most %d", r.Name, got, v.width)
				}
			}
			if got := value[int64](p, "window.innerWidth"); got != v.width {
				t.Errorf("the window is %d px wide, want %d", got, v.width)
			}
			if got := value[int](p, "[...document.images].filter(i => !i.complete || i.naturalWidth === 0 || i.alt === '').length"); got > 0 {
				t.Errorf("%d figures are not shown, or have no words", got)
			}
			grounds[v.scheme] = value[string](p, "getComputedStyle(document.body).backgroundColor")
			p.choose("recording", p.data().Recordings[0].Name)
			for _, part := range []string{"claims", "data", "figures figure", "recordings"} {
				p.shot(name+"-"+strings.Fields(part)[0], "#"+part)
			}
		})
	}
	if grounds["light"] == grounds["dark"] {
		t.Errorf("got grounds %v, want one of each scheme", grounds)
	}
}

// TestNamed: what a reader of the screen is told.
func TestNamed(t *testing.T) {
	p := open(t, desktop)
	for _, tt := range []struct{ what, wrong string }{
		{"documents without language or title", "document.documentElement.lang && document.title ? 0 : 1"},
		{"landmarks missing", "4 - ['header', 'nav', 'main', 'footer'].filter(e => document.querySelectorAll(e).length === 1).length"},
		{"inputs without a label", "[...document.querySelectorAll('input, select')].filter(e => e.labels.length === 0).length"},
		{"groups without a name", "[...document.querySelectorAll('fieldset')].filter(e => !e.querySelector('legend')).length"},
		{"boxes that scroll and cannot be reached or have no name",
			"[...document.querySelectorAll('.scroll')].filter(e => e.tabIndex !== 0 || !(e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby')))).length"},
		{"links to nowhere", "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"},
		{"ids that are there twice", "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))"},
		{"headers without aria-sort or button", "[...document.querySelectorAll('.sortable thead th')].filter(h => !h.ariaSort || !h.querySelector('button')).length"},
	} {
		if got := value[int](p, tt.wrong); got != 0 {
			t.Errorf("%d %s, want 0", got, tt.what)
		}
	}
}

// TestSorts: a header sorts by value both ways, by mouse and by keyboard, and rows picked
// later are sorted as those before.
func TestSorts(t *testing.T) {
	p := open(t, desktop)
	r := most(t, p.data())
	p.choose("recording", r.Name)
	p.choose("workload", "")
	const name = "ns per task"
	button := `[...document.querySelectorAll("#rows thead th")].find(h => h.textContent === "` + name + `")`
	sorted := func(how string, descending bool) {
		t.Helper()
		got := numbers(t, p.column(name))
		want := slices.Clone(got)
		slices.Sort(want)
		if descending {
			slices.Reverse(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", how, got, want)
		}
		order := map[bool]string{false: "ascending", true: "descending"}[descending]
		if got := value[string](p, button+".ariaSort"); got != order {
			t.Errorf("%s: aria-sort %q, want %q", how, got, order)
		}
	}
	before := p.column(name)
	if slices.IsSorted(numbers(t, before)) {
		t.Fatal("rows are sorted from the start: nothing is tested")
	}
	p.do(chromedp.Click(chromedp.JSPath(button + ".querySelector('button')")))
	sorted("click", false)
	if text := p.column(name); slices.IsSorted(text) {
		t.Fatal("the order of numbers is that of texts: nothing is tested")
	}
	value[bool](p, button+".querySelector('button').focus(), true")
	p.do(chromedp.KeyEvent("\r"))
	sorted("key", true)
	p.choose("workload", r.Groups[len(r.Groups)-1].Workload)
	sorted("other rows", true)

	p.do(chromedp.Click(chromedp.JSPath(`document.querySelector(".claims thead button")`)))
	claims := value[[]string](p, `[...document.querySelectorAll(".claims tbody tr")].map(r => r.cells[0].textContent)`)
	p.do(chromedp.Click(chromedp.JSPath(`document.querySelector(".claims thead button")`)))
	down := value[[]string](p, `[...document.querySelectorAll(".claims tbody tr")].map(r => r.cells[0].textContent)`)
	var numbered []string
	for _, c := range claims {
		if c != "" {
			numbered = append(numbered, c)
		}
	}
	if got := numbers(t, numbered); !slices.IsSorted(got) || len(got) < 10 || !slices.Equal(claims[:len(numbered)], numbered) {
		t.Errorf("claims are in order %q, want numbers up, then those without", claims)
	}
	slices.Reverse(numbered)
	if !slices.Equal(down[:len(numbered)], numbered) {
		t.Errorf("claims are in order %q, want numbers down, then those without", down)
	}
}

// TestSortsTexts: numbers in a text go by value, and what is empty is last both ways.
func TestSortsTexts(t *testing.T) {
	p := open(t, desktop)
	for _, texts := range [][]string{
		{"slower by 4.34 % [2.94, 5.76]", "slower by 4.5 %", "slower by 12 % [-3, 4]"},
		{"agrees: -2.27 %", "agrees: -0.5 %", "agrees: 0.80 %", "can't tell: -3 %"},
		{"the noise: 1 % [-2.84, 1]", "the noise: 1 % [-2.5, 1]"},
		{"2026-11-22-amd-epyc-2cpu", "2026-11-26-amd-epyc-2cpu", "2026-11-26-amd-epyc-16cpu"},
		{"2026-11-25T09:00:01Z", "2026-11-25T12:00:00Z"},
		{"make E2", "make E10"},
	} {
		for _, direction := range []string{"ascending", "descending"} {
			want := slices.Clone(texts)
			if direction == "descending" {
				slices.Reverse(want)
			}
			want = append(want, "")
			got := value[[]string](p, fmt.Sprintf(`(() => {
				const t = document.createElement("table"), body = t.createTBody();
				t.createTHead().insertRow().append(document.createElement("th"));
				for (const x of ["", ...%s]) body.insertRow().insertCell().textContent = x;
				sortTable(t, 0, %q);
				return [...body.rows].map(r => r.cells[0].textContent);
			})()`, list(texts), direction))
			if !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", direction, got, want)
			}
		}
	}
}

// list is a JavaScript array of texts, the last first.
func list(texts []string) string {
	var b strings.Builder
	for _, s := range slices.Backward(texts) {
		fmt.Fprintf(&b, "%q, ", s)
	}
	return "[" + b.String() + "]"
}

// TestTicks: an axis has a mark beside 0, or nobody can read it, and no more than a phone
// has room for.
func TestTicks(t *testing.T) {
	p := open(t, desktop)
	for _, tt := range []struct{ scale, lo, hi string }{
		{"linear", "0", "47"}, {"linear", "0", "0.3"}, {"symlog", "-0.3", "0.6"}, {"symlog", "0", "0.021"}, {"symlog", "-0.9", "0"},
		{"symlog", "-0.2", "1.5"}, {"symlog", "-3", "400"},
	} {
		ticks := value[[]float64](p, fmt.Sprintf("scales.%s.ticks(%s, %s)", tt.scale, tt.lo, tt.hi))
		lo, _ := strconv.ParseFloat(tt.lo, 64)
		hi, _ := strconv.ParseFloat(tt.hi, 64)
		if len(ticks) < 2 || len(ticks) > 6 || !slices.Contains(ticks, 0) || slices.Min(ticks) < lo || slices.Max(ticks) > hi {
			t.Errorf("%s from %s to %s: got marks at %v, want 2 to 6 with 0", tt.scale, tt.lo, tt.hi, ticks)
		}
	}
}

func numbers(t *testing.T, texts []string) []float64 {
	t.Helper()
	var all []float64
	for _, s := range texts {
		if s == "" {
			continue
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	return all
}

// TestPicks: chart and rows show what is picked, and nothing else.
func TestPicks(t *testing.T) {
	p := open(t, desktop)
	r := most(t, p.data())
	workload := r.Groups[len(r.Groups)-1].Workload
	workers := r.workers(workload)
	check := func(how string, workers []int, variants []string) {
		t.Helper()
		var want []string
		for _, n := range workers {
			for _, v := range variants {
				want = append(want, fmt.Sprintf("%s %d %s", workload, n, v))
			}
		}
		var got []string
		ns, vs := p.column("workers"), p.column("variant")
		for i, w := range p.column("workload") {
			got = append(got, w+" "+ns[i]+" "+vs[i])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got rows %q, want %q", how, got, want)
		}
		points := value[[]int](p, `[...document.querySelectorAll("#charts svg")].map(s => s.querySelectorAll(".point").length)`)
		if n := len(want); !slices.Equal(points, []int{n, n, n}) {
			t.Errorf("%s: got %v lines in the charts, want three times %d", how, points, n)
		}
		names := value[[]string](p, `[...document.querySelectorAll("#charts svg:first-of-type .point > text")].map(t => t.textContent)`)
		for _, v := range names[:len(variants)] {
			if !slices.Contains(variants, v) {
				t.Errorf("%s: the chart has %s, want only %v", how, v, variants)
			}
		}
	}
	p.choose("recording", r.Name)
	p.choose("workload", workload)
	check("workload", workers, r.Variants)
	uncheck := func(name, v string) {
		t.Helper()
		p.do(chromedp.Click(chromedp.CSS(fmt.Sprintf("input[name=%s][value='%s']", name, v))))
	}
	uncheck("workers", strconv.Itoa(workers[0]))
	check("workers", workers[1:], r.Variants)
	uncheck("variants", r.Variants[1])
	fewer := slices.Delete(slices.Clone(r.Variants), 1, 2)
	check("variants", workers[1:], fewer)
	if got := value[string](p, `document.getElementById("picked").textContent`); !strings.HasPrefix(got, fmt.Sprintf("%d rows of %s,", len(workers[1:])*len(fewer), r.Name)) {
		t.Errorf("got status %q, want how many rows of what", got)
	}
	p.do(chromedp.Click(chromedp.CSS("#none")))
	if got := p.column("variant"); len(got) != 0 {
		t.Errorf("none: got rows of %v", got)
	}
	p.do(chromedp.Click(chromedp.CSS("#all")))
	check("all", workers[1:], r.Variants)
	p.choose("workload", "")
	if got := p.column("workload"); len(got) <= len(workers[1:])*len(r.Variants) {
		t.Errorf("all workloads: got %d rows, want more than of one", len(got))
	}
}

// TestSaysWhatGoSays: the page prints numbers as all other output does, and says why there
// is none.
func TestSaysWhatGoSays(t *testing.T) {
	p := open(t, desktop)
	for _, r := range p.data().Recordings {
		p.choose("recording", r.Name)
		p.choose("workload", "")
		var ns, delta, over, verdict []string
		for _, g := range r.Groups {
			for _, row := range g.Rows {
				ns, delta, over = append(ns, text(row.Ns)), append(delta, text(row.Delta.Est)), append(over, text(row.Overhead.Est))
				verdict = append(verdict, row.Verdict)
			}
		}
		for name, want := range map[string][]string{"ns per task": ns, "% slower than " + analysis.Base: delta,
			"ns above " + analysis.NoMetrics: over, "verdict, against " + analysis.Base: verdict} {
			if got := p.column(name); !slices.Equal(got, want) {
				t.Errorf("%s: %s: got %q, want %q", r.Name, name, got, want)
			}
		}
	}
}

func text(x *float64) string {
	if x == nil {
		return ""
	}
	return analysis.Num(*x)
}
