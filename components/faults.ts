/** Collects what is wrong with a component's arguments, so that the user sees every fault at once. */
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { asBucketName, asCatalogName, asResourceName, asS3Prefix, asSchedule, nearest } from "./nearMiss";

/**
 * Every fault of a component's arguments. Reported by the engine argument by argument where a plugin hosts the component;
 * where a program makes it, printed with the same faults and without frames, which would point into this library.
 */
export class ArgumentFaults extends pulumi.InputPropertiesError {
    constructor(message: string, errors: pulumi.InputPropertyErrorDetails[]) {
        super({ message, errors });
        this.stack = [`${message}:`, ...errors.map((fault) => `  ${fault.propertyPath}: ${fault.reason}`)].join("\n");
    }

    [inspect.custom](): string {
        return this.stack ?? this.message;
    }
}

export class Faults {
    private readonly found: pulumi.InputPropertyErrorDetails[] = [];

    constructor(private readonly component: string) {}

    add(propertyPath: string, reason: string): void {
        this.found.push({ propertyPath, reason });
    }

    /**
     * Adds the fault when the value is known now and does not match; an output is left to the service to check.
     * For the patterns below, the message ends in the value that was probably meant.
     */
    unlessMatches(
        propertyPath: string,
        value: pulumi.Input<string | undefined>,
        pattern: RegExp,
        reason: string,
    ): void {
        if (typeof value === "string" && !pattern.test(value)) {
            const repaired = repairs.get(pattern)?.(value) ?? "";
            this.add(propertyPath, `"${value}" ${reason}${guess(pattern.test(repaired) ? repaired : undefined)}`);
        }
    }

    unlessShort(propertyPath: string, value: string, most: number): void {
        if (value.length > most) {
            this.add(
                propertyPath,
                `"${value}" has ${value.length} characters; at most ${most} leave room for the names made from it`,
            );
        }
    }

    /** Adds the fault when the value is not a whole number from `least` to `most`. */
    unlessWhole(propertyPath: string, value: number | undefined, least: number, most: number, unit: string): void {
        if (value !== undefined && (!Number.isInteger(value) || value < least || value > most)) {
            this.add(propertyPath, `${value} must be a whole number of ${unit} from ${least} to ${most}`);
        }
    }

    /** Adds the fault when the value is not one of those allowed. */
    unlessOneOf(propertyPath: string, value: string | undefined, allowed: readonly string[]): void {
        if (value !== undefined && !allowed.includes(value)) {
            this.add(propertyPath, `"${value}" must be one of ${allowed.join(", ")}${guess(nearest(value, allowed))}`);
        }
    }

    /**
     * Adds the faults that another component's check throws, unless there is one at the path already.
     * @param renamed arguments here by their names there
     */
    include(check: () => void, renamed: Readonly<Record<string, string>> = {}): void {
        try {
            check();
        } catch (error) {
            if (!pulumi.InputPropertiesError.isInstance(error)) {
                throw error;
            }
            for (const { propertyPath, reason } of error.errors) {
                const own = propertyPath.replace(/^\w+/, (argument) => renamed[argument] ?? argument);
                if (!this.found.some((fault) => fault.propertyPath === own)) {
                    this.add(own, reason);
                }
            }
        }
    }

    /** @throws ArgumentFaults with every fault added, each at the path of its argument. */
    throwIfAny(): void {
        if (this.found.length > 0) {
            throw new ArgumentFaults(`${this.component} cannot be made from these arguments`, this.found);
        }
    }
}

function guess(meant: string | undefined): string {
    return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/** Glue's own law is looser; Athena reads only these: https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
export const catalogNamePattern = /^[a-z][a-z0-9_]{0,127}$/;
export const catalogNameReason =
    "must be lower-case letters, digits and _, start with a letter and have at most 128 characters";

/** Names of jobs, crawlers and workgroups: the strictest of the three services' laws, Athena's. */
export const resourceNamePattern = /^[a-zA-Z0-9._-]{1,128}$/;
export const resourceNameReason = "must have 1 to 128 letters, digits, '.', '_' or '-'";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = [
    "(?!xn--|sthree-|amzn-s3-demo-)",
    "(?![^/]*(?:-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)(?:/|$))",
    "(?!\\d+\\.\\d+\\.\\d+\\.\\d+(?:/|$))",
    "(?![^/]*\\.\\.)",
    "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
].join("");
export const bucketNamePattern = new RegExp(`^${bucketName}$`);
export const bucketNameReason = "must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, '-' or '.'";

export const s3PrefixPattern = new RegExp(`^s3://${bucketName}/(?:[^/]+/)*$`);
export const s3PrefixReason = "must be an S3 prefix that ends in a slash: s3://bucket/folder/";

/** Comma-separated values, ranges and steps of one field of a cron expression. */
function cronField(value: string, ...others: string[]): string {
    const item = [`(?:\\*|${value}(?:-${value})?)(?:/\\d+)?`, ...others].join("|");
    return `(?:${item})(?:,(?:${item}))*`;
}

const minutes = cronField("[0-5]?\\d");
const hours = cronField("(?:[01]?\\d|2[0-3])");
const dayOfMonth = cronField("(?:0?[1-9]|[12]\\d|3[01])", "L", "LW", "(?:[12]?\\d|3[01])W");
const month = cronField("(?:0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)");
const weekday = "(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";
// Glue knows no #, the nth weekday of a month.
const dayOfWeek = cronField(weekday, `${weekday}?L`);
const year = cronField("(?:19[7-9]\\d|2[01]\\d\\d)");

/** https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html */
export const schedulePattern = new RegExp(
    `^cron\\(${minutes} ${hours} (?:${dayOfMonth} ${month} \\?|\\? ${month} ${dayOfWeek}) ${year}\\)$`,
);
export const scheduleReason =
    "must be a cron expression of six fields in UTC, with ? for one of the two days: cron(0 2 * * ? *)";

export const kmsKeyArnPattern = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
export const kmsKeyArnReason = "must be the ARN of a KMS key: arn:aws:kms:region:account:key/id";

/** An IAM role's name has 64 characters, of which Pulumi's suffix takes 8. */
export const longestRoleName = 56;

/** How the usual slips against a law are put right. */
const repairs = new Map<RegExp, (value: string) => string>([
    [catalogNamePattern, asCatalogName],
    [resourceNamePattern, asResourceName],
    [bucketNamePattern, asBucketName],
    [s3PrefixPattern, asS3Prefix],
    [schedulePattern, asSchedule],
]);
