/** The policies of a lake as its program makes them: of roles, buckets, keys, topics and queues. */
import assert from "node:assert/strict";
import type { LakeOutputs } from "../../components/lakeOutputs";
import { account, ofType, one, region, valueOf, type Built } from "../components/mocks";
import { configOf } from "../stacks/config";
import { atEndpoint, runProgram } from "../stacks/program";
import type { Caller } from "./decide";

/** The mocks would give every key the same ARN. */
const topicKey = `arn:aws:kms:${region}:${account}:key/topic`;

export class Deployed {
    readonly account = account;

    constructor(
        readonly built: Built<unknown>,
        readonly outputs: LakeOutputs,
    ) {}

    /** On the shape that AWS gets, not that of the local AWS. */
    static async stack(stack: "dev" | "prod"): Promise<Deployed> {
        const answers = { [`lakeworks-${stack}-monitoring-topic-key`]: { keyId: "topic", arn: topicKey } };
        const built = await atEndpoint(undefined, () => runProgram(stack, configOf(stack), answers));
        return new Deployed(built, await valueOf(built.value.lake));
    }

    /** With what another program makes beside the lake. */
    and(built: Built<unknown>): Deployed {
        return new Deployed({ ...this.built, resources: [...this.built.resources, ...built.resources] }, this.outputs);
    }

    /** A role by the name of its resource, with its policies. */
    role(name: string): Caller {
        one(this.built, "aws:iam/role:Role", name);
        const policies = ofType(this.built, "aws:iam/rolePolicy:RolePolicy")
            .filter(({ inputs }) => inputs.role === `${name}-0a1b2c3`)
            .map(({ inputs }) => inputs.policy as string);
        assert.ok(policies.length > 0, `${name} has a policy`);
        return { principal: this.roleArn(name), policies };
    }

    roleArn(name: string): string {
        return `arn:aws:iam::${account}:role/${name}-0a1b2c3`;
    }

    /** The policy of the resource itself. */
    policyOf(arn: string): string | undefined {
        const [, , kind, , , ...rest] = arn.split(":");
        const name = rest.join(":");
        switch (kind) {
            case "s3":
                return this.inputs("aws:s3/bucketPolicy:BucketPolicy", ({ bucket }) => bucket === bucketOf(arn)).policy;
            case "kms":
                return this.inputs(
                    "aws:kms/key:Key",
                    (_, { name: key }) => (name === "key/topic") === key.includes("topic"),
                ).policy;
            case "sns":
                return this.inputs("aws:sns/topicPolicy:TopicPolicy", ({ arn: topic }) => topic === arn).policy;
            case "sqs":
                return this.inputs("aws:sqs/queuePolicy:QueuePolicy", ({ queueUrl }) => queueUrl!.endsWith(`/${name}`))
                    .policy;
            case "iam":
                return this.inputs("aws:iam/role:Role", (_, { name: role }) => name === `role/${role}-0a1b2c3`)
                    .assumeRolePolicy;
            default:
                return undefined;
        }
    }

    /** Whether S3 keeps policies from opening the bucket to the public. */
    restrictsPublic(arn: string): boolean {
        if (!arn.startsWith("arn:aws:s3:::")) return false;
        const block = this.inputs("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", ({ bucket }) => {
            return bucket === bucketOf(arn);
        });
        return block.restrictPublicBuckets === "true";
    }

    private inputs(
        type: string,
        isIt: (inputs: Record<string, string>, resource: { readonly name: string }) => boolean,
    ): Record<string, string> {
        const found = ofType(this.built, type).filter((resource) => isIt(resource.inputs, resource));
        assert.equal(found.length, 1, `one ${type}, not ${found.map(({ name }) => name).join(", ")}`);
        return found[0]!.inputs as Record<string, string>;
    }
}

function bucketOf(arn: string): string {
    return arn.slice("arn:aws:s3:::".length).split("/")[0]!;
}
