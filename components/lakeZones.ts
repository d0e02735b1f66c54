/** What each zone of a lake keeps, and for how long: plain planning, apart from the resources. */
import type { types } from "@pulumi/aws";

export type Zone = "bronze" | "silver" | "gold" | "scripts" | "athena-results" | "access-logs";

/** Folder of silver for the tables of quarantined records; like the others it starts with `_`, as no dataset's own does. */
export const quarantineFolder = "_quarantine/";
/** Folder of silver that holds one report per job run. */
export const reportsFolder = "_reports/";
/** Folder of silver that holds the outcomes of quality rules, a file per job run. */
export const qualityFolder = "_quality/";
/** Folder of silver that holds what a job run has not published yet. */
export const stagingFolder = "_staging/";
/** Folder of silver that holds what a job remembers from run to run: which raw objects it has read. */
export const stateFolder = "_state/";
/** Folder of scripts for what a job writes on its way. */
export const temporaryFolder = "temp/";

/** Days after which objects move or go. */
export interface RetentionDays {
    readonly bronzeInfrequentAccess: number;
    readonly bronzeGlacier: number;
    readonly quarantine: number;
    readonly results: number;
    readonly accessLogs: number;
    readonly noncurrent: number;
}

/** Leftovers of a job run are of no use once it has ended; no run lasts this long. */
const temporaryDays = 7;

export type LifecycleRule = types.input.s3.BucketLifecycleConfigurationRule;

/** Lifecycle rules of a zone. */
export function lifecycleRules(zone: Zone, days: RetentionDays): LifecycleRule[] {
    const housekeeping = housekeepingRule(days.noncurrent);
    switch (zone) {
        case "bronze":
            return [
                housekeeping,
                rule("archive", "", {
                    transitions: [
                        { days: days.bronzeInfrequentAccess, storageClass: "STANDARD_IA" },
                        { days: days.bronzeGlacier, storageClass: "GLACIER" },
                    ],
                }),
            ];
        case "silver":
            return [
                housekeeping,
                expiryRule("quarantine", quarantineFolder, days.quarantine),
                expiryRule("staging", stagingFolder, temporaryDays),
            ];
        case "gold":
            return [housekeeping];
        case "scripts":
            return [housekeeping, expiryRule("temporary", temporaryFolder, temporaryDays)];
        case "athena-results":
            return [housekeeping, expiryRule("results", "", days.results)];
        case "access-logs":
            return [housekeeping, expiryRule("logs", "", days.accessLogs)];
    }
}

/** What every bucket does: give up unfinished uploads after a day, and noncurrent versions after some. */
export function housekeepingRule(noncurrentDays: number): LifecycleRule {
    return rule("housekeeping", "", {
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        noncurrentVersionExpiration: { noncurrentDays },
    });
}

/** Objects below the prefix expire after so many days. */
export function expiryRule(id: string, prefix: string, days: number): LifecycleRule {
    return rule(id, prefix, { expiration: { days } });
}

function rule(id: string, prefix: string, does: Omit<LifecycleRule, "id" | "status" | "filter">): LifecycleRule {
    return { id, status: "Enabled", filter: { prefix }, ...does };
}
