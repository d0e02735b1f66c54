/**
 * Tags, decided once and put into the inputs of every resource that takes them. Not by the provider's default tags:
 * those are merged inside the provider, where policies that read a resource's inputs cannot rely on them.
 */
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./settings";

export type Tags = Readonly<Record<string, string>>;

/** Types of this lake's resources that have tags. Objects have them too, but each tag of an object is billed. */
const taggable = new Set([
    "aws:athena/workgroup:Workgroup",
    "aws:budgets/budget:Budget",
    "aws:cloudtrail/trail:Trail",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:glue/catalogDatabase:CatalogDatabase",
    "aws:glue/connection:Connection",
    "aws:glue/crawler:Crawler",
    "aws:glue/dataQualityRuleset:DataQualityRuleset",
    "aws:glue/job:Job",
    "aws:glue/trigger:Trigger",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
]);

export function tagsOf({ stack, environment, owner }: Settings): Tags {
    return {
        "lakeworks:stack": stack,
        "lakeworks:environment": environment,
        "lakeworks:owner": owner,
    };
}

/** A transformation for a component's options; a tag that a resource sets itself wins. */
export function tagged(tags: Tags): pulumi.ResourceTransformation {
    return ({ type, props, opts }) => {
        if (!taggable.has(type)) {
            return undefined;
        }
        const inputs = props as { tags?: Tags };
        return { props: { ...inputs, tags: { ...tags, ...inputs.tags } }, opts };
    };
}
