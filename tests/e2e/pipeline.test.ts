/** The whole pipeline on the local AWS, through the real command line; one standing lake serves the tests in their order. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { RunReport } from "../../automation/runReport";
import type { Losses } from "../../automation/losses";
import type { SeedResult } from "../../automation/seeding";
import type { DatasetOutputs, LakeOutputs } from "../../components/lakeOutputs";
import { projectRoot } from "../../tools/toolchain";
import { editedProgram } from "./editedProgram";
import { testClickstream } from "./clickstream";
import { testConsumer } from "./consumer";
import { TestLake, eventually, isOpen, processesWith } from "./harness";
import { everythingListed } from "./leftovers";
import { byCells, expected, money, truthOf, type Truth } from "./oracle";
import { expectedAnalysis } from "./oracleAnalysis";
import { testQueries } from "./queries";
import { testRights } from "./rights";

interface JsonAnswer {
    readonly query: { readonly name: string; readonly creates?: string };
    readonly rows: readonly (readonly (string | null)[])[];
    readonly bytesScanned: number;
    readonly cost: number;
    readonly raw: { readonly bytes: number; readonly how: string };
}

const lake = new TestLake();
const goldTables = ["daily_sales", "monthly_products", "monthly_sales"];
/** The tests here are about one dataset; clickstream.ts has those of the other in the same lake. */
const only = ["--dataset", "sales"];
let outputs: LakeOutputs;
let sales: DatasetOutputs;
/** Of everything that is in bronze at the time. */
let truth: Truth;

/** Pulumi.yaml and the stacks' files, which the Automation API could rewrite. */
function stackFiles(): Record<string, string> {
    const names = fs.readdirSync(projectRoot).filter((name) => /^Pulumi.*\.yaml$/.test(name));
    return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(projectRoot, name), "utf8")]));
}
const stackFilesBefore = stackFiles();

const truthNow = async () => truthOf(await lake.lines(sales.rawLocation));

/** Rows of a statement through the stock AWS CLI, without the header. */
async function athenaRows(sql: string): Promise<(string | null)[][]> {
    const id = await startQuery(sql);
    const execution = await endOfQuery(id);
    assert.equal(execution.Status.State, "SUCCEEDED", execution.Status.StateChangeReason);
    const result = await lake.aws<{ ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[] } }>(
        ...["athena", "get-query-results", "--query-execution-id", id],
    );
    return result.ResultSet.Rows.slice(1).map((row) => row.Data.map((cell) => cell.VarCharValue ?? null));
}

async function startQuery(sql: string): Promise<string> {
    const context = `Database=${sales.database}`;
    const args = ["--query-string", sql, "--work-group", sales.workgroup, "--query-execution-context", context];
    return (await lake.aws<{ QueryExecutionId: string }>("athena", "start-query-execution", ...args)).QueryExecutionId;
}

interface Execution {
    Status: { State: string; StateChangeReason?: string };
    Statistics?: { DataScannedInBytes?: number };
    ResultConfiguration: { OutputLocation: string };
}

async function getQuery(id: string): Promise<Execution> {
    const got = await lake.aws<{ QueryExecution: Execution }>(
        "athena",
        "get-query-execution",
        "--query-execution-id",
        id,
    );
    return got.QueryExecution;
}

async function endOfQuery(id: string): Promise<Execution> {
    await eventually(
        `query ${id} ends`,
        async () => !["QUEUED", "RUNNING"].includes((await getQuery(id)).Status.State),
    );
    return getQuery(id);
}

/** Every answer of the dataset's queries, checked against the raw lines. */
async function checkAnswers(): Promise<JsonAnswer[]> {
    const answers = await lake.json<JsonAnswer[]>("query", ...only);
    for (const { query, rows } of answers) {
        const right = { ...expected, ...expectedAnalysis };
        if (query.creates === undefined) assert.deepEqual(rows, right[query.name]!(truth.sales), query.name);
    }
    assert.deepEqual(
        answers.map(({ query }) => query.creates ?? query.name).sort(),
        Object.keys({ ...expected, ...expectedAnalysis }).sort(),
    );
    const sums = [`${truth.sales.length}`, money(truth.sales.reduce((sum, sale) => sum + sale.cents, 0n))];
    for (const made of ["daily_sales_summary", "monthly_summary"]) {
        const found = await athenaRows(`SELECT count(*), sum(transactions), sum(revenue) FROM ${made}`);
        assert.deepEqual(found, [[`${expected[made]!(truth.sales).length}`, ...sums]], made);
    }
    for (const gold of goldTables) {
        assert.deepEqual(await athenaRows(`SELECT sum(transactions), sum(revenue) FROM ${gold}`), [sums], gold);
    }
    return answers;
}

/** Published rows by their ids, through Athena. */
async function publishedCount(): Promise<number> {
    const [row] = await athenaRows(`SELECT count(*), count(DISTINCT transaction_id) FROM ${sales.table}`);
    assert.equal(row![0], row![1], "no transaction is published twice");
    return Number(row![0]);
}

async function reportOf(runId: string): Promise<RunReport> {
    return JSON.parse((await lake.lines(`${sales.reportsLocation}${runId}.json`)).join("\n")) as RunReport;
}

describe("the pipeline on the local AWS", function () {
    this.timeout(900_000);
    this.bail(true);

    after(() => lake.remove());

    it("runs from nothing to the answers and writes a report", async () => {
        const rates = ["--bad-rate", "0.02", "--duplicate-rate", "0.01"];
        const outcome = await lake.ok(
            "run",
            ...only,
            "--rows",
            "6000",
            "--days",
            "20",
            "--start",
            "2024-01-25",
            ...rates,
        );
        outputs = lake.outputs();
        sales = outputs.datasets["sales"]!;
        truth = await truthNow();
        assert.match(outcome.stdout, /Revenue by category/);
        assert.match(outcome.stdout, /scanned [\d,]+ bytes, \$0\.0000477 \(charged for 10\.0 MB\); on raw JSON/);
        assert.match(outcome.stderr, /✔ Glue job .*6,000 rows published/);
        const report = fs.readFileSync(/^Report: (.*)$/m.exec(outcome.stdout)![1]!, "utf8");
        assert.match(report, /<svg/);
        assert.doesNotMatch(
            report,
            /<script|https?:\/\/(?!www\.w3\.org\/)/,
            "the report needs no script and no network",
        );
    });

    it("accounts for every raw line, exactly", async () => {
        assert.equal(truth.sales.length, 6000);
        assert.equal(truth.quarantined, 120);
        assert.ok(truth.duplicates > 40, `${truth.duplicates} duplicates`);
        const [key] = await lake.objects(sales.reportsLocation);
        const { rows, quarantineReasons } = await reportOf(path.basename(key!.key, ".json"));
        assert.deepEqual(rows, {
            input: truth.input,
            output: truth.sales.length,
            quarantined: truth.quarantined,
            duplicates: truth.duplicates,
            alreadyPublished: 0,
            replaced: 0,
        });
        assert.deepEqual(quarantineReasons, truth.reasons);
    });

    it("answers as plain code over the raw files does, to the cent and the row", async () => {
        const answers = await checkAnswers();
        const view = await athenaRows(
            "SELECT cast(sale_date AS varchar), region, category, transactions, units, revenue, year, month, day FROM daily_sales_summary LIMIT 900",
        );
        assert.deepEqual(view.sort(byCells), expected["daily_sales_summary"]!(truth.sales));
        const table = await athenaRows(
            "SELECT month, region, category, transactions, units, revenue, customers, year FROM monthly_summary",
        );
        assert.deepEqual(table.sort(byCells), expected["monthly_summary"]!(truth.sales));
        const all = answers.find((answer) => answer.query.name === "revenue-by-category")!;
        const month = answers.find((answer) => answer.query.name === "one-month")!;
        assert.ok(month.bytesScanned < all.bytesScanned, "a month is less than all");
        const rawBytes = (await lake.objects(sales.rawLocation)).reduce((sum, object) => sum + object.size, 0);
        assert.equal(all.raw.how, "measured");
        assert.equal(all.raw.bytes, rawBytes);
    });

    it("shows no change in a second up and in a refresh", async () => {
        const { changes } = await lake.json<{ changes: Record<string, number> }>("up");
        assert.deepEqual(Object.keys(changes), ["same"]);
        await lake.ok("refresh", "--expect-no-changes");
    });

    it("keeps no secret of the environment: neither in state nor in logs, reports or objects", () => {
        assert.deepEqual(lake.filesWith(lake.secret), []);
    });

    it("leaves the repository's files alone", () => assert.deepEqual(stackFiles(), stackFilesBefore));

    it("reads only the new objects when a day more arrives, and adds exactly its rows", async () => {
        const before = truth;
        const traffic = async () => (await (await lake.local()).health()).traffic[outputs.buckets.bronze]!.bytesOut;
        const [seeded] = await lake.json<SeedResult[]>("seed", "--more-days", "1", ...only);
        assert.equal(seeded!.uploaded.objects, 1);
        const readBefore = await traffic();
        const [report] = await lake.json<RunReport[]>("etl", ...only);
        const read = (await traffic()) - readBefore;
        assert.equal(report!.bytesRead, seeded!.uploaded.bytes);
        assert.ok(read >= seeded!.uploaded.bytes && read < 2 * seeded!.uploaded.bytes, `${read} bytes read`);
        truth = await truthNow();
        assert.equal(report!.rows.input, truth.input - before.input);
        assert.equal(report!.rows.output, truth.sales.length - before.sales.length);
        assert.equal(report!.rows.quarantined, truth.quarantined - before.quarantined);
        assert.equal(report!.rows.duplicates + report!.rows.alreadyPublished, truth.duplicates - before.duplicates);
        await lake.ok("crawl", "silver", ...only);
        assert.equal(await publishedCount(), truth.sales.length);
        await checkAnswers();
    });

    it("changes nothing when the job runs again without new data", async () => {
        const silver = await lake.objects(sales.silverLocation);
        const quarantine = await lake.objects(sales.quarantineLocation);
        const [report] = await lake.json<RunReport[]>("etl", ...only);
        assert.deepEqual(new Set(Object.values(report!.rows)), new Set([0]));
        assert.equal(report!.bytesRead, 0);
        assert.deepEqual(await lake.objects(sales.silverLocation), silver);
        assert.deepEqual(await lake.objects(sales.quarantineLocation), quarantine);
    });

    it("uploads nothing when the same data is seeded again, and refuses to mix in other data", async () => {
        const [again] = await lake.json<SeedResult[]>("seed", ...only);
        assert.deepEqual(again!.uploaded, { objects: 0, bytes: 0 });
        const other = await lake.run("seed", "--rows", "7000", ...only);
        assert.equal(other.code, 1);
        assert.match(other.stderr, /seeded with rows 6000 \(asked for: 7000\)/);
    });

    it("does for the stock AWS CLI what AWS does", async () => {
        const get = async () =>
            (
                await lake.aws<{ Crawler: { State: string; LastCrawl: { Status: string; StartTime: string } } }>(
                    "glue",
                    "get-crawler",
                    "--name",
                    sales.rawCrawler,
                )
            ).Crawler;
        const last = await get();
        await lake.aws("glue", "start-crawler", "--name", sales.rawCrawler);
        await eventually("the crawler is ready again", async () => {
            const now = await get();
            return now.State === "READY" && now.LastCrawl.StartTime !== last.LastCrawl.StartTime;
        });
        assert.equal((await get()).LastCrawl.Status, "SUCCEEDED");
        const tables = await lake.aws<{ TableList: { Name: string }[] }>(
            "glue",
            "get-tables",
            "--database-name",
            sales.database,
        );
        const names = tables.TableList.map((table) => table.Name).sort();
        const kept = [`${sales.table}_quality`, `${sales.table}_quarantine`];
        const asked = ["daily_sales_summary", "monthly_summary"];
        assert.deepEqual(names, [...asked, ...goldTables, ...kept, sales.rawTable, sales.table].sort());

        const days = new Set(truth.sales.map((sale) => sale.time.toISOString().slice(0, 10)));
        const february = await lake.aws<{ Partitions: { Values: string[] }[] }>(
            ...["glue", "get-partitions", "--database-name", sales.database, "--table-name", sales.table],
            ...["--expression", "year = 2024 AND month = 2"],
        );
        assert.equal(february.Partitions.length, [...days].filter((day) => day.startsWith("2024-02")).length);

        await lake.ok("seed", "--more-days", "1", ...only);
        truth = await truthNow();
        const { JobRunId } = await lake.aws<{ JobRunId: string }>("glue", "start-job-run", "--job-name", sales.job);
        const run = async () =>
            (
                await lake.aws<{ JobRun: { JobRunState: string; ExecutionTime: number; DPUSeconds: number } }>(
                    ...["glue", "get-job-run", "--job-name", sales.job, "--run-id", JobRunId],
                )
            ).JobRun;
        await eventually(
            "the run ends",
            async () => !["STARTING", "RUNNING", "WAITING", "STOPPING"].includes((await run()).JobRunState),
        );
        const ended = await run();
        assert.equal(ended.JobRunState, "SUCCEEDED");
        assert.equal(await publishedCount(), truth.sales.length);
        assert.ok(Number.isInteger(ended.ExecutionTime) && ended.ExecutionTime > 0, `${ended.ExecutionTime} s`);
        assert.equal(ended.DPUSeconds, ended.ExecutionTime * 2, "two G.1X workers are two DPU");
        const bookmark = await lake.aws<{ JobBookmarkEntry: { JobName: string; Run: number } }>(
            "glue",
            "get-job-bookmark",
            "--job-name",
            sales.job,
        );
        assert.equal(bookmark.JobBookmarkEntry.JobName, sales.job);

        const id = await startQuery(`SELECT region, sum(total_amount) FROM ${sales.table} GROUP BY region`);
        const execution = await endOfQuery(id);
        assert.equal(execution.Status.State, "SUCCEEDED");
        const silver = (await lake.objects(sales.silverLocation)).reduce((sum, object) => sum + object.size, 0);
        const scanned = execution.Statistics!.DataScannedInBytes!;
        assert.ok(scanned > 0 && scanned < silver, `${scanned} of ${silver} bytes: two columns of ten`);
    });

    testClickstream(lake);

    testQueries(lake, truthNow);

    // Before anything is broken on purpose: what roles do here is what they do.
    testRights(lake);

    testConsumer(lake);

    it("stops a preview in which the silver table is JSON, naming the table and the fix", async () => {
        const outcome = await previewOfEdited({
            "`${hive}.MapredParquetInputFormat`": '"org.apache.hadoop.mapred.TextInputFormat"',
            "`${hive}.serde.ParquetHiveSerDe`": '"org.openx.data.jsonserde.JsonSerDe"',
            'classification: "parquet"': 'classification: "json"',
        });
        assert.equal(outcome.code, 1, outcome.stderr);
        assert.match(outcome.stderr, /Mandatory policy parquet-output/);
        assert.match(outcome.stderr, new RegExp(`\\b${sales.table}\\b`));
        const markdown = fs.readFileSync(path.join(lake.home, "preview.md"), "utf8");
        assert.match(markdown, /^<!-- lakeworks-preview:local -->\n### ⛔ Preview of `local`\n\n\*\*Blocked/);
        const sarif = JSON.parse(fs.readFileSync(path.join(lake.home, "policies.sarif"), "utf8"));
        assert.ok(sarif.runs[0].results.some((result: { ruleId: string }) => result.ruleId === "parquet-output"));
    });

    it("stops a preview in which the silver table is unpartitioned, naming the table and the fix", async () => {
        const outcome = await previewOfEdited({
            "partitionKeys: args.partitionKeys.map(column)": "partitionKeys: []",
            // An index without keys would be refused by the provider, before the other tables are looked at.
            '[{ indexName: "partitions", keys: args.partitionKeys.map((key) => key.name) }]': "undefined",
        });
        assert.equal(outcome.code, 1, outcome.stderr);
        assert.match(outcome.stderr, /Mandatory policy partitioned-tables/);
        assert.match(outcome.stderr, new RegExp(`\\b${sales.table}\\b`));
    });

    it("fails on a bad script with its reason and log, publishes nothing, and is right after the repair", async () => {
        await lake.ok("seed", "--more-days", "1", ...only);
        const before = await published();
        const { Job } = await lake.aws<{ Job: { Command: { ScriptLocation: string } } }>(
            "glue",
            "get-job",
            "--job-name",
            sales.job,
        );
        const script = Job.Command.ScriptLocation;
        const good = path.join(lake.home, "good.py");
        const bad = path.join(lake.home, "bad.py");
        fs.writeFileSync(bad, 'raise ValueError("this script is broken")\n');
        await lake.awsRun("s3", "cp", script, good);
        await lake.awsRun("s3", "cp", bad, script);
        const outcome = await lake.run("etl", ...only);
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /Run jr_\w+ of the job .* ended FAILED/);
        assert.match(outcome.stderr, /reason: .*this script is broken/);
        assert.match(outcome.stderr, /last lines of the log/);
        assert.deepEqual(await published(), before);
        await lake.awsRun("s3", "cp", good, script);
        await repaired();
    });

    it("fails on a wrong bucket with the reason, publishes nothing, and is right after the repair", async () => {
        await lake.ok("seed", "--more-days", "1", ...only);
        const before = await published();
        const source = "--source";
        const job = await currentJob();
        await updateJob(job, { ...job.DefaultArguments, [source]: "s3://lakeworks-no-such-bucket/sales/" });
        const outcome = await lake.run("etl", ...only);
        assert.equal(outcome.code, 1);
        assert.match(outcome.stderr, /ended FAILED/);
        assert.match(outcome.stderr, /lakeworks-no-such-bucket|NoSuchBucket|bucket does not exist/);
        assert.deepEqual(await published(), before);
        await updateJob(job, job.DefaultArguments);
        await repaired();
    });

    it("stops the run on Ctrl-C, exits with 130 and says so", async () => {
        await lake.ok("seed", "--more-days", "3", ...only);
        const before = await published();
        const running = lake.start(["etl", ...only]);
        await sparkDriver();
        running.child.kill("SIGINT");
        const outcome = await running.done;
        assert.equal(outcome.code, 130, outcome.stderr);
        assert.match(outcome.stderr, /Cancelled\. Run jr_\w+ of the job .* is STOPPED/);
        assert.deepEqual(await published(), before);
    });

    it("ends FAILED when Spark is killed while it writes, shows nothing half-written, and is right when run again", async () => {
        const before = await publishedCount();
        const running = lake.start(["etl", ...only]);
        const driver = await sparkDriver();
        const staging = `s3://${outputs.buckets.silver}/_staging/sales/`;
        await eventually("files are being written", async () => (await lake.objects(staging)).length > 0);
        process.kill(driver, "SIGKILL");
        const outcome = await running.done;
        assert.equal(outcome.code, 1, outcome.stderr);
        assert.match(outcome.stderr, /Run jr_\w+ of the job .* ended FAILED/);
        assert.match(outcome.stderr, /reason: \S/);
        assert.equal(await publishedCount(), before);
        await repaired();
    });

    it("ends FAILED when Trino is killed in the middle of a CTAS, which makes no table, and answers again", async () => {
        const id = await startQuery(
            `CREATE TABLE half WITH (format = 'PARQUET') AS SELECT a.transaction_id, b.customer_id FROM ${sales.table} a CROSS JOIN ${sales.table} b CROSS JOIN ${sales.table} c`,
        );
        const engine = async () => (await (await lake.local()).health()).services["athena"] as { pid?: number };
        await eventually("the query runs", async () => (await getQuery(id)).Status.State === "RUNNING");
        process.kill((await engine()).pid!, "SIGKILL");
        const execution = await endOfQuery(id);
        assert.equal(execution.Status.State, "FAILED");
        assert.match(execution.Status.StateChangeReason ?? "", /\S/);
        const table = await lake.awsRun("glue", "get-table", "--database-name", sales.database, "--name", "half");
        assert.match(table.stderr, /EntityNotFoundException/);
        await checkAnswers();
    });

    it("exits with 1, the query's id and the reason when a query fails or is refused", async () => {
        const { Partitions } = await lake.aws<{ Partitions: { StorageDescriptor: { Location: string } }[] }>(
            "glue",
            "get-partitions",
            "--database-name",
            sales.database,
            "--table-name",
            sales.table,
        );
        const broken = `${Partitions[0]!.StorageDescriptor.Location}broken.parquet`;
        const text = path.join(lake.home, "broken");
        fs.writeFileSync(text, "This is a text and no Parquet file.");
        assert.equal((await lake.awsRun("s3", "cp", text, broken)).code, 0);
        const failed = await lake.run("query", "top-products");
        assert.equal(failed.code, 1);
        assert.match(failed.stderr, /Query [0-9a-f-]{36} \(top-products\) ended FAILED\.\n {2}reason: HIVE_/);
        await lake.awsRun("s3", "rm", broken);
        await lake.aws("athena", "update-work-group", "--work-group", sales.workgroup, "--state", "DISABLED");
        const refused = await lake.run("query", "top-products");
        assert.equal(refused.code, 1);
        assert.match(refused.stderr, /InvalidRequestException/);
        await lake.aws("athena", "update-work-group", "--work-group", sales.workgroup, "--state", "ENABLED");
        await lake.ok("query", "top-products");
    });

    it("destroys everything: every list is empty, no process and no port is left", async () => {
        const { endpoint } = await lake.local();
        const { destroyed } = await lake.json<{ destroyed: { lost: Losses; changes: Record<string, number> } }>(
            "destroy",
        );
        assert.ok(destroyed.lost.buckets.some(({ objects }) => objects > 0));
        assert.ok(destroyed.lost.tables.length > 0 && destroyed.changes["delete"]! > 0);
        assert.equal(await isOpen(endpoint), false);
        assert.deepEqual(processesWith(lake.home), []);
        await lake.ok("local", "start");
        assert.deepEqual(await everythingListed(lake), {});
        await lake.ok("local", "stop");
        assert.deepEqual(processesWith(lake.home), []);
    });
});

/** What the lake shows to a reader: rows by Athena, and the files they come from. */
async function published() {
    return { rows: await publishedCount(), files: await lake.objects(sales.silverLocation) };
}

/** Process id of the Spark driver, as soon as it runs the job. */
async function sparkDriver(): Promise<number> {
    let driver: number | undefined;
    await eventually("Spark runs the job", async () => {
        const { services } = await (await lake.local()).health();
        driver = (services["glue"] as { jobs: { runningDrivers: number[] } }).jobs.runningDrivers[0];
        return driver !== undefined;
    });
    return driver!;
}

/** The job runs to its end, and silver has every sale of the raw files once. */
async function repaired(): Promise<void> {
    await lake.ok("etl", ...only);
    truth = await truthNow();
    assert.equal(await publishedCount(), truth.sales.length);
}

interface Job {
    Role: string;
    Command: object;
    DefaultArguments: Record<string, string>;
    GlueVersion: string;
    WorkerType: string;
    NumberOfWorkers: number;
    Timeout: number;
}

async function currentJob(): Promise<Job> {
    return (await lake.aws<{ Job: Job }>("glue", "get-job", "--job-name", sales.job)).Job;
}

/** UpdateJob replaces the whole definition. */
async function updateJob(job: Job, DefaultArguments: Record<string, string>): Promise<void> {
    const { Role, Command, GlueVersion, WorkerType, NumberOfWorkers, Timeout } = job;
    const update = JSON.stringify({
        Role,
        Command,
        DefaultArguments,
        GlueVersion,
        WorkerType,
        NumberOfWorkers,
        Timeout,
    });
    await lake.aws("glue", "update-job", "--job-name", sales.job, "--job-update", update);
}

/** A preview by a copy of the repository in which the Parquet table is edited: each text by its replacement. */
function previewOfEdited(edits: Record<string, string>) {
    const program = editedProgram(path.join(lake.home, "edited"), { "components/lakeTableParquet.ts": edits });
    const files = ["--markdown", path.join(lake.home, "preview.md"), "--sarif", path.join(lake.home, "policies.sarif")];
    return lake.start(["preview", ...files], program).done;
}
