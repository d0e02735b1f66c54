/** The stack's configuration, read once, typed, with every fault reported at once. Pulumi.yaml declares and describes it. */
import * as pulumi from "@pulumi/pulumi";
import { Encryption, ExecutionClass, GlueVersion, RecrawlBehavior, WorkerType } from "../components";
import { ConfigReader } from "./config";

export const environments = ["local", "dev", "prod"] as const;
export type Environment = (typeof environments)[number];

export const networks = ["none", "create", "existing"] as const;
/** Where the jobs run: outside a VPC, in one that the lake makes, or in a subnet that is there. */
export type Network = (typeof networks)[number];

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
    readonly autoScaling: boolean;
    readonly executionClass: ExecutionClass;
    readonly timeoutMinutes: number;
    readonly maxRetries: number;
    readonly logRetentionDays: number;
    /** Undefined = on demand, as with the two below. */
    readonly etlSchedule: string | undefined;
    readonly rawCrawlSchedule: string | undefined;
    readonly processedCrawlSchedule: string | undefined;
    readonly rawRecrawl: RecrawlBehavior;
    readonly bytesScannedCutoffMiB: number;
    readonly network: Network;
    readonly vpcCidr: string;
    /** These four are set where the network is `existing`. */
    readonly vpcId: string | undefined;
    readonly subnetId: string | undefined;
    readonly availabilityZone: string | undefined;
    readonly securityGroupId: string | undefined;
    readonly monitoring: boolean;
    readonly alarmEmails: readonly string[];
    /** 0 = no budget. */
    readonly monthlyBudgetUsd: number;
    readonly auditTrail: boolean;
    readonly lakeFormation: boolean;
    /** ARNs besides the one that deploys. */
    readonly lakeAdmins: readonly string[];
    readonly lakeReaders: readonly string[];
}

const principalPattern = /^arn:[a-z-]+:iam::\d{12}:(?:user|role)\/.+$/;
const principalReason = "is no ARN of an IAM user or role: arn:aws:iam::<account>:role/<name>";

/** @throws pulumi.RunError that names every setting that is wrong, and what it may be. */
export function readSettings(stack: string = pulumi.getStack()): Settings {
    const config = new ConfigReader();
    const settings: Settings = {
        stack,
        environment: readEnvironment(stack, config),
        owner: config.text("owner") ?? "data-platform",
        encryption: config.oneOf("encryption", Object.values(Encryption), Encryption.SseS3),
        kmsKeyArn: config.text("kmsKeyArn"),
        forceDestroy: config.flag("forceDestroy", false),
        destroyConfirmation: config.text("destroyConfirmation"),
        glueVersion: config.oneOf("glueVersion", Object.values(GlueVersion), GlueVersion.V5_1),
        workerType: config.oneOf("workerType", Object.values(WorkerType), WorkerType.G1X),
        numberOfWorkers: config.whole("numberOfWorkers", 2),
        autoScaling: config.flag("autoScaling", false),
        executionClass: config.oneOf("executionClass", Object.values(ExecutionClass), ExecutionClass.Standard),
        timeoutMinutes: config.whole("timeoutMinutes", 60),
        maxRetries: config.whole("maxRetries", 0),
        logRetentionDays: config.whole("logRetentionDays", 30),
        etlSchedule: config.text("etlSchedule"),
        rawCrawlSchedule: config.text("rawCrawlSchedule"),
        processedCrawlSchedule: config.text("processedCrawlSchedule"),
        rawRecrawl: config.oneOf("rawRecrawl", Object.values(RecrawlBehavior), RecrawlBehavior.Everything),
        bytesScannedCutoffMiB: config.whole("bytesScannedCutoffMiB", 10_240),
        network: config.oneOf("network", networks, "none"),
        vpcCidr: config.text("vpcCidr") ?? "10.42.0.0/16",
        vpcId: config.text("vpcId"),
        subnetId: config.text("subnetId"),
        availabilityZone: config.text("availabilityZone"),
        securityGroupId: config.text("securityGroupId"),
        monitoring: config.flag("monitoring", false),
        alarmEmails: config.list("alarmEmails", /^[^@\s]+@[^@\s]+$/, "is no e-mail address"),
        monthlyBudgetUsd: config.whole("monthlyBudgetUsd", 0),
        auditTrail: config.flag("auditTrail", false),
        lakeFormation: config.flag("lakeFormation", false),
        lakeAdmins: config.list("lakeAdmins", principalPattern, principalReason),
        lakeReaders: config.list("lakeReaders", principalPattern, principalReason),
    };
    checkTogether(settings, config);
    config.throwIfAny();
    return settings;
}

/** What no setting shows alone. */
function checkTogether(settings: Settings, config: ConfigReader): void {
    if (!/^[a-z][a-z0-9-]{0,19}$/.test(settings.stack)) {
        config.fault(
            `The stack's name "${settings.stack}" is part of every name: ` +
                "it must have 1 to 20 lower-case letters, digits or '-', a letter first",
        );
    }
    for (const key of ["vpcId", "subnetId", "availabilityZone", "securityGroupId"] as const) {
        if (settings.network === "existing" && settings[key] === undefined) {
            config.fault(`lakeworks:${key} is missing: lakeworks:network is "existing"`);
        }
    }
    if (settings.kmsKeyArn !== undefined && settings.encryption !== Encryption.SseKms) {
        config.fault(
            `lakeworks:kmsKeyArn is set, but lakeworks:encryption is "${settings.encryption}": make it SSE_KMS`,
        );
    }
    const { monitoring, lakeFormation } = settings;
    const needed: [key: string, isSet: boolean, by: string, isOn: boolean][] = [
        ["alarmEmails", settings.alarmEmails.length > 0, "monitoring", monitoring],
        ["monthlyBudgetUsd", settings.monthlyBudgetUsd > 0, "monitoring", monitoring],
        ["lakeAdmins", settings.lakeAdmins.length > 0, "lakeFormation", lakeFormation],
        ["lakeReaders", settings.lakeReaders.length > 0, "lakeFormation", lakeFormation],
    ];
    for (const [key, isSet, by, isOn] of needed) {
        if (isSet && !isOn) {
            config.fault(`lakeworks:${key} has no effect without lakeworks:${by}: set that to true, or leave it out`);
        }
    }
}

/** The setting, or else the stack of that name. */
function readEnvironment(stack: string, config: ConfigReader): Environment {
    const configured = config.text("environment");
    const name = configured ?? stack;
    const found = environments.find((environment) => environment === name);
    if (found === undefined) {
        config.fault(
            configured === undefined
                ? `Stack "${stack}" is none of ${environments.join(", ")}: say which it is like, ` +
                      `for example by "pulumi config set lakeworks:environment dev"`
                : `lakeworks:environment is "${configured}"; it must be one of ${environments.join(", ")}`,
        );
    }
    return found ?? "dev";
}
