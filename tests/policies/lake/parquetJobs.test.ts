import { deepEqual, equal } from "node:assert/strict";
import { parquetJobs } from "../../../policies/lake/parquet-jobs";
import { job } from "../fixtures";
import {
    clean,
    excepted,
    judge,
    type Subject,
    type Verdict,
    unknownObject,
    unknownString,
    violation,
} from "../harness";

const judged = (subject: Subject, config?: object): Promise<Verdict> => judge(parquetJobs, subject, config);
const told = (args: Record<string, string>): Subject => job({ defaultArguments: args });

describe("policy parquet-jobs", () => {
    it("passes arguments that say Parquet, and those about the input", async () => {
        deepEqual(
            await judged(
                told({
                    "--output-format": "parquet",
                    "--format": "iceberg",
                    "--source-format": "json",
                    "--input_file_type": "csv",
                    "--date_format": "text",
                    "--sourceFormat": "csv",
                    "--logFormat": "json",
                    "--partition_keys": "year,month",
                }),
            ),
            clean,
        );
        deepEqual(await judged(job({ defaultArguments: undefined })), clean);
    });

    for (const argument of [
        "--format",
        "--output-format",
        "--OUTPUT_FORMAT",
        "--silver_file_type",
        "--target-file-format",
        "--outputFormat",
        "--sinkType",
    ]) {
        it(`refuses ${argument} of another format`, async () => {
            deepEqual(
                await judged(told({ [argument]: "CSV" })),
                violation(
                    `Job "sales-etl" is told to write "CSV" (argument "${argument}"). Set it to "parquet"; if it is about the ` +
                        `job's input, call it "--source-format".`,
                ),
            );
        });
    }

    it("refuses an empty list of partition columns", async () => {
        for (const value of ["", "[]", "none"]) {
            deepEqual(
                await judged(told({ "--partition-by": value })),
                violation(
                    'Job "sales-etl" is told to write without partitions (argument "--partition-by" is empty). ' +
                        "Name the table's partition keys in it.",
                ),
            );
        }
    });

    it("refuses another default of Spark", async () => {
        deepEqual(
            await judged(told({ "--conf": "spark.sql.shuffle.partitions=8 --conf spark.sql.sources.default=orc" })),
            violation(
                'Job "sales-etl" writes "orc" unless it says otherwise (argument "--conf"). ' +
                    "Set spark.sql.sources.default=parquet, or leave it out.",
            ),
        );
    });

    it("looks at arguments that no run can override, and at those of triggers", async () => {
        equal((await judged(job({ nonOverridableArguments: { "--format": "json" } }))).violations.length, 1);
        const trigger = (format: string): Subject => ({
            type: "aws:glue/trigger:Trigger",
            props: {
                name: "nightly",
                type: "SCHEDULED",
                actions: [{ jobName: "sales-etl", arguments: { "--format": format } }],
            },
        });
        deepEqual(await judged(trigger("parquet")), clean);
        deepEqual(
            await judged(trigger("avro")),
            violation(
                'Trigger "nightly" starts a job that is told to write "avro" (argument "--format"). Set it to "parquet"; ' +
                    `if it is about the job's input, call it "--source-format".`,
            ),
        );
    });

    it("refuses on what is known, waits for the rest, honours exceptions", async () => {
        const partly = await judged(told({ "--target": unknownString, "--format": "json" }));
        equal(partly.violations.length, 1);
        const { notKnownYet } = await judged(told(unknownObject as Record<string, string>));
        equal(notKnownYet, "Object value at .defaultArguments can't be known during preview");
        const { notApplicable } = await judged(told({ "--format": "csv" }), excepted("sales-etl", "an export"));
        equal(notApplicable, '"sales-etl" is an exception until 9999-12-31: an export');
    });
});
