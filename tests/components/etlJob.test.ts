import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { EtlJob, ExecutionClass, GlueVersion, WorkerType, type EtlJobArgs } from "../../components";
import {
    account,
    actionsOf,
    assertWellFormed,
    build,
    faultsOf,
    ofType,
    one,
    rightsOf,
    valueOf,
    type Built,
} from "./mocks";

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
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234";
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

    describe("enforces the following", () => {
        it("the job has a role of its own, which reads and writes exactly the locations named, the job's own script, library and temporary folder, and changes partitions of exactly the tables named", () => {
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
            ]);
            assert.ok(rights.get("Write")?.Action.includes("s3:GetObject"));
            assert.deepEqual(rights.get("PendingUploads")?.Resource, arns("scripts", "silver"));
            const listed = [...rights.values()]
                .filter((statement) => /^List\d/.test(statement.Sid))
                .map((statement) => [statement.Resource, statement.Condition?.StringLike?.["s3:prefix"]]);
            assert.deepEqual(listed.slice(0, 1), [["arn:aws:s3:::bronze", ["sales", "sales/*"]]]);
            assert.deepEqual(listed.at(-1), [
                "arn:aws:s3:::silver",
                ["sales", "sales/*", "_quarantine/sales", "_quarantine/sales/*"],
            ]);
            const catalog = rightsOf(built, "sales-role").get("Catalog");
            assert.deepEqual(catalog?.Resource, [
                `${glue}:catalog`,
                `${glue}:database/lake_sales`,
                `${glue}:table/lake_sales/sales`,
            ]);
            assert.ok(catalog?.Action.includes("glue:BatchCreatePartition"));
            assert.ok(!catalog?.Action.includes("glue:UpdateTable"));
        });

        it("Glue takes the role on behalf of this account alone", () => {
            const trust = JSON.parse(one(built, "aws:iam/role:Role").inputs.assumeRolePolicy) as {
                Statement: { Principal: unknown; Condition: unknown }[];
            };
            assert.deepEqual(
                trust.Statement.map(({ Principal, Condition }) => [Principal, Condition]),
                [[{ Service: "glue.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": account } }]],
            );
        });

        it("no right of the role has a wildcard action, and no managed policy is attached", () => {
            assert.ok(actionsOf(rightsOf(built, "sales-role")).every((action) => !action.includes("*")));
            assert.equal(ofType(built, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").length, 0);
            assert.equal(one(built, "aws:iam/role:Role").inputs.managedPolicyArns, undefined);
        });

        it("script and library lie under the hash of their content; a change of either is a change of the job", async () => {
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

        it("one run at a time as long as bookmarks are kept: two would read the same objects", async () => {
            assert.deepEqual(jobOf(built).executionProperty, { maxConcurrentRuns: 1 });
            const without = jobOf(await etl({ bookmarks: false, maxConcurrentRuns: 3 }));
            assert.deepEqual(without.executionProperty, { maxConcurrentRuns: 3 });
            await build(() => {
                const more = () => new EtlJob("sales", { ...base, maxConcurrentRuns: 2 });
                assert.deepEqual(faultsOf(more), ["maxConcurrentRuns"]);
            });
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
            for (const argument of ["--enable-metrics", "--enable-observability-metrics"]) {
                assert.equal(jobOf(built).defaultArguments[argument], "true");
            }
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

        it("with kmsKeyArn, output, logs and bookmarks are encrypted by that key, and the role may use no other", async () => {
            const encrypted = await etl({ kmsKeyArn: key });
            const { inputs } = one(encrypted, "aws:glue/securityConfiguration:SecurityConfiguration", "sales-security");
            assert.deepEqual(inputs.encryptionConfiguration, {
                s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: key },
                cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: key },
                jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: key },
            });
            assert.equal(jobOf(encrypted).securityConfiguration, inputs.name);
            const rights = [...rightsOf(encrypted, "sales-role").values()];
            const ofKey = rights.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("kms:")));
            assert.deepEqual(
                ofKey.map(({ Resource }) => Resource),
                [key],
            );
        });

        it("with network, the job runs in that connection, and makes interfaces in its subnets alone", async () => {
            const ec2 = "arn:aws:ec2:eu-central-1:123456789012";
            const subnetArns = [`${ec2}:subnet/subnet-1`, `${ec2}:subnet/subnet-2`];
            const securityGroupArn = `${ec2}:security-group/sg-1`;
            const inVpc = await etl({ network: { connectionName: "lake", subnetArns, securityGroupArn } });
            assert.deepEqual(jobOf(inVpc).connections, ["lake"]);
            const rights = rightsOf(inVpc, "sales-role");
            assert.deepEqual(rights.get("Connection")?.Resource, [`${glue}:catalog`, `${glue}:connection/lake`]);
            assert.deepEqual(rights.get("CreateInterface")?.Resource, [
                `${ec2}:network-interface/*`,
                ...subnetArns,
                securityGroupArn,
            ]);
            assert.deepEqual(rights.get("DeleteInterface")?.Condition, { ArnEquals: { "ec2:Subnet": subnetArns } });
            const open = [...rights.values()]
                .filter(({ Resource }) => Resource === "*")
                .flatMap(({ Action }) => Action);
            const ofEc2 = open.filter((action) => action.startsWith("ec2:"));
            assert.ok(ofEc2.length > 0 && ofEc2.every((action) => action.startsWith("ec2:Describe")));
        });
    });

    it("with wheelsPath, Glue installs the modules from wheels beside the library, which the role may read", async () => {
        const wheelsPath = path.join(folder, "wheels");
        fs.mkdirSync(wheelsPath);
        const files = ["duckdb-2.0.1-cp311-cp311-manylinux_2_28_x86_64.whl", "sqlglot-30.30.0-py3-none-any.whl"];
        files.forEach((file) => fs.writeFileSync(path.join(wheelsPath, file), "wheel"));
        const offline = await etl({ pythonModules: ["duckdb==2.0.1", "sqlglot==30.30.0"], wheelsPath });
        assert.equal(
            jobOf(offline).defaultArguments["--additional-python-modules"],
            files.map((file) => `s3://scripts/lib/sales/${file}`).join(","),
        );
        const readable = rightsOf(offline, "sales-role").get("Read")?.Resource;
        for (const file of files) assert.ok(readable?.includes(`arn:aws:s3:::scripts/lib/sales/${file}`), file);
    });

    it("a new script or library is there before the old one goes", () => {
        for (const name of ["sales-script", "sales-library"]) {
            assert.equal(one(built, "aws:s3/bucketObjectv2:BucketObjectv2", name).deleteBeforeReplace, false);
        }
    });

    it("the library's zip holds its Python sources below the folder's name, and nothing else", () => {
        assert.deepEqual(Object.keys(objectOf(built, "library").source.assets), ["shared/__init__.py"]);
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

    it("takes Lakeworks' own script and library where none is named, by relative paths", async () => {
        const own = await etl({ scriptPath: undefined, libraryPath: undefined });
        assert.equal(objectOf(own, "script").content, fs.readFileSync("glue-scripts/etl.py", "utf8"));
        const { assets } = objectOf(own, "library").source as { assets: Record<string, { path: string }> };
        assert.equal(assets["lakeworks/__init__.py"]?.path, "glue-scripts/lakeworks/__init__.py");
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
                maxConcurrentRuns: 0,
                notifyDelayMinutes: 0,
                kmsKeyArn: "alias/lake",
                roleArn: "mine",
                schedule: "rate(1 day)",
                afterJob: "a job",
            };
            assert.deepEqual(
                faultsOf(() => new EtlJob("a job", { ...base, ...wrong })),
                [
                    "afterJob",
                    'arguments["--TempDir"]',
                    'arguments["source"]',
                    "glueVersion",
                    "kmsKeyArn",
                    "libraryPath",
                    "logRetentionDays",
                    "maxConcurrentRuns",
                    "maxRetries",
                    "name",
                    "notifyDelayMinutes",
                    "notifyDelayMinutes",
                    "numberOfWorkers",
                    "roleArn",
                    "schedule",
                    "scriptPath",
                    "timeoutMinutes",
                    "workerType",
                ],
            );
        });
    });
});
