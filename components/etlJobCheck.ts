/** What EtlJob demands of its arguments. */
import * as fs from "node:fs";
import type { EtlJobArgs } from "./etlJob";
import { checkCapacity } from "./etlJobCapacity";
import {
    Faults,
    kmsKeyArnPattern,
    kmsKeyArnReason,
    longestRoleName,
    resourceNamePattern,
    resourceNameReason,
    schedulePattern,
    scheduleReason,
} from "./faults";
import { defaultFiles, pythonSources } from "./jobFiles";
import { checkModules } from "./jobModules";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionChoices = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const ownArguments = [
    "--additional-python-modules",
    "--extra-py-files",
    "--TempDir",
    "--job-language",
    "--job-bookmark-option",
    "--enable-metrics",
    "--enable-observability-metrics",
    "--enable-continuous-cloudwatch-log",
    "--custom-logGroup-prefix",
    "--enable-auto-scaling",
];

const roleArnPattern = /^arn:[a-z-]+:iam::\d{12}:role\/.+$/;
const roleArnReason = "must be the ARN of an IAM role: arn:aws:iam::account:role/name";

/** @throws InputPropertiesError with every fault of the arguments */
export function checkEtlJob(name: string, args: EtlJobArgs): void {
    const faults = new Faults(`EtlJob "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    faults.unlessShort("name", name, longestRoleName - "-role".length);
    const { scriptPath, libraryPath } = defaultFiles(args);
    if (!fs.existsSync(scriptPath)) {
        faults.add("scriptPath", `"${scriptPath}" is no file (relative to ${process.cwd()})`);
    }
    if (libraryPath !== undefined && !hasPython(libraryPath)) {
        faults.add("libraryPath", `"${libraryPath}" is no folder with Python files (relative to ${process.cwd()})`);
    }
    for (const argument of Object.keys(args.arguments ?? {})) {
        if (!argument.startsWith("--")) {
            faults.add(`arguments["${argument}"]`, `must begin with two dashes: "--${argument}"`);
        } else if (ownArguments.includes(argument)) {
            faults.add(`arguments["${argument}"]`, "is set by EtlJob itself; leave it out");
        }
    }
    checkModules(args, faults);
    checkCapacity(faults, args);
    faults.unlessMatches("kmsKeyArn", args.kmsKeyArn, kmsKeyArnPattern, kmsKeyArnReason);
    faults.unlessMatches("roleArn", args.roleArn, roleArnPattern, roleArnReason);
    if (args.logRetentionDays !== undefined && !retentionChoices.includes(args.logRetentionDays)) {
        faults.add("logRetentionDays", `${args.logRetentionDays} must be one of ${retentionChoices.join(", ")}`);
    }
    faults.unlessMatches("schedule", args.schedule, schedulePattern, scheduleReason);
    if (args.afterJob === name) {
        faults.add("afterJob", `"${name}" is this job; it would run for ever`);
    }
    faults.throwIfAny();
}

function hasPython(folder: string): boolean {
    return fs.existsSync(folder) && fs.statSync(folder).isDirectory() && pythonSources(folder).length > 0;
}
