package explore

import (
	"fmt"
	"strconv"
	"strings"
)

// A schedule is written as its switches, such as "12>1,30>0": at step 12 thread 1
// goes on, at step 30 thread 0. Everywhere else who ran goes on, or the first that
// can.
func formatSchedule(switches []switchAt) string {
	parts := make([]string, len(switches))
	for i, s := range switches {
		parts[i] = fmt.Sprintf("%d>%d", s.step, s.thread)
	}
	if len(parts) == 0 {
		return "default"
	}
	return strings.Join(parts, ",")
}

func parseSchedule(text string) ([]switchAt, error) {
	if text == "default" {
		return nil, nil
	}
	var switches []switchAt
	for part := range strings.SplitSeq(text, ",") {
		step, thread, ok := strings.Cut(part, ">")
		s, err1 := strconv.Atoi(step)
		t, err2 := strconv.Atoi(thread)
		if !ok || err1 != nil || err2 != nil || s < 0 || t < 0 {
			return nil, fmt.Errorf("schedule %q: %q is no switch such as 12>1", text, part)
		}
		switches = append(switches, switchAt{s, t})
	}
	return switches, nil
}
