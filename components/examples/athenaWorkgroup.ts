import * as aws from "@pulumi/aws";
import { AthenaWorkgroup } from "..";

/** Analysts' queries: encrypted results in one place, and none that reads more than 50 GiB. */
const analysts = new AthenaWorkgroup("analysts", {
    description: "Ad-hoc queries of the analysts.",
    resultsLocation: "s3://my-results/analysts/",
    expectedBucketOwner: aws.getCallerIdentityOutput().accountId,
    bytesScannedCutoff: 50 * 1024 ** 3,
    databaseName: "weather",
    namedQueries: [
        {
            name: "hottest-days",
            description: "The ten hottest days of all stations.",
            sql: "SELECT day, max(celsius) AS celsius FROM readings GROUP BY day ORDER BY celsius DESC LIMIT 10",
        },
    ],
});

export const workgroup = analysts.workgroupName;
