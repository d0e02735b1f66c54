import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
    DataPipeline,
    QualityFailure,
    RawFormat,
    SchemaChange,
    TableFormat,
    type DataPipelineArgs,
    type WorkerType,
} from "../../components";
import { libraryModules } from "../../components/jobModules";
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
    preparedStatements: [{ name: "of_store", sql: "SELECT count(*) FROM sales WHERE store_id = ?" }],
};

const pipeline = (args: Partial<DataPipelineArgs> = {}) =>
    build(() => new DataPipeline("lake-sales", { ...base, ...args }));
const contractObject = (built: Built<unknown>) =>
    one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-contract").inputs;
const contractOf = (built: Built<unknown>) => JSON.parse(contractObject(built).content);
const table = "aws:glue/catalogTable:CatalogTable";
const tableOf = (built: Built<unknown>, kind = "silver") => one(built, table, `lake-sales-${kind}-table`).inputs;
const named = (columns: { name: string; type: string }[]) => columns.map(({ name, type }) => [name, type]);
const gold = {
    name: "yearly_sales",
    columns: [{ name: "amount", type: "decimal(20,2)" }],
    partitionKeys: ["year"],
    sql: "SELECT year, sum(amount) AS amount FROM silver GROUP BY year",
};
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
        assert.deepEqual(await valueOf(built.value.preparedStatementNames), ["of_store"]);
    });

    describe("enforces the following", () => {
        it("each dataset has a database of its own, and a folder of its own in every bucket", async () => {
            assert.equal(one(built, "aws:glue/catalogDatabase:CatalogDatabase").inputs.name, "lake_sales");
            assert.equal(await valueOf(built.value.rawLocation), "s3://bronze/sales/");
            assert.equal(await valueOf(built.value.silverLocation), "s3://silver/sales/");
            assert.equal(await valueOf(built.value.quarantineLocation), "s3://silver/_quarantine/sales/");
            assert.equal(await valueOf(built.value.reportsLocation), "s3://silver/_reports/sales/");
            for (const { inputs } of [...ofType(built, table), ...ofType(built, "aws:athena/namedQuery:NamedQuery")]) {
                assert.equal(inputs.databaseName ?? inputs.database, "lake_sales");
            }
        });

        it("the job reads the dataset's raw files and its contract, and writes its tables, reports and what it remembers; nothing else", () => {
            const rights = rightsOf(built, "lake-sales-etl-role");
            const prefixes = (...paths: string[]) => paths.flatMap((each) => [each, `${each}/*`]);
            const written = prefixes(
                "silver/sales",
                "silver/_quarantine/sales",
                "silver/_reports/sales",
                "silver/_quality/sales",
                "silver/_staging/sales",
                "silver/_state/sales",
                "scripts/temp/lake-sales-etl",
            );
            const contract = one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-contract").inputs.key;
            const script = one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-etl-script").inputs.key;
            const library = one(built, "aws:s3/bucketObjectv2:BucketObjectv2", "lake-sales-etl-library").inputs.key;
            const job = [script, library].map((key) => `scripts/${key}`);
            const read = [`scripts/${contract}`, ...prefixes("bronze/sales"), ...job];
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
            const given = jobArguments(built);
            assert.equal(given["--target"], tableOf(built).storageDescriptor.location);
            assert.deepEqual([given["--database"], given["--table"]], ["lake_sales", "sales"]);
            assert.equal(given["--source"], "s3://bronze/sales/");
            assert.equal(given["--quarantine"], "s3://silver/_quarantine/sales/");
            assert.equal(given["--reports"], "s3://silver/_reports/sales/");
            assert.equal(given["--gold"], undefined);
        });

        it("a script of yours finds Lakeworks' own package and its modules, unless it brings a package of its own", async () => {
            assert.equal(jobArguments(built)["--additional-python-modules"], libraryModules.join(","));
            const own = await pipeline({ libraryPath: "glue-scripts/lakeworks", pythonModules: ["pandas==2.2.3"] });
            assert.equal(jobArguments(own)["--additional-python-modules"], "pandas==2.2.3");
            const bare = await pipeline({ libraryPath: "glue-scripts/lakeworks" });
            assert.equal(jobArguments(bare)["--additional-python-modules"], undefined);
        });

        it("the contract says what the table, the raw files and the rules are, in the words of the arguments", async () => {
            const rowRules = [{ name: "amount_negative", condition: "amount >= 0" }];
            const more: Partial<DataPipelineArgs> = {
                rowRules,
                rawFormat: RawFormat.Csv,
                arrivalKey: "arrived",
                onQualityFailure: QualityFailure.Warn,
                targetFileMiB: 64,
                separator: ";",
                schemaChange: SchemaChange.Append,
                duplicatesWithinDays: 7,
                sortBy: ["amount", "id"],
                maxQuarantinedShare: 0.1,
                tableFormat: TableFormat.Iceberg,
                goldBucket: "gold",
                gold: [gold],
            };
            assert.deepEqual(contractOf(await pipeline(more)), {
                name: "sales",
                raw: { format: "csv", arrivalKey: "arrived", separator: ";" },
                columns: base.columns,
                businessKey: ["id"],
                eventTime: "sold_at",
                partitions: base.partitionKeys,
                schemaChange: "append",
                duplicates: { withinDays: 7 },
                sortBy: ["amount", "id"],
                rowRules,
                quarantine: { maxShare: 0.1 },
                quality: { rules: ["RowCount > 0"], onFailure: "warn", metrics: true },
                targetFileMiB: 64,
                tableFormat: "iceberg",
                gold: [gold],
            });
            const byDefault = contractOf(built);
            assert.deepEqual(byDefault.raw, { format: "json", arrivalKey: "ingest_date" });
            assert.deepEqual(byDefault.quality, { rules: ["RowCount > 0"], onFailure: "fail", metrics: true });
            assert.deepEqual([byDefault.rowRules, byDefault.targetFileMiB], [[], 128]);
            const { schemaChange, quarantine, tableFormat } = byDefault;
            assert.deepEqual([schemaChange, quarantine, tableFormat], ["ignore", { maxShare: 0.5 }, "parquet"]);
            const { storageDescriptor, partitionKeys } = tableOf(built);
            assert.deepEqual(named(storageDescriptor.columns), [...named(base.columns), ["source_object", "string"]]);
            assert.deepEqual(named(partitionKeys), named(base.partitionKeys));
        });

        it("a field's names go to the contract in their order", async () => {
            const columns = [
                { name: "id", type: "string", source: "key", otherSources: ["id"] },
                ...base.columns.slice(1),
            ];
            const [first] = contractOf(await pipeline({ columns })).columns;
            assert.deepEqual(first, { name: "id", type: "string", source: ["key", "id"] });
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
                const tables = ofType(pipelineBuilt, table);
                assert.equal(tables.length, 3);
                for (const resource of [one(pipelineBuilt, "aws:glue/catalogDatabase:CatalogDatabase"), ...tables]) {
                    assert.deepEqual([resource.protect, resource.retainOnDelete], [kept, kept]);
                }
                assert.equal(one(pipelineBuilt, "aws:glue/job:Job").protect, false);
            }
        });
    });

    it("declares tables of quarantined records and of the outcomes of rules", () => {
        const quarantine = tableOf(built, "quarantine");
        assert.equal(quarantine.name, "sales_quarantine");
        assert.equal(quarantine.storageDescriptor.location, jobArguments(built)["--quarantine"]);
        const outcomes = tableOf(built, "outcomes");
        assert.equal(outcomes.name, "sales_quality");
        assert.equal(outcomes.storageDescriptor.location, jobArguments(built)["--quality"]);
        assert.deepEqual(named(quarantine.partitionKeys), [["run_date", "date"]]);
        assert.deepEqual(named(outcomes.partitionKeys), [["run_date", "date"]]);
        const { catalogTargets } = one(built, "aws:glue/crawler:Crawler", "lake-sales-crawl-processed").inputs;
        assert.deepEqual(catalogTargets, [{ databaseName: "lake_sales", tables: ["sales_quarantine"] }]);
    });

    it("declares gold tables, which the job may write", async () => {
        const withGold = await pipeline({ goldBucket: "gold", gold: [gold] });
        const declared = tableOf(withGold, "gold-yearly-sales");
        assert.equal(declared.name, "yearly_sales");
        assert.equal(declared.storageDescriptor.location, "s3://gold/sales/yearly_sales/");
        assert.deepEqual(named(declared.partitionKeys), [["year", "int"]]);
        assert.equal(jobArguments(withGold)["--gold"], "s3://gold/sales/");
        const rights = rightsOf(withGold, "lake-sales-etl-role");
        assert.ok((rights.get("Write")?.Resource as string[]).includes("arn:aws:s3:::gold/sales/*"));
        assert.ok(
            (rights.get("Catalog")?.Resource as string[]).some((arn) => arn.endsWith(":table/lake_sales/yearly_sales")),
        );
        assert.deepEqual(await valueOf(withGold.value.goldTables), ["yearly_sales"]);
    });

    it("gives the job no right to a gold bucket without gold tables", async () => {
        const without = await pipeline({ goldBucket: "gold" });
        assert.equal(jobArguments(without)["--gold"], undefined);
        const written = rightsOf(without, "lake-sales-etl-role").get("Write")?.Resource as string[];
        assert.ok(written.every((arn) => !arn.includes(":::gold/")));
    });

    it("partitions a gold table in its own order, and by no key twice", async () => {
        const partitionKeys = [
            { name: "year", type: "int", expression: "year(sold_at)" },
            { name: "month", type: "int", expression: "month(sold_at)" },
        ];
        const byMonth = { ...gold, partitionKeys: ["month", "year"] };
        const ordered = await pipeline({ goldBucket: "gold", partitionKeys, gold: [byMonth] });
        assert.deepEqual(named(tableOf(ordered, "gold-yearly-sales").partitionKeys), [
            ["month", "int"],
            ["year", "int"],
        ]);
        const twice = { ...gold, partitionKeys: ["year", "year"] };
        assert.deepEqual(
            faultsOf(() => new DataPipeline("lake-sales", { ...base, goldBucket: "gold", gold: [twice] })),
            ["gold[0].partitionKeys[1].name"],
        );
    });

    it("keeps extra fields in a column, and Iceberg tables by commits", async () => {
        const appended = tableOf(await pipeline({ schemaChange: SchemaChange.Append }));
        assert.deepEqual(named(appended.storageDescriptor.columns).slice(-2), [
            ["extra_fields", "string"],
            ["source_object", "string"],
        ]);
        const iceberg = await pipeline({ tableFormat: TableFormat.Iceberg });
        assert.equal(jobArguments(iceberg)["--datalake-formats"], "iceberg");
        assert.deepEqual(rightsOf(iceberg, "lake-sales-etl-role").get("Commit")?.Action, ["glue:UpdateTable"]);
        assert.equal(rightsOf(built, "lake-sales-etl-role").has("Commit"), false);
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

    it("takes no column of the job's own, no field or sort column twice, no gold table in the place of the raw one", async () => {
        await build(() => {
            const wrong: DataPipelineArgs = {
                ...base,
                columns: [
                    ...base.columns,
                    { name: "extra_fields", type: "string" },
                    { name: "shop", type: "string", source: "store", otherSources: ["outlet", "store", " ", "outlet"] },
                    { name: "till", type: "string", source: "" },
                ],
                sortBy: ["id", "id"],
                goldBucket: "gold",
                gold: [{ ...gold, name: "raw_sales" }],
            };
            const [added, shop, till] = [0, 1, 2].map((more) => `columns[${base.columns.length + more}]`);
            assert.deepEqual(
                faultsOf(() => new DataPipeline("lake-sales", wrong)),
                [
                    `${added}.name`,
                    `${shop}.otherSources[1]`,
                    `${shop}.otherSources[2]`,
                    `${shop}.otherSources[3]`,
                    `${till}.source`,
                    "gold[0].name",
                    "sortBy[1]",
                ],
            );
        });
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
                separator: ",",
                rowTag: "row",
                sortBy: ["nothing"],
                maxQuarantinedShare: 5,
                duplicatesWithinDays: -1,
                gold: [{ ...gold, name: "Yearly", sql: " ", partitionKeys: ["month"] }],
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
                    "duplicatesWithinDays",
                    "etlSchedule",
                    "eventTime",
                    "goldBucket",
                    "gold[0].name",
                    "gold[0].partitionKeys",
                    "gold[0].partitionKeys[0]",
                    "gold[0].sql",
                    "maxQuarantinedShare",
                    "name",
                    "partitionKeys[0].expression",
                    "qualityRules[0]",
                    "rawCrawlSchedule",
                    "rowTag",
                    "separator",
                    "sortBy[0]",
                    "targetFileMiB",
                    "workerType",
                ],
            );
        });
    });
});
