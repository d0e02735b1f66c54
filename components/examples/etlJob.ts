import { EtlJob, ExecutionClass, GlueVersion } from "..";

/** A script of your own, on spare capacity every night, with rights to exactly the locations it names. */
const job = new EtlJob("readings", {
    scriptPath: "readings.py",
    scriptsBucket: "my-scripts",
    arguments: { "--source": "s3://my-bronze/readings/", "--target": "s3://my-silver/readings/" },
    readLocations: ["s3://my-bronze/readings/"],
    writeLocations: ["s3://my-silver/readings/"],
    glueVersion: GlueVersion.V5_1,
    executionClass: ExecutionClass.Flex,
    numberOfWorkers: 4,
    timeoutMinutes: 30,
    schedule: "cron(0 2 * * ? *)",
});

export const role = job.roleArn;
