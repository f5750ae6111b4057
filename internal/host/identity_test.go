package host

import "testing"

func TestIdentity(t *testing.T) {
	cpu := "cpu family\t: 25\nmodel\t\t: 1\nmodel name\t: AMD EPYC\nstepping\t: 1\n"
	one := files{"proc/cpuinfo": cpu, "etc/machine-id": "aa\n", "proc/sys/kernel/hostname": "n1\n"}
	if got := values(testHost(one))["cpu-id"]; got != "f25m1s1" {
		t.Errorf("got cpu-id %q, want f25m1s1", got)
	}
	h := testHost(one)
	h.CPUs = 2
	if got := h.Slug(); got != "amd-epyc-f25m1-2cpu" {
		t.Errorf("got %q, want amd-epyc-f25m1-2cpu", got)
	}
	seen := map[string]bool{}
	for _, f := range []files{one, one.with(files{"etc/machine-id": "bb\n"}), one.with(files{"proc/sys/kernel/hostname": "n2\n"})} {
		got := values(testHost(f))["machine"]
		if len(got) != 8 || seen[got] || got != values(testHost(f))["machine"] {
			t.Errorf("got machine %q, want one of its own of 8 digits, the same each time", got)
		}
		seen[got] = true
	}
	// In a container only the kernel counts, which a pod of the same name on another
	// node does not have.
	boot := files{"proc/sys/kernel/random/boot_id": "b1\n"}
	for _, row := range []struct {
		name       string
		one, other files
		same       bool
	}{
		{"another pod on this node", one.with(boot).with(files{".dockerenv": "x"}), one.with(boot).with(files{".dockerenv": "x", "proc/sys/kernel/hostname": "job-2\n"}), true},
		{"the same pod on another node", one.with(boot).with(files{".dockerenv": "x"}), one.with(files{".dockerenv": "x", "proc/sys/kernel/random/boot_id": "b2\n"}), false},
		{"a machine after a reboot", one.with(boot), one.with(files{"proc/sys/kernel/random/boot_id": "b2\n"}), true},
		{"no machine-id", boot, files{"proc/sys/kernel/random/boot_id": "b2\n"}, false},
	} {
		if a, b := values(testHost(row.one))["machine"], values(testHost(row.other))["machine"]; len(a) != 8 || (a == b) != row.same {
			t.Errorf("%s: got %q and %q, want the same %v", row.name, a, b, row.same)
		}
	}
	for _, cpu := range []string{"cpu family : x\nmodel : ../1\nstepping : 0\n", "cpu family : 6\n", ""} {
		if got := testHost(files{"proc/cpuinfo": cpu}).familyModel(); got != "" {
			t.Errorf("%q: got %q for a folder's name, want none", cpu, got)
		}
	}
}
