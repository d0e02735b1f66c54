/** What EtlJob demands of its arguments. */
import * as fs from "node:fs";
import { ExecutionClass, GlueVersion, WorkerType, type EtlJobArgs } from "./etlJob";
import {
    Faults,
    longestRoleName,
    resourceNamePattern,
    resourceNameReason,
    schedulePattern,
    scheduleReason,
} from "./faults";
import { pythonSources } from "./jobFiles";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionChoices = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const ownArguments = [
    "--extra-py-files",
    "--TempDir",
    "--job-language",
    "--job-bookmark-option",
    "--enable-metrics",
    "--enable-continuous-cloudwatch-log",
    "--custom-logGroup-prefix",
];

/** @throws InputPropertiesError with every fault of the arguments */
export function checkEtlJob(name: string, args: EtlJobArgs): void {
    const faults = new Faults(`EtlJob "${name}"`);
    faults.unlessMatches("name", name, resourceNamePattern, resourceNameReason);
    faults.unlessShort("name", name, longestRoleName - "-role".length);
    if (!fs.existsSync(args.scriptPath)) {
        faults.add("scriptPath", `"${args.scriptPath}" is no file (relative to ${process.cwd()})`);
    }
    if (args.libraryPath !== undefined && !hasPython(args.libraryPath)) {
        faults.add(
            "libraryPath",
            `"${args.libraryPath}" is no folder with Python files (relative to ${process.cwd()})`,
        );
    }
    for (const argument of Object.keys(args.arguments ?? {})) {
        if (!argument.startsWith("--")) {
            faults.add(`arguments["${argument}"]`, `must begin with two dashes: "--${argument}"`);
        } else if (ownArguments.includes(argument)) {
            faults.add(`arguments["${argument}"]`, "is set by EtlJob itself; leave it out");
        }
    }
    faults.unlessOneOf("glueVersion", args.glueVersion, Object.values(GlueVersion));
    faults.unlessOneOf("workerType", args.workerType, Object.values(WorkerType));
    faults.unlessOneOf("executionClass", args.executionClass, Object.values(ExecutionClass));
    if (args.executionClass === ExecutionClass.Flex && !["G.1X", "G.2X"].includes(args.workerType ?? WorkerType.G1X)) {
        faults.add(
            "workerType",
            `"${args.workerType}" has no flexible capacity: take G.1X, G.2X or ExecutionClass.Standard`,
        );
    }
    faults.unlessWhole("numberOfWorkers", args.numberOfWorkers, 2, 299, "workers");
    // Glue ends a run after 7 days at the latest.
    faults.unlessWhole("timeoutMinutes", args.timeoutMinutes, 1, 10_080, "minutes");
    faults.unlessWhole("maxRetries", args.maxRetries, 0, 10, "retries");
    if (args.logRetentionDays !== undefined && !retentionChoices.includes(args.logRetentionDays)) {
        faults.add("logRetentionDays", `${args.logRetentionDays} must be one of ${retentionChoices.join(", ")}`);
    }
    faults.unlessMatches("schedule", args.schedule, schedulePattern, scheduleReason);
    faults.throwIfAny();
}

function hasPython(folder: string): boolean {
    return fs.existsSync(folder) && fs.statSync(folder).isDirectory() && pythonSources(folder).length > 0;
}
