/** The pack as the repository has it, by `pulumi preview`: its words, its configuration, and what it cannot decide. */
import { doesNotMatch, equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadToolchain, projectRoot } from "../../tools/toolchain";

interface Outcome {
    readonly code: number | null;
    /** What `pulumi` printed, in lines joined by single spaces. */
    readonly text: string;
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
    return new Promise((resolve, reject) => {
        const child = spawn("pulumi", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code, text: output.replace(/\s+/g, " ") }));
    });
}

describe("policy pack in a preview", function () {
    this.timeout(120_000);
    let home: string;

    before(() => {
        home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-policies-"));
        fs.mkdirSync(path.join(home, "state"));
    });

    after(() => fs.rmSync(home, { recursive: true, force: true }));

    async function preview(program: string, config: object = {}): Promise<Outcome> {
        const env = {
            ...process.env,
            PATH: `${loadToolchain().pulumiBin}${path.delimiter}${process.env.PATH ?? ""}`,
            PULUMI_HOME: path.join(home, "pulumi"),
            PULUMI_BACKEND_URL: `file://${path.join(home, "state")}`,
            PULUMI_CONFIG_PASSPHRASE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        };
        // A project of its own, as `pulumi` writes the stack's settings beside Pulumi.yaml.
        const cwd = fs.mkdtempSync(path.join(home, `${program}-`));
        const main = path.join(projectRoot, "tests", "policies", "programs", program, "index.ts");
        const project = { name: `policies-${program}`, runtime: "nodejs", main: path.relative(cwd, main) };
        fs.writeFileSync(path.join(cwd, "Pulumi.yaml"), JSON.stringify(project));
        const configFile = path.join(home, "config.json");
        fs.writeFileSync(configFile, JSON.stringify(config));
        const stack = ["--stack", `organization/policies-${program}/test`];
        const pack = ["--policy-pack", path.join(projectRoot, "policies"), "--policy-pack-config", configFile];
        const created = await run(["stack", "select", "--create", ...stack], cwd, env);
        equal(created.code, 0, created.text);
        return run(["preview", "--non-interactive", "--color", "never", ...stack, ...pack], cwd, env);
    }

    it("refuses a JSON table, an unpartitioned one and a CTAS as Avro, each with its fix", async () => {
        const { code, text } = await preview("refused");
        equal(code === 0, false, text);
        match(text, /\[mandatory\] \[severity: high\] parquet-output/);
        match(
            text,
            /Table "json_sales" is not Parquet: .*serializationLibrary is "org\.openx\.data\.jsonserde\.JsonSerDe"/,
        );
        match(
            text,
            /Set storageDescriptor\.inputFormat to "org\.apache\.hadoop\.hive\.ql\.io\.parquet\.MapredParquetInputFormat"/,
        );
        match(text, /\[mandatory\] \[severity: high\] partitioned-tables/);
        match(text, /Table "flat_sales" has no partition keys, .* Add the columns that its queries filter by/);
        match(text, /Named query "summary" creates table "summary" as AVRO\. Set format = 'PARQUET'/);
        doesNotMatch(text, /Table "flat_sales" is not Parquet|Table "json_sales" has no partition keys/);
        doesNotMatch(text, /\[advisory\]/);
    });

    it("lets the same program pass with exceptions that give reason and end, and refuses one without", async () => {
        const exceptions = (...names: string[]): object => ({
            exceptions: names.map((name) => ({ name, reason: "a partner reads it", until: "9999-12-31" })),
        });
        const excepted = await preview("refused", {
            "parquet-output": exceptions("json_sales", "summary"),
            "partitioned-tables": exceptions("flat_sales"),
        });
        equal(excepted.code, 0, excepted.text);
        const unreasoned = await preview("refused", { "parquet-output": { exceptions: [{ name: "json_sales" }] } });
        equal(unreasoned.code === 0, false, unreasoned.text);
        match(unreasoned.text, /reason is required/);
        match(unreasoned.text, /until is required/);
    });

    it("advises about what it cannot check, and lets the preview pass", async () => {
        const { code, text } = await preview("undecided");
        equal(code, 0, text);
        match(text, /\[advisory\].* parquet-output .*\.storageDescriptor can't be known during preview/);
        match(
            text,
            /\[advisory\].* Named query "raw" creates a table, inserts or unloads in words that the rule cannot read/,
        );
        doesNotMatch(text, /\[mandatory\]/);
    });
});
