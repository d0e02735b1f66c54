/** The engine's steps by resource: several steps of one replacement are one. */
import type { EngineEvent, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";

export type StepOp = "create" | "update" | "replace" | "delete" | "import" | "same";

export interface ResourceStep {
    readonly urn: string;
    readonly op: StepOp;
    readonly type: string;
    readonly old?: StepEventStateMetadata;
    readonly new?: StepEventStateMetadata;
    /** Properties that differ, in the engine's own terms. */
    readonly diffs: readonly string[];
    readonly detailedDiff: NonNullable<StepEventMetadata["detailedDiff"]>;
    /** Properties that force the replacement. */
    readonly keys: readonly string[];
}

/**
 * What an engine's step means for its resource. The others say nothing of their own: `delete-replaced` is a part of a
 * replacement or of one that an earlier update left unfinished, `refresh` and `read` only look, `discard` forgets what was read.
 */
const ops: Readonly<Record<string, StepOp>> = {
    create: "create",
    update: "update",
    replace: "replace",
    "create-replacement": "replace",
    "import-replacement": "replace",
    delete: "delete",
    import: "import",
    same: "same",
};

/** One step for each resource, in the order in which the engine came to them. */
export function stepsOf(events: readonly EngineEvent[]): ResourceStep[] {
    const steps = new Map<string, ResourceStep>();
    for (const { resourcePreEvent, resOutputsEvent } of events) {
        const metadata = resourcePreEvent?.metadata ?? resOutputsEvent?.metadata;
        const op = metadata && ops[metadata.op];
        if (!metadata || !op) continue;
        // What is marked for deletion was replaced by an earlier update; the living resource has a step of its own.
        if (op === "delete" && metadata.old?.delete === true) continue;
        steps.set(metadata.urn, merged(steps.get(metadata.urn), op, metadata));
    }
    return [...steps.values()];
}

function merged(known: ResourceStep | undefined, op: StepOp, metadata: StepEventMetadata): ResourceStep {
    return {
        urn: metadata.urn,
        op: known?.op === "replace" ? "replace" : op,
        type: metadata.type,
        old: known?.old ?? metadata.old ?? undefined,
        new: metadata.new ?? known?.new ?? undefined,
        diffs: union(known?.diffs, metadata.diffs),
        detailedDiff: { ...known?.detailedDiff, ...metadata.detailedDiff },
        keys: union(known?.keys, metadata.keys),
    };
}

function union(known: readonly string[] = [], more: readonly string[] | null = []): string[] {
    return [...new Set([...known, ...(more ?? [])])];
}
