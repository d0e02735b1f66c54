/** What the data jobs of a lake need of Glue besides Spark: modules, batches of partitions, bookmarks, metrics. */
import assert from "node:assert/strict";
import { CreateDatabaseCommand, CreateTableCommand } from "@aws-sdk/client-glue";
import { libraryModules } from "../../components/jobModules";
import { bucket, JobsLab } from "./jobsSupport";

/** What lakeworks.catalog, .bookmark and .metrics ask, by boto3 as Glue has it. */
const script = `
import json
from datetime import UTC, datetime, timedelta
import boto3, duckdb, sqlglot, zstandard

glue = boto3.client("glue")
where = {"DatabaseName": "shop", "TableName": "orders"}
columns = [{"Name": "id", "Type": "string"}]

def partition(day, location):
    return {"Values": [day], "StorageDescriptor": {"Columns": columns, "Location": location}, "Parameters": {"numRows": "1"}}

def errors(answer, key):
    return [[error.get(key), error["ErrorDetail"]["ErrorCode"]] for error in answer["Errors"]]

def entry(day, location):
    return {"PartitionValueList": [day], "PartitionInput": partition(day, location)}

old, new = "s3://${bucket}/orders/day=2024-01-05/jr_1/", "s3://${bucket}/orders/day=2024-01-05/jr_2/"
told = {}
inputs = [partition("2024-01-05", old), partition("2024-01-06", old)]
told["created"] = errors(glue.batch_create_partition(**where, PartitionInputList=inputs), "PartitionValues")
told["again"] = errors(glue.batch_create_partition(**where, PartitionInputList=inputs[:1]), "PartitionValues")
entries = [entry("2024-01-05", new), entry("2024-01-09", new)]
told["moved"] = errors(glue.batch_update_partition(**where, Entries=entries), "PartitionValueList")
gone = [{"Values": ["2024-01-06"]}, {"Values": ["2024-01-08"]}]
told["removed"] = errors(glue.batch_delete_partition(**where, PartitionsToDelete=gone), "PartitionValues")
pages = glue.get_paginator("get_partitions").paginate(**where, ExcludeColumnSchema=True)
told["left"] = [
    [found["Values"], found["StorageDescriptor"]["Location"], found["StorageDescriptor"].get("Columns", [])]
    for page in pages for found in page["Partitions"]
]
try:
    glue.get_job_bookmark(JobName="needs")
except glue.exceptions.EntityNotFoundException as error:
    told["bookmark"] = error.response["Error"]["Code"]
cloudwatch = boto3.client("cloudwatch")
metric = {"MetricName": "RowsPublished", "Dimensions": [{"Name": "Dataset", "Value": "orders"}]}
cloudwatch.put_metric_data(Namespace="Lakeworks", MetricData=[{**metric, "Value": 41, "Unit": "Count"}])
now, hour = datetime.now(UTC), timedelta(hours=1)
points = cloudwatch.get_metric_statistics(
    Namespace="Lakeworks", **metric, StartTime=now - hour, EndTime=now + hour, Period=86400, Statistics=["Sum"]
)
told["metric"] = [point["Sum"] for point in points["Datapoints"]]
boto3.client("s3").put_object(Bucket="${bucket}", Key="told.json", Body=json.dumps(told).encode())
`;

describe("what a lake's jobs need", function () {
    this.timeout(300_000);
    let lab: JobsLab;

    before(async () => {
        lab = await JobsLab.start();
        await lab.clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
        const TableInput = {
            Name: "orders",
            TableType: "EXTERNAL_TABLE",
            PartitionKeys: [{ Name: "day", Type: "date" }],
            StorageDescriptor: { Columns: [{ Name: "id", Type: "string" }], Location: `s3://${bucket}/orders/` },
        };
        await lab.clients.glue.send(new CreateTableCommand({ DatabaseName: "shop", TableInput }));
    });
    after(async () => lab.stop());

    it("is done by the local AWS as by AWS", async () => {
        const modules = { "--additional-python-modules": libraryModules.join(",") };
        const run = await lab.runToEnd(await lab.job("needs", script), modules);
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
        assert.deepEqual(JSON.parse(await lab.text("told.json")), {
            created: [],
            again: [[["2024-01-05"], "AlreadyExistsException"]],
            moved: [[["2024-01-09"], "EntityNotFoundException"]],
            removed: [[["2024-01-08"], "EntityNotFoundException"]],
            left: [[["2024-01-05"], `s3://${bucket}/orders/day=2024-01-05/jr_2/`, []]],
            bookmark: "EntityNotFoundException",
            metric: [41],
        });
    });

    it("fails at the launch where a module, its version or its wheel is not there", async () => {
        const job = await lab.job("lacking", "print('never')");
        const wheel = await lab.put("lib/duckdb-1.0.0-cp311-cp311-manylinux_2_28_x86_64.whl", "a wheel");
        const cases: [string, RegExp][] = [
            ["no-such-module==1.0", /no-such-module is not installed in the local AWS's Python/],
            ["duckdb==1.0.0", /duckdb==1\.0\.0 is asked for, the local AWS's Python has duckdb \d/],
            [wheel, /duckdb-1\.0\.0\S+ is asked for, the local AWS's Python has duckdb \d/],
            [
                `s3://${bucket}/lib/gone-1.0-py3-none-any.whl`,
                /Error downloading from S3 for bucket: jobs-test, key: lib\/gone/,
            ],
        ];
        for (const [modules, message] of cases) {
            const run = await lab.runToEnd(job, { "--additional-python-modules": modules });
            assert.equal(run.JobRunState, "FAILED");
            assert.match(run.ErrorMessage ?? "", /LAUNCH ERROR/);
            assert.match(run.ErrorMessage ?? "", message);
        }
    });
});
