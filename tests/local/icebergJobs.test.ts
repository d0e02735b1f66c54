/** A Glue job on an Iceberg table of the catalog: Iceberg's own Glue catalog and S3 client against the local AWS. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { CreateDatabaseCommand, CreateTableCommand, GetTableCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { loadToolchain, projectRoot } from "../../tools/toolchain";
import { bucket, JobsLab } from "./jobsSupport";

/** Loads two runs of rows, the second of which replaces a row, compacts, and tells what the table then is. */
const script = `
import json, sys
from datetime import date
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from lakeworks.arguments import JobArguments
from lakeworks.contract import Contract
from lakeworks.fragments import Fragment, Span, Staged
from lakeworks.iceberg import IcebergLoad, IcebergSilver, compact_iceberg
from lakeworks.report import RunReport
from lakeworks.settings import configure
from pyspark.context import SparkContext

glue = GlueContext(SparkContext.getOrCreate())
spark = glue.spark_session
configure(spark)
contract = Contract.parse(json.dumps({
    "name": "orders", "raw": {"format": "json"}, "tableFormat": "iceberg", "targetFileMiB": 128,
    "columns": [{"name": "id", "type": "string"}, {"name": "sold_at", "type": "timestamp"}, {"name": "amount", "type": "decimal(12,2)"}],
    "businessKey": ["id"], "eventTime": "sold_at", "rowRules": [], "quality": {"rules": [], "onFailure": "warn"},
    "partitions": [{"name": "day", "type": "date", "expression": "to_date(sold_at)"}],
}))

def arguments(run, **more):
    at = "s3://${bucket}/work/"
    return JobArguments(
        **dict.fromkeys(("contract", "source", "quarantine", "reports", "state"), at), target="s3://${bucket}/orders/",
        staging=at, database="shop", table="orders", run_id=run, job_name="job", **more)

def load(run, *rows):
    folder = f"s3://${bucket}/work/{run}/rows/"
    columns = "id string, sold_at timestamp, amount decimal(12,2), source_object string, day date"
    frame = spark.createDataFrame(rows, "id string, sold_at string, amount string, source_object string, day string")
    frame = frame.selectExpr(*(f"CAST({part.split()[0]} AS {part.split()[1]}) AS {part.split()[0]}" for part in columns.split(", ")))
    frame.write.partitionBy("day").parquet(folder)
    fragments = []
    for day in sorted({row[4] for row in rows}):
        fragments.append(Fragment(f"day={day}", f"{folder}day={day}/", len([r for r in rows if r[4] == day]), 1, Span("a", "z", 0, 99999)))
    report = RunReport(run, "orders", "run")
    IcebergLoad(spark, arguments(run), contract, report).load([Staged(len(rows), 0, fragments, None, {}, None, {}, [], 0)], lambda rows: None)
    return report.output, report.replaced, report.already_published

first = [("a", "2024-01-05 10:00:00", "1.50", "o1", "2024-01-05"), ("b", "2024-01-06 10:00:00", "2.50", "o1", "2024-01-06")]
later = [("a", "2024-01-06 11:00:00", "3.50", "o2", "2024-01-06")]
loads = [load("jr_1", *first), load("jr_2", *later), load("jr_3", *first, *later)]
days = {"from_day": date(2024, 1, 1), "to_day": date(2024, 1, 31)}
report = RunReport("jr_4", "orders", "compact")
compact_iceberg(spark, arguments("jr_4", mode="compact", **days), contract, report)
rows = [[str(value) for value in row] for row in spark.table("glue_catalog.shop.orders").orderBy("id").collect()]
versions = IcebergSilver(spark, arguments("jr_5"), contract).versions()
print(json.dumps({"loads": loads, "rows": rows, "partitions": sorted(versions)}))
`;

describe("Glue jobs on Iceberg tables", function () {
    this.timeout(300_000);
    let lab: JobsLab;

    before(async () => {
        lab = await JobsLab.start();
        await lab.clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
        await lab.clients.glue.send(new CreateTableCommand(ordersTable));
    });
    after(async () => lab.stop());

    it("load, replace and compact rows through Iceberg's Glue catalog", async () => {
        const library = path.join(lab.stateDir, "library.zip");
        const folder = path.join(projectRoot, "glue-scripts", "lakeworks");
        execFileSync(loadToolchain().python, ["-m", "zipfile", "-c", library, folder]);
        const key = "lib/library.zip";
        await lab.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: fs.readFileSync(library) }));
        const name = await lab.job("iceberg", script, {
            DefaultArguments: {
                "--extra-py-files": `s3://${bucket}/${key}`,
                "--datalake-formats": "iceberg",
                "--conf": "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
            },
        });
        const run = await lab.runToEnd(name);
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
        const output = await lab.logLines("/aws-glue/jobs/output", run.Id ?? "");
        assert.deepEqual(JSON.parse(output.at(-1) ?? ""), {
            loads: [
                [2, 0, 0],
                [1, 1, 0],
                [0, 0, 2],
            ],
            rows: [
                ["a", "2024-01-06 11:00:00", "3.50", "2024-01-06", "o2"],
                ["b", "2024-01-06 10:00:00", "2.50", "2024-01-06", "o1"],
            ],
            partitions: ["day=2024-01-06"],
        });
        const { Table } = await lab.clients.glue.send(new GetTableCommand({ DatabaseName: "shop", Name: "orders" }));
        assert.equal(Table?.Parameters?.table_type, "ICEBERG");
        assert.equal(Table.StorageDescriptor?.Location, `s3://${bucket}/orders`);
    });
});

/** As components/lakeTableIceberg.ts declares a dataset's table. */
const ordersTable = {
    DatabaseName: "shop",
    Name: "orders",
    OpenTableFormatInput: {
        IcebergInput: {
            MetadataOperation: "CREATE" as const,
            Version: "2",
            CreateIcebergTableInput: {
                Location: `s3://${bucket}/orders/`,
                Schema: {
                    Type: "struct" as const,
                    Fields: [
                        { Id: 1, Name: "id", Type: "string", Required: false },
                        { Id: 2, Name: "sold_at", Type: "timestamp", Required: false },
                        { Id: 3, Name: "amount", Type: "decimal(12, 2)", Required: false },
                        { Id: 4, Name: "day", Type: "date", Required: false },
                    ],
                },
                PartitionSpec: { Fields: [{ Name: "day", SourceId: 4, Transform: "identity" }] },
                Properties: { "write.format.default": "parquet" },
            },
        },
    },
};
