package plots

import (
	"reflect"
	"testing"

	"stealbench/impls"
)

// TestLibrariesLookLikeNoOther wants neither the colour nor the shape of a variant that
// counts with a library anywhere else.
func TestLibrariesLookLikeNoOther(t *testing.T) {
	for _, v := range impls.Libraries {
		l, ok := looks[v.Name]
		if !ok {
			t.Errorf("%s: got no look, want one of its own", v.Name)
		}
		for name, other := range looks {
			if name == v.Name {
				continue
			}
			if l.color == other.color || reflect.TypeOf(l.shape) == reflect.TypeOf(other.shape) {
				t.Errorf("%s: got %v, want another colour and shape than those of %s, %v", v.Name, l, name, other)
			}
		}
		for _, other := range spare {
			if l.color == other.color || reflect.TypeOf(l.shape) == reflect.TypeOf(other.shape) {
				t.Errorf("%s: got %v, want another colour and shape than the spare %v", v.Name, l, other)
			}
		}
	}
}
