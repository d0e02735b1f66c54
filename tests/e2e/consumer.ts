/** A stack of other people, examples/analysts, that relies on the lake's outputs: deployed beside the lake by the real engine. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadToolchain, projectRoot } from "../../tools/toolchain";
import { allows } from "../rights/policy";
import type { Outcome, TestLake } from "./harness";
import { statementsOf } from "./rights";

const stack = "organization/analysts/local";
const table = "sales_by_month";

/** Tests of a lake that is deployed and has been run. */
export function testConsumer(lake: TestLake): void {
    const program = path.join(lake.home, "analysts");
    let role: string;
    let workgroup: string;

    async function pulumi(...args: string[]): Promise<Outcome> {
        const env = {
            ...process.env,
            ...(await lake.local()).pulumiEnv(),
            PATH: `${loadToolchain().pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`,
            PULUMI_BACKEND_URL: `file://${path.join(lake.home, "pulumi")}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        };
        const child = spawn("pulumi", [...args, "--non-interactive"], { cwd: program, env, stdio: "pipe" });
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        return new Promise((resolve, reject) => {
            child.on("error", reject);
            child.on("close", (code) => resolve({ code, stdout, stderr }));
        });
    }

    async function ok(...args: string[]): Promise<string> {
        const outcome = await pulumi(...args);
        assert.equal(outcome.code, 0, `pulumi ${args.join(" ")}\n${outcome.stdout}\n${outcome.stderr}`);
        return outcome.stdout.trim();
    }

    /** Rows of a statement, without the header where there is one; the location of the result. */
    async function query(
        inWorkgroup: string,
        sql: string,
    ): Promise<{ rows: (string | undefined)[][]; result: string }> {
        const { database } = lake.outputs().datasets["sales"]!;
        const { QueryExecutionId: id } = await lake.aws<{ QueryExecutionId: string }>(
            ...["athena", "start-query-execution", "--work-group", inWorkgroup, "--query-string", sql],
            ...["--query-execution-context", `Database=${database}`],
        );
        const ofQuery = ["--query-execution-id", id];
        for (;;) {
            const { QueryExecution: execution } = await lake.aws<{
                QueryExecution: {
                    Status: { State: string; StateChangeReason?: string };
                    ResultConfiguration: { OutputLocation: string };
                };
            }>("athena", "get-query-execution", ...ofQuery);
            if (/QUEUED|RUNNING/.test(execution.Status.State)) continue;
            assert.equal(execution.Status.State, "SUCCEEDED", `${sql}\n${execution.Status.StateChangeReason}`);
            const { ResultSet } = await lake.aws<{
                ResultSet: { Rows: { Data: { VarCharValue?: string }[] }[] };
            }>("athena", "get-query-results", ...ofQuery);
            const rows = ResultSet.Rows.map(({ Data }) => Data.map((cell) => cell.VarCharValue));
            return { rows: rows.slice(1), result: execution.ResultConfiguration.OutputLocation };
        }
    }

    /** The program as a user has it: a project of its own, which finds its libraries in its own node_modules. */
    function install(): void {
        fs.cpSync(path.join(projectRoot, "examples", "analysts"), program, { recursive: true });
        const modules = path.join(program, "node_modules");
        fs.mkdirSync(modules);
        fs.symlinkSync(path.join(projectRoot, "node_modules", "@pulumi"), path.join(modules, "@pulumi"));
        fs.symlinkSync(path.join(projectRoot, "components"), path.join(modules, "lakeworks"));
    }

    it("deploys a team's own stack from the lake's outputs, and a second time without a change", async () => {
        install();
        await ok("stack", "init", stack);
        const local = fs.readFileSync(path.join(projectRoot, "Pulumi.local.yaml"), "utf8");
        for (const [, key, value] of local.matchAll(/^ {2}(aws:\w+): "?([^"\n]+)"?$/gm))
            await ok("config", "set", key!, value!);
        await ok("config", "set", "lake", "organization/lakeworks/local");
        await ok("config", "set", "--path", "tables[0]", table);
        await ok("up", "--yes", "--skip-preview");
        await ok("up", "--yes", "--skip-preview", "--expect-no-changes");
        await ok("refresh", "--yes", "--skip-preview", "--expect-no-changes");
        role = (await ok("stack", "output", "roleArn")).split("/").at(-1)!;
        workgroup = await ok("stack", "output", "workgroupName");
    });

    it("lets the team query gold in its own workgroup, with its own results", async () => {
        const { buckets, datasets } = lake.outputs();
        const owner = datasets["sales"]!.workgroup;
        const location = `s3://${buckets.gold}/sales/by_month/`;
        await query(
            owner,
            `CREATE EXTERNAL TABLE ${table} (month int, region string, transactions bigint, revenue decimal(38, 2))
             PARTITIONED BY (year int) STORED AS PARQUET LOCATION '${location}'`,
        );
        await query(
            owner,
            `INSERT INTO ${table}
             SELECT month, region, count(*), sum(total_amount), year FROM sales GROUP BY year, month, region`,
        );
        const totals = "sum(transactions), sum(revenue) FROM";
        const published = await query(workgroup, `SELECT ${totals} ${table}`);
        const wanted = await query(owner, "SELECT count(*), sum(total_amount) FROM sales");
        assert.deepEqual(published.rows, wanted.rows);
        assert.ok(published.result.startsWith(`s3://${buckets.athenaResults}/analysts/`), published.result);
        assert.ok((await lake.objects(location)).length > 0, "the files lie in gold");
    });

    it("gives the team's role what such a query needs, and nothing of bronze or of others", async () => {
        const statements = await statementsOf(lake, role);
        const { region, buckets, datasets } = lake.outputs();
        const { database, table: silver, rawTable, workgroup: owner } = datasets["sales"]!;
        const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:000000000000:${resource}`;
        const onTable = (name: string) => [
            arn("glue", "catalog"),
            arn("glue", `database/${database}`),
            arn("glue", `table/${database}/${name}`),
        ];
        const inWorkgroup = (name: string) => arn("athena", `workgroup/${name}`);
        const object = (bucket: string, key: string) => `arn:aws:s3:::${bucket}/${key}`;
        const list = (bucket: string, prefix: string) => call("s3:ListBucket", `arn:aws:s3:::${bucket}`, prefix);

        const needed = [
            call("athena:StartQueryExecution", inWorkgroup(workgroup)),
            call("athena:GetQueryResults", inWorkgroup(workgroup)),
            call("glue:GetTable", onTable(table)),
            call("glue:GetPartitions", onTable(table)),
            list(buckets.gold, "sales/by_month/year=2024/"),
            call("s3:GetObject", object(buckets.gold, "sales/by_month/year=2024/a.parquet")),
            call("s3:PutObject", object(buckets.athenaResults, "analysts/1.csv")),
            call("s3:GetObject", object(buckets.athenaResults, "analysts/1.csv")),
        ];
        const forbidden = [
            call("athena:StartQueryExecution", inWorkgroup(owner)),
            call("athena:UpdateWorkGroup", inWorkgroup(workgroup)),
            call("glue:GetTable", onTable(rawTable)),
            call("glue:GetTable", onTable(silver)),
            call("glue:DeleteTable", onTable(table)),
            list(buckets.bronze, "sales/"),
            call("s3:GetObject", object(buckets.bronze, "sales/ingest_date=2024-01-25/part-0000.jsonl")),
            call("s3:GetObject", object(buckets.silver, "sales/year=2024/a.parquet")),
            call("s3:PutObject", object(buckets.gold, "sales/by_month/a.parquet")),
            call("s3:GetObject", object(buckets.athenaResults, "sales/1.csv")),
            call("s3:DeleteObject", object(buckets.athenaResults, "analysts/1.csv")),
        ];
        const allowed = (calls: Asked[]) => calls.filter((each) => allows(statements, each));
        assert.deepEqual(allowed(needed), needed);
        assert.deepEqual(allowed(forbidden), []);
    });

    it("says what is wrong when the lake or the dataset is not there", async () => {
        await ok("config", "set", "dataset", "weather");
        const preview = await pulumi("preview");
        assert.notEqual(preview.code, 0);
        assert.match(
            preview.stdout + preview.stderr,
            /The lake has no dataset "weather": set analysts:dataset to one of .*sales/,
        );
        await ok("config", "rm", "dataset");
    });

    it("goes without a trace, and leaves the lake alone", async () => {
        await query(lake.outputs().datasets["sales"]!.workgroup, `DROP TABLE ${table}`);
        await ok("destroy", "--yes", "--skip-preview");
        await ok("stack", "rm", "--yes", stack);
        const { Roles } = await lake.aws<{ Roles: { RoleName: string }[] }>("iam", "list-roles");
        assert.ok(!Roles.some(({ RoleName }) => RoleName === role));
        const { WorkGroups } = await lake.aws<{ WorkGroups: { Name: string }[] }>("athena", "list-work-groups");
        assert.ok(!WorkGroups.some(({ Name }) => Name === workgroup));
    });
}

type Asked = Parameters<typeof allows>[1];

function call(action: string, resources: string | string[], prefix?: string): Asked {
    return { action, resources: [resources].flat(), context: prefix === undefined ? {} : { "s3:prefix": prefix } };
}
