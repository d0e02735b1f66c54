/** The programs of this repository under mocks, judged by every rule of the pack: what Lakeworks asks of others, it does. */
import { deepEqual, equal, ok } from "node:assert/strict";
import * as path from "node:path";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { bucketLifecycle } from "../../policies/cost/bucket-lifecycle";
import { requiredTags } from "../../policies/cost/required-tags";
import { retainedData } from "../../policies/reliability/retained-data";
import { versionedBuckets } from "../../policies/reliability/versioned-buckets";
import { rules } from "../../policies/rules";
import { tlsOnlyBuckets } from "../../policies/security/tls-only-buckets";
import { build, type Recorded } from "../components/mocks";
import { configOf } from "../stacks/config";
import { judge, judgeStack, type Subject, type Verdict } from "./harness";

type Rule = ResourceValidationPolicy | StackValidationPolicy;

const folder = path.resolve(__dirname, "../../stacks");

/** Runs stacks/index.ts anew, with the stack's own configuration. */
async function run(stack: string, more: Record<string, string> = {}): Promise<readonly Recorded[]> {
    const { resources } = await build(() => {
        pulumi.runtime.setAllConfig({ ...configOf(stack), ...more });
        for (const file of Object.keys(require.cache).filter((loaded) => loaded.startsWith(folder))) {
            delete require.cache[file];
        }
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run the program only once
        return require(path.join(folder, "index")) as unknown;
    }, stack);
    return resources;
}

function subjectOf({ type, name, inputs, protect }: Recorded): Subject {
    return { type, name, props: inputs as object, protect };
}

/** As a stack rule sees a resource: with the name that AWS gave the bucket, as the mocks do. */
function memberOf(resource: Recorded): Subject {
    const subject = subjectOf(resource);
    const given = resource.type === "aws:s3/bucket:Bucket" ? { bucket: `${resource.name}-0a1b2c3` } : {};
    return { ...subject, props: { ...given, ...subject.props } };
}

/** Everything that a rule has to say of a stack, each with the resource's name. */
async function told(rule: Rule, stack: string, resources: readonly Recorded[], config?: object): Promise<string[]> {
    const all = ({ violations, advice }: Verdict) => [...violations, ...advice.map((message) => `advice: ${message}`)];
    if ("validateStack" in rule) {
        return all(await judgeStack(rule, resources.map(memberOf), config, stack));
    }
    const messages: string[] = [];
    for (const resource of resources) {
        messages.push(
            ...all(await judge(rule, subjectOf(resource), config, stack)).map(
                (message) => `${resource.name}: ${message}`,
            ),
        );
    }
    return messages;
}

describe("the pack on this repository's own stacks", function () {
    this.timeout(60_000);
    const endpoint = process.env.AWS_ENDPOINT_URL;
    const programs = new Map<string, readonly Recorded[]>();

    before(async () => {
        // Without an endpoint prod makes its network too; local refuses to run without one.
        delete process.env.AWS_ENDPOINT_URL;
        programs.set("dev", await run("dev"));
        programs.set("prod", await run("prod"));
        process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
        programs.set("local", await run("local"));
    });

    after(() => {
        if (endpoint === undefined) {
            delete process.env.AWS_ENDPOINT_URL;
        } else {
            process.env.AWS_ENDPOINT_URL = endpoint;
        }
    });

    for (const stack of ["dev", "prod", "local"]) {
        for (const rule of rules) {
            it(`${stack}: ${rule.name} has nothing to say`, async () => {
                const resources = programs.get(stack)!;
                ok(resources.length > 20);
                deepEqual(await told(rule, stack, resources), []);
            });
        }

        it(`${stack}: required-tags has nothing to say of the tags that the stacks set`, async () => {
            const required = ["lakeworks:stack", "lakeworks:environment", "lakeworks:owner"];
            deepEqual(await told(requiredTags, stack, programs.get(stack)!, { required }), []);
        });
    }

    it("every rule has something to judge in prod", async () => {
        const resources = programs.get("prod")!;
        for (const rule of rules.filter(({ name }) => name !== "required-tags")) {
            const verdicts =
                "validateStack" in rule
                    ? [await judgeStack(rule, resources.map(memberOf), {}, "prod")]
                    : await Promise.all(resources.map((each) => judge(rule, subjectOf(each), {}, "prod")));
            ok(
                verdicts.some(({ notApplicable }) => notApplicable === undefined),
                rule.name,
            );
        }
    });

    for (const [part, rule, count] of [
        ["aws:s3/bucketPolicy:BucketPolicy", tlsOnlyBuckets, 6],
        ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucketLifecycle, 6],
        ["aws:s3/bucketVersioning:BucketVersioning", versionedBuckets, 6],
    ] as const) {
        it(`${rule.name} would miss dev's resources of type ${part}`, async () => {
            const without = programs.get("dev")!.filter(({ type }) => type !== part);
            equal((await told(rule, "dev", without)).length, count);
        });
    }

    it("prod with its two keys is let go by retained-data where the rule's configuration names it, and only there", async () => {
        delete process.env.AWS_ENDPOINT_URL;
        const resources = await run("prod", {
            "lakeworks:forceDestroy": "true",
            "lakeworks:destroyConfirmation": "prod",
        });
        ok((await told(retainedData, "prod", resources)).length > 0);
        equal((await told(retainedData, "prod", resources, { letGo: ["prod"] })).length, 0);
    });
});
