package figures

import (
	"slices"
	"strings"

	"example.org/asye/internal/equality"
	"example.org/asye/internal/platform/fault"
	"example.org/asye/internal/programme"
)

// chosen finds the programme that was asked for, among those that there are;
// child and family when none was.
func chosen(all []programme.Programme, key string) (programme.Programme, error) {
	if key == "" {
		key = equality.ChildAndFamily
	}
	var keys []string
	for _, p := range all {
		if p.Key == key {
			return p, nil
		}
		keys = append(keys, p.Key)
	}
	var p fault.Problems
	p.If(true, "programme", "There is no programme %q. Choose from %s", key, strings.Join(slices.Sorted(slices.Values(keys)), ", "))
	return programme.Programme{Key: key, Name: "No programme"}, p.Err()
}
