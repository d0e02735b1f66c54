import { DataLakeBuckets, Encryption } from "..";

/** Six buckets under one key of their own, kept whatever happens to the stack. */
const lake = new DataLakeBuckets("lake", {
    encryption: Encryption.SseKms,
    bronzeInfrequentAccessDays: 60,
    bronzeGlacierDays: 120,
    retain: true,
});

export const bronze = lake.bronze;
export const key = lake.kmsKeyArn;
