/** The review of a preview: everything that the reports show, and what `--json` prints. */
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { CostDifference } from "../cost/difference";
import type { CostEstimate } from "../cost/estimate";
import type { ConfiguredException } from "../policyConfig";
import { changesOf, countsOf, type Component, type ResourceChange } from "./changes";
import { gravity } from "./dataBearing";
import type { ResourceStep, StepOp } from "./engineSteps";
import { findingsOf, type Finding } from "./findings";
import type { Rule } from "./rule";

/** Raised when a field of the review goes or changes its meaning. */
export const formatVersion = 1;

export interface ComponentChanges {
    readonly component: Component;
    readonly changes: readonly ResourceChange[];
}

/** What a month costs before and after the change, and what the numbers rest on. */
export type CostOfChange = CostDifference & Pick<CostEstimate, "notPriced" | "region" | "asOf">;

/**
 * - `blocked`: a mandatory policy or an error stops the deployment
 * - `advice`: it would go through, with something to read before: advice, warnings, data that goes, expired exceptions
 * - `clean`: nothing of the kind; what a rule leaves to the update is nothing to act on
 */
export type Verdict = "blocked" | "advice" | "clean";

export interface Review {
    readonly formatVersion: typeof formatVersion;
    readonly stack: string;
    /** ISO 8601, in UTC. */
    readonly when: string;
    readonly versions: {
        readonly program: string;
        /** Undefined where the preview ended before the pack ran. */
        readonly pack?: string;
    };
    readonly verdict: Verdict;
    /** Resources by operation, components not counted. */
    readonly counts: Partial<Record<StepOp, number>>;
    readonly components: readonly ComponentChanges[];
    readonly findings: readonly Finding[];
    /** What the program itself warns of. */
    readonly warnings: readonly string[];
    /** What went wrong in the program, at a provider or in the engine. */
    readonly errors: readonly string[];
    /** Of the policy configuration: those in force, and those that have expired. */
    readonly exceptions: readonly ConfiguredException[];
    /** Undefined where the preview ended before all resources were declared. */
    readonly cost?: CostOfChange;
}

export interface Reviewed {
    readonly stack: string;
    readonly when: Date;
    readonly programVersion: string;
    readonly events: readonly EngineEvent[];
    readonly steps: readonly ResourceStep[];
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
    readonly rules: readonly Rule[];
    readonly exceptions: readonly ConfiguredException[];
    readonly cost?: CostOfChange;
}

export function reviewOf({ events, steps, warnings, ...about }: Reviewed): Review {
    const findings = findingsOf(events, about.rules);
    const changes = changesOf(steps);
    const toRead =
        findings.some(({ undecided }) => !undecided) ||
        warnings.length > 0 ||
        changes.some(({ loses }) => loses !== undefined) ||
        about.exceptions.some(({ state }) => state === "expired");
    const blocked = about.errors.length > 0 || findings.some(({ level }) => level === "mandatory");
    return {
        formatVersion,
        stack: about.stack,
        when: about.when.toISOString(),
        versions: { program: about.programVersion, pack: packVersion(events) },
        verdict: blocked ? "blocked" : toRead ? "advice" : "clean",
        counts: countsOf(steps),
        components: byComponent(changes),
        findings,
        warnings,
        errors: about.errors,
        exceptions: about.exceptions,
        cost: about.cost,
    };
}

/** Changes that take data with them, the gravest first. */
export function dataAtRisk(review: Review): ResourceChange[] {
    return review.components
        .flatMap(({ changes }) => changes.filter(({ loses }) => loses !== undefined))
        .sort((a, b) => gravity(a.type) - gravity(b.type));
}

const weights = { delete: 0, replace: 1, update: 2, create: 3, import: 4 } as const;

/** Components with deletions first, then those with replacements, and so on; the same within each. */
function byComponent(changes: readonly ResourceChange[]): ComponentChanges[] {
    const groups = new Map<string, { component: Component; changes: ResourceChange[] }>();
    for (const change of changes) {
        const key = `${change.component.type}::${change.component.name}`;
        const group = groups.get(key) ?? { component: change.component, changes: [] };
        group.changes.push(change);
        groups.set(key, group);
    }
    const rank = (group: ComponentChanges) => Math.min(...group.changes.map(({ op }) => weights[op]));
    for (const group of groups.values()) group.changes.sort((a, b) => weights[a.op] - weights[b.op]);
    return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}

/** The CLI names the packs it ran by name, kind and folder: `lakeworks|local|/…/policies`. */
function packVersion(events: readonly EngineEvent[]): string | undefined {
    for (const { summaryEvent } of events) {
        // The Automation API's type has the name that older engines gave it.
        const packs = (summaryEvent as unknown as { PolicyPacks?: Record<string, string> } | undefined)?.PolicyPacks;
        const [, version] = Object.entries(packs ?? {}).find(([name]) => name.split("|")[0] === "lakeworks") ?? [];
        if (version !== undefined) return version.replace(/^v(?=\d)/, "");
    }
    return undefined;
}
