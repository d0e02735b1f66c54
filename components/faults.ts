/** Collects what is wrong with a component's arguments, so that the user sees every fault at once. */
import * as pulumi from "@pulumi/pulumi";

export class Faults {
    private readonly found: pulumi.InputPropertyErrorDetails[] = [];

    constructor(private readonly component: string) {}

    add(propertyPath: string, reason: string): void {
        this.found.push({ propertyPath, reason });
    }

    /** Adds the fault when the value is known now and does not match; an output is left to the service to check. */
    unlessMatches(
        propertyPath: string,
        value: pulumi.Input<string> | undefined,
        pattern: RegExp,
        reason: string,
    ): void {
        if (typeof value === "string" && !pattern.test(value)) {
            this.add(propertyPath, `"${value}" ${reason}`);
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
            this.add(propertyPath, `"${value}" must be one of ${allowed.join(", ")}`);
        }
    }

    /** @throws pulumi.InputPropertiesError with every fault added, each at the path of its argument. */
    throwIfAny(): void {
        if (this.found.length > 0) {
            throw new pulumi.InputPropertiesError({
                message: `${this.component} cannot be made from these arguments`,
                errors: this.found,
            });
        }
    }
}

/** Glue's own law is looser; Athena reads only these: https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
export const catalogNamePattern = /^[a-z][a-z0-9_]{0,127}$/;
export const catalogNameReason =
    "must be lower-case letters, digits and _, start with a letter and have at most 128 characters";

/** Names of jobs, crawlers and workgroups: the strictest of the three services' laws, Athena's. */
export const resourceNamePattern = /^[a-zA-Z0-9._-]{1,128}$/;
export const resourceNameReason = "must have 1 to 128 letters, digits, '.', '_' or '-'";

export const s3PrefixPattern = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[^/]+\/)*$/;
export const s3PrefixReason = "must be an S3 prefix that ends in a slash: s3://bucket/folder/";

/** https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html */
export const schedulePattern = /^cron\((?:\S+ ){5}\S+\)$/;
export const scheduleReason = "must be a cron expression of six fields in UTC: cron(0 2 * * ? *)";

export const kmsKeyArnPattern = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/;
export const kmsKeyArnReason = "must be the ARN of a KMS key: arn:aws:kms:region:account:key/id";

/** An IAM role's name has 64 characters, of which Pulumi's suffix takes 8. */
export const longestRoleName = 56;
