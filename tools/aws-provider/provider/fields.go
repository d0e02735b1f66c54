package provider

import (
	"context"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
)

// Fields returns what cannot be read from npm's types, by resource and Terraform field: Pulumi names that share no
// letters with Terraform's, names given automatically within AWS's limits, and files sent as assets.
func Fields() map[string]map[string]*tfbridge.SchemaInfo {
	file := func() *tfbridge.SchemaInfo {
		return &tfbridge.SchemaInfo{Asset: &tfbridge.AssetTranslation{Kind: tfbridge.FileAsset}}
	}
	return map[string]map[string]*tfbridge.SchemaInfo{
		"aws_budgets_budget":                     {"name": autoName("name", 100, nil)},
		"aws_cloudtrail":                         {"name": autoName("name", 128, nil)},
		"aws_cloudwatch_event_rule":              {"name": autoName("name", 64, nil)},
		"aws_cloudwatch_log_subscription_filter": {"log_group_name": {Name: "logGroup"}},
		"aws_cloudwatch_metric_alarm":            {"alarm_name": autoName("name", 255, nil)},
		"aws_glue_catalog_database":              {"name": autoName("name", 255, strings.ToLower)},
		"aws_iam_instance_profile":               {"name": autoName("name", 128, nil)},
		"aws_iam_role":                           {"name": autoName("name", 64, nil)},
		"aws_kms_alias":                          {"name": autoName("name", 255, aliasName)},
		"aws_s3_bucket":                          {"bucket": autoName("bucket", 63, strings.ToLower)},
		"aws_s3_bucket_object":                   {"key": autoName("key", 1024, nil), "source": file()},
		"aws_s3_bucket_website_configuration":    {"routing_rules": {Name: "routingRuleDetails"}},
		"aws_s3_object":                          {"key": autoName("key", 1024, nil), "source": file()},
		"aws_sns_topic":                          {"name": autoName("name", 256, nil)},
		"aws_sns_topic_subscription":             {"topic_arn": {Name: "topic"}},
		"aws_sqs_queue":                          {"name": autoName("name", 80, nil)},
	}
}

func applyFields(info *tfbridge.ProviderInfo) {
	for name, fields := range Fields() {
		resource := info.Resources[name]
		if resource.Fields == nil {
			resource.Fields = map[string]*tfbridge.SchemaInfo{}
		}
		for field, schema := range fields {
			resource.Fields[field] = schema
		}
	}
}

// autoName names a field after the resource, with a random suffix, in at most max characters.
func autoName(field string, max int, transform func(string) string) *tfbridge.SchemaInfo {
	options := tfbridge.AutoNameOptions{Separator: "-", Maxlen: max, Randlen: 7, Transform: transform}
	return &tfbridge.SchemaInfo{Name: field, Default: &tfbridge.DefaultInfo{
		AutoNamed: true,
		ComputeDefault: func(ctx context.Context, compute tfbridge.ComputeDefaultOptions) (any, error) {
			return tfbridge.ComputeAutoNameDefault(ctx, options, compute)
		},
	}}
}

// aliasName adds the prefix that AWS demands of KMS aliases.
func aliasName(name string) string {
	if strings.HasPrefix(name, "alias/") {
		return name
	}
	return "alias/" + name
}
