package explore

import (
	"fmt"
	"strconv"
	"strings"
)

// A schedule is written as its switches, such as "12>1,30>0": at decision 12
// thread 1 goes on, at decision 30 thread 0. Everywhere else who ran goes on, or
// the first that can. A decision is a step at which more than one thread can.
func formatSchedule(switches []switchAt) string {
	parts := make([]string, len(switches))
	for i, s := range switches {
		parts[i] = fmt.Sprintf("%d>%d", s.decision, s.thread)
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
		decision, thread, ok := strings.Cut(part, ">")
		d, err1 := strconv.Atoi(decision)
		t, err2 := strconv.Atoi(thread)
		if !ok || err1 != nil || err2 != nil || d < 0 || t < 0 {
			return nil, fmt.Errorf("schedule %q: %q is no switch such as 12>1", text, part)
		}
		switches = append(switches, switchAt{d, t})
	}
	return switches, nil
}
