package provider

import (
	_ "embed"
	"encoding/json"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

//go:embed overrides.json
var overridesJSON []byte

// Override is one difference between the bridge's own projection and @pulumi/aws (written by regenerate/overrides).
type Override struct {
	Name         string `json:"name,omitempty"`
	MaxItemsOne  *bool  `json:"maxItemsOne,omitempty"`
	Type         string `json:"type,omitempty"`
	ComputedOnly bool   `json:"computedOnly,omitempty"`
	Optional     bool   `json:"optional,omitempty"`
	// JSON takes a string or an object and sends it as JSON.
	JSON   bool                 `json:"json,omitempty"`
	Elem   *Override            `json:"elem,omitempty"`
	Fields map[string]*Override `json:"fields,omitempty"`
}

// Overrides are keyed "resource:aws_x", "data:aws_x" or "provider", then by Terraform field.
type Overrides map[string]map[string]*Override

func applyOverrides(info *tfbridge.ProviderInfo) {
	var overrides Overrides
	must(json.Unmarshal(overridesJSON, &overrides))
	for name, resource := range info.Resources {
		resource.Fields = schemas(overrides["resource:"+name])
	}
	for name, source := range info.DataSources {
		source.Fields = schemas(overrides["data:"+name])
	}
	for name, field := range overrides["provider"] {
		override := field.schema()
		if own := info.Config[name]; own != nil {
			override.Default = own.Default
		}
		info.Config[name] = override
	}
}

func (o *Override) schema() *tfbridge.SchemaInfo {
	if o == nil {
		return nil
	}
	info := &tfbridge.SchemaInfo{
		Name:        o.Name,
		MaxItemsOne: o.MaxItemsOne,
		Type:        tokens.Type(o.Type),
		Elem:        o.Elem.schema(),
		Fields:      schemas(o.Fields),
	}
	if o.ComputedOnly {
		info.MarkAsComputedOnly = tfbridge.True()
	}
	if o.Optional {
		info.MarkAsOptional = tfbridge.True()
	}
	if o.JSON {
		info.Transform = tfbridge.TransformJSONDocument
	}
	return info
}

func schemas(overrides map[string]*Override) map[string]*tfbridge.SchemaInfo {
	if len(overrides) == 0 {
		return nil
	}
	infos := map[string]*tfbridge.SchemaInfo{}
	for name, override := range overrides {
		infos[name] = override.schema()
	}
	return infos
}
