// Package kubernetes checks the manifest beside it. It is a module of its own, so
// that what it needs does not enter stealbench's go.mod.
package kubernetes

import (
	"os"
	"strings"
	"testing"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kube-openapi/pkg/validation/strfmt"
	"k8s.io/kube-openapi/pkg/validation/validate"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// expand resolves all references of a schema, and lets objects have no fields that
// they don't name: a misspelt field is an error.
func expand(t *testing.T, s *spec.Schema) *spec.Schema {
	t.Helper()
	if s.Ref.String() != "" {
		resolved, err := openapi.Resolve(&s.Ref, openapi.Schema())
		if err != nil {
			t.Fatal(err)
		}
		s = resolved
	}
	c := *s
	if len(s.Properties) > 0 {
		c.Properties = map[string]spec.Schema{}
		for name, p := range s.Properties {
			c.Properties[name] = *expand(t, &p)
		}
		c.AdditionalProperties = &spec.SchemaOrBool{Allows: false}
	}
	if a := s.AdditionalProperties; a != nil && a.Schema != nil {
		c.AdditionalProperties = &spec.SchemaOrBool{Allows: true, Schema: expand(t, a.Schema)}
	}
	if s.Items != nil && s.Items.Schema != nil {
		c.Items = &spec.SchemaOrArray{Schema: expand(t, s.Items.Schema)}
	}
	return &c
}

// check returns what is wrong with a manifest of a batch/v1 Job, by the schema of
// Kubernetes' own OpenAPI document.
func check(t *testing.T, manifest []byte) error {
	t.Helper()
	var object map[string]any
	if err := yaml.Unmarshal(manifest, &object); err != nil {
		return err
	}
	schema := openapi.SchemaForResourceType(kyaml.TypeMeta{APIVersion: "batch/v1", Kind: "Job"})
	if schema == nil {
		t.Fatal("no schema of batch/v1 Job")
	}
	return validate.AgainstSchema(expand(t, schema.Schema), object, strfmt.Default)
}

func TestJob(t *testing.T) {
	manifest, err := os.ReadFile("job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := check(t, manifest); err != nil {
		t.Error(err)
	}
	// Each seeds a fault that the schema must find.
	for _, row := range []struct{ name, old, new string }{
		{"misspelt field", "completionMode:", "completionMod:"},
		{"misspelt field deep down", "mountPath:", "mountpath:"},
		{"number in words", "completions: 8", "completions: eight"},
		{"string for a list", "command:", "command: run\n          args:"},
		{"missing name", "- name: stealbench", "-"},
	} {
		if !strings.Contains(string(manifest), row.old) {
			t.Errorf("%s: got no %q to change", row.name, row.old)
		}
		if err := check(t, []byte(strings.Replace(string(manifest), row.old, row.new, 1))); err == nil {
			t.Errorf("%s: got no error", row.name)
		}
	}
}

// TestJobIsIndexed: what the schema does not say: as many completions as shards, in
// an Indexed Job, whose index stealbench reads.
func TestJobIsIndexed(t *testing.T) {
	manifest, err := os.ReadFile("job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var job struct {
		Spec struct {
			Completions    int
			CompletionMode string
			Template       struct {
				Spec struct {
					Containers []struct{ Command []string }
				}
			}
		}
	}
	if err := yaml.Unmarshal(manifest, &job); err != nil {
		t.Fatal(err)
	}
	command := strings.Join(job.Spec.Template.Spec.Containers[0].Command, " ")
	if job.Spec.CompletionMode != "Indexed" || job.Spec.Completions != 8 || !strings.Contains(command, "--shard auto/8") {
		t.Errorf("got %+v, want an Indexed Job of 8 completions that runs --shard auto/8", job.Spec)
	}
}
