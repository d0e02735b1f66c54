import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { LakeTable, ParquetCompression, TableFormat, type LakeTableArgs } from "../../components";
import { icebergFields } from "../../components/lakeTableIceberg";
import {
    account,
    actionsOf,
    assertWellFormed,
    build,
    faultsOf,
    ofType,
    one,
    region,
    rightsOf,
    type Built,
} from "./mocks";

const base: LakeTableArgs = {
    databaseName: "lake_gold",
    tableName: "customers",
    location: "s3://gold/customers/",
    format: TableFormat.Iceberg,
    columns: [
        { name: "id", type: "bigint", comment: "Unique id." },
        { name: "balance", type: "decimal(12,2)" },
    ],
    partitionKeys: [{ name: "joined", type: "date" }],
};

const table = (args: Partial<LakeTableArgs> = {}, answers = {}) =>
    build(() => new LakeTable("customers", { ...base, ...args }), "test", false, answers);
const tableOf = (built: Built<unknown>) => one(built, "aws:glue/catalogTable:CatalogTable", "customers-table");
const icebergOf = (built: Built<unknown>) => tableOf(built).inputs.openTableFormatInput.icebergInput;
const optimizersOf = (built: Built<unknown>) =>
    new Map(
        ofType(built, "aws:glue/catalogTableOptimizer:CatalogTableOptimizer").map(({ inputs }) => [
            inputs.type,
            inputs.configuration,
        ]),
    );

describe("LakeTable as Iceberg", () => {
    let built: Built<LakeTable>;
    before(async () => {
        built = await table();
    });

    it("declares everything in the Iceberg input, well formed", () => {
        assertWellFormed(built, "lakeworks:index:LakeTable", "customers");
        const { inputs } = tableOf(built);
        assert.deepEqual(Object.keys(inputs).sort(), ["databaseName", "name", "openTableFormatInput"]);
        const { metadataOperation, icebergTableInput } = icebergOf(built);
        assert.equal(metadataOperation, "CREATE");
        assert.equal(icebergTableInput.location, "s3://gold/customers/");
        assert.deepEqual(icebergTableInput.schema.fields.slice(0, 2), [
            { id: 1, name: "id", required: false, type: '"long"', doc: "Unique id." },
            { id: 2, name: "balance", required: false, type: '"decimal(12, 2)"' },
        ]);
    });

    describe("enforces the following", () => {
        it("an Iceberg table is of format version 2 and partitioned by the same keys, which are columns of it", () => {
            const { version, icebergTableInput } = icebergOf(built);
            assert.equal(version, "2");
            assert.deepEqual(icebergTableInput.schema.fields[2], {
                id: 3,
                name: "joined",
                required: false,
                type: '"date"',
            });
            assert.deepEqual(icebergTableInput.partitionSpec.fields, [
                { name: "joined", sourceId: 3, transform: "identity" },
            ]);
        });

        it("an Iceberg table's schema is left to its engines once it is made, and a column that it lacks is told in a warning", async () => {
            assert.deepEqual(tableOf(built).ignoreChanges, ["openTableFormatInput", "description"]);
            const warned: string[] = [];
            const { warn } = pulumi.log;
            const log = pulumi.log as { warn: typeof warn };
            log.warn = async (message) => void warned.push(message);
            try {
                const columns = [{ name: "id" }, { name: "joined" }];
                await table({}, { "customers-table": { storageDescriptor: { columns } } });
                await table(
                    {},
                    { "customers-table": { storageDescriptor: { columns: [...columns, { name: "balance" }] } } },
                );
            } finally {
                log.warn = warn;
            }
            assert.deepEqual(warned, [
                "The Iceberg table lake_gold.customers has no balance. Add them in Athena: " +
                    "ALTER TABLE lake_gold.customers ADD COLUMNS (balance decimal(12,2))",
            ]);
        });

        it("Glue expires snapshots, deletes orphan files and joins small files of an Iceberg table", async () => {
            const optimizers = optimizersOf(built);
            assert.deepEqual([...optimizers.keys()].sort(), ["compaction", "orphan_file_deletion", "retention"]);
            assert.ok([...optimizers.values()].every((configuration) => configuration.enabled === true));
            assert.deepEqual(optimizers.get("retention").retentionConfiguration.icebergConfiguration, {
                snapshotRetentionPeriodInDays: 5,
                numberOfSnapshotsToRetain: 1,
                cleanExpiredFiles: true,
            });
            assert.deepEqual(
                optimizers.get("orphan_file_deletion").orphanFileDeletionConfiguration.icebergConfiguration,
                {
                    orphanFileRetentionPeriodInDays: 3,
                    location: "s3://gold/customers/",
                },
            );
        });

        it("the optimizers' role works for this account alone, on exactly the location and the table", async () => {
            const key = `arn:aws:kms:${region}:${account}:key/1234`;
            const rights = rightsOf(await table({ kmsKeyArn: key }), "customers-optimizer-role");
            const role = one(built, "aws:iam/role:Role", "customers-optimizer-role");
            const [trust] = JSON.parse(role.inputs.assumeRolePolicy).Statement;
            assert.deepEqual(trust.Principal, { Service: "glue.amazonaws.com" });
            assert.deepEqual(trust.Condition, { StringEquals: { "aws:SourceAccount": account } });
            const files = ["arn:aws:s3:::gold/customers", "arn:aws:s3:::gold/customers/*"];
            assert.deepEqual(rights.get("Read")?.Resource, files);
            assert.deepEqual(rights.get("Write")?.Resource, files);
            assert.deepEqual(rights.get("List0")?.Condition, {
                StringLike: { "s3:prefix": ["customers", "customers/*"] },
            });
            assert.deepEqual(rights.get("Catalog")?.Resource, [
                `arn:aws:glue:${region}:${account}:catalog`,
                `arn:aws:glue:${region}:${account}:database/lake_gold`,
                `arn:aws:glue:${region}:${account}:table/lake_gold/customers`,
            ]);
            assert.deepEqual(
                rights.get("Logs")?.Resource,
                ["compaction", "retention", "orphan-file-deletion"].map(
                    (kind) => `arn:aws:logs:${region}:${account}:log-group:/aws-glue/iceberg-${kind}/logs:*`,
                ),
            );
            assert.equal(rights.get("Key")?.Resource, key);
            assert.deepEqual(actionsOf(rights), [
                "glue:GetTable",
                "glue:UpdateTable",
                "kms:Decrypt",
                "kms:GenerateDataKey",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListBucket",
                "s3:PutObject",
            ]);
        });
    });

    it("takes days, codec, comment and a role of the user's, and leaves compaction out where it is told to", async () => {
        const roleArn = `arn:aws:iam::${account}:role/mine`;
        const other = await table({
            compaction: false,
            snapshotRetentionDays: 30,
            orphanFileDays: 7,
            compression: ParquetCompression.Snappy,
            description: "One row per customer.",
            optimizerRoleArn: roleArn,
        });
        assert.deepEqual([...optimizersOf(other).keys()].sort(), ["orphan_file_deletion", "retention"]);
        assert.ok([...optimizersOf(other).values()].every((configuration) => configuration.roleArn === roleArn));
        assert.equal(ofType(other, "aws:iam/role:Role").length, 0);
        const { snapshotRetentionPeriodInDays } =
            optimizersOf(other).get("retention").retentionConfiguration.icebergConfiguration;
        assert.equal(snapshotRetentionPeriodInDays, 30);
        assert.deepEqual(icebergOf(other).icebergTableInput.properties, {
            "write.format.default": "parquet",
            "write.parquet.compression-codec": "snappy",
            comment: "One row per customer.",
        });
    });

    it("numbers nested fields as Iceberg does: those of a struct first, then what lies in them", () => {
        const fields = icebergFields([
            { name: "tags", type: "array<string>" },
            { name: "lines", type: "array<struct<sku:string,price:decimal(10,2)>>" },
            { name: "counts", type: "map<string,int>" },
        ]).map(({ id, type }) => ({ id, type: JSON.parse(type) as unknown }));
        const field = (id: number, name: string, type: unknown) => ({ id, name, required: false, type });
        assert.deepEqual(fields, [
            { id: 1, type: { type: "list", "element-id": 4, element: "string", "element-required": false } },
            {
                id: 2,
                type: {
                    type: "list",
                    "element-id": 5,
                    element: {
                        type: "struct",
                        fields: [field(6, "sku", "string"), field(7, "price", "decimal(10, 2)")],
                    },
                    "element-required": false,
                },
            },
            {
                id: 3,
                type: { type: "map", "key-id": 8, key: "string", "value-id": 9, value: "int", "value-required": false },
            },
        ]);
    });

    it("reports every fault at once, and what belongs to Parquet tables among them", async () => {
        await build(() => {
            const wrong: LakeTableArgs = {
                ...base,
                location: "s3://gold/",
                columns: [
                    { name: "id", type: "smallint" },
                    { name: "notes", type: "array<struct<at:timestamp,by:varchar(20)>>" },
                ],
                projection: [{ name: "joined", range: "2020-01-01,NOW" }],
                snapshotRetentionDays: 0,
                orphanFileDays: 1.5,
                kmsKeyArn: "alias/lake",
            };
            assert.deepEqual(
                faultsOf(() => new LakeTable("c".repeat(60), wrong)),
                [
                    "columns[0].type",
                    "columns[1].type",
                    "kmsKeyArn",
                    "location",
                    "name",
                    "orphanFileDays",
                    "projection",
                    "snapshotRetentionDays",
                ],
            );
        });
    });
});
