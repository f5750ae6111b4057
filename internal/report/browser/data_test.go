package browser

import (
	"slices"
	"testing"
)

// What of the page's own data the tests go by.
type (
	pageData struct {
		Recordings []recorded `json:"recordings"`
	}
	recorded struct {
		Name     string   `json:"name"`
		Variants []string `json:"variants"`
		Groups   []group  `json:"groups"`
	}
	group struct {
		Workload string   `json:"workload"`
		Workers  int      `json:"workers"`
		FloorPct *float64 `json:"floorPct"`
		Rows     []row    `json:"rows"`
	}
	row struct {
		Variant  string   `json:"variant"`
		Verdict  string   `json:"verdict"`
		Ns       *float64 `json:"ns"`
		Delta    result   `json:"delta"`
		Overhead result   `json:"overhead"`
	}
	result struct {
		Est, Lo, Hi *float64
	}
)

func (p *tab) data() pageData { p.t.Helper(); return value[pageData](p, "data") }

// workers are the numbers of workers of a workload.
func (r recorded) workers(workload string) []int {
	var all []int
	for _, g := range r.Groups {
		if g.Workload == workload {
			all = append(all, g.Workers)
		}
	}
	return all
}

// most is the recording with the most groups: something to pick from.
func most(t *testing.T, d pageData) recorded {
	t.Helper()
	r := slices.MaxFunc(d.Recordings, func(a, b recorded) int { return len(a.Groups) - len(b.Groups) })
	if len(r.Groups) < 4 || len(r.Variants) < 3 || len(r.workers(r.Groups[0].Workload)) < 2 {
		t.Fatalf("%s: too little to pick from: make report with another recording", r.Name)
	}
	return r
}

// choose picks an option of a select, as a user does.
func (p *tab) choose(id, option string) {
	p.t.Helper()
	got := value[string](p, `(() => { const s = document.getElementById("`+id+`"); s.value = "`+option+`";
		s.dispatchEvent(new Event("change", {bubbles: true})); return s.value })()`)
	if got != option {
		p.t.Fatalf("%s has no option %q", id, option)
	}
}

// column is one column of the table of picked rows.
func (p *tab) column(name string) []string {
	p.t.Helper()
	return value[[]string](p, `(() => { const t = document.getElementById("rows");
		const i = [...t.tHead.rows[0].cells].findIndex(c => c.textContent === "`+name+`");
		return [...t.tBodies[0].rows].map(r => r.cells[i].textContent) })()`)
}
