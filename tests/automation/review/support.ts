/** Engine events by hand, recorded ones from fixtures/, and reviews of both. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { EngineEvent, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import type { CostOfChange, Review } from "../../../automation/review/review";
import { reviewOf } from "../../../automation/review/review";
import { stepsOf } from "../../../automation/review/engineSteps";
import type { Rule } from "../../../automation/review/rule";

export const stackUrn = "urn:pulumi:prod::lakeworks::pulumi:pulumi:Stack::lakeworks-prod";

export function urnOf(type: string, name: string): string {
    return `urn:pulumi:prod::lakeworks::${type}::${name}`;
}

export function state(type: string, name: string, more: Partial<StepEventStateMetadata> = {}): StepEventStateMetadata {
    const base = { type, urn: urnOf(type, name), custom: true, id: name, parent: stackUrn, provider: "" };
    return { ...base, inputs: {}, outputs: {}, ...more };
}

/** One step of the engine; `old` and `new` say what it is about. */
export function step(
    op: string,
    states: { old?: StepEventStateMetadata; new?: StepEventStateMetadata },
    more: object = {},
): EngineEvent {
    const { urn, type } = (states.new ?? states.old)!;
    const metadata = { op, urn, type, provider: "", ...states, ...more };
    return { sequence: 0, timestamp: 0, resourcePreEvent: { metadata: metadata as never } };
}

export const parquet: Rule = {
    name: "parquet-output",
    displayName: "Silver and gold output is Parquet",
    description: "Silver and gold data is stored as Parquet.",
    severity: "high",
    tags: ["cost"],
    url: "https://docs.example.com/parquet",
    remediationSteps: "Declare the table with LakeTable.",
    configSchema: { properties: { exceptions: { type: "array" } } },
};

export const encrypted: Rule = {
    name: "encrypted-buckets",
    displayName: "Buckets are encrypted",
    description: "Every bucket is encrypted.",
    severity: "critical",
    tags: ["security"],
    url: "https://docs.example.com/encryption",
    remediationSteps: "Set serverSideEncryptionConfiguration.",
    framework: { name: "CIS", version: "3.0", reference: "2.1.1", specification: "" },
};

export function violation(
    rule: Rule,
    message: string,
    urn: string | undefined = urnOf("aws:glue/catalogTable:CatalogTable", "sales"),
    enforcementLevel: "mandatory" | "advisory" = "mandatory",
): EngineEvent {
    const policyEvent = {
        resourceUrn: urn,
        message: `<{%reset%}>${rule.description}\n${message}<{%reset%}>\n`,
        color: "never",
        policyName: rule.name,
        policyPackName: "lakeworks",
        policyPackVersion: "0.1.0",
        policyPackVersionTag: "0.1.0",
        enforcementLevel,
    };
    return { sequence: 0, timestamp: 0, policyEvent: policyEvent as never };
}

export const cost: CostOfChange = {
    changes: [
        {
            service: "Glue",
            resource: urnOf("aws:glue/job:Job", "sales-etl"),
            name: "sales-etl",
            before: 4.46,
            after: 8.92,
            delta: 4.46,
            what: "4 × G.1X workers, 30.42 runs of 10 min",
            why: "4 DPU × 5.069 h × $0.44.",
        },
    ],
    unchanged: { count: 16, monthlyUsd: 372.36 },
    before: 376.82,
    after: 381.28,
    delta: 4.46,
    notPriced: [{ type: "aws:ec2/instance:Instance", count: 1, why: "no price of this type" }],
    region: "us-east-1",
    asOf: "2026-06-13",
};

export function review(events: readonly EngineEvent[], more: Partial<Parameters<typeof reviewOf>[0]> = {}): Review {
    return reviewOf({
        stack: "prod",
        when: new Date("2026-11-25T08:00:00Z"),
        programVersion: "0.1.0",
        events,
        steps: stepsOf(events),
        errors: [],
        warnings: [],
        rules: [parquet, encrypted],
        exceptions: [],
        ...more,
    });
}

/** Events of a preview on the local AWS, cut to what it is about: no outputs, no diagnostics. */
export function recorded(name: "csvTable" | "droppedDataset"): EngineEvent[] {
    return JSON.parse(fs.readFileSync(path.join(__dirname, "fixtures", `${name}.json`), "utf8")) as EngineEvent[];
}
