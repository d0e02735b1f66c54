/** The stack's configuration, read once, typed, with every fault reported at once. Pulumi.yaml declares and describes it. */
import * as pulumi from "@pulumi/pulumi";
import { Encryption, GlueVersion, WorkerType } from "../components";

export const environments = ["local", "dev", "prod"] as const;
export type Environment = (typeof environments)[number];

export interface Settings {
    readonly stack: string;
    readonly environment: Environment;
    readonly owner: string;
    readonly encryption: Encryption;
    /** Undefined = the lake creates a key where encryption needs one. */
    readonly kmsKeyArn: string | undefined;
    readonly forceDestroy: boolean;
    /** Second key to a deletion in prod: the stack's name. */
    readonly destroyConfirmation: string | undefined;
    readonly glueVersion: GlueVersion;
    readonly workerType: WorkerType;
    readonly numberOfWorkers: number;
    readonly timeoutMinutes: number;
    readonly maxRetries: number;
    readonly logRetentionDays: number;
    /** Undefined = on demand, as with the two below. */
    readonly etlSchedule: string | undefined;
    readonly rawCrawlSchedule: string | undefined;
    readonly processedCrawlSchedule: string | undefined;
    readonly bytesScannedCutoffMiB: number;
}

/** @throws pulumi.RunError that names every setting that is wrong, and what it may be. */
export function readSettings(stack: string = pulumi.getStack()): Settings {
    const config = new pulumi.Config("lakeworks");
    const faults: string[] = [];

    const text = (key: string): string | undefined => {
        const value = config.get(key);
        return value === "" ? undefined : value;
    };
    const oneOf = <T extends string>(key: string, choices: readonly T[], fallback: T): T => {
        const value = text(key) ?? fallback;
        const found = choices.find((choice) => choice === value);
        if (found === undefined) {
            faults.push(`lakeworks:${key} is "${value}"; it must be one of ${choices.join(", ")}`);
        }
        return found ?? fallback;
    };
    const whole = (key: string, fallback: number): number => {
        const value = Number(text(key) ?? fallback);
        if (!Number.isInteger(value)) {
            faults.push(`lakeworks:${key} is "${text(key)}"; it must be a whole number`);
        }
        return value;
    };
    const flag = (key: string, fallback: boolean): boolean =>
        oneOf(key, ["true", "false"], fallback ? "true" : "false") === "true";

    const settings: Settings = {
        stack,
        environment: readEnvironment(stack, text("environment"), faults),
        owner: text("owner") ?? "data-platform",
        encryption: oneOf("encryption", Object.values(Encryption), Encryption.SseS3),
        kmsKeyArn: text("kmsKeyArn"),
        forceDestroy: flag("forceDestroy", false),
        destroyConfirmation: text("destroyConfirmation"),
        glueVersion: oneOf("glueVersion", Object.values(GlueVersion), GlueVersion.V5_1),
        workerType: oneOf("workerType", Object.values(WorkerType), WorkerType.G1X),
        numberOfWorkers: whole("numberOfWorkers", 2),
        timeoutMinutes: whole("timeoutMinutes", 60),
        maxRetries: whole("maxRetries", 0),
        logRetentionDays: whole("logRetentionDays", 30),
        etlSchedule: text("etlSchedule"),
        rawCrawlSchedule: text("rawCrawlSchedule"),
        processedCrawlSchedule: text("processedCrawlSchedule"),
        bytesScannedCutoffMiB: whole("bytesScannedCutoffMiB", 10_240),
    };
    if (!/^[a-z][a-z0-9-]{0,19}$/.test(stack)) {
        faults.push(
            `The stack's name "${stack}" is part of every name: it must have 1 to 20 lower-case letters, digits or '-'`,
        );
    }
    if (faults.length > 0) {
        throw new pulumi.RunError(
            `The stack's settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
        );
    }
    return settings;
}

/** The setting, or else the stack of that name. */
function readEnvironment(stack: string, configured: string | undefined, faults: string[]): Environment {
    const name = configured ?? stack;
    const found = environments.find((environment) => environment === name);
    if (found === undefined) {
        faults.push(
            configured === undefined
                ? `Stack "${stack}" is none of ${environments.join(", ")}: say which it is like, ` +
                      `for example by "pulumi config set lakeworks:environment dev"`
                : `lakeworks:environment is "${configured}"; it must be one of ${environments.join(", ")}`,
        );
    }
    return found ?? "dev";
}
