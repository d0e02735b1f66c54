import { AuditTrail, DataLakeBuckets } from "..";

const lake = new DataLakeBuckets("lake");

/** Who read or changed which object of the tables, for a year. */
export const trail = new AuditTrail("lake-audit", {
    buckets: [lake.silver, lake.gold],
    expirationDays: 365,
    retain: true,
}).trailArn;
