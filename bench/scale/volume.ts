/** What a volume of data takes of the job, of S3, of Athena and of the catalog, by the rates of docs/performance.md. */
import { queryCost } from "../../automation/cost/athena";
import { price } from "../../automation/cost/priceList";

/** Bytes of raw JSON that one core takes in a second: 1.26 GB in 21.0 s on two cores (docs/performance.md, "The ETL job"). */
export const bytesPerCoreSecond = 1.26e9 / 21.0 / 2;
/** Silver by raw bytes: 46 MB of 1.26 GB, in the same run. */
export const silverShare = 46e6 / 1.26e9;

const MiB = 1024 ** 2;
const coresPerDpu = 4;
const secondsPerHour = 3600;
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const keysPerList = 1000;
/** https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html */
const partitionsPerCall = 100;
/** Most that one page of GetPartitions has: https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html */
const partitionsPerPage = 1000;
/** Of which a single scan of Athena reads no more: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
export const mostPartitionsScanned = 1e6;
/** https://docs.aws.amazon.com/general/latest/gr/glue.html */
export const mostPartitionsOfTable = 1e7;

export interface Day {
    /** DPUs that read the day's bytes within the hours, if cores add up. */
    readonly dpus: number;
    readonly dpuHours: number;
    /** USD. */
    readonly jobCost: number;
    readonly objects: number;
    readonly silverBytes: number;
    readonly silverFiles: number;
    /** USD of a question that reads the whole day, raw and in silver. */
    readonly rawScan: number;
    readonly silverScan: number;
}

/**
 * @param rawBytes that arrive in a day
 * @param objectMiB size of a raw object
 * @param hours in which the job is to be done
 * @param targetMiB of silver's files
 */
export function day(rawBytes: number, objectMiB: number, hours: number, targetMiB = 128): Day {
    const coreSeconds = rawBytes / bytesPerCoreSecond;
    const dpuHours = coreSeconds / coresPerDpu / secondsPerHour;
    const silverBytes = rawBytes * silverShare;
    return {
        dpus: Math.ceil(dpuHours / hours),
        dpuHours,
        jobCost: dpuHours * price("glue.dpuHour"),
        objects: Math.ceil(rawBytes / (objectMiB * MiB)),
        silverBytes,
        silverFiles: Math.ceil(silverBytes / (targetMiB * MiB)),
        rawScan: queryCost(rawBytes, "DML"),
        silverScan: queryCost(silverBytes, "DML"),
    };
}

/** Calls of ListObjectsV2 by which a run lists bronze after so many days: it lists all of its dataset. */
export function listCalls(objectsADay: number, days: number): number {
    return Math.ceil((objectsADay * days) / keysPerList);
}

export interface Partitions {
    readonly createCalls: number;
    readonly pages: number;
    /** USD a month for the catalog's objects. */
    readonly catalogCost: number;
    /** Whether one query without a condition on the keys may read them all. */
    readonly scannable: boolean;
}

export function partitions(count: number): Partitions {
    const free = price("glue.catalogFreeObjects");
    return {
        createCalls: Math.ceil(count / partitionsPerCall),
        pages: Math.ceil(count / partitionsPerPage),
        catalogCost: (Math.max(0, count - free) / 100_000) * price("glue.catalogObjects100k"),
        scannable: count <= mostPartitionsScanned,
    };
}
