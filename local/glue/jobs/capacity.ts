/** Workers and data-processing units. @see https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
import type { WorkerType } from "@aws-sdk/client-glue";
import { AwsError } from "../../protocol/operations";

/** DPU of one worker: 4 vCPU and 16 GB (32 GB for R) each. */
const dpuByWorkerType: Readonly<Record<string, number>> = {
    Standard: 1,
    "G.1X": 1,
    "G.2X": 2,
    "G.4X": 4,
    "G.8X": 8,
    "G.12X": 12,
    "G.16X": 16,
    "R.1X": 1,
    "R.2X": 2,
    "R.4X": 4,
    "R.8X": 8,
};
const defaultWorkerType: WorkerType = "G.1X";
const defaultWorkers = 10;
/** A Spark job has a driver and at least one executor. */
const fewestWorkers = 2;

export interface CapacityInput {
    WorkerType?: WorkerType | undefined;
    NumberOfWorkers?: number | undefined;
    MaxCapacity?: number | undefined;
    AllocatedCapacity?: number | undefined;
}

export interface Capacity {
    readonly WorkerType: WorkerType;
    readonly NumberOfWorkers: number;
    readonly MaxCapacity: number;
    readonly AllocatedCapacity: number;
}

/**
 * The capacity that a job or a run asks for, with AWS's defaults: 10 workers of G.1X.
 * @throws InvalidInputException for what AWS refuses
 */
export function capacityOf(input: CapacityInput): Capacity {
    const workers = input.WorkerType !== undefined || input.NumberOfWorkers !== undefined;
    const dpus = input.MaxCapacity ?? input.AllocatedCapacity;
    if (workers && input.MaxCapacity !== undefined) {
        throw invalid("Please do not set Max Capacity if using Worker Type and Number of Workers.");
    }
    if (workers && (input.WorkerType === undefined || input.NumberOfWorkers === undefined)) {
        throw invalid("Please set both Worker Type and Number of Workers.");
    }
    const type = input.WorkerType ?? defaultWorkerType;
    const dpu = Object.hasOwn(dpuByWorkerType, type) ? dpuByWorkerType[type] : undefined;
    if (dpu === undefined) {
        const known = Object.keys(dpuByWorkerType).join(", ");
        throw invalid(`The worker type ${type} is not valid for a Spark job: use one of ${known}.`);
    }
    const count = input.NumberOfWorkers ?? dpus ?? defaultWorkers;
    if (count < fewestWorkers) {
        throw invalid(`The number of workers (${count}) is below the minimum of ${fewestWorkers} for a Spark job.`);
    }
    return {
        WorkerType: type,
        NumberOfWorkers: Math.floor(count),
        MaxCapacity: count * dpu,
        AllocatedCapacity: count * dpu,
    };
}

function invalid(message: string): AwsError {
    return new AwsError("InvalidInputException", message);
}
