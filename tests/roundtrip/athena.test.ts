import * as aws from "@pulumi/aws";
import { itGoesRound } from "./roundTrip";

itGoesRound({
    name: "Athena",
    drift: (local) =>
        local.cliJson("athena", "update-work-group", "--work-group", "analysts", "--description", "Somebody's"),
    program: (pick) => {
        const bucket = new aws.s3.Bucket("results", { bucket: "roundtrip-results", forceDestroy: true });
        const workgroup = new aws.athena.Workgroup("workgroup", {
            name: "analysts",
            description: pick("Analysts", "All analysts"),
            forceDestroy: true,
            configuration: {
                enforceWorkgroupConfiguration: true,
                publishCloudwatchMetricsEnabled: pick(true, false),
                requesterPaysEnabled: false,
                bytesScannedCutoffPerQuery: pick(10_737_418_240, 10_485_760),
                engineVersion: { selectedEngineVersion: "Athena engine version 3" },
                enableMinimumEncryptionConfiguration: true,
                resultConfiguration: {
                    outputLocation: bucket.bucket.apply((name) => `s3://${name}/${pick("one", "two")}/`),
                    expectedBucketOwner: "000000000000",
                    encryptionConfiguration: { encryptionOption: "SSE_S3" },
                },
            },
            tags: { team: pick("lake", "sea"), [pick("a", "b")]: "c" },
        });
        const database = new aws.glue.CatalogDatabase("database", { name: "sales" });
        new aws.athena.NamedQuery("query", {
            name: "top",
            description: "The best",
            workgroup: workgroup.name,
            database: database.name,
            query: "SELECT 1",
        });
        new aws.athena.PreparedStatement("statement", {
            name: "of_day",
            description: pick("One day", "Any day"),
            workgroup: workgroup.name,
            queryStatement: pick("SELECT ?", "SELECT ?, 1"),
        });
    },
});
