import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { EtlJob, ExecutionClass, GlueVersion, WorkerType, type EtlJobArgs } from "../../components";
import { actionsOf, assertWellFormed, build, faultsOf, ofType, one, rightsOf, valueOf, type Built } from "./mocks";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-etl-"));
const scriptPath = path.join(folder, "sales.py");
const libraryPath = path.join(folder, "shared");

const base: EtlJobArgs = {
    scriptPath,
    libraryPath,
    scriptsBucket: "scripts",
    arguments: { "--source": "s3://bronze/sales/" },
    readLocations: ["s3://bronze/sales/", "s3://scripts/contracts/sales.json"],
    writeLocations: ["s3://silver/sales/", "s3://silver/_quarantine/sales/"],
    tableArns: ["arn:aws:glue:eu-central-1:123456789012:table/lake_sales/sales"],
};
const glue = "arn:aws:glue:eu-central-1:123456789012";

const etl = (args: Partial<EtlJobArgs> = {}) => build(() => new EtlJob("sales", { ...base, ...args }));
const jobOf = (built: Built<unknown>) => one(built, "aws:glue/job:Job", "sales-job").inputs;
const objectOf = (built: Built<unknown>, name: string) =>
    one(built, "aws:s3/bucketObjectv2:BucketObjectv2", `sales-${name}`).inputs;

describe("EtlJob", () => {
    let built: Built<EtlJob>;
    before(async () => {
        fs.mkdirSync(path.join(libraryPath, "__pycache__"), { recursive: true });
        fs.writeFileSync(scriptPath, "import shared\n");
        fs.writeFileSync(path.join(libraryPath, "__init__.py"), "ONE = 1\n");
        fs.writeFileSync(path.join(libraryPath, "__pycache__", "shared.pyc"), "compiled");
        built = await etl();
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it("makes a job on demand, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:EtlJob", "sales");
        assert.equal(await valueOf(built.value.jobName), "sales");
        assert.equal(jobOf(built).command.name, "glueetl");
        assert.equal(jobOf(built).defaultArguments["--source"], "s3://bronze/sales/");
        assert.equal(ofType(built, "aws:glue/trigger:Trigger").length, 0);
    });

    it("takes a schedule", async () => {
        const { inputs } = one(
            await etl({ schedule: "cron(0 2 * * ? *)" }),
            "aws:glue/trigger:Trigger",
            "sales-trigger",
        );
        assert.equal(inputs.type, "SCHEDULED");
        assert.equal(inputs.schedule, "cron(0 2 * * ? *)");
        assert.deepEqual(inputs.actions, [{ jobName: "sales" }]);
        assert.equal(inputs.startOnCreation, true);
    });

    describe("enforces the following", () => {
        it("the role reads and writes exactly the locations named and the job's own files", () => {
            const rights = rightsOf(built, "sales-role");
            const arns = (...keys: string[]) => keys.map((key) => `arn:aws:s3:::${key}`);
            const written = arns(
                "silver/sales",
                "silver/sales/*",
                "silver/_quarantine/sales",
                "silver/_quarantine/sales/*",
                "scripts/temp/sales",
                "scripts/temp/sales/*",
            );
            assert.deepEqual(rights.get("Write")?.Resource, written);
            assert.deepEqual(rights.get("Read")?.Resource, [
                ...arns("bronze/sales", "bronze/sales/*", "scripts/contracts/sales.json"),
                ...arns(`scripts/${objectOf(built, "script").key}`, `scripts/${objectOf(built, "library").key}`),
                ...written,
            ]);
            assert.deepEqual(rights.get("PendingUploads")?.Resource, arns("scripts", "silver"));
            const listed = [...rights.values()]
                .filter((statement) => statement.Action === "s3:ListBucket")
                .map((statement) => [statement.Resource, statement.Condition?.StringLike?.["s3:prefix"]]);
            assert.deepEqual(listed.slice(0, 1), [["arn:aws:s3:::bronze", ["sales", "sales/*"]]]);
            assert.deepEqual(listed.at(-1), [
                "arn:aws:s3:::silver",
                ["sales", "sales/*", "_quarantine/sales", "_quarantine/sales/*"],
            ]);
        });

        it("the role adds partitions to exactly the tables named", () => {
            const catalog = rightsOf(built, "sales-role").get("Catalog");
            assert.deepEqual(catalog?.Resource, [
                `${glue}:catalog`,
                `${glue}:database/lake_sales`,
                `${glue}:table/lake_sales/sales`,
            ]);
            assert.ok(catalog?.Action.includes("glue:BatchCreatePartition"));
            assert.ok(!catalog?.Action.includes("glue:UpdateTable"));
        });

        it("no right has a wildcard action, and no managed policy is attached", () => {
            assert.ok(actionsOf(rightsOf(built, "sales-role")).every((action) => !action.includes("*")));
            assert.equal(ofType(built, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").length, 0);
            assert.equal(one(built, "aws:iam/role:Role").inputs.managedPolicyArns, undefined);
        });

        it("only two rights have no resource, as their actions know none", () => {
            const open = [...rightsOf(built, "sales-role").values()].filter((statement) => statement.Resource === "*");
            assert.deepEqual(
                open.map((statement) => statement.Action),
                ["glue:GetJobBookmark", "cloudwatch:PutMetricData"],
            );
            assert.deepEqual(open[1]?.Condition, { StringEquals: { "cloudwatch:namespace": "Glue" } });
        });

        it("script and library lie under the hash of their content, and a change of either changes the job", async () => {
            const { scriptLocation } = jobOf(built).command;
            const library = jobOf(built).defaultArguments["--extra-py-files"];
            assert.match(scriptLocation, /^s3:\/\/scripts\/jobs\/sales-[0-9a-f]{16}\.py$/);
            assert.match(library, /^s3:\/\/scripts\/lib\/sales\/shared-[0-9a-f]{16}\.zip$/);
            assert.equal(objectOf(built, "script").content, "import shared\n");

            const same = jobOf(await etl());
            assert.equal(same.command.scriptLocation, scriptLocation);
            assert.equal(same.defaultArguments["--extra-py-files"], library);

            fs.writeFileSync(path.join(libraryPath, "__init__.py"), "ONE = 2\n");
            const changed = jobOf(await etl());
            assert.equal(changed.command.scriptLocation, scriptLocation);
            assert.notEqual(changed.defaultArguments["--extra-py-files"], library);

            fs.writeFileSync(scriptPath, "import shared  # changed\n");
            assert.notEqual(jobOf(await etl()).command.scriptLocation, scriptLocation);
        });

        it("a new script or library is there before the old one goes", () => {
            for (const name of ["sales-script", "sales-library"]) {
                assert.equal(one(built, "aws:s3/bucketObjectv2:BucketObjectv2", name).deleteBeforeReplace, false);
            }
        });

        it("the library's zip holds its Python sources below the folder's name, and nothing else", () => {
            assert.deepEqual(Object.keys(objectOf(built, "library").source.assets), ["shared/__init__.py"]);
        });

        it("one run at a time", () => {
            assert.deepEqual(jobOf(built).executionProperty, { maxConcurrentRuns: 1 });
        });

        it("bookmarks are stated, on unless bookmarks is false", async () => {
            assert.equal(jobOf(built).defaultArguments["--job-bookmark-option"], "job-bookmark-enable");
            const without = jobOf(await etl({ bookmarks: false }));
            assert.equal(without.defaultArguments["--job-bookmark-option"], "job-bookmark-disable");
        });

        it("a run ends after timeoutMinutes, and is tried again maxRetries times", async () => {
            assert.deepEqual([jobOf(built).timeout, jobOf(built).maxRetries], [60, 0]);
            const { timeout, maxRetries } = jobOf(await etl({ timeoutMinutes: 15, maxRetries: 2 }));
            assert.deepEqual([timeout, maxRetries], [15, 2]);
        });

        it("Glue 5.0 or newer, with version, workers and execution class stated", async () => {
            const stated = ({ glueVersion, workerType, numberOfWorkers, executionClass }: Record<string, unknown>) => [
                glueVersion,
                workerType,
                numberOfWorkers,
                executionClass,
            ];
            assert.deepEqual(stated(jobOf(built)), ["5.1", "G.1X", 2, "STANDARD"]);
            const other = await etl({
                glueVersion: GlueVersion.V6_0,
                workerType: WorkerType.G2X,
                numberOfWorkers: 5,
                executionClass: ExecutionClass.Flex,
            });
            assert.deepEqual(stated(jobOf(other)), ["6.0", "G.2X", 5, "FLEX"]);
            assert.ok(Object.values(GlueVersion).every((version) => Number(version) >= 5));
        });

        it("metrics are on", () => {
            assert.equal(jobOf(built).defaultArguments["--enable-metrics"], "true");
        });

        it("logs go to groups of the job's own, which keep them for logRetentionDays", async () => {
            const prefix = jobOf(built).defaultArguments["--custom-logGroup-prefix"];
            assert.equal(prefix, "/aws-glue/jobs/sales");
            const groups = (jobBuilt: Built<unknown>) =>
                ofType(jobBuilt, "aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => [
                    inputs.name,
                    inputs.retentionInDays,
                ]);
            assert.deepEqual(groups(built).sort(), [
                [`${prefix}/error`, 30],
                [`${prefix}/output`, 30],
            ]);
            assert.deepEqual(
                groups(await etl({ logRetentionDays: 365 })).map(([, days]) => days),
                [365, 365],
            );
            assert.deepEqual(rightsOf(built, "sales-role").get("Logs")?.Resource, [
                `arn:aws:logs:eu-central-1:123456789012:log-group:${prefix}/output:log-stream:*`,
                `arn:aws:logs:eu-central-1:123456789012:log-group:${prefix}/error:log-stream:*`,
            ]);
        });
    });

    it("uses a role that is given, and creates none", async () => {
        const given = await etl({ roleArn: "arn:aws:iam::123456789012:role/mine" });
        assert.equal(ofType(given, "aws:iam/role:Role").length, 0);
        assert.equal(jobOf(given).roleArn, "arn:aws:iam::123456789012:role/mine");
    });

    it("a job that reads and writes nothing gets rights to its own files alone", async () => {
        const bare = await etl({ readLocations: [], writeLocations: [], tableArns: [], libraryPath: undefined });
        const rights = rightsOf(bare, "sales-role");
        assert.equal(rights.has("Catalog"), false);
        assert.deepEqual(rights.get("Write")?.Resource, [
            "arn:aws:s3:::scripts/temp/sales",
            "arn:aws:s3:::scripts/temp/sales/*",
        ]);
        assert.equal(jobOf(bare).defaultArguments["--extra-py-files"], undefined);
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: Partial<EtlJobArgs> = {
                scriptPath: path.join(folder, "absent.py"),
                libraryPath: path.join(folder, "absent"),
                arguments: { source: "s3://bronze/", "--TempDir": "s3://scripts/" },
                glueVersion: "4.0" as GlueVersion,
                workerType: WorkerType.G8X,
                executionClass: ExecutionClass.Flex,
                numberOfWorkers: 1,
                timeoutMinutes: 0,
                maxRetries: 11,
                logRetentionDays: 31,
                schedule: "rate(1 day)",
            };
            assert.deepEqual(
                faultsOf(() => new EtlJob("a job", { ...base, ...wrong })),
                [
                    'arguments["--TempDir"]',
                    'arguments["source"]',
                    "glueVersion",
                    "libraryPath",
                    "logRetentionDays",
                    "maxRetries",
                    "name",
                    "numberOfWorkers",
                    "schedule",
                    "scriptPath",
                    "timeoutMinutes",
                    "workerType",
                ],
            );
        });
    });
});
