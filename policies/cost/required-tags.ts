import type { ResourceValidationArgs } from "@pulumi/policy";
import { tagging } from "../lib/frameworks";
import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { remediation } from "../lib/remediation";
import { type Judged, resourceRule, shortType } from "../lib/resourceRule";
import type { ResourceType } from "../lib/resourceTypes";
import type { RuleText } from "../lib/ruleText";

type Tags = Readonly<Record<string, string>>;

interface Config {
    readonly tags: Tags;
    readonly required: readonly string[];
}

/** What a lake is made of and takes tags. */
const taggable = [
    "aws:athena/workgroup:Workgroup",
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
    "aws:iam/policy:Policy",
    "aws:iam/role:Role",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
] as const satisfies readonly ResourceType[];

const text: RuleText = {
    name: "required-tags",
    displayName: "Resources are tagged",
    description: "Resources have the tags by which their cost and their owner are found.",
    severity: "low",
    tags: ["cost"],
    framework: tagging("Glue.1", "SQS.2", "SNS.3"),
    url: "https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",
    remediationSteps:
        "Set the tags, on each resource or by a transformation. As a remediating rule it adds those of `tags`.",
    enforcementLevel: "remediate",
    config: {
        tags: {
            type: "object",
            additionalProperties: { type: "string" },
            default: {},
            description: "Tags that are added where a resource has none of that key.",
        },
        required: {
            type: "array",
            items: { type: "string", minLength: 1 },
            default: [],
            description: "Keys of tags whose values only the program can know.",
        },
    },
};

export const requiredTags = resourceRule<Config>(
    text,
    Object.fromEntries(taggable.map((type) => [type, checkOf(type)])),
    remediation<Config>(text, taggable, (args, { tags }) => {
        const given = (args.props as { tags?: Tags }).tags ?? {};
        const missing = Object.keys(tags).filter((key) => !isTagged(given, key, args.provider));
        if (missing.length === 0) {
            return false;
        }
        args.props["tags"] ??= {};
        for (const key of missing) {
            (args.props["tags"] as Record<string, string>)[key] = tags[key]!;
        }
        return true;
    }),
);

function checkOf(type: ResourceType) {
    return ({ props, name, config, look, report, provider, notApplicable }: Judged<ResourceType, Config>): void => {
        const wanted = [...new Set([...config.required, ...Object.keys(config.tags)])];
        if (wanted.length === 0) {
            notApplicable("no tags are required: the rule's configuration names none");
        }
        const given = look(() => (props as { tags?: Tags }).tags ?? {});
        if (given === unknown) {
            return;
        }
        const missing = wanted.filter((key) => !isTagged(given, key, provider));
        if (missing.length > 0) {
            const keys = missing.map((key) => `"${key}"`);
            report(
                `${shortType(type)} "${name}" has no ${missing.length === 1 ? "tag" : "tags"} ${list(keys)}, so that its ` +
                    `cost cannot be assigned. Set tags[${keys.join("], tags[")}].`,
            );
        }
    };
}

/** By the resource or by the provider's default tags; the value need not be known yet. */
function isTagged(tags: Tags, key: string, provider: ResourceValidationArgs["provider"]): boolean {
    return Object.hasOwn(tags, key) || Object.hasOwn(defaultTagsOf(provider), key);
}

function defaultTagsOf(provider: ResourceValidationArgs["provider"]): object {
    // A provider's settings are JSON.
    const setting: unknown = provider?.props["defaultTags"];
    try {
        const parsed = (typeof setting === "string" ? JSON.parse(setting) : setting) as { tags?: object } | undefined;
        return parsed?.tags ?? {};
    } catch {
        return {};
    }
}
