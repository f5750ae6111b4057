package host

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"
)

// chip is the CPU's family, model and stepping, such as f25m1s1: a guest is often
// told no more of its name than that it is an AMD EPYC, and an atomic add takes
// twice as long on one of those as on another.
func (h Host) chip() (string, error) {
	var parts [3]string
	for i, field := range []string{"cpu family", "model", "stepping"} {
		v, err := readField(h.Root, "proc/cpuinfo", field)
		if err != nil {
			return "", err
		}
		parts[i] = v
	}
	return fmt.Sprintf("f%sm%ss%s", parts[0], parts[1], parts[2]), nil
}

// machine tells machines apart, so that shards of different ones are not pooled,
// and says nothing else about them: it is part of a hash. A container may have its
// image's machine-id and a name of its own choice, the same on every node: there it
// is the boot of the kernel that tells.
func (h Host) machine() (string, error) {
	id, err := readText(h.Root, "etc/machine-id")
	name, nameErr := readText(h.Root, "proc/sys/kernel/hostname") // virtual machines are cloned, with their id
	if h.inContainer() || err != nil || nameErr != nil {
		boot, err := readText(h.Root, "proc/sys/kernel/random/boot_id")
		if err != nil {
			return "", err
		}
		id, name = boot, ""
	}
	sum := sha256.Sum256([]byte("stealbench " + id + " " + name))
	return fmt.Sprintf("%x", sum[:4]), nil
}

// inContainer goes by what Docker, Podman and Kubernetes leave.
func (h Host) inContainer() bool {
	for _, name := range []string{".dockerenv", "run/.containerenv", "var/run/secrets/kubernetes.io"} {
		if _, err := fs.Stat(h.Root, name); err == nil {
			return true
		}
	}
	return false
}

// familyModel is the part of chip that fits a folder's name: f25m1.
func (h Host) familyModel() string {
	chip, err := h.chip()
	if err != nil {
		return ""
	}
	short, _, _ := strings.Cut(chip, "s")
	if strings.Trim(short, "fm0123456789") != "" {
		return ""
	}
	return short
}
