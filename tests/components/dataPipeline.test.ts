import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { DataPipeline, type DataPipelineArgs } from "../../components";
import { account, assertWellFormed, build, faultsOf, one, rightsOf, valueOf, type Built } from "./mocks";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-pipeline-"));
const scriptPath = path.join(folder, "sales.py");

const base: DataPipelineArgs = {
    dataset: "sales",
    columns: [{ name: "id", type: "string" }],
    partitionKeys: [{ name: "year", type: "int" }],
    contract: '{"name":"sales"}',
    scriptPath,
    bronzeBucket: "bronze",
    silverBucket: "silver",
    scriptsBucket: "scripts",
    resultsBucket: "results",
    namedQueries: [{ name: "count", sql: "SELECT count(*) FROM sales" }],
};

const pipeline = (args: Partial<DataPipelineArgs> = {}) =>
    build(() => new DataPipeline("lake-sales", { ...base, ...args }));
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

        it("the job reads the raw files and the contract, and writes its table, quarantine and reports; nothing else", () => {
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

        it("the contract lies under the hash of its content, and a change of it changes the job", async () => {
            const address = jobArguments(built)["--contract"];
            assert.match(address, /^s3:\/\/scripts\/contracts\/sales-[0-9a-f]{16}\.json$/);
            const { content, contentType } = one(
                built,
                "aws:s3/bucketObjectv2:BucketObjectv2",
                "lake-sales-contract",
            ).inputs;
            assert.deepEqual([content, contentType], ['{"name":"sales"}', "application/json"]);
            assert.equal(jobArguments(await pipeline())["--contract"], address);
            assert.notEqual(jobArguments(await pipeline({ contract: '{"name":"sale"}' }))["--contract"], address);
        });

        it("queries run in the dataset's workgroup, with results in its folder of a bucket of this account", () => {
            const { resultConfiguration } = one(built, "aws:athena/workgroup:Workgroup").inputs.configuration;
            assert.equal(resultConfiguration.outputLocation, "s3://results/sales/");
            assert.equal(resultConfiguration.expectedBucketOwner, account);
            assert.equal(one(built, "aws:athena/namedQuery:NamedQuery").inputs.workgroup, "lake-sales-queries");
        });

        it("with retain database and table are protected, and kept", async () => {
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

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: DataPipelineArgs = { ...base, dataset: "Sales", databaseName: "lake-sales", contract: "{" };
            assert.deepEqual(
                faultsOf(() => new DataPipeline("Lake", wrong)),
                ["contract", "databaseName", "dataset", "name"],
            );
        });
    });
});
