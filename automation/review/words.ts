/** What all reports say in the same words. */
import { plural } from "../format";
import type { ConfiguredException } from "../policyConfig";
import type { ChangedProperty, Component, ResourceChange } from "./changes";
import type { StepOp } from "./engineSteps";
import type { Finding } from "./findings";
import { dataAtRisk, type Review } from "./review";

/** `aws:glue/catalogTable:CatalogTable` → "CatalogTable". */
export function typeName(type: string): string {
    return type.split(":").at(-1)!;
}

export function componentTitle({ type, name }: Component): string {
    return `${typeName(type)} ${name}`;
}

export function resourceTitle({ type, name }: ResourceChange): string {
    return `${typeName(type)} ${name}`;
}

/** The verdict in one line: "Blocked: 1 mandatory policy violation. 2 replacements take data with them." */
export function headline(review: Review): string {
    const mandatory = review.findings.filter(({ level }) => level === "mandatory").length;
    const undecided = review.findings.filter((finding) => finding.undecided).length;
    const advice = review.findings.length - mandatory - undecided + review.warnings.length;
    const expired = review.exceptions.filter(({ state }) => state === "expired").length;
    const risks = dataAtRisk(review).length;
    const stops = [
        ...(mandatory > 0 ? [plural(mandatory, "mandatory policy violation")] : []),
        ...(review.errors.length > 0 ? [plural(review.errors.length, "error")] : []),
    ];
    const notes = [
        ...(risks > 0 ? [`${plural(risks, "change")} would lose data`] : []),
        ...(expired > 0 ? [`${plural(expired, "exception")} expired`] : []),
        ...(advice > 0 ? [`${plural(advice, "piece")} of advice`] : []),
        ...(undecided > 0 ? [`${plural(undecided, "check")} left to the update`] : []),
    ];
    const rest = notes.length > 0 ? `${notes.join(", ")}.` : "";
    switch (review.verdict) {
        case "blocked":
            return [`Blocked: ${stops.join(" and ")}.`, rest].filter(Boolean).join(" ");
        case "advice":
            return `Passes, with something to read: ${rest}`;
        case "clean":
            return ["Passes: no policy violation, no data lost.", rest].filter(Boolean).join(" ");
    }
}

const opOrder = ["delete", "replace", "update", "create", "import"] as const;

/** "1 to replace, 2 to update, 88 unchanged". */
export function countsText(counts: Partial<Record<StepOp, number>>): string {
    const changes = opOrder.flatMap((op) => (counts[op] ? [`${counts[op]} to ${op}`] : []));
    const same = counts.same ? [`${counts.same} unchanged`] : [];
    return changes.length > 0 ? [...changes, ...same].join(", ") : ["no change", ...same].join(", ");
}

/** What would change; of a preview that broke off, only what it had come to. */
export function changesText({ counts, errors }: Review): string {
    return errors.length === 0 ? countsText(counts) : `${countsText(counts)}, when the preview broke off`;
}

const done = {
    create: "created",
    update: "updated",
    replace: "replaced",
    delete: "deleted",
    import: "imported",
} as const;

/** "replaced (protected: Pulumi refuses)". */
export function opText({ op, protected: isProtected, retained }: ResourceChange): string {
    const goes = op === "delete" || op === "replace";
    if (goes && isProtected) return `${done[op]} (protected: Pulumi refuses)`;
    if (op === "delete" && retained) return "no longer managed; it stays in AWS";
    if (op === "replace" && retained) return "replaced; the old one stays in AWS";
    return done[op];
}

/** What is created, by type: "6 Bucket, 6 BucketPolicy, Role etl-role". A name tells more only where it is alone. */
export function createdText(changes: readonly ResourceChange[]): string {
    const types = new Map<string, ResourceChange[]>();
    for (const change of changes) types.set(change.type, [...(types.get(change.type) ?? []), change]);
    return [...types.values()]
        .map((same) => (same.length === 1 ? resourceTitle(same[0]!) : `${same.length} ${typeName(same[0]!.type)}`))
        .join(", ");
}

export function propertyText({ kind, old, new: after, replaces }: ChangedProperty): string {
    const forces = replaces ? " — forces the replacement" : "";
    switch (kind) {
        case "add":
            return `${after ?? "set"} (new)${forces}`;
        case "delete":
            return `${old ?? "the value"} removed${forces}`;
        case "update":
            return old === after ? `changed${forces}` : `${old ?? "(none)"} → ${after ?? "(none)"}${forces}`;
    }
}

export function placeOf(finding: Finding): string {
    return finding.resource ?? "the whole stack";
}

/** "least-privilege at RolePolicy a, RolePolicy b": what rules could not decide, a line for each rule. */
export function undecidedTexts({ findings }: Review): string[] {
    const places = new Map<string, string[]>();
    for (const finding of findings.filter(({ undecided }) => undecided)) {
        places.set(finding.rule, [...(places.get(finding.rule) ?? []), placeOf(finding)]);
    }
    return [...places].map(([rule, resources]) => `${rule} at ${resources.join(", ")}`);
}

export function exceptionText({ rule, name, reason, until, state }: ConfiguredException): string {
    const end = state === "expired" ? `ended on ${until}, the rule applies again` : `until ${until}`;
    return `${rule} for ${name}, ${end}. Reason: ${reason}`;
}
