package stat

// Simultaneous gives t intervals that hold all k true means at once with at
// least the level: Bonferroni's, each at 1 - (1-level)/k. family[j] are the cell
// estimates of comparison j; the intervals' Level is that of the family.
//
// Bonferroni since it holds for any dependence and for comparisons of different
// cells, and since a max-|t| critical value needs more sign patterns than 8 cells
// have: with 128 its 95 % point is the 7th largest. p values by max-|t| are in
// MaxT.
func Simultaneous(family [][]float64, level float64) ([]Interval, error) {
	if err := checkFamily(family); err != nil {
		return nil, err
	}
	if err := checkLevel(level); err != nil {
		return nil, err
	}
	intervals := make([]Interval, len(family))
	for j, xs := range family {
		i, err := MeanT(xs, 1-(1-level)/float64(len(family)))
		if err != nil {
			return nil, err
		}
		i.Level = level
		intervals[j] = i
	}
	return intervals, nil
}
