package analysis

import "stealbench/internal/stat"

// Descriptive describes the cells' median ns/task of one variant.
type Descriptive struct {
	Variant string
	Absent  string // why there is no row
	stat.Description
}

// Descriptive is the descriptive row of a variant.
func (g *Group) Descriptive(variant string) Descriptive {
	d := Descriptive{Variant: variant, Absent: g.missing(variant)}
	if d.Absent == "" {
		d.Description, _ = stat.Describe(g.ns[variant]) // finite, not empty
	}
	return d
}
