/** Buckets of a stack, and the resources that configure them. */
import type { PolicyResource } from "@pulumi/policy";
import type { ResourceType } from "./resourceTypes";
import { known, look, type JudgedStack, type Member, sources } from "./stackRule";
import { unknown } from "./preview";

/** BucketV2 is the older name of the same resource. */
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export type BucketType = (typeof bucketTypes)[number];

type PartType = {
    [T in ResourceType]: T extends `aws:s3/bucket${string}` ? (T extends BucketType ? never : T) : never;
}[ResourceType];

/** The stack's buckets, but for the rule's exceptions. In a stack that has no buckets at all the rule is not applicable. */
export function bucketsOf(stack: JudgedStack): readonly Member<BucketType>[] {
    if (bucketTypes.every((type) => stack.every(type).length === 0)) {
        stack.notApplicable("the stack has no buckets");
    }
    return bucketTypes.flatMap((type) => stack.of(type));
}

/**
 * What configures a bucket: what names it or, where its name is not known at preview, what is made from it, be it by way
 * of another part, as in `bucket: publicAccessBlock.bucket`.
 */
export function partsOf<T extends PartType>(
    stack: JudgedStack,
    bucket: Member<BucketType>,
    types: readonly T[],
): readonly Member<T>[] {
    return types.flatMap((type) => stack.every(type)).filter((part) => configures(part, bucket));
}

function configures(part: Member<PartType>, bucket: Member<BucketType>): boolean {
    const target = known(() => part.props.bucket as string | undefined) ?? "";
    const name = known(() => bucket.props.bucket) ?? "";
    return target !== "" && name !== "" ? target === name : isMadeFrom(part.resource, bucket.urn);
}

function isMadeFrom(part: PolicyResource, urn: string): boolean {
    return (part.propertyDependencies["bucket"] ?? []).some((source) => source.urn === urn || isMadeFrom(source, urn));
}

/**
 * A property of the bucket itself by which older programs configure it. The provider gives back what others set, so
 * a value that is not known at preview is one only where the program makes it from something.
 */
export function inlinePart<T>(
    bucket: Member<BucketType>,
    property: string,
    read: () => T,
): T | typeof unknown | undefined {
    const value = look(read);
    return value === unknown && sources(bucket, property).length === 0 ? undefined : value;
}
