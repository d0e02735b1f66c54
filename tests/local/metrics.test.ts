/** What jobs and queries put to CloudWatch, and that the alarms of our own monitoring see it. */
import * as assert from "node:assert/strict";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import { CreateDatabaseCommand } from "@aws-sdk/client-glue";
import { durationAlarm, freshnessAlarm, scanAlarm } from "../../components/pipelineMonitoringAlarms";
import { localCredentials } from "../../local/context";
import { Queries } from "./athenaSupport";
import { Bus } from "./eventsSupport";
import { bucket, JobsLab } from "./jobsSupport";

const counting = `
from awsglue.context import GlueContext
from pyspark.context import SparkContext
glue = GlueContext(SparkContext.getOrCreate())
rows = glue.spark_session.read.schema("id int, kind string").json("s3://${bucket}/rows/")
print(rows.count())
rows.groupBy("kind").count().write.parquet("s3://${bucket}/out/")
`;
const observed = { "--enable-metrics": "true", "--enable-observability-metrics": "true" };

type Dimensions = Readonly<Record<string, string>>;

describe("CloudWatch metrics of Glue jobs and Athena", function () {
    this.timeout(300_000);
    let lab: JobsLab;
    let bus: Bus;
    let queries: Queries;
    let athena: AthenaClient;
    const rows = Array.from({ length: 1000 }, (_, id) => `{"id": ${id}, "kind": "${id % 3}"}\n`).join("");

    const cloudWatch = <T>(operation: string, input: object) =>
        bus.call<T>("monitoring", `GraniteServiceVersion20100801.${operation}`, input);
    const pairs = (dimensions: Dimensions) => Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    /** The metric in the last hour; undefined where there is none. */
    const points = async (Namespace: string, MetricName: string, dimensions: Dimensions) => {
        const now = Date.now() / 1000;
        const of = {
            Namespace,
            MetricName,
            Dimensions: pairs(dimensions),
            Statistics: ["Sum", "Maximum"],
            Period: 3600,
        };
        const answer = await cloudWatch<{ Datapoints: { Sum: number; Maximum: number }[] }>("GetMetricStatistics", {
            ...{ ...of, StartTime: now - 3600, EndTime: now + 60 },
        });
        return answer.Datapoints.length === 0 ? undefined : answer.Datapoints;
    };
    const sum = async (...of: Parameters<typeof points>) =>
        (await points(...of))?.reduce((total, { Sum }) => total + Sum, 0);
    const ofRun = (JobName: string, JobRunId: string, Type: string, group?: string): Dimensions =>
        group === undefined ? { JobName, JobRunId, Type } : { JobName, JobRunId, ObservabilityGroup: group, Type };
    const names = async (Namespace: string) => {
        const { Metrics } = await cloudWatch<{ Metrics: { MetricName: string; Dimensions: { Name: string }[] }[] }>(
            "ListMetrics",
            { Namespace },
        );
        return Metrics;
    };

    before(async () => {
        lab = await JobsLab.start();
        bus = new Bus(lab.aws);
        athena = new AthenaClient({
            endpoint: lab.aws.endpoint,
            region: lab.aws.region,
            credentials: localCredentials,
        });
        for (const [name, publishes] of [
            ["watched", true],
            ["quiet", false],
        ] as const) {
            const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
            const Configuration = { ResultConfiguration, PublishCloudWatchMetricsEnabled: publishes };
            await athena.send(new CreateWorkGroupCommand({ Name: name, Configuration }));
        }
        await lab.clients.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shop" } }));
        queries = new Queries(lab.aws, "watched", "shop");
        await lab.put("rows/a.json", rows);
        await lab.aws.warm();
    });
    after(async () => lab.stop());

    const putAlarm = (AlarmName: string, alarm: ReturnType<typeof durationAlarm>) => {
        const { alarmDescription: _text, dimensions, metricQueries, ...rest } = alarm as Record<string, unknown>;
        const capital = Object.fromEntries(
            Object.entries(rest).map(([name, value]) => [name[0]!.toUpperCase() + name.slice(1), value]),
        );
        const Metrics = (metricQueries as MetricQuery[] | undefined)?.map((query) => ({
            Id: query.id,
            Expression: query.expression,
            MetricStat: query.metric && {
                Metric: {
                    Namespace: query.metric.namespace,
                    MetricName: query.metric.metricName,
                    Dimensions: pairs(query.metric.dimensions),
                },
                Period: query.metric.period,
                Stat: query.metric.stat,
            },
            ReturnData: query.returnData,
        }));
        const Dimensions = dimensions === undefined ? undefined : pairs(dimensions as Dimensions);
        return cloudWatch("PutMetricAlarm", { AlarmName, Dimensions, Metrics, ...capital });
    };
    const stateOf = async (name: string) => {
        const { MetricAlarms } = await cloudWatch<{ MetricAlarms: { StateValue: string }[] }>("DescribeAlarms", {
            AlarmNames: [name],
        });
        return MetricAlarms[0]?.StateValue;
    };

    it("count what Spark did in a run, under the run and under all of the job", async () => {
        await lab.job("counted", counting, { DefaultArguments: observed });
        const run = await lab.runToEnd("counted");
        assert.equal(run.JobRunState, "SUCCEEDED", run.ErrorMessage);
        const of = (name: string, runId = run.Id ?? "", type = "count") =>
            sum("Glue", name, ofRun("counted", runId, type));
        const figures: Record<string, number | undefined> = {};
        for (const name of ["recordsRead", "bytesRead", "numCompletedStages", "numCompletedTasks", "numFailedTasks"]) {
            figures[name] = await of(`glue.driver.aggregate.${name}`);
            assert.equal(figures[name], await of(`glue.driver.aggregate.${name}`, "ALL"), name);
        }
        // Read once to count and once to group.
        assert.equal(figures.recordsRead, 2 * 1000);
        assert.equal(figures.numFailedTasks, 0);
        assert.ok(figures.numCompletedStages! >= 4 && figures.numCompletedTasks! >= figures.numCompletedStages!);
        assert.ok(figures.bytesRead! >= 2 * rows.length, String(figures.bytesRead));
        const elapsed = (await of("glue.driver.aggregate.elapsedTime"))!;
        assert.ok(elapsed > 0 && elapsed < 1000 * (run.ExecutionTime! + 2), String(elapsed));
        const read = await of("glue.ALL.s3.filesystem.read_bytes", run.Id, "gauge");
        assert.ok(read! >= 2 * rows.length, String(read));
        assert.ok((await of("glue.driver.s3.filesystem.write_bytes", run.Id, "gauge"))! > 0);
        const usage = await points("Glue", "glue.driver.jvm.heap.usage", ofRun("counted", run.Id!, "gauge"));
        assert.ok(
            usage!.every(({ Maximum }) => Maximum > 0 && Maximum <= 1),
            JSON.stringify(usage),
        );
        const heap = ofRun("counted", run.Id!, "gauge", "resource_utilization");
        assert.ok((await sum("Glue", "glue.driver.memory.heap.used", heap))! > 1e6);
        assert.ok((await sum("Glue", "glue.ALL.disk.used.percentage", heap))! > 0);
    });

    it("count runs that succeed and that fail, the latter by their category", async () => {
        await lab.job("broken", "import nothing_of_the_name", { DefaultArguments: observed });
        const failed = await lab.runToEnd("broken");
        const ends = (job: string, run: string) => ofRun(job, run, "count", "error");
        assert.equal(await sum("Glue", "glue.succeed.ALL", ends("counted", "ALL")), 1);
        assert.equal(await sum("Glue", "glue.error.ALL", ends("counted", "ALL")), undefined);
        for (const run of ["ALL", failed.Id ?? ""]) {
            assert.equal(await sum("Glue", "glue.error.ALL", ends("broken", run)), 1);
            assert.equal(await sum("Glue", "glue.error.IMPORT_ERROR", ends("broken", run)), 1);
        }
        assert.equal(await sum("Glue", "glue.succeed.ALL", ends("broken", "ALL")), undefined);
    });

    it("count nothing of a job that does not ask for it", async () => {
        const more = { "--enable-metrics": "false" };
        await lab.job("quiet", counting.replace("/out/", "/quiet/"), { DefaultArguments: more });
        assert.equal((await lab.runToEnd("quiet")).JobRunState, "SUCCEEDED");
        const jobs = (await names("Glue")).flatMap(
            ({ Dimensions }) => Dimensions as { Name: string; Value?: string }[],
        );
        assert.deepEqual([...new Set(jobs.filter(({ Name }) => Name === "JobName").map(({ Value }) => Value))].sort(), [
            "broken",
            "counted",
        ]);
    });

    it("time queries and count their bytes, where the workgroup publishes", async () => {
        await queries.succeed(
            `CREATE EXTERNAL TABLE rows (id int, kind string)
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://${bucket}/rows/'`,
        );
        const select = "SELECT kind, count(*) FROM rows GROUP BY kind";
        const { Statistics } = await queries.succeed(select);
        await queries.run("SELECT nothing FROM rows");
        await new Queries(lab.aws, "quiet", "shop").succeed(select);
        const of = (name: string, QueryState: string, QueryType = "DML") =>
            sum("AWS/Athena", name, { QueryState, QueryType, WorkGroup: "watched" });
        assert.equal(await of("ProcessedBytes", "SUCCEEDED"), Statistics?.DataScannedInBytes);
        assert.equal(await of("EngineExecutionTime", "SUCCEEDED"), Statistics?.EngineExecutionTimeInMillis);
        assert.equal(await of("QueryPlanningTime", "SUCCEEDED"), Statistics?.QueryPlanningTimeInMillis);
        assert.equal(await of("QueryQueueTime", "SUCCEEDED"), Statistics?.QueryQueueTimeInMillis);
        assert.equal(await of("ServiceProcessingTime", "SUCCEEDED"), Statistics?.ServiceProcessingTimeInMillis);
        assert.equal(await of("TotalExecutionTime", "SUCCEEDED"), Statistics?.TotalExecutionTimeInMillis);
        assert.equal(await of("ProcessedBytes", "FAILED"), 0);
        assert.ok((await of("TotalExecutionTime", "SUCCEEDED", "DDL"))! > 0);
        assert.equal(await of("ProcessedBytes", "SUCCEEDED", "DDL"), undefined);
        const groups = (await names("AWS/Athena")).flatMap(({ Dimensions }) => Dimensions);
        assert.ok(!JSON.stringify(groups).includes("quiet"));
    });

    it("raise and calm the alarms of our own monitoring", async () => {
        const job = "counted";
        await putAlarm("scan", scanAlarm("rows", "watched", 1e-9));
        await putAlarm("scan-more", scanAlarm("rows", "watched", 1));
        await putAlarm("duration", durationAlarm("rows", job, 1 / 60_000));
        await putAlarm("duration-more", durationAlarm("rows", job, 60));
        await putAlarm("fresh", freshnessAlarm("rows", job, 2));
        await putAlarm("stale", freshnessAlarm("rows", "broken", 2));
        const states = await Promise.all(
            ["scan", "scan-more", "duration", "duration-more", "fresh", "stale"].map(stateOf),
        );
        assert.deepEqual(states, ["ALARM", "OK", "ALARM", "OK", "OK", "ALARM"]);
    });
});

interface MetricQuery {
    readonly id: string;
    readonly expression?: string;
    readonly metric?: { namespace: string; metricName: string; dimensions: Dimensions; period: number; stat: string };
    readonly returnData: boolean;
}
