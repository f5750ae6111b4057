package libs

import (
	"math/bits"
	"reflect"
	"testing"

	"stealbench/impls/chaselev"
	"stealbench/libs/promcounter"
	"stealbench/libs/xsynccounter"
)

// TestSameLayout wants every field of a Worker and a Scheduler where it is in the base:
// what a variant counts moves nothing else.
func TestSameLayout(t *testing.T) {
	if bits.UintSize != 64 {
		t.Skip("the layout is that of 64-bit hosts")
	}
	for _, row := range []struct{ got, want reflect.Type }{
		{reflect.TypeFor[xsynccounter.Worker](), reflect.TypeFor[chaselev.Worker]()},
		{reflect.TypeFor[promcounter.Worker](), reflect.TypeFor[chaselev.Worker]()},
		{reflect.TypeFor[xsynccounter.Scheduler](), reflect.TypeFor[chaselev.Scheduler]()},
		{reflect.TypeFor[promcounter.Scheduler](), reflect.TypeFor[chaselev.Scheduler]()},
	} {
		if row.got.Size() != row.want.Size() || row.got.NumField() != row.want.NumField() {
			t.Errorf("%s: got %d fields in %d bytes, want %d in %d as in the base",
				row.got, row.got.NumField(), row.got.Size(), row.want.NumField(), row.want.Size())
			continue
		}
		for i := range row.got.NumField() {
			got, want := row.got.Field(i), row.want.Field(i)
			if got.Name != want.Name || got.Offset != want.Offset || got.Type.Size() != want.Type.Size() {
				t.Errorf("%s: got %s at %d, %d bytes, want %s at %d, %d bytes as in the base", row.got,
					got.Name, got.Offset, got.Type.Size(), want.Name, want.Offset, want.Type.Size())
			}
		}
	}
}
