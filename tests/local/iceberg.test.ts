import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import * as glue from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { loadToolchain } from "../../tools/toolchain";
import { errorName, TestLocal } from "./support";

const database = "shop";
const bucket = "orders-lake";

const tableInput: glue.CreateIcebergTableInput = {
    Location: `s3://${bucket}/orders/`,
    Schema: {
        Type: "struct",
        Fields: [
            { Id: 1, Name: "id", Type: "long", Required: true, Doc: "Unique id." },
            { Id: 2, Name: "amount", Type: "decimal(12, 2)", Required: false },
            {
                Id: 3,
                Name: "lines",
                Required: false,
                Type: {
                    type: "list",
                    "element-id": 5,
                    "element-required": false,
                    element: { type: "struct", fields: [{ id: 6, name: "sku", required: false, type: "string" }] },
                },
            },
            { Id: 4, Name: "sold_at", Type: "timestamp", Required: false },
        ],
    },
    PartitionSpec: { Fields: [{ Name: "sold_day", SourceId: 4, Transform: "day" }] },
    Properties: { "write.format.default": "parquet" },
};

/** What Apache Iceberg's library reads in a metadata document. */
function readByIceberg(metadata: string): Record<string, unknown> {
    const { python, trinoJars, java25 } = loadToolchain();
    const reader = path.join(__dirname, "icebergReader.py");
    const output = execFileSync(python, [reader, trinoJars, java25], { input: metadata, encoding: "utf8" });
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

describe("local Glue: Iceberg tables", function () {
    this.timeout(300_000);
    let lake: TestLocal;

    before(async () => {
        lake = await TestLocal.start();
        await lake.s3.send(new CreateBucketCommand({ Bucket: bucket }));
        await lake.glue.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
        await create("orders");
    });
    after(async () => lake.stop());

    const create = (name: string, own: Partial<glue.CreateIcebergTableInput> = {}, more: object = {}) =>
        lake.glue.send(
            new glue.CreateTableCommand({
                DatabaseName: database,
                Name: name,
                OpenTableFormatInput: {
                    IcebergInput: {
                        MetadataOperation: "CREATE",
                        Version: "2",
                        CreateIcebergTableInput: { ...tableInput, Location: `s3://${bucket}/${name}/`, ...own },
                        ...more,
                    },
                },
            }),
        );
    const get = async (name: string) =>
        (await lake.glue.send(new glue.GetTableCommand({ DatabaseName: database, Name: name }))).Table as glue.Table;
    const metadataOf = async (table: glue.Table): Promise<string> => {
        const { hostname, pathname } = new URL(table.Parameters?.["metadata_location"] ?? "");
        const object = await lake.s3.send(new GetObjectCommand({ Bucket: hostname, Key: pathname.slice(1) }));
        return (await object.Body?.transformToString()) ?? "";
    };
    const message = (call: Promise<unknown>) =>
        call.then(
            () => "no error",
            (error: Error) => error.message,
        );

    describe("are made from an Iceberg input", () => {
        let table: glue.Table;
        before(async () => {
            table = await get("orders");
        });

        it("and shown as Glue shows them", () => {
            assert.equal(table.TableType, "EXTERNAL_TABLE");
            assert.equal(table.Parameters?.["table_type"], "ICEBERG");
            assert.match(
                table.Parameters?.["metadata_location"] ?? "",
                /^s3:\/\/orders-lake\/orders\/metadata\/00000-[0-9a-f-]{36}\.metadata\.json$/,
            );
            assert.equal(table.StorageDescriptor?.Location, "s3://orders-lake/orders/");
            assert.deepEqual(table.PartitionKeys, []);
            assert.deepEqual(table.StorageDescriptor?.Columns, [
                { Name: "id", Type: "bigint", Comment: "Unique id." },
                { Name: "amount", Type: "decimal(12,2)" },
                { Name: "lines", Type: "array<struct<sku:string>>" },
                { Name: "sold_at", Type: "timestamp" },
            ]);
        });

        it("with metadata that Apache Iceberg's library reads", async () => {
            const read = readByIceberg(await metadataOf(table));
            assert.deepEqual(read, {
                formatVersion: 2,
                location: "s3://orders-lake/orders",
                columns: [
                    "1: id: required long (Unique id.)",
                    "2: amount: optional decimal(12, 2)",
                    "3: lines: optional list<struct<6: sku: optional string>>",
                    "4: sold_at: optional timestamp",
                ],
                lastColumnId: 6,
                partitions: ["1000: sold_day: day(4)"],
                lastPartitionId: 1000,
                sorted: false,
                snapshots: 0,
                properties: { "write.format.default": "parquet" },
            });
        });
    });

    it("are made from a storage descriptor, without partitions", async () => {
        await lake.glue.send(
            new glue.CreateTableCommand({
                DatabaseName: database,
                TableInput: {
                    Name: "Plain",
                    TableType: "EXTERNAL_TABLE",
                    Parameters: { owner: "sales" },
                    StorageDescriptor: {
                        Location: `s3://${bucket}/plain/`,
                        Columns: [
                            { Name: "id", Type: "int", Comment: "Unique id." },
                            { Name: "tags", Type: "map<string,decimal(4,1)>" },
                        ],
                    },
                },
                OpenTableFormatInput: { IcebergInput: { MetadataOperation: "CREATE" } },
            }),
        );
        const table = await get("plain");
        assert.equal(table.Parameters?.["table_type"], "ICEBERG");
        const read = readByIceberg(await metadataOf(table));
        assert.deepEqual(read["columns"], [
            "1: id: optional int (Unique id.)",
            "2: tags: optional map<string, decimal(4, 1)>",
        ]);
        assert.deepEqual([read["lastColumnId"], read["partitions"], read["properties"]], [4, [], { owner: "sales" }]);
    });

    it("are refused where Glue refuses them, and nothing is written", async () => {
        const schema = (...fields: Partial<glue.IcebergStructField>[]): Partial<glue.CreateIcebergTableInput> => ({
            Schema: { Fields: fields.map((field) => ({ Required: false, ...field })) as glue.IcebergStructField[] },
            PartitionSpec: undefined,
        });
        const spec = (field: Partial<glue.IcebergPartitionField>): Partial<glue.CreateIcebergTableInput> => ({
            PartitionSpec: { Fields: [{ Name: "part", SourceId: 4, Transform: "day", ...field }] },
        });
        assert.equal(await errorName(create("orders")), "AlreadyExistsException");
        assert.match(await message(create("bad", {}, { Version: "3" })), /makes version 2 only/);
        assert.match(await message(create("bad", schema({ Id: 1, Name: "a", Type: "bigint" }))), /no type bigint/);
        const twice = schema({ Id: 1, Name: "a", Type: "int" }, { Id: 1, Name: "b", Type: "int" });
        assert.match(await message(create("bad", twice)), /each once: 1/);
        assert.match(await message(create("bad", spec({ SourceId: 9 }))), /9 is the id of no column/);
        assert.match(await message(create("bad", spec({ Transform: "week" }))), /no such transform: week/);
        assert.match(await message(create("bad", spec({ Name: "amount" }))), /need a name each: amount/);
        assert.match(await message(create("bad", { Location: "s3://no-such-bucket/bad/" })), /could not be written/);
        const descriptor = { Location: `s3://${bucket}/bad/`, Columns: [{ Name: "id", Type: "int" }] };
        const older = (input: Partial<glue.TableInput>, own?: glue.CreateIcebergTableInput) =>
            lake.glue.send(
                new glue.CreateTableCommand({
                    DatabaseName: database,
                    TableInput: { Name: "bad", TableType: "EXTERNAL_TABLE", StorageDescriptor: descriptor, ...input },
                    OpenTableFormatInput: {
                        IcebergInput: { MetadataOperation: "CREATE", CreateIcebergTableInput: own },
                    },
                }),
            );
        assert.match(await message(older({ TableType: undefined })), /has to be EXTERNAL_TABLE/);
        assert.match(await message(older({ PartitionKeys: [{ Name: "y", Type: "int" }] })), /Cannot create partitions/);
        assert.match(await message(older({ Parameters: { table_type: "ICEBERG" } })), /Cannot use reserved parameters/);
        assert.match(await message(older({ StorageDescriptor: {} })), /Location information cannot be null/);
        assert.match(await message(older({}, tableInput)), /at multiple parts of input request/);
        const { Contents } = await lake.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: "bad/" }));
        assert.equal(Contents, undefined);
        assert.equal(await errorName(get("bad")), "EntityNotFoundException");
    });

    it("are committed to by engines, and not changed by Glue itself", async () => {
        await create("committed");
        const table = await get("committed");
        const next = `s3://${bucket}/committed/metadata/00001-next.metadata.json`;
        const update = (more: Partial<glue.UpdateTableRequest>) =>
            lake.glue.send(new glue.UpdateTableCommand({ DatabaseName: database, ...more }));
        const input = {
            Name: "committed",
            TableType: "EXTERNAL_TABLE",
            StorageDescriptor: table.StorageDescriptor,
            Parameters: { table_type: "ICEBERG", metadata_location: next },
        };
        await update({ TableInput: input, VersionId: table.VersionId, SkipArchive: true });
        assert.equal((await get("committed")).Parameters?.["metadata_location"], next);
        const late = update({ TableInput: input, VersionId: table.VersionId });
        assert.equal(await errorName(late), "ConcurrentModificationException");
        const UpdateIcebergInput = { UpdateIcebergTableInput: { Updates: [] } };
        const byGlue = update({ Name: "committed", UpdateOpenTableFormatInput: { UpdateIcebergInput } });
        assert.match(await message(byGlue), /UpdateOpenTableFormatInput: not done/);
    });

    describe("have optimizers that are kept, not run", () => {
        const at = { CatalogId: "000000000000", DatabaseName: database, TableName: "optimized" };
        const role = "arn:aws:iam::000000000000:role/optimizer";
        const retention: glue.CreateTableOptimizerCommandInput = {
            ...at,
            Type: "retention",
            TableOptimizerConfiguration: {
                roleArn: role,
                enabled: true,
                retentionConfiguration: { icebergConfiguration: { snapshotRetentionPeriodInDays: 30 } },
            },
        };
        const getOptimizer = () => lake.glue.send(new glue.GetTableOptimizerCommand({ ...at, Type: "retention" }));
        before(() => create("optimized"));

        it("with Glue's defaults for what is not given", async () => {
            await lake.glue.send(new glue.CreateTableOptimizerCommand(retention));
            const { TableOptimizer, TableName } = await getOptimizer();
            assert.equal(TableName, "optimized");
            assert.equal(TableOptimizer?.configuration?.enabled, true);
            assert.deepEqual(TableOptimizer?.configuration?.retentionConfiguration?.icebergConfiguration, {
                snapshotRetentionPeriodInDays: 30,
                numberOfSnapshotsToRetain: 1,
                cleanExpiredFiles: false,
                runRateInHours: 24,
            });
            const runs = await lake.glue.send(new glue.ListTableOptimizerRunsCommand({ ...at, Type: "retention" }));
            assert.deepEqual(runs.TableOptimizerRuns, []);
            assert.equal(TableOptimizer?.lastRun, undefined);
        });

        it("over a restart, until they are changed or deleted", async () => {
            await lake.restart();
            const TableOptimizerConfiguration = { roleArn: role, enabled: false };
            const update = { ...at, Type: "retention" as const, TableOptimizerConfiguration };
            await lake.glue.send(new glue.UpdateTableOptimizerCommand(update));
            assert.equal((await getOptimizer()).TableOptimizer?.configuration?.enabled, false);
            const entry = { catalogId: at.CatalogId, databaseName: database, tableName: "optimized" };
            const { TableOptimizers, Failures } = await lake.glue.send(
                new glue.BatchGetTableOptimizerCommand({
                    Entries: [
                        { ...entry, type: "retention" },
                        { ...entry, type: "compaction" },
                    ],
                }),
            );
            assert.deepEqual(
                [TableOptimizers?.[0]?.tableOptimizer?.type, Failures?.[0]?.type, Failures?.[0]?.error?.ErrorCode],
                ["retention", "compaction", "EntityNotFoundException"],
            );
            await lake.glue.send(new glue.DeleteTableOptimizerCommand({ ...at, Type: "retention" }));
            assert.equal(await errorName(getOptimizer()), "EntityNotFoundException");
        });

        it("on Iceberg tables only, each type once, with its own configuration", async () => {
            const hive = { Name: "hive", StorageDescriptor: { Columns: [{ Name: "id", Type: "int" }] } };
            await lake.glue.send(new glue.CreateTableCommand({ DatabaseName: database, TableInput: hive }));
            const send = (more: Partial<glue.CreateTableOptimizerCommandInput>) =>
                lake.glue.send(new glue.CreateTableOptimizerCommand({ ...retention, ...more }));
            assert.match(await message(send({ TableName: "hive" })), /no Iceberg table/);
            assert.match(await message(send({ Type: "compaction" })), /retentionConfiguration does not belong/);
            await send({});
            assert.equal(await errorName(send({})), "AlreadyExistsException");
        });
    });
});
