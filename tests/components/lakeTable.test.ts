import assert from "node:assert/strict";
import { LakeTable, ParquetCompression, TableFormat, type LakeTableArgs } from "../../components";
import { assertWellFormed, build, faultsOf, one, type Built } from "./mocks";

const base: LakeTableArgs = {
    databaseName: "lake_sales",
    tableName: "sales",
    location: "s3://silver/sales/",
    columns: [
        { name: "id", type: "string", comment: "Unique id." },
        { name: "amount", type: "decimal(12,2)" },
    ],
    partitionKeys: [
        { name: "year", type: "int" },
        { name: "month", type: "int" },
    ],
};

const table = (args: Partial<LakeTableArgs> = {}) => build(() => new LakeTable("sales", { ...base, ...args }));
const tableOf = (built: Built<unknown>) => one(built, "aws:glue/catalogTable:CatalogTable", "sales-table");

describe("LakeTable", () => {
    let built: Built<LakeTable>;
    before(async () => {
        built = await table();
    });

    it("declares the table with its columns and keys, well formed", () => {
        assertWellFormed(built, "lakeworks:index:LakeTable", "sales");
        const { inputs } = tableOf(built);
        assert.equal(inputs.name, "sales");
        assert.equal(inputs.databaseName, "lake_sales");
        assert.deepEqual(inputs.storageDescriptor.columns, base.columns);
        assert.equal(inputs.storageDescriptor.location, "s3://silver/sales/");
        assert.deepEqual(inputs.partitionKeys, base.partitionKeys);
    });

    describe("enforces the following", () => {
        it("a Parquet table is external: dropping it keeps the files", () => {
            assert.equal(tableOf(built).inputs.tableType, "EXTERNAL_TABLE");
            assert.equal(tableOf(built).inputs.parameters.EXTERNAL, "TRUE");
        });

        it("the files are Parquet: by formats, SerDe and classification, and in an Iceberg table by write.format.default", async () => {
            const { parameters, storageDescriptor } = tableOf(built).inputs;
            assert.equal(parameters.classification, "parquet");
            assert.match(storageDescriptor.inputFormat, /MapredParquetInputFormat$/);
            assert.match(storageDescriptor.outputFormat, /MapredParquetOutputFormat$/);
            assert.match(storageDescriptor.serDeInfo.serializationLibrary, /ParquetHiveSerDe$/);
            const iceberg = tableOf(await table({ format: TableFormat.Iceberg })).inputs.openTableFormatInput;
            assert.equal(iceberg.icebergInput.icebergTableInput.properties["write.format.default"], "parquet");
        });

        it("classification, compressionType and typeOfData of a Parquet table are as a crawler sets them, so that none deprecates the table", () => {
            const { classification, compressionType, typeOfData } = tableOf(built).inputs.parameters;
            assert.deepEqual([classification, compressionType, typeOfData], ["parquet", "none", "file"]);
        });

        it("the codec is declared for engines that write to the table", async () => {
            assert.equal(tableOf(built).inputs.parameters["parquet.compression"], "ZSTD");
            const snappy = await table({ compression: ParquetCompression.Snappy });
            assert.equal(tableOf(snappy).inputs.parameters["parquet.compression"], "SNAPPY");
            const iceberg = tableOf(await table({ format: TableFormat.Iceberg })).inputs.openTableFormatInput;
            const { properties } = iceberg.icebergInput.icebergTableInput;
            assert.equal(properties["write.parquet.compression-codec"], "zstd");
        });

        it("there is at least one partition key, and each is int, bigint or date: a string key would not be pruned by number", async () => {
            await build(() => {
                assert.deepEqual(
                    faultsOf(() => new LakeTable("a", { ...base, partitionKeys: [] })),
                    ["partitionKeys"],
                );
                const keys = ["int", "string", "bigint", "date"].map((type) => ({ name: `key_${type}`, type }));
                assert.deepEqual(
                    faultsOf(() => new LakeTable("b", { ...base, partitionKeys: keys })),
                    ["partitionKeys[1].type"],
                );
            });
        });

        it("partitions of a Parquet table are found by a partition index that Athena is told to use, or by projection; never by both", async () => {
            const { partitionIndices, parameters } = tableOf(built).inputs;
            assert.deepEqual(partitionIndices, [{ indexName: "partitions", keys: ["year", "month"] }]);
            assert.equal(parameters["partition_filtering.enabled"], "true");
            assert.equal(parameters["projection.enabled"], undefined);
            const { inputs } = tableOf(
                await table({
                    partitionKeys: [
                        { name: "year", type: "int" },
                        { name: "day", type: "date" },
                    ],
                    projection: [
                        { name: "year", range: "2020,2035" },
                        { name: "day", range: "2020-01-01,NOW" },
                    ],
                }),
            );
            assert.equal(inputs.partitionIndices, undefined);
            assert.equal(inputs.parameters["partition_filtering.enabled"], undefined);
            const projection = Object.entries(inputs.parameters).filter(([key]) => /^(projection|storage)\./.test(key));
            assert.deepEqual(Object.fromEntries(projection), {
                "projection.enabled": "true",
                "projection.year.type": "integer",
                "projection.year.range": "2020,2035",
                "projection.day.type": "date",
                "projection.day.format": "yyyy-MM-dd",
                "projection.day.range": "2020-01-01,NOW",
                "storage.location.template": "s3://silver/sales/year=${year}/day=${day}/",
            });
        });

        it("with retain the table is protected, and kept when the stack goes", async () => {
            const { protect, retainOnDelete } = tableOf(await table({ retain: true }));
            assert.ok(protect && retainOnDelete);
            assert.equal(tableOf(built).protect || tableOf(built).retainOnDelete, false);
        });
    });

    it("is made anew when its keys change, as partitions of other keys are of no use", () => {
        const { deleteBeforeReplace, replaceOnChanges } = tableOf(built);
        assert.equal(deleteBeforeReplace, true);
        assert.deepEqual(replaceOnChanges, ["partitionIndices", "partitionKeys[*].name", "partitionKeys[*].type"]);
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: LakeTableArgs = {
                databaseName: "Lake-Sales",
                tableName: "1sales",
                location: "s3://silver/sales",
                columns: [
                    { name: "id", type: "strng", comment: "x".repeat(256) },
                    { name: "year", type: "int" },
                ],
                description: "x".repeat(2049),
                compaction: false,
                partitionKeys: [{ name: "year", type: "int" }],
                compression: "LZO" as ParquetCompression,
                projection: [{ name: "month", range: "1" }],
            };
            assert.deepEqual(
                faultsOf(() => new LakeTable("sales", wrong)),
                [
                    "columns[0].comment",
                    "columns[0].type",
                    "compaction",
                    "compression",
                    "databaseName",
                    "description",
                    "location",
                    "partitionKeys[0].name",
                    "projection",
                    "projection[0].name",
                    "projection[0].range",
                    "tableName",
                ],
            );
        });
    });
});
