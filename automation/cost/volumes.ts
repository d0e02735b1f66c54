/** The stated volumes: `volumes.json` at the root says how much a lake of each stack holds, runs and answers. */
import * as fs from "node:fs";
import * as path from "node:path";
import { nearest } from "../../components/nearMiss";
import { StepFailure } from "../errors";
import { isObject } from "./resources";
import { datasetRules, lakeRules, type DatasetVolumes, type LakeVolumes, type VolumeRule } from "./volumeNames";

/** Volumes of one stack, with every default filled in. */
export interface Volumes {
    readonly lake: LakeVolumes;
    /** Of a dataset that has none of its own. */
    readonly everyDataset: DatasetVolumes;
    readonly datasets: Readonly<Record<string, DatasetVolumes>>;
}

type Stated = Readonly<Record<string, number>>;

/** What may stand at the top of the file, and again below each stack. */
interface Scope {
    readonly lake: Stated;
    readonly everyDataset: Stated;
    readonly datasets: Readonly<Record<string, Stated>>;
}

const scopeKeys = ["everyDataset", "datasets", "lake"];

/**
 * Reads the repository's `volumes.json` for a stack; a stack that it does not name has the volumes of all.
 * @param datasets names that the file may use.
 * @throws StepFailure with every fault: its path, and what to write
 */
export function loadVolumes(
    stack: string,
    datasets: readonly string[],
    file = path.resolve(__dirname, "../../volumes.json"),
): Volumes {
    let document: unknown;
    try {
        document = JSON.parse(fs.readFileSync(file, "utf8"));
    } catch (error) {
        throw new StepFailure("The volumes of the cost estimate cannot be read.", {
            reason: error instanceof Error ? error.message : String(error),
            next: `Make ${file} a JSON document; {} takes every default.`,
        });
    }
    return volumesOf(document, stack, datasets);
}

/** As {@link loadVolumes}, of a document that has been read. What is stated for less wins: a stack over the file, a dataset over all. */
export function volumesOf(document: unknown, stack: string, datasets: readonly string[]): Volumes {
    const reader = new Reader(datasets);
    const top = reader.scope(document, "", [...scopeKeys, "stacks"]);
    const stacks = isObject(document) ? reader.members(document.stacks, "stacks") : {};
    const scopes = new Map(
        Object.entries(stacks).map(([name, value]) => [name, reader.scope(value, `stacks.${name}`, scopeKeys)]),
    );
    reader.throwIfAny();
    const own = scopes.get(stack);
    const everyDataset = { ...defaults(datasetRules), ...top.everyDataset, ...own?.everyDataset };
    const named = new Set([...Object.keys(top.datasets), ...Object.keys(own?.datasets ?? {})]);
    return {
        lake: { ...defaults(lakeRules), ...top.lake, ...own?.lake },
        everyDataset,
        datasets: Object.fromEntries(
            [...named].map((name) => [name, { ...everyDataset, ...top.datasets[name], ...own?.datasets[name] }]),
        ),
    };
}

function defaults<K extends string>(rules: Readonly<Record<K, VolumeRule>>): Record<K, number> {
    const entries = Object.entries<VolumeRule>(rules).map(([name, { fallback }]) => [name, fallback]);
    return Object.fromEntries(entries) as Record<K, number>;
}

/** Takes the document apart and keeps every fault for one report. */
class Reader {
    private readonly faults: string[] = [];

    constructor(private readonly datasets: readonly string[]) {}

    scope(value: unknown, at: string, known: readonly string[]): Scope {
        const scope = this.members(value, at);
        this.refuseUnknown(scope, at, known);
        const datasets = this.members(scope.datasets, join(at, "datasets"));
        this.refuseUnknown(datasets, join(at, "datasets"), this.datasets);
        return {
            lake: this.numbers(scope.lake, join(at, "lake"), lakeRules),
            everyDataset: this.numbers(scope.everyDataset, join(at, "everyDataset"), datasetRules),
            datasets: Object.fromEntries(
                Object.entries(datasets).map(([name, stated]) => [
                    name,
                    this.numbers(stated, join(at, `datasets.${name}`), datasetRules),
                ]),
            ),
        };
    }

    members(value: unknown, at: string): Readonly<Record<string, unknown>> {
        if (value === undefined) {
            return {};
        }
        if (!isObject(value)) {
            this.faults.push(`${at === "" ? "the document" : at} is ${JSON.stringify(value)}: write an object, {}`);
            return {};
        }
        return value;
    }

    /** @throws StepFailure with every fault */
    throwIfAny(): void {
        if (this.faults.length > 0) {
            throw new StepFailure("The volumes of the cost estimate are wrong.", {
                reason: this.faults.join("\n          "),
                next: "Correct volumes.json; docs/cost.md tells every volume.",
            });
        }
    }

    private numbers(value: unknown, at: string, rules: Readonly<Record<string, VolumeRule>>): Stated {
        const stated = this.members(value, at);
        this.refuseUnknown(stated, at, Object.keys(rules));
        const good = Object.entries(stated).filter((entry): entry is [string, number] => {
            const [name, number] = entry;
            const rule = rules[name];
            if (rule === undefined || fits(number, rule)) {
                return rule !== undefined;
            }
            const { least, most, meaning } = rule;
            const bounds = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
            this.faults.push(`${at}.${name} is ${JSON.stringify(number)}: write a number ${bounds} (${meaning})`);
            return false;
        });
        return Object.fromEntries(good);
    }

    private refuseUnknown(value: object, at: string, known: readonly string[]): void {
        for (const key of Object.keys(value).filter((each) => !known.includes(each))) {
            const meant = nearest(key, known);
            const advice = meant === undefined ? `write one of ${known.join(", ")}` : `did you mean ${meant}?`;
            this.faults.push(`${join(at, key)} is not known: ${advice}`);
        }
    }
}

function fits(value: unknown, { least, most }: VolumeRule): boolean {
    return typeof value === "number" && Number.isFinite(value) && value >= least && value <= (most ?? Infinity);
}

function join(at: string, key: string): string {
    return at === "" ? key : `${at}.${key}`;
}
