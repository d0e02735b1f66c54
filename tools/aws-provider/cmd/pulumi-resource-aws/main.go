// Command pulumi-resource-aws is the AWS resource plugin with the services of services.txt.
package main

import (
	"context"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	"lakeworks/aws-provider/provider"
)

// version is that of npm @pulumi/aws, set by -ldflags "-X main.version=…".
var version string

func main() {
	ctx := context.Background()
	schema := []byte(`{"name":"aws","version":"` + version + `"}`)
	tfbridge.MainWithMuxer(ctx, "aws", provider.New(ctx, version), schema)
}
