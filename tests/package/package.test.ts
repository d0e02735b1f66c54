/** The components as a new user gets them: packed, installed in an empty project, and run from their README alone. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { builtinModules } from "node:module";
import * as path from "node:path";
import { GetJobRunCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { analyze, componentsFolder } from "../../tools/docs/analysis";
import { eventually } from "../e2e/harness";
import { TestLocal } from "../local/support";
import { Project } from "./project";

const minute = 60_000;
const readme = fs.readFileSync(path.join(componentsFolder, "README.md"), "utf8");

/** The blocks of code of the README in one language. */
function blocks(language: string): string[] {
    return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map((match) => match[1] ?? "");
}

const [program = ""] = blocks("ts");
const [printedMistake = ""] = blocks("text");

describe("the package", function () {
    this.timeout(10 * minute);
    const project = new Project();
    let local: TestLocal;
    let files: string[];

    before(async () => {
        const packed = await project.pack("components");
        files = packed.files;
        [local] = await Promise.all([TestLocal.start(), project.install(packed.archive)]);
        await project.openStack(local.local.pulumiEnv());
        project.write("index.ts", program);
    });
    after(async () => {
        await local?.stop();
        project.remove();
    });

    it("holds the compiled components with their types, what jobs run, and no more", () => {
        const expected = ["LICENSE", "README.md", "PulumiPlugin.yaml", "index.js", "index.ts", "tsconfig.json"];
        for (const file of [...expected, "dist/index.js", "dist/index.d.ts", "glue-scripts/etl.py"]) {
            assert.ok(files.includes(file), `${file} is missing`);
        }
        assert.ok(files.some((file) => file.startsWith("glue-scripts/lakeworks/")));
        assert.deepEqual(
            files.filter((file) => /__pycache__|node_modules|examples|package\.mjs/.test(file)),
            [],
        );
    });

    it("imports what it declares, and needs awsx for nothing but a network", () => {
        const manifest = JSON.parse(fs.readFileSync(path.join(componentsFolder, "package.json"), "utf8"));
        const declared = Object.keys(manifest.peerDependencies);
        for (const file of files.filter((name) => /^[^/]+\.ts$/.test(name))) {
            const text = fs.readFileSync(path.join(componentsFolder, file), "utf8");
            for (const [, name = ""] of text.matchAll(/(?:from|import\(|require\() ?"([^"]+)"/g)) {
                const known = name.startsWith("./") || builtinModules.includes(name.replace(/^node:/, ""));
                const owner = name.split("/").slice(0, 2).join("/");
                assert.ok(known || declared.includes(owner), `${file} imports ${name}`);
            }
        }
        assert.equal(fs.existsSync(project.path("node_modules/@pulumi/awsx")), false);
    });

    it("compiles in a strict program of ten lines", async () => {
        assert.equal(program.trim().split("\n").length, 10);
        await project.ok(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]);
    });

    it("makes a lake with one pipeline that runs, and is the same the second time", async () => {
        await project.pulumi("up", "--yes", "--skip-preview");
        await project.pulumi("preview", "--expect-no-changes");
        const job = (await project.pulumi("stack", "output", "job")).trim();
        const { Buckets = [] } = await local.s3.send(new ListBucketsCommand({}));
        const bucketOf = (zone: string) => Buckets.find((bucket) => bucket.Name?.startsWith(`lake-${zone}-`))?.Name;
        const order = { order_id: "o-1", ordered_at: "2026-11-23T09:15:00Z", amount: 12.5 };
        await local.s3.send(
            new PutObjectCommand({
                Bucket: bucketOf("bronze"),
                Key: "orders/ingest_date=2026-11-23/orders.json",
                Body: `${JSON.stringify(order)}\n`,
            }),
        );
        const { JobRunId: RunId } = await local.glue.send(new StartJobRunCommand({ JobName: job }));
        await eventually("the job has run", async () => {
            const { JobRun } = await local.glue.send(new GetJobRunCommand({ JobName: job, RunId }));
            assert.ok(!["FAILED", "ERROR", "TIMEOUT"].includes(JobRun?.JobRunState ?? ""), JobRun?.ErrorMessage);
            return JobRun?.JobRunState === "SUCCEEDED";
        });
        const { Contents = [] } = await local.s3.send(
            new ListObjectsV2Command({ Bucket: bucketOf("silver"), Prefix: "orders/day=2026-11-23/" }),
        );
        assert.equal(Contents.length, 1);
    });

    describe("answers a mistake by what to write instead", () => {
        const mistakes = [
            {
                what: "a wrong column type",
                from: '"amount", type: "double"',
                to: '"amount", type: "number"',
                says: printedMistake.trimEnd(),
            },
            {
                what: "missing partition keys",
                from: /partitionKeys: .*$/m,
                to: "partitionKeys: [],",
                says: /^ *partitionKeys: is empty: .*name at least one/m,
            },
            {
                what: "the address of a bucket for its name",
                from: "lake.bronze",
                to: '"s3://my-bronze/"',
                says: /^ *bronzeBucket: "s3:\/\/my-bronze\/" must be .*; did you mean "my-bronze"\?$/m,
            },
            {
                what: "an argument left out",
                from: /partitionKeys: .*$/m,
                to: "",
                says: /Property 'partitionKeys' is missing/,
            },
        ];
        for (const { what, from, to, says } of mistakes) {
            it(what, async () => {
                const mistaken = program.replace(from, to);
                assert.notEqual(mistaken, program);
                project.write("index.ts", mistaken);
                const { code, stdout, stderr } = await project.run("pulumi", ["preview", "--non-interactive"]);
                const printed = `${stdout}\n${stderr}`.replace(/^ {4}/gm, "");
                assert.notEqual(code, 0, printed);
                if (typeof says === "string") {
                    assert.ok(printed.includes(says), printed);
                } else {
                    assert.match(printed, says);
                }
                assert.doesNotMatch(printed, /^\s+at .*:\d+|__pulumi|node_modules/m);
            });
        }
    });

    it("is a Pulumi plugin, whose schema has every component for the other languages", async () => {
        // What the Node.js language host starts for PulumiPlugin.yaml; hosts built from old sources cannot.
        const host = project.path("node_modules/@pulumi/pulumi/cmd/run-plugin");
        const library = project.path("node_modules/lakeworks");
        assert.match(fs.readFileSync(path.join(library, "PulumiPlugin.yaml"), "utf8"), /^runtime: nodejs$/m);
        const plugin = project.path("plugin/pulumi-resource-lakeworks");
        project.write(
            "plugin/pulumi-resource-lakeworks",
            `#!/bin/sh\nexec "${process.execPath}" "${host}" "${library}" "$@"\n`,
        );
        fs.chmodSync(plugin, 0o755);
        const schema = JSON.parse(await project.ok("pulumi", ["package", "get-schema", plugin]));
        const { components, types } = analyze();
        const tokens = (names: string[]) => names.map((name) => `lakeworks:index:${name}`).sort();
        assert.equal(schema.name, "lakeworks");
        assert.deepEqual(Object.keys(schema.resources).sort(), tokens(components.map(({ name }) => name)));
        assert.deepEqual(Object.keys(schema.types).sort(), tokens(Object.keys(types)));
        for (const { name, inputs, outputs } of components) {
            const { isComponent, inputProperties, properties } = schema.resources[`lakeworks:index:${name}`];
            assert.equal(isComponent, true);
            assert.deepEqual(Object.keys(inputProperties).sort(), Object.keys(inputs).sort());
            assert.deepEqual(Object.keys(properties).sort(), Object.keys(outputs).sort());
        }
    });
});
