/** What a Glue job runs on: release, workers, and whose capacity they are. */
import type { types } from "@pulumi/aws";
import type { EtlJobArgs } from "./etlJob";
import type { Faults } from "./faults";

/** https://docs.aws.amazon.com/glue/latest/dg/release-notes.html */
export const GlueVersion = {
    /** Spark 4.1.1, Python 3.13. */
    V6_0: "6.0",
    /** Spark 3.5.6, Python 3.11. */
    V5_1: "5.1",
    /** Spark 3.5.4, Python 3.11. */
    V5_0: "5.0",
} as const;
export type GlueVersion = (typeof GlueVersion)[keyof typeof GlueVersion];

/** A DPU is 4 vCPU and 16 GB: https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
export const WorkerType = {
    /** 1 DPU: 4 vCPU, 16 GB. */
    G1X: "G.1X",
    /** 2 DPU: 8 vCPU, 32 GB. */
    G2X: "G.2X",
    /** 4 DPU: 16 vCPU, 64 GB. */
    G4X: "G.4X",
    /** 8 DPU: 32 vCPU, 128 GB. */
    G8X: "G.8X",
    /** 12 DPU: 48 vCPU, 192 GB. */
    G12X: "G.12X",
    /** 16 DPU: 64 vCPU, 256 GB. */
    G16X: "G.16X",
    /** 1 memory-optimized DPU: 4 vCPU, 32 GB. */
    R1X: "R.1X",
    /** 2 memory-optimized DPU: 8 vCPU, 64 GB. */
    R2X: "R.2X",
    /** 4 memory-optimized DPU: 16 vCPU, 128 GB. */
    R4X: "R.4X",
    /** 8 memory-optimized DPU: 32 vCPU, 256 GB. */
    R8X: "R.8X",
} as const;
export type WorkerType = (typeof WorkerType)[keyof typeof WorkerType];

export const ExecutionClass = {
    /** Workers of one's own: for jobs that others wait for. */
    Standard: "STANDARD",
    /** Spare capacity of G.1X or G.2X, a third cheaper, with a start that varies: for jobs that can wait. */
    Flex: "FLEX",
} as const;
export type ExecutionClass = (typeof ExecutionClass)[keyof typeof ExecutionClass];

const flexible: readonly string[] = [WorkerType.G1X, WorkerType.G2X];
/** Glue ends a run after 7 days at the latest. */
const longestTimeout = 10_080;

/** Members of the job, and its arguments, that say what it runs on and how its runs go. */
export function capacityOf(args: EtlJobArgs) {
    const scaling: Record<string, string> = (args.autoScaling ?? false) ? { "--enable-auto-scaling": "true" } : {};
    return {
        job: {
            glueVersion: args.glueVersion ?? GlueVersion.V5_1,
            workerType: args.workerType ?? WorkerType.G1X,
            numberOfWorkers: args.numberOfWorkers ?? 2,
            executionClass: args.executionClass ?? ExecutionClass.Standard,
            timeout: args.timeoutMinutes ?? 60,
            maxRetries: args.maxRetries ?? 0,
            executionProperty: { maxConcurrentRuns: args.maxConcurrentRuns ?? 1 },
            jobRunQueuingEnabled: args.jobRunQueuing ?? false,
            notificationProperty: notificationOf(args.notifyDelayMinutes),
        },
        arguments: scaling,
    };
}

function notificationOf(minutes: number | undefined): types.input.glue.JobNotificationProperty | undefined {
    return minutes === undefined ? undefined : { notifyDelayAfter: minutes };
}

export function checkCapacity(faults: Faults, args: EtlJobArgs): void {
    const { executionClass, maxConcurrentRuns = 1, maxRetries = 0, timeoutMinutes = 60 } = args;
    const workerType = args.workerType ?? WorkerType.G1X;
    faults.unlessOneOf("glueVersion", args.glueVersion, Object.values(GlueVersion));
    faults.unlessOneOf("workerType", args.workerType, Object.values(WorkerType));
    faults.unlessOneOf("executionClass", executionClass, Object.values(ExecutionClass));
    if (executionClass === ExecutionClass.Flex && !flexible.includes(workerType)) {
        faults.add(
            "workerType",
            `"${workerType}" has no flexible capacity: take ${flexible.join(" or ")}, or ExecutionClass.Standard`,
        );
    }
    faults.unlessWhole("numberOfWorkers", args.numberOfWorkers, 2, 299, "workers");
    faults.unlessWhole("timeoutMinutes", args.timeoutMinutes, 1, longestTimeout, "minutes");
    faults.unlessWhole("maxRetries", args.maxRetries, 0, 10, "retries");
    faults.unlessWhole("maxConcurrentRuns", args.maxConcurrentRuns, 1, 1000, "runs");
    if (maxConcurrentRuns > 1 && (args.bookmarks ?? true)) {
        faults.add(
            "maxConcurrentRuns",
            "must be 1 while bookmarks are kept, as two runs would read the same objects; or set bookmarks to false",
        );
    }
    if (args.jobRunQueuing === true && maxRetries > 0) {
        faults.add("maxRetries", "must be 0 with jobRunQueuing: Glue does not retry jobs whose runs queue");
    }
    faults.unlessWhole("notifyDelayMinutes", args.notifyDelayMinutes, 1, longestTimeout, "minutes");
    if (args.notifyDelayMinutes !== undefined && args.notifyDelayMinutes >= timeoutMinutes) {
        faults.add("notifyDelayMinutes", `must be below timeoutMinutes (${timeoutMinutes}), when the run ends anyway`);
    }
}
