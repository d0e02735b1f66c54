/** What a preview would change, resource by resource, as a reviewer needs it. */
import { atRisk } from "./dataBearing";
import type { ResourceStep, StepOp } from "./engineSteps";
import { shortPair, valueAt } from "./values";

type ChangeOp = Exclude<StepOp, "same">;

export interface Component {
    /** Type token; of a resource without a component its own. */
    readonly type: string;
    readonly name: string;
}

export interface ChangedProperty {
    /** As the engine writes it: `storageDescriptor.columns[0].type`. */
    readonly path: string;
    readonly kind: "add" | "update" | "delete";
    /** Does this property force the replacement? */
    readonly replaces: boolean;
    /** Short, without secrets; undefined = not there. */
    readonly old?: string;
    readonly new?: string;
}

export interface ResourceChange {
    readonly op: ChangeOp;
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly component: Component;
    readonly changedProperties: readonly ChangedProperty[];
    /** Paths of the properties that force a replacement. */
    readonly replacedBecause: readonly string[];
    readonly dataBearing: boolean;
    /** What goes with the resource for good; undefined = nothing. */
    readonly loses?: string;
    /** Pulumi refuses to delete or replace it. */
    readonly protected: boolean;
    /** A deletion leaves it in AWS. */
    readonly retained: boolean;
}

/** Changes of what a provider manages; components are only their names, and the stack is no resource. */
export function changesOf(steps: readonly ResourceStep[]): ResourceChange[] {
    const byUrn = new Map(steps.map((step) => [step.urn, step]));
    return steps.flatMap((step) => (isManaged(step) && step.op !== "same" ? [changeOf(step, step.op, byUrn)] : []));
}

/** How many resources each operation concerns, `same` among them. */
export function countsOf(steps: readonly ResourceStep[]): Partial<Record<StepOp, number>> {
    const counts: Partial<Record<StepOp, number>> = {};
    for (const { op } of steps.filter(isManaged)) counts[op] = (counts[op] ?? 0) + 1;
    return counts;
}

export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** Components only group, and default providers come and go with the resources that need them. */
function isManaged({ type, urn, ...states }: ResourceStep): boolean {
    const isDefaultProvider = type.startsWith("pulumi:providers:") && nameOf(urn).startsWith("default");
    return (states.new ?? states.old)?.custom === true && !isDefaultProvider;
}

function changeOf(step: ResourceStep, op: ChangeOp, byUrn: ReadonlyMap<string, ResourceStep>): ResourceChange {
    const { urn, type } = step;
    const goes = op === "delete" || op === "replace";
    const properties = op === "update" || op === "replace" ? propertiesOf(step) : [];
    const replacing = properties.filter(({ replaces }) => replaces).map(({ path }) => path);
    return {
        op,
        urn,
        type,
        name: nameOf(urn),
        component: componentOf(step, byUrn),
        changedProperties: properties,
        replacedBecause: op !== "replace" ? [] : replacing.length > 0 ? replacing : step.keys,
        ...atRisk(type, goes ? step.old : undefined, op),
        protected: step.old?.protect === true,
        retained: goes && step.old?.retainOnDelete === true,
    };
}

/** The nearest ancestor that is a component; deeper in a component of components, the inner one says more. */
function componentOf(step: ResourceStep, byUrn: ReadonlyMap<string, ResourceStep>): Component {
    let above = parentOf(step, byUrn);
    while (above !== undefined && above.type !== "pulumi:pulumi:Stack") {
        if (!isManaged(above)) return { type: above.type, name: nameOf(above.urn) };
        above = parentOf(above, byUrn);
    }
    return { type: step.type, name: nameOf(step.urn) };
}

function parentOf(step: ResourceStep, byUrn: ReadonlyMap<string, ResourceStep>): ResourceStep | undefined {
    return byUrn.get((step.new ?? step.old)?.parent ?? "");
}

function propertiesOf(step: ResourceStep): ChangedProperty[] {
    const detailed = Object.entries(step.detailedDiff);
    // Providers without a detailed difference name top-level properties only.
    const named = [...new Set([...step.diffs, ...step.keys])];
    const paths =
        detailed.length > 0
            ? detailed.map(([path, { diffKind, inputDiff }]) => ({
                  path,
                  replaces: diffKind.endsWith("-replace"),
                  inputDiff,
                  kind: diffKind.replace("-replace", "") as ChangedProperty["kind"],
              }))
            : named.map((path) => ({ path, replaces: step.keys.includes(path), inputDiff: true, kind: undefined }));
    return paths
        .filter(({ path }) => !path.startsWith("__"))
        .flatMap(({ path, replaces, inputDiff, kind }) => {
            const before = valueAt(inputDiff ? step.old?.inputs : { ...step.old?.inputs, ...step.old?.outputs }, path);
            const after = valueAt(step.new?.inputs, path);
            // The AWS provider lists empty collections that it reads as absent: no change.
            if (!replaces && isNothing(before) && isNothing(after)) return [];
            const seen = before === undefined ? "add" : after === undefined ? "delete" : "update";
            return [{ path, kind: kind ?? seen, replaces, ...shortPair(before, after) }];
        })
        .sort((a, b) => Number(b.replaces) - Number(a.replaces) || (a.path < b.path ? -1 : 1));
}

function isNothing(value: unknown): boolean {
    if (value === undefined || value === null || value === "") return true;
    return typeof value === "object" && Object.keys(value).every((key) => key === "__defaults");
}
