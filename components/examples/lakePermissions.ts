import { DataLakeBuckets, LakePermissions, LakeZone } from "..";

const lake = new DataLakeBuckets("lake");

/** Analysts read the clean orders; the job writes them; raw data stays with the job. */
export const permissions = new LakePermissions("lake", {
    locations: [
        { zone: LakeZone.Bronze, bucket: lake.bronze },
        { zone: LakeZone.Silver, bucket: lake.silver },
    ],
    databases: [{ dataset: "orders", databaseName: "orders", tables: [{ name: "orders", zone: LakeZone.Silver }] }],
    readers: [{ name: "analysts", arn: "arn:aws:iam::123456789012:role/analysts" }],
    writers: [{ name: "orders-etl", arn: "arn:aws:iam::123456789012:role/orders-etl-role" }],
    admins: ["arn:aws:iam::123456789012:role/deploy"],
}).roleArn;
