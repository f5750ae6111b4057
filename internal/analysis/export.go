package analysis

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"
)

// Exported is a comparison for other programs: plain numbers, null in JSON and
// empty in CSV where there is none (one cell has no interval).
type Exported struct {
	Workload    string   `json:"workload"`
	Size        string   `json:"size"`
	Workers     int      `json:"workers"`
	Variant     string   `json:"variant"`
	NsPerTask   *float64 `json:"ns_per_task"`   // median over cells
	DeltaPct    *float64 `json:"delta_percent"` // slower than the base
	LowPct      *float64 `json:"low_percent"`   // 95 % interval
	HighPct     *float64 `json:"high_percent"`
	TotalsPct   *float64 `json:"totals_percent"` // the same of the sums of all rows
	TotalsLow   *float64 `json:"totals_low_percent"`
	TotalsHigh  *float64 `json:"totals_high_percent"`
	Disagree    bool     `json:"totals_disagree"`
	FloorPct    *float64 `json:"floor_percent"` // what the twin shows at most
	MDEPct      *float64 `json:"mde_percent"`   // found with 80 % power
	P           *float64 `json:"p"`
	AdjustedP   *float64 `json:"adjusted_p"` // max-|t|, all comparisons of the recording
	Equivalent  bool     `json:"equivalent"`
	Cells       int      `json:"cells"`
	Layouts     int      `json:"layouts"`
	Rows        int      `json:"rows"`
	RegimeMix   string   `json:"regime_mix"`
	VerdictText string   `json:"verdict"`
}

func export(c Comparison) Exported {
	e := Exported{
		Workload: c.Group.Workload, Size: c.Group.Size, Workers: c.Group.Workers, Variant: c.Variant,
		NsPerTask: finite(c.Group.Descriptive(c.Variant).Median),
		DeltaPct:  finite(c.Est), MDEPct: finite(c.MDE),
		P: finite(c.P), AdjustedP: finite(c.Adjusted), Equivalent: c.Equivalent,
		Cells: c.Group.Cells, Layouts: c.Layouts, Rows: c.Rows, RegimeMix: c.Regimes.String(), VerdictText: c.Verdict(),
	}
	if c.Bounded() { // -Inf of logs is -100 %
		e.LowPct, e.HighPct = finite(c.Lo), finite(c.Hi)
	}
	if c.Totals.Bounded() {
		e.TotalsPct, e.TotalsLow, e.TotalsHigh = finite(c.Totals.Est), finite(c.Totals.Lo), finite(c.Totals.Hi)
	}
	e.Disagree = c.Disagree()
	if c.HasFloor {
		e.FloorPct = finite(c.Floor)
	}
	return e
}

func finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// WriteJSON writes the comparisons as a JSON array.
func WriteJSON(w io.Writer, all []Comparison) error {
	out := make([]Exported, len(all))
	for i, c := range all {
		out[i] = export(c)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	return e.Encode(out)
}

// WriteCSV writes the comparisons as CSV with a header line, columns named as in
// JSON.
func WriteCSV(w io.Writer, all []Comparison) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"workload", "size", "workers", "variant", "ns_per_task", "delta_percent", "low_percent", "high_percent",
		"totals_percent", "totals_low_percent", "totals_high_percent", "totals_disagree", "floor_percent", "mde_percent", "p", "adjusted_p", "equivalent", "cells", "layouts", "rows", "regime_mix", "verdict"})
	for _, c := range all {
		e := export(c)
		_ = out.Write([]string{e.Workload, e.Size, strconv.Itoa(e.Workers), e.Variant, number(e.NsPerTask), number(e.DeltaPct),
			number(e.LowPct), number(e.HighPct), number(e.TotalsPct), number(e.TotalsLow), number(e.TotalsHigh),
			strconv.FormatBool(e.Disagree), number(e.FloorPct), number(e.MDEPct), number(e.P), number(e.AdjustedP),
			strconv.FormatBool(e.Equivalent), strconv.Itoa(e.Cells), strconv.Itoa(e.Layouts), strconv.Itoa(e.Rows), e.RegimeMix, e.VerdictText})
	}
	out.Flush()
	return out.Error() // of any Write, too
}

func number(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'g', -1, 64)
}
