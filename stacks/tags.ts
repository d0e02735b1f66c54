/**
 * Tags, decided once and put into the inputs of every resource that takes them. Not by the provider's default tags:
 * those are merged inside the provider, where policies that read a resource's inputs cannot rely on them.
 */
import type * as pulumi from "@pulumi/pulumi";

export type Tags = Readonly<Record<string, string>>;

/** Types of this lake's resources that have tags. Objects have them too, but each tag of an object is billed. */
const taggable = new Set([
    "aws:athena/workgroup:Workgroup",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:glue/catalogDatabase:CatalogDatabase",
    "aws:glue/crawler:Crawler",
    "aws:glue/job:Job",
    "aws:glue/trigger:Trigger",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
]);

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
