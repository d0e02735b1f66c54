// Package provider gives the cut-down Terraform AWS provider the tokens and shapes of npm @pulumi/aws.
package provider

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	sdkshim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/x/muxer"
	"github.com/pulumi/pulumi-terraform-bridge/v3/unstable/metadata"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"

	upstream "github.com/hashicorp/terraform-provider-aws/shim"
)

//go:embed tokens.json
var tokensJSON []byte

// Tokens maps Terraform type names to Pulumi tokens (written by regenerate/tokens.py).
type Tokens struct {
	Resources   map[string]string `json:"resources"`
	DataSources map[string]string `json:"dataSources"`
}

// New describes the provider: what it serves, under which tokens, in which shapes.
func New(ctx context.Context, version string) tfbridge.ProviderInfo {
	info := NewWithoutOverrides(ctx, version)
	applyOverrides(&info)
	applyFields(&info)
	info.SetAutonaming(255, "-")

	dispatch, err := info.P.(interface {
		ResolveDispatch(*tfbridge.ProviderInfo) (muxer.DispatchTable, error)
	}).ResolveDispatch(&info)
	must(err)
	must(metadata.Set(info.GetMetadata(), "mux", dispatch))
	return info
}

// NewWithoutOverrides is New before overrides.json and the fields of fields.go are applied: what regenerate/overrides compares with npm.
func NewWithoutOverrides(ctx context.Context, version string) tfbridge.ProviderInfo {
	sdk, framework, err := upstream.New(ctx)
	must(err)
	info := tfbridge.ProviderInfo{
		P:            pfbridge.MuxShimWithPF(ctx, sdkshim.NewProvider(sdk), framework),
		Name:         "aws",
		Version:      version,
		MetadataInfo: tfbridge.NewProviderMetadata([]byte("{}")),
		SkipValidateProviderConfigForPluginFramework: true,
		EnableAccurateBridgePreview:                  true,
		Resources:                                    map[string]*tfbridge.ResourceInfo{},
		DataSources:                                  map[string]*tfbridge.DataSourceInfo{},
		Config: map[string]*tfbridge.SchemaInfo{
			"region":                      {Default: &tfbridge.DefaultInfo{EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}}},
			"skip_region_validation":      {Default: &tfbridge.DefaultInfo{Value: true}},
			"skip_credentials_validation": {Default: &tfbridge.DefaultInfo{Value: false}},
		},
	}
	var table Tokens
	must(json.Unmarshal(tokensJSON, &table))
	info.P.ResourcesMap().Range(func(name string, _ shim.Resource) bool {
		if token, ok := table.Resources[name]; ok {
			info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type(token)}
		} else {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
	info.P.DataSourcesMap().Range(func(name string, _ shim.Resource) bool {
		if token, ok := table.DataSources[name]; ok {
			info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: tokens.ModuleMember(token)}
		} else {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
	return info
}

func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("the AWS provider's tables are faulty: %v", err))
	}
}
