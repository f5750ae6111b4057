package host

import "testing"

func TestQuotas(t *testing.T) {
	const (
		v1Mount  = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
		acct     = "33 31 0:30 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct\n"
		v2Mount  = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
		v1Dir    = "sys/fs/cgroup/cpu,cpuacct"
		docker   = "32 31 0:29 /docker/abc /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
		noParent = "n/a (no visible ancestor)"
	)
	tests := []struct {
		name       string
		files      files
		denied     []string
		own, above string
	}{
		{"v1 without quota", files{
			"proc/self/cgroup": "3:cpuacct:/x\n2:cpu,cpuacct:/a\n0::/\n", "proc/self/mountinfo": acct + v1Mount,
			v1Dir + "/a/cpu.cfs_quota_us": "-1\n", v1Dir + "/a/cpu.cfs_period_us": "100000\n",
			v1Dir + "/cpu.cfs_quota_us": "-1\n", v1Dir + "/cpu.cfs_period_us": "100000\n",
		}, nil, "none", "none"},
		{"v1 own and a tighter ancestor", files{
			"proc/self/cgroup": "2:cpu:/a/b\n", "proc/self/mountinfo": v1Mount,
			v1Dir + "/a/b/cpu.cfs_quota_us": "150000\n", v1Dir + "/a/b/cpu.cfs_period_us": "100000\n",
			v1Dir + "/a/cpu.cfs_quota_us": "25000\n", v1Dir + "/a/cpu.cfs_period_us": "50000\n",
			v1Dir + "/cpu.cfs_quota_us": "-1\n", v1Dir + "/cpu.cfs_period_us": "100000\n",
		}, nil, "1.50 CPUs", "0.50 CPUs"},
		{"v1 container shows its own part", files{
			"proc/self/cgroup": "2:cpu:/docker/abc\n", "proc/self/mountinfo": docker,
			"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
		}, nil, "2.00 CPUs", noParent},
		{"v1 mount of another part", files{
			"proc/self/cgroup": "2:cpu:/docker/abcdef\n", "proc/self/mountinfo": docker,
		}, nil, "n/a (cgroup not mounted)", "n/a (cgroup not mounted)"},
		{"v2 quota", files{
			"proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": v2Mount,
			v2 + "/a/cpu.max": "50000 100000\n", v2 + "/cgroup.controllers": "cpu\n",
		}, nil, "0.50 CPUs", "none"},
		{"v2 without the controller", files{
			"proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": v2Mount,
			v2 + "/a/cgroup.controllers": "memory\n", v2 + "/cgroup.controllers": "cpu\n",
		}, nil, "none", "none"},
		{"v2 group not there", files{
			"proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": v2Mount,
		}, nil, "n/a (ENOENT)", "n/a (ENOENT)"},
		{"v2 hidden ancestor is not none", files{
			"proc/self/cgroup": "0::/a/b/c\n", "proc/self/mountinfo": v2Mount,
			v2 + "/a/b/c/cpu.max": "max 100000\n", v2 + "/a/b/cpu.max": "max 100000\n",
			v2 + "/a/cpu.max": "50000 100000\n", v2 + "/cgroup.controllers": "cpu\n",
		}, []string{v2 + "/a/cpu.max"}, "none", "n/a (EACCES)"},
		{"v2 a limit beats a hidden ancestor", files{
			"proc/self/cgroup": "0::/a/b/c\n", "proc/self/mountinfo": v2Mount,
			v2 + "/a/b/c/cpu.max": "max 100000\n", v2 + "/a/b/cpu.max": "50000 100000\n",
			v2 + "/a/cpu.max": "max 100000\n", v2 + "/cgroup.controllers": "cpu\n",
		}, []string{v2 + "/a/cpu.max"}, "none", "0.50 CPUs"},
		{"v2 outside the namespace", files{
			"proc/self/cgroup": "0::/../b\n", "proc/self/mountinfo": v2Mount,
		}, nil, "n/a (cgroup not mounted)", "n/a (cgroup not mounted)"},
		{"v2 mount point with a space", files{
			"proc/self/cgroup": "0::/\n", "proc/self/mountinfo": `30 23 0:26 / /my\040cg rw - cgroup2 x rw` + "\n",
			"my cg/cpu.max": "100000 100000",
		}, nil, "1.00 CPUs", noParent},
		{"bad numbers", files{
			"proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": v2Mount,
			v2 + "/a/cpu.max": "0 100000\n", v2 + "/cpu.max": "NaN\n",
		}, nil, "n/a (bad quota)", "n/a (bad quota)"},
		{"no controller", files{
			"proc/self/cgroup": "1:name=systemd:/\n", "proc/self/mountinfo": v2Mount,
		}, nil, "n/a (no cpu controller)", "n/a (no cpu controller)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			own, above := testHost(tt.files, tt.denied...).quotas()
			if got := formatQuota(own); got != tt.own {
				t.Errorf("own: got %q, want %q", got, tt.own)
			}
			if got := formatQuota(above); got != tt.above {
				t.Errorf("above: got %q, want %q", got, tt.above)
			}
		})
	}
}
