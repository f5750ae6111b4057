// Code generated from ../../impls/chaselev/answers_test.go by go generate ./impls; DO NOT EDIT.

package promcounter

import (
	"errors"
	"testing"

	"stealbench/internal/sched"
)

// TestAnswersMustAgree: a series of runs that answer differently, in its lead or
// in what is timed, is sched.ErrAnswers.
func TestAnswersMustAgree(t *testing.T) {
	s, err := New(Config{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for wrong := range 3 { // which run
		n := -1
		_, err := s.series(0, 3, func() (sched.Answer, error) {
			if n++; n == wrong {
				return sched.Answer{Value: 2}, nil
			}
			return sched.Answer{Value: 1}, nil
		})
		if !errors.Is(err, sched.ErrAnswers) {
			t.Errorf("run %d of 3 wrong: got %v, want %v", wrong, err, sched.ErrAnswers)
		}
	}
}
