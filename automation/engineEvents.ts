/** Reads the Pulumi engine's event stream: what has been done, what is waited for, what went wrong. */
import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";
import { count, seconds } from "./format";

export interface PolicyViolation {
    readonly policy: string;
    readonly mandatory: boolean;
    /** Name of the resource, or undefined for a violation of the whole stack. */
    readonly resource?: string;
    readonly message: string;
}

interface Waiting {
    readonly label: string;
    readonly since: number;
}

/** Follows one update, preview, refresh or destroy. */
export class EngineFollower {
    readonly errors: string[] = [];
    /** What the program, and not the engine about itself, warns of. */
    readonly warnings: string[] = [];
    readonly violations: PolicyViolation[] = [];
    changes: OpMap = {};
    private readonly waiting = new Map<string, Waiting>();
    private done = 0;
    private started = 0;

    constructor(private readonly now: () => number = Date.now) {}

    onEvent(event: EngineEvent): void {
        const { resourcePreEvent: pre, resOutputsEvent: outputs, resOpFailedEvent: failed } = event;
        if (pre && isChange(pre.metadata.op) && isOfAws(pre.metadata.urn)) {
            this.started += 1;
            this.waiting.set(pre.metadata.urn, { label: label(pre.metadata.urn), since: this.now() });
        }
        if (outputs && this.waiting.delete(outputs.metadata.urn)) this.done += 1;
        if (failed) this.waiting.delete(failed.metadata.urn);
        if (event.diagnosticEvent?.severity === "warning" && event.diagnosticEvent.urn) {
            this.warnings.push(plain(event.diagnosticEvent.message));
        }
        if (event.diagnosticEvent?.severity === "error") {
            const { urn, message } = event.diagnosticEvent;
            const text = plain(message);
            if (text && !bridgeLog.test(text)) this.errors.push(urn ? `${label(urn)}: ${text}` : text);
        }
        if (event.policyEvent) {
            const { policyName, enforcementLevel, resourceUrn, message } = event.policyEvent;
            const resource =
                resourceUrn && !resourceUrn.includes("::pulumi:pulumi:Stack::") ? label(resourceUrn) : undefined;
            this.violations.push({
                policy: policyName,
                mandatory: enforcementLevel === "mandatory",
                resource,
                message: plain(message),
            });
        }
        if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges;
    }

    /** One line: "23 of 31 done; waiting for BucketLifecycleConfiguration bronze (41.0 s)". */
    status(): string {
        const oldest = [...this.waiting.values()];
        const waits = oldest
            .slice(0, 2)
            .map((entry) => `${entry.label} (${seconds((this.now() - entry.since) / 1000)})`);
        const rest = oldest.length > 2 ? ` and ${oldest.length - 2} more` : "";
        const head = `${count(this.done)} of ${count(this.started)} done`;
        return waits.length > 0 ? `${head}; waiting for ${waits.join(", ")}${rest}` : head;
    }
}

/** Components and the stack itself are there at once; they would only hide what is waited for. */
function isOfAws(urn: string): boolean {
    return /[:$]aws:[^:]+:[^:]+::/.test(urn);
}

function isChange(op: string): boolean {
    return op !== "same" && op !== "read" && op !== "refresh";
}

/** `urn:pulumi:local::lakeworks::parent$aws:s3/bucket:Bucket::name` → "Bucket name"; components keep their package. */
export function label(urn: string): string {
    const parts = urn.split("::");
    const type = (parts[2] ?? "").split("$").at(-1)!;
    const short = type.startsWith("lakeworks:") ? type : type.split(":").at(-1)!;
    return `${short} ${parts.slice(3).join("::")}`;
}

/** The provider bridge logs an error before the engine reports it: one of the two is enough. */
const bridgeLog = /^sdk-v2\/\S+ sdk\.helper_schema: /;

/** The engine's own last word says no more than that it failed. */
export function usefulErrors(errors: readonly string[]): string[] {
    return errors.filter((text) => !/^(update|preview|refresh|destroy) failed$/.test(text));
}

/** Without the engine's colour marks. */
export function plain(text: string): string {
    return text.replace(/<\{%[^%]*%\}>/g, "").trim();
}

const verbs: Record<string, string> = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
    same: "unchanged",
    refresh: "refreshed",
};

/** "31 created, 2 updated"; what a preview counts is still to be done, so it says "31 to create". */
export function describeChanges(changes: OpMap, planned = false): string {
    const parts = Object.entries(changes)
        .filter(([, number]) => number)
        .map(([op, number]) =>
            planned && op !== "same" ? `${count(number)} to ${op}` : `${count(number)} ${verbs[op] ?? op}`,
        );
    return parts.length > 0 ? parts.join(", ") : "nothing to do";
}

/** Did anything change, or would it? */
export function hasChanges(changes: OpMap): boolean {
    return Object.entries(changes).some(([op, number]) => op !== "same" && (number ?? 0) > 0);
}

/** One violation in one paragraph: which rule, at which resource, what is wrong and how to fix it. */
export function describeViolation(violation: PolicyViolation): string {
    const place = violation.resource ? ` at ${violation.resource}` : "";
    return `${violation.mandatory ? "Mandatory" : "Advisory"} policy ${violation.policy}${place}: ${violation.message}`;
}
