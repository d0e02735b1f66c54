import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DataPipeline, QualityFailure, RawFormat, type DataPipelineArgs, type WorkerType } from "../../components";
import { account, assertWellFormed, build, faultsOf, ofType, one, rightsOf, valueOf, type Built } from "./mocks";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-pipeline-"));
const scriptPath = path.join(folder, "sales.py");

const base: DataPipelineArgs = {
    dataset: "sales",
    columns: [
        { name: "id", type: "string", comment: "The sale" },
        { name: "sold_at", type: "timestamp", source: "timestamp" },
        { name: "amount", type: "decimal(10,2)", nullable: true },
    ],
    partitionKeys: [{ name: "year", type: "int", expression: "year(sold_at)" }],
    businessKey: ["id"],
    eventTime: "sold_at",
    qualityRules: ["RowCount > 0"],
    scriptPath,
    bronzeBucket: "bronze",
    silverBucket: "silver",
    scriptsBucket: "scripts",
    resultsBucket: "results",
    namedQueries: [{ name: "count", sql: "SELECT count(*) FROM sales" }],
};

const pipeline = (args: Partial<DataPipelineArgs> = {}) =>
    build(() => new DataPipeline("lake-sales", { ...base, ...args }));
const contractObject = (built: Built<unknown>) =>
    one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-contract").inputs;
const contractOf = (built: Built<unknown>) => JSON.parse(contractObject(built).content);
const jobArguments = (built: Built<unknown>) => one(built, "aws:glue/job:Job").inputs.defaultArguments;

describe("DataPipeline", () => {
    let built: Built<DataPipeline>;
    before(async () => {
        fs.writeFileSync(scriptPath, "print('sales')\n");
        built = await pipeline();
    });
    after(() => fs.rmSync(folder, { recursive: true }));

    it("makes database, table, crawlers, job and workgroup, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:DataPipeline", "lake-sales");
        const names = {
            databaseName: "lake_sales",
            rawTable: "raw_sales",
            table: "sales",
            rawCrawler: "lake-sales-crawl-raw",
            processedCrawler: "lake-sales-crawl-processed",
            jobName: "lake-sales-etl",
            workgroupName: "lake-sales-queries",
        } as const;
        for (const [output, expected] of Object.entries(names)) {
            assert.equal(await valueOf(built.value[output as keyof typeof names]), expected);
        }
        assert.deepEqual(await valueOf(built.value.namedQueryIds), { count: "lake-sales-queries-query-count-id" });
    });

    describe("enforces the following", () => {
        it("each dataset has a database of its own, and a folder of its own in every bucket", async () => {
            assert.equal(one(built, "aws:glue/catalogDatabase:CatalogDatabase").inputs.name, "lake_sales");
            assert.equal(await valueOf(built.value.rawLocation), "s3://bronze/sales/");
            assert.equal(await valueOf(built.value.silverLocation), "s3://silver/sales/");
            assert.equal(await valueOf(built.value.quarantineLocation), "s3://silver/_quarantine/sales/");
            assert.equal(await valueOf(built.value.reportsLocation), "s3://silver/_reports/sales/");
            for (const type of ["aws:glue/catalogTable:CatalogTable", "aws:athena/namedQuery:NamedQuery"]) {
                const { databaseName, database } = one(built, type).inputs;
                assert.equal(databaseName ?? database, "lake_sales");
            }
        });

        it("the job reads the dataset's raw files and its contract, and writes its table, quarantine and reports; nothing else", () => {
            const rights = rightsOf(built, "lake-sales-etl-role");
            const prefixes = (...paths: string[]) => paths.flatMap((each) => [each, `${each}/*`]);
            const written = prefixes(
                "silver/sales",
                "silver/_quarantine/sales",
                "silver/_reports/sales",
                "scripts/temp/lake-sales-etl",
            );
            const contract = one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-contract").inputs.key;
            const script = one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-etl-script").inputs.key;
            const read = [`scripts/${contract}`, ...prefixes("bronze/sales"), `scripts/${script}`, ...written];
            assert.deepEqual(
                rights.get("Write")?.Resource,
                written.map((key) => `arn:aws:s3:::${key}`),
            );
            assert.deepEqual(
                rights.get("Read")?.Resource,
                read.map((key) => `arn:aws:s3:::${key}`),
            );
        });

        it("the job's target is the declared table's own location", () => {
            const { storageDescriptor } = one(built, "aws:glue/catalogTable:CatalogTable").inputs;
            const given = jobArguments(built);
            assert.equal(given["--target"], storageDescriptor.location);
            assert.deepEqual([given["--database"], given["--table"]], ["lake_sales", "sales"]);
            assert.equal(given["--source"], "s3://bronze/sales/");
            assert.equal(given["--quarantine"], "s3://silver/_quarantine/sales/");
            assert.equal(given["--reports"], "s3://silver/_reports/sales/");
        });

        it("the contract says what the table, the raw files and the rules are, in the words of the arguments", async () => {
            const rowRules = [{ name: "amount_negative", condition: "amount >= 0" }];
            const more: Partial<DataPipelineArgs> = {
                rowRules,
                rawFormat: RawFormat.Csv,
                arrivalKey: "arrived",
                onQualityFailure: QualityFailure.Warn,
                targetFileMiB: 64,
            };
            assert.deepEqual(contractOf(await pipeline(more)), {
                name: "sales",
                raw: { format: "csv", arrivalKey: "arrived" },
                columns: base.columns,
                businessKey: ["id"],
                eventTime: "sold_at",
                partitions: base.partitionKeys,
                rowRules,
                quality: { rules: ["RowCount > 0"], onFailure: "warn", metrics: true },
                targetFileMiB: 64,
            });
            const byDefault = contractOf(built);
            assert.deepEqual(byDefault.raw, { format: "json", arrivalKey: "ingest_date" });
            assert.deepEqual(byDefault.quality, { rules: ["RowCount > 0"], onFailure: "fail", metrics: true });
            assert.deepEqual([byDefault.rowRules, byDefault.targetFileMiB], [[], 128]);
            const { storageDescriptor, partitionKeys } = one(built, "aws:glue/catalogTable:CatalogTable").inputs;
            const named = (columns: { name: string; type: string }[]) => columns.map(({ name, type }) => [name, type]);
            assert.deepEqual(named(storageDescriptor.columns), named(base.columns));
            assert.deepEqual(named(partitionKeys), named(base.partitionKeys));
        });

        it("the contract lies under the hash of its content; a change of the contract is a change of the job", async () => {
            const address = jobArguments(built)["--contract"];
            assert.match(address, /^s3:\/\/scripts\/contracts\/sales-[0-9a-f]{16}\.json$/);
            assert.equal(contractObject(built).contentType, "application/json");
            assert.equal(jobArguments(await pipeline())["--contract"], address);
            assert.notEqual(jobArguments(await pipeline({ targetFileMiB: 64 }))["--contract"], address);
        });

        it("the ruleset on the table has the rules of the contract", async () => {
            const ruleset = one(built, "aws:glue/dataQualityRuleset:DataQualityRuleset").inputs;
            assert.match(ruleset.ruleset, /RowCount > 0/);
            assert.deepEqual(ruleset.targetTable, { databaseName: "lake_sales", tableName: "sales" });
            const without = await pipeline({ qualityRules: [] });
            assert.equal(ofType(without, "aws:glue/dataQualityRuleset:DataQualityRuleset").length, 0);
        });

        it("queries run in the dataset's workgroup, with results in the dataset's folder of a bucket of this account", () => {
            const { resultConfiguration } = one(built, "aws:athena/workgroup:Workgroup").inputs.configuration;
            assert.equal(resultConfiguration.outputLocation, "s3://results/sales/");
            assert.equal(resultConfiguration.expectedBucketOwner, account);
            assert.equal(one(built, "aws:athena/namedQuery:NamedQuery").inputs.workgroup, "lake-sales-queries");
        });

        it("with retain database and table are protected, and kept when the stack goes", async () => {
            for (const [pipelineBuilt, kept] of [
                [built, false],
                [await pipeline({ retain: true }), true],
            ] as const) {
                for (const type of ["aws:glue/catalogDatabase:CatalogDatabase", "aws:glue/catalogTable:CatalogTable"]) {
                    const { protect, retainOnDelete } = one(pipelineBuilt, type);
                    assert.deepEqual([protect, retainOnDelete], [kept, kept]);
                }
                assert.equal(one(pipelineBuilt, "aws:glue/job:Job").protect, false);
            }
        });
    });

    it("passes the key to all that touches the data", async () => {
        const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1";
        const encrypted = await pipeline({ kmsKeyArn });
        for (const role of ["lake-sales-etl-role", "lake-sales-crawl-raw-role", "lake-sales-crawl-processed-role"]) {
            assert.equal(rightsOf(encrypted, role).get("Key")?.Resource, kmsKeyArn, role);
        }
        const { resultConfiguration } = one(encrypted, "aws:athena/workgroup:Workgroup").inputs.configuration;
        assert.equal(resultConfiguration.encryptionConfiguration.kmsKeyArn, kmsKeyArn);
    });

    it("reports every fault at once, those of its parts among them", async () => {
        await build(() => {
            const wrong: DataPipelineArgs = {
                ...base,
                dataset: "Sales",
                databaseName: "lake-sales",
                columns: [
                    { name: "id", type: "text" },
                    { name: "sold_at", type: "string", source: "at", expression: "now()" },
                    { name: "amount", type: "int", nullable: true },
                ],
                partitionKeys: [{ name: "year", type: "int", expression: " " }],
                businessKey: ["sale", "amount"],
                arrivalKey: "Ingest",
                targetFileMiB: 0,
                workerType: "G.3X" as WorkerType,
                etlSchedule: "nightly",
                rawCrawlSchedule: "hourly",
                bytesScannedCutoff: 1,
                qualityRules: ['IsCompleet "id"'],
            };
            assert.deepEqual(
                faultsOf(() => new DataPipeline("Lake", wrong)),
                [
                    "arrivalKey",
                    "businessKey[0]",
                    "businessKey[1]",
                    "bytesScannedCutoff",
                    "columns[0].type",
                    "columns[1]",
                    "databaseName",
                    "dataset",
                    "etlSchedule",
                    "eventTime",
                    "name",
                    "partitionKeys[0].expression",
                    "qualityRules[0]",
                    "rawCrawlSchedule",
                    "targetFileMiB",
                    "workerType",
                ],
            );
        });
    });
});
