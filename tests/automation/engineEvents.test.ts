import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { EngineFollower, describeChanges, describeViolation, hasChanges, label } from "../../automation/engineEvents";

const urn = (name: string, type = "aws:s3/bucketV2:BucketV2") =>
    `urn:pulumi:local::lakeworks::lakeworks:index:DataLakeBuckets$${type}::${name}`;

let sequence = 0;
const event = (body: Partial<EngineEvent>) => ({ sequence: ++sequence, timestamp: 0, ...body });
const pre = (name: string, op = "create") => event({ resourcePreEvent: { metadata: { op, urn: urn(name) } as never } });
const done = (name: string, op = "create") => event({ resOutputsEvent: { metadata: { op, urn: urn(name) } as never } });

describe("the engine's events", () => {
    it("shows what is done and what is waited for, and for how long", () => {
        let now = 0;
        const follower = new EngineFollower(() => now);
        for (const one of [pre("bronze"), pre("silver"), pre("gold"), pre("scripts"), done("bronze")])
            follower.onEvent(one);
        now = 41_000;
        assert.equal(
            follower.status(),
            "1 of 4 done; waiting for BucketV2 silver (41.0 s), BucketV2 gold (41.0 s) and 1 more",
        );
    });

    it("does not count what stays as it is", () => {
        const follower = new EngineFollower();
        for (const one of [pre("bronze", "same"), done("bronze", "same")]) follower.onEvent(one);
        assert.equal(follower.status(), "0 of 0 done");
    });

    it("collects errors by resource and leaves the engine's colours out", () => {
        const follower = new EngineFollower();
        const message = "<{%reset%}>  access denied\n<{%reset%}>";
        follower.onEvent(
            event({ diagnosticEvent: { urn: urn("bronze"), severity: "error", message, color: "never" } }),
        );
        follower.onEvent(event({ diagnosticEvent: { severity: "info", message: "hello", color: "never" } }));
        assert.deepEqual(follower.errors, ["BucketV2 bronze: access denied"]);
    });

    it("keeps the warnings of the program, and not those of the engine about itself", () => {
        const follower = new EngineFollower();
        const warning = (message: string, of?: string) =>
            event({ diagnosticEvent: { urn: of, severity: "warning", message, color: "never" } });
        follower.onEvent(warning("<{%reset%}>LakeNetwork is left out\n<{%reset%}>", urn("lake")));
        follower.onEvent(warning("using pulumi-resource-aws from $PATH"));
        assert.deepEqual(follower.warnings, ["LakeNetwork is left out"]);
        assert.deepEqual(follower.errors, []);
    });

    it("tells mandatory violations from advisory ones", () => {
        const follower = new EngineFollower();
        const violation = (enforcementLevel: "mandatory" | "warning") =>
            event({
                policyEvent: {
                    resourceUrn: urn("sales", "aws:glue/catalogTable:CatalogTable"),
                    message: "the table sales is JSON",
                    policyName: "parquet-output",
                    policyPackName: "lakeworks",
                    policyPackVersion: "1",
                    policyPackVersionTag: "1",
                    color: "never",
                    enforcementLevel,
                },
            });
        follower.onEvent(violation("mandatory"));
        follower.onEvent(violation("warning"));
        assert.deepEqual(follower.violations.map(describeViolation), [
            "Mandatory policy parquet-output at CatalogTable sales: the table sales is JSON",
            "Advisory policy parquet-output at CatalogTable sales: the table sales is JSON",
        ]);
    });

    it("names resources by their own type", () => {
        assert.equal(label(urn("bronze")), "BucketV2 bronze");
        assert.equal(
            label("urn:pulumi:local::lakeworks::lakeworks:index:EtlJob::sales"),
            "lakeworks:index:EtlJob sales",
        );
    });

    it("describes changes that were made, are planned, or are none", () => {
        assert.equal(describeChanges({ create: 31, update: 2 }), "31 created, 2 updated");
        assert.equal(describeChanges({ create: 1, same: 3 }, true), "1 to create, 3 unchanged");
        assert.equal(describeChanges({}), "nothing to do");
        assert.equal(hasChanges({ same: 31 }), false);
        assert.equal(hasChanges({ same: 31, update: 1 }), true);
    });
});
