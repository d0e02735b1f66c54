import { list } from "../lib/list";
import { unknown } from "../lib/preview";
import { type Judged, resourceRule } from "../lib/resourceRule";
import type { ResourceType } from "../lib/resourceTypes";

interface Config {
    readonly stacks: readonly string[];
    readonly letGo: readonly string[];
}

/** KMS lets a key's deletion be cancelled for so long; the provider's default, and the longest there is. */
const longestWindow = 30;

export const retainedData = resourceRule<Config>(
    {
        name: "retained-data",
        displayName: "Production data is kept",
        description: "What holds a production stack's data is protected from deletion.",
        severity: "critical",
        tags: ["reliability"],
        url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
        remediationSteps:
            "Set the resource option protect to true, and forceDestroy of buckets to false. To delete a stack on purpose, " +
            "name it in the rule's configuration `letGo` for as long as that takes.",
        config: {
            stacks: {
                type: "array",
                items: { type: "string", minLength: 1 },
                default: ["^prod"],
                description: "Regular expressions of the names of the stacks that hold production data.",
            },
            letGo: {
                type: "array",
                items: { type: "string", minLength: 1 },
                default: [],
                description: "Names of stacks, letter for letter, that are about to be deleted with their data.",
            },
        },
    },
    {
        "aws:s3/bucket:Bucket": checkBucket,
        "aws:s3/bucketV2:BucketV2": checkBucket,
        "aws:glue/catalogDatabase:CatalogDatabase": (judged) => checkProtection("glue.CatalogDatabase", judged),
        "aws:glue/catalogTable:CatalogTable": (judged) => {
            if (judged.look(() => judged.props.tableType) === "VIRTUAL_VIEW") {
                judged.notApplicable(`"${judged.name}" is a view: it stores no data`);
            }
            checkProtection("glue.CatalogTable", judged);
        },
        "aws:kms/key:Key": (judged) => {
            const stack = stackOf(judged);
            const days = judged.look(() => judged.props.deletionWindowInDays ?? longestWindow);
            // A key that waits the full time is not lost by a mistake: what it encrypts is unreadable long before.
            if (days !== unknown && days < longestWindow && !judged.opts.protect) {
                judged.report(
                    `Key "${judged.name}" of stack "${stack}" is not protected, and its deletion can be cancelled for ${days} ` +
                        "days only: what is encrypted by it is lost with it. Set the resource option protect to true, or " +
                        `deletionWindowInDays to ${longestWindow}.${onPurpose(stack)}`,
                );
            }
        },
    },
);

function checkBucket(judged: Judged<"aws:s3/bucket:Bucket", Config>): void;
function checkBucket(judged: Judged<"aws:s3/bucketV2:BucketV2", Config>): void;
function checkBucket(judged: Judged<"aws:s3/bucket:Bucket" | "aws:s3/bucketV2:BucketV2", Config>): void {
    checkProtection("s3.Bucket", judged);
    if (judged.look(() => judged.props.forceDestroy) === true) {
        const stack = stackOf(judged);
        judged.report(
            `s3.Bucket "${judged.name}" of stack "${stack}" is deleted with all its objects when its resource is. ` +
                `Set forceDestroy to false.${onPurpose(stack)}`,
        );
    }
}

function checkProtection(title: string, judged: Judged<ResourceType, Config>): void {
    const stack = stackOf(judged);
    if (!judged.opts.protect) {
        judged.report(
            `${title} "${judged.name}" of stack "${stack}" is not protected: whoever takes it out of the program ` +
                `deletes it. Set the resource option protect to true.${onPurpose(stack)}`,
        );
    }
}

function onPurpose(stack: string): string {
    return ` To delete the stack on purpose, name it in the rule's configuration: "letGo": ["${stack}"].`;
}

/** The resource's stack; for stacks that are not meant, the rule is not applicable. */
function stackOf({ urn, config, notApplicable }: Judged<ResourceType, Config>): string {
    const [, , stack = ""] = urn.split("::")[0]!.split(":");
    if (!config.stacks.some((pattern) => new RegExp(pattern).test(stack))) {
        notApplicable(`stack "${stack}" holds no production data: it matches none of ${list(config.stacks)}`);
    }
    if (config.letGo.includes(stack)) {
        notApplicable(`stack "${stack}" is to be deleted: the rule's configuration lets it go`);
    }
    return stack;
}
