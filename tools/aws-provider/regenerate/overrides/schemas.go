package main

import (
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/schema"
)

func isCollection(s shim.Schema) bool { return s.Type() == shim.TypeList || s.Type() == shim.TypeSet }

// isFlat tells whether a collection is shown as its single item: by the override, else as the bridge does by itself.
func isFlat(s shim.Schema, maxOne *bool) bool {
	if maxOne != nil {
		return *maxOne
	}
	return isCollection(s) && tfbridge.IsMaxItemsOne(s, nil)
}

// block returns the fields of an object or of a collection's objects.
func block(s shim.Schema) (shim.SchemaMap, bool) {
	if resource, ok := s.Elem().(shim.Resource); ok {
		return resource.Schema(), true
	}
	return nil, false
}

// scalar is the npm name of a plain type, "?" for any other.
func scalar(t shim.ValueType) string {
	switch t {
	case shim.TypeBool:
		return "boolean"
	case shim.TypeInt, shim.TypeFloat:
		return "number"
	case shim.TypeString:
		return "string"
	}
	return "?"
}

// pulumiName is the bridge's own name of a field.
func pulumiName(field string, s shim.Schema, maxOne *bool) string {
	infos := map[string]*tfbridge.SchemaInfo{field: {MaxItemsOne: maxOne}}
	return tfbridge.TerraformToPulumiNameV2(field, schema.SchemaMap{field: s}, infos)
}

// letters is a name without what the two worlds write differently: case, underscores and the plural.
func letters(name string) string {
	return strings.TrimSuffix(strings.ToLower(strings.ReplaceAll(name, "_", "")), "s")
}
