/** What each zone of a lake keeps, and for how long: plain planning, apart from the resources. */
import type { types } from "@pulumi/aws";

export const zones = ["bronze", "silver", "gold", "scripts", "athena-results", "access-logs"] as const;
export type Zone = (typeof zones)[number];

/** Folder of silver that holds rejected rows; it starts with `_`, so that neither crawlers nor Athena read it. */
export const quarantineFolder = "_quarantine/";
/** Folder of silver that holds one report per job run. */
export const reportsFolder = "_reports/";
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

type Rule = types.input.s3.BucketLifecycleConfigurationRule;

/** Lifecycle rules of a zone. Every zone gives up unfinished uploads after a day and noncurrent versions after `noncurrent` days. */
export function lifecycleRules(zone: Zone, days: RetentionDays): Rule[] {
    const housekeeping = rule("housekeeping", "", {
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        noncurrentVersionExpiration: { noncurrentDays: days.noncurrent },
    });
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
            return [housekeeping, expiry("quarantine", quarantineFolder, days.quarantine)];
        case "gold":
            return [housekeeping];
        case "scripts":
            return [housekeeping, expiry("temporary", temporaryFolder, temporaryDays)];
        case "athena-results":
            return [housekeeping, expiry("results", "", days.results)];
        case "access-logs":
            return [housekeeping, expiry("logs", "", days.accessLogs)];
    }
}

function expiry(id: string, prefix: string, days: number): Rule {
    return rule(id, prefix, { expiration: { days } });
}

function rule(id: string, prefix: string, does: Omit<Rule, "id" | "status" | "filter">): Rule {
    return { id, status: "Enabled", filter: { prefix }, ...does };
}
