/** The policy pack's configuration, the file of `--policy-pack-config`: checked before Pulumi starts, and its exceptions listed. */
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../tools/toolchain";
import { StepFailure } from "./errors";
import type { Rule } from "./review/rule";

export interface ConfiguredException {
    readonly rule: string;
    /** Name of the resource in AWS or in the Pulumi program. */
    readonly name: string;
    readonly reason: string;
    /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
    readonly until: string;
    /** An expired exception changes nothing: its rule applies again. */
    readonly state: "in force" | "expired";
}

export interface PolicyConfig {
    readonly file: string;
    readonly exceptions: readonly ConfiguredException[];
}

/** Taken where it exists and no other file is named. */
const defaultFile = path.join(projectRoot, "policy-config.json");

const levels = ["advisory", "mandatory", "remediate", "disabled"];
const levelText = `one of ${levels.join(", ")}`;

/**
 * @param file undefined = `policy-config.json` of the repository, where there is one
 * @param today `YYYY-MM-DD`
 * @returns undefined where there is no file
 * @throws StepFailure that names every fault by its place in the file, and what to write there
 */
export function readPolicyConfig(
    file: string | undefined,
    rules: readonly Rule[],
    today = new Date().toISOString().slice(0, 10),
): PolicyConfig | undefined {
    if (file === undefined && !fs.existsSync(defaultFile)) return undefined;
    const found = path.resolve(file ?? defaultFile);
    const config = parse(found);
    const faults: string[] = [];
    if (isObject(config)) {
        for (const [name, value] of Object.entries(config)) faults.push(...faultsOfRule(name, value, rules));
    } else {
        faults.push('the file must hold an object by rule: { "parquet-output": { "exceptions": [] } }');
    }
    if (faults.length > 0) {
        throw new StepFailure(
            `The policy configuration ${found} is wrong:\n${faults.map((each) => `  - ${each}`).join("\n")}`,
        );
    }
    return { file: found, exceptions: exceptionsOf(config as Record<string, unknown>, today) };
}

function parse(file: string): unknown {
    try {
        return JSON.parse(fs.readFileSync(file, "utf8"));
    } catch (error) {
        const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
        throw new StepFailure(`The policy configuration ${file} ${missing ? "does not exist" : "cannot be read"}.`, {
            reason: missing ? undefined : (error as Error).message,
            next: 'Write JSON by rule, such as { "parquet-output": { "exceptions": [] } } (docs/policies.md), or leave the option out.',
        });
    }
}

function faultsOfRule(name: string, value: unknown, rules: readonly Rule[]): string[] {
    const rule = rules.find((each) => each.name === name);
    if (rule === undefined && name !== "all") {
        return [`"${name}" is no rule of the pack; its rules: ${rules.map((each) => each.name).join(", ")}`];
    }
    if (typeof value === "string") return levels.includes(value) ? [] : [`${name} is "${value}"; write ${levelText}`];
    if (!isObject(value)) return [`${name} must be a level (${levelText}) or an object`];
    const { enforcementLevel: level, exceptions = [], ...others } = value;
    const faults: string[] = [];
    if (level !== undefined && !(typeof level === "string" && levels.includes(level))) {
        faults.push(`${name}.enforcementLevel is ${JSON.stringify(level)}; write ${levelText}`);
    }
    const known = Object.keys(rule?.configSchema?.properties ?? {});
    for (const other of Object.keys(others).filter((each) => !known.includes(each))) {
        faults.push(`${name}.${other} is no setting of the rule; it has ${["enforcementLevel", ...known].join(", ")}`);
    }
    if (!Array.isArray(exceptions)) return [...faults, `${name}.exceptions must be a list`];
    return [...faults, ...exceptions.flatMap((each, index) => faultsOfException(`${name}.exceptions[${index}]`, each))];
}

function faultsOfException(place: string, exception: unknown): string[] {
    const example = '{ "name": "partner_export", "reason": "the partner reads CSV", "until": "2027-03-31" }';
    if (!isObject(exception)) return [`${place} must be an object: ${example}`];
    const faults = Object.keys(exception)
        .filter((key) => !["name", "reason", "until"].includes(key))
        .map((key) => `${place}.${key} is not known; an exception is ${example}`);
    for (const key of ["name", "reason"] as const) {
        const value = exception[key];
        if (typeof value === "string" && value.trim() !== "") continue;
        const wanted = key === "name" ? "the table, query or resource that it is for" : "why the rule cannot be kept";
        faults.push(`${place}.${key} is missing; write ${wanted}`);
    }
    const { until } = exception;
    if (!isDate(until)) {
        const found = until === undefined ? "missing" : JSON.stringify(until);
        faults.push(`${place}.until is ${found}; write the last day on which it holds, as "2027-03-31"`);
    }
    return faults;
}

function exceptionsOf(config: Record<string, unknown>, today: string): ConfiguredException[] {
    return Object.entries(config).flatMap(([rule, value]) => {
        const { exceptions = [] } = value as { exceptions?: Omit<ConfiguredException, "rule" | "state">[] };
        return exceptions.map(({ name, reason, until }) => ({
            rule,
            name,
            reason,
            until,
            state: until >= today ? ("in force" as const) : ("expired" as const),
        }));
    });
}

/** A day that the calendar has: the 31st of June is none. */
function isDate(value: unknown): value is string {
    if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
    const date = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
