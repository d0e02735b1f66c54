import { DataLakeBuckets, EtlJob, LakeNetwork } from "..";

const lake = new DataLakeBuckets("lake");

/** A private network from which jobs reach the lake's buckets and AWS's services, and nothing else. */
const network = new LakeNetwork("lake", {
    bucketNames: [lake.bronze, lake.silver, lake.scripts],
    cidrBlock: "10.20.0.0/16",
});

export const job = new EtlJob("readings", {
    scriptPath: "readings.py",
    scriptsBucket: lake.scripts,
    network: network.jobNetwork,
}).jobName;
