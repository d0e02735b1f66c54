import * as assert from "node:assert/strict";
import * as glue from "@aws-sdk/client-glue";
import * as fc from "fast-check";
import { partitionFilter } from "../../local/glue/catalog/expression";
import { errorName, TestLocal } from "./support";

const keys = [
    { Name: "year", Type: "int" },
    { Name: "region", Type: "string" },
    { Name: "day", Type: "date" },
    { Name: "price", Type: "decimal(12,2)" },
];

describe("local Glue catalog", function () {
    this.timeout(300_000);
    let lake: TestLocal;
    let client: glue.GlueClient;

    before(async () => {
        lake = await TestLocal.start();
        client = lake.glue;
        await client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "Shop" } }));
    });
    after(async () => lake.stop());

    const table = (name: string, more: Partial<glue.TableInput> = {}): glue.TableInput => ({
        Name: name,
        StorageDescriptor: { Columns: [{ Name: "id", Type: "string" }], Location: `s3://lake/${name}/` },
        ...more,
    });
    const create = (input: glue.TableInput, more: Partial<glue.CreateTableRequest> = {}) =>
        client.send(new glue.CreateTableCommand({ DatabaseName: "shop", TableInput: input, ...more }));
    const get = async (name: string) =>
        (await client.send(new glue.GetTableCommand({ DatabaseName: "shop", Name: name }))).Table as glue.Table;

    describe("databases and tables", () => {
        it("folds names to lower case and leaves out what was not given", async () => {
            await create(table("Orders"));
            const found = await get("ORDERS");
            assert.equal(found.Name, "orders");
            assert.equal(found.DatabaseName, "shop");
            assert.equal("Description" in found, false);
            assert.ok(found.CreateTime instanceof Date && Math.abs(found.CreateTime.getTime() - Date.now()) < 60_000);
        });

        it("has AWS's errors", async () => {
            assert.equal(await errorName(create(table("orders"))), "AlreadyExistsException");
            assert.equal(await errorName(get("nothing")), "EntityNotFoundException");
            const again = client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: "SHOP" } }));
            assert.equal(await errorName(again), "AlreadyExistsException");
            const foreign = client.send(new glue.GetDatabaseCommand({ Name: "shop", CatalogId: "111111111111" }));
            assert.equal(await errorName(foreign), "EntityNotFoundException");
        });

        it("takes any name, also one that JavaScript's objects have", async () => {
            assert.equal(await errorName(get("constructor")), "EntityNotFoundException");
            await create(table("constructor"));
            assert.equal((await get("constructor")).Name, "constructor");
        });

        it("keeps versions, unless told to skip the archive, and refuses an update of an old one", async () => {
            await create(table("versioned"));
            const update = (more: Partial<glue.UpdateTableRequest>) =>
                client.send(
                    new glue.UpdateTableCommand({ DatabaseName: "shop", TableInput: table("versioned"), ...more }),
                );
            await update({});
            await update({ SkipArchive: true });
            await update({ VersionId: "2" });
            assert.equal(await errorName(update({ VersionId: "2" })), "ConcurrentModificationException");
            const request = { DatabaseName: "shop", TableName: "versioned" };
            const { TableVersions } = await client.send(new glue.GetTableVersionsCommand(request));
            assert.deepEqual(
                TableVersions?.map((version) => version.VersionId),
                ["3", "2", "0"],
            );
        });

        it("lists tables by expression and in pages, with the stock CLI", async () => {
            for (const name of ["page_a", "page_b", "page_c"]) await create(table(name));
            const pages: string[][] = [];
            const paginator = glue.paginateGetTables(
                { client, pageSize: 2 },
                { DatabaseName: "shop", Expression: "page_.*" },
            );
            for await (const page of paginator) pages.push((page.TableList ?? []).map(({ Name }) => Name ?? ""));
            assert.deepEqual(pages, [["page_a", "page_b"], ["page_c"]]);
            const args = ["glue", "get-tables", "--database-name", "shop", "--expression", "page_[ab]"];
            const { TableList } = await lake.cliJson<{ TableList: { Name: string }[] }>(...args);
            assert.deepEqual(
                TableList.map(({ Name }) => Name),
                ["page_a", "page_b"],
            );
        });

        it("deletes in batches, naming what was not there", async () => {
            for (const name of ["drop_a", "drop_b"]) await create(table(name));
            const request = { DatabaseName: "shop", TablesToDelete: ["drop_a", "missing", "drop_b"] };
            const { Errors } = await client.send(new glue.BatchDeleteTableCommand(request));
            assert.deepEqual(
                Errors?.map((error) => [error.TableName, error.ErrorDetail?.ErrorCode]),
                [["missing", "EntityNotFoundException"]],
            );
        });
    });

    describe("partitions", () => {
        const values = [
            ["2023", "EU", "2023-12-31", "9.50"],
            ["2024", "EU", "2024-01-01", "10.00"],
            ["2024", "US", "2024-01-02", "100.00"],
            ["-5", "it's", "2025-02-03", "0.01"],
            ["__HIVE_DEFAULT_PARTITION__", "AP", "2025-02-04", "1"],
        ];
        const at = { DatabaseName: "shop", TableName: "parts" };

        before(async () => {
            await create(table("parts", { PartitionKeys: keys }));
            const PartitionInputList = values.map((Values) => ({
                Values,
                StorageDescriptor: { Columns: [{ Name: "id" }] },
            }));
            const { Errors } = await client.send(new glue.BatchCreatePartitionCommand({ ...at, PartitionInputList }));
            assert.deepEqual(Errors, []);
        });

        const years = async (Expression: string) => {
            const { Partitions } = await client.send(new glue.GetPartitionsCommand({ ...at, Expression }));
            return (Partitions ?? []).map((partition) => `${partition.Values?.[0]} ${partition.Values?.[1]}`);
        };

        const cases: [string, string[]][] = [
            ["year = 2024", ["2024 EU", "2024 US"]],
            ["2024 > year", ["2023 EU", "-5 it's"]],
            ["year <> 2024", ["2023 EU", "-5 it's"]],
            ["year != 2024 AND year >= -5 and region = 'EU'", ["2023 EU"]],
            ["year = '2024' AND NOT region = 'US'", ["2024 EU"]],
            ["(year = 2023 OR year = 2024) AND region IN ('US', 'AP')", ["2024 US"]],
            ["region NOT IN ('EU')", ["2024 US", "-5 it's", "__HIVE_DEFAULT_PARTITION__ AP"]],
            ["region = 'it''s'", ["-5 it's"]],
            ["region LIKE '_U' AND day BETWEEN '2023-12-31' AND DATE '2024-01-01'", ["2023 EU", "2024 EU"]],
            ["region NOT LIKE '%U'", ["2024 US", "-5 it's", "__HIVE_DEFAULT_PARTITION__ AP"]],
            ["price > 9.5", ["2024 EU", "2024 US"]],
            ["price NOT BETWEEN 1 AND 99.99", ["2024 US", "-5 it's"]],
            ["year IS NULL", ["__HIVE_DEFAULT_PARTITION__ AP"]],
            ["\"year\" IS NOT NULL AND `region` <= 'EU'", ["2023 EU", "2024 EU"]],
            ["YEAR = 2024 OR year IS NULL AND region = 'US'", ["2024 EU", "2024 US"]],
            ["  ", ["2023 EU", "2024 EU", "2024 US", "-5 it's", "__HIVE_DEFAULT_PARTITION__ AP"]],
        ];
        for (const [expression, expected] of cases) {
            it(`filters by ${expression.trim() === "" ? "nothing when blank" : expression}`, async () => {
                assert.deepEqual(await years(expression), expected);
            });
        }

        it("refuses what is not in the grammar, with the place", async () => {
            for (const wrong of [
                "month = 1",
                "year =",
                "year = 2024 year",
                "year = 'x'",
                "year ~ 1",
                "(year = 1",
                "NOT",
                "year IN ()",
            ]) {
                assert.equal(await errorName(years(wrong)), "InvalidInputException", wrong);
            }
            await assert.rejects(
                years("year = 2024 AND month = 1"),
                /month is not a partition key \(year, region, day, price\), at position 17/,
            );
        });

        it("answers the stock CLI's get-partitions --expression", async () => {
            const args = ["glue", "get-partitions", "--database-name", "shop", "--table-name", "parts"];
            const query = ["--expression", "year=2024 and region='US'", "--query", "Partitions[].Values"];
            assert.deepEqual(await lake.cliJson(...args, ...query), [values[2]]);
        });

        it("puts each partition into one of the segments, and cuts pages", async () => {
            const seen: string[][] = [];
            for (const SegmentNumber of [0, 1, 2]) {
                const Segment = { SegmentNumber, TotalSegments: 3 };
                for await (const page of glue.paginateGetPartitions({ client, pageSize: 1 }, { ...at, Segment })) {
                    assert.ok((page.Partitions ?? []).length <= 1);
                    seen.push(...(page.Partitions ?? []).map((partition) => partition.Values ?? []));
                }
            }
            assert.deepEqual(seen.sort(), [...values].sort());
        });

        it("leaves the columns out when asked", async () => {
            const { Partitions } = await client.send(
                new glue.GetPartitionsCommand({ ...at, ExcludeColumnSchema: true }),
            );
            assert.ok(Partitions?.every((partition) => partition.StorageDescriptor?.Columns === undefined));
        });

        it("reports each failed item of a batch", async () => {
            const PartitionInputList = [
                { Values: values[0] },
                { Values: ["1"] },
                { Values: ["1999", "EU", "1999-01-01", "1"] },
            ];
            const { Errors } = await client.send(new glue.BatchCreatePartitionCommand({ ...at, PartitionInputList }));
            assert.deepEqual(
                Errors?.map((error) => [error.PartitionValues?.[0], error.ErrorDetail?.ErrorCode]),
                [
                    ["2023", "AlreadyExistsException"],
                    ["1", "InvalidInputException"],
                ],
            );
            const created = { PartitionValues: PartitionInputList[2]?.Values };
            await client.send(
                new glue.UpdatePartitionCommand({
                    ...at,
                    PartitionValueList: created.PartitionValues,
                    PartitionInput: { Parameters: { a: "b" } },
                }),
            );
            const { Partition } = await client.send(new glue.GetPartitionCommand({ ...at, ...created }));
            assert.deepEqual(Partition?.Parameters, { a: "b" });
            await client.send(new glue.DeletePartitionCommand({ ...at, ...created }));
            assert.equal(
                await errorName(client.send(new glue.DeletePartitionCommand({ ...at, ...created }))),
                "EntityNotFoundException",
            );
        });

        it("keeps column statistics of tables and partitions", async () => {
            const statistics: glue.ColumnStatistics = {
                ColumnName: "id",
                ColumnType: "string",
                AnalyzedTime: new Date(1_700_000_000_000),
                StatisticsData: {
                    Type: "STRING",
                    StringColumnStatisticsData: {
                        MaximumLength: 9,
                        AverageLength: 1.5,
                        NumberOfNulls: 0,
                        NumberOfDistinctValues: 7,
                    },
                },
            };
            await client.send(
                new glue.UpdateColumnStatisticsForTableCommand({ ...at, ColumnStatisticsList: [statistics] }),
            );
            const got = await client.send(
                new glue.GetColumnStatisticsForTableCommand({ ...at, ColumnNames: ["id", "other"] }),
            );
            assert.deepEqual(got.ColumnStatisticsList, [statistics]);
            assert.deepEqual(
                got.Errors?.map((error) => error.ColumnName),
                ["other"],
            );
            const of = { ...at, PartitionValues: values[0] };
            await client.send(
                new glue.UpdateColumnStatisticsForPartitionCommand({ ...of, ColumnStatisticsList: [statistics] }),
            );
            await client.send(new glue.DeleteColumnStatisticsForPartitionCommand({ ...of, ColumnName: "id" }));
            const none = await client.send(
                new glue.GetColumnStatisticsForPartitionCommand({ ...of, ColumnNames: ["id"] }),
            );
            assert.deepEqual([none.ColumnStatisticsList, none.Errors?.length], [[], 1]);
        });

        it("makes partition indexes of partition keys only, at most three", async () => {
            const index = (IndexName: string, Keys: string[]) =>
                client.send(new glue.CreatePartitionIndexCommand({ ...at, PartitionIndex: { IndexName, Keys } }));
            assert.equal(await errorName(index("wrong", ["id"])), "InvalidInputException");
            for (const name of ["a", "b", "c"]) await index(name, ["year", "region"]);
            assert.equal(await errorName(index("a", ["year"])), "AlreadyExistsException");
            assert.equal(await errorName(index("d", ["year"])), "ResourceNumberLimitExceededException");
            const list = async () =>
                (await client.send(new glue.GetPartitionIndexesCommand(at))).PartitionIndexDescriptorList;
            assert.deepEqual((await list())?.[0]?.Keys, [
                { Name: "year", Type: "int" },
                { Name: "region", Type: "string" },
            ]);
            const deadline = Date.now() + 60_000;
            while ((await list())?.some((one) => one.IndexStatus !== "ACTIVE")) assert.ok(Date.now() < deadline);
        });
    });

    it("agrees with plain comparison for any integers (property)", () => {
        const operators: Record<string, (a: number, b: number) => boolean> = {
            "=": (a, b) => a === b,
            "<>": (a, b) => a !== b,
            "<": (a, b) => a < b,
            "<=": (a, b) => a <= b,
            ">": (a, b) => a > b,
            ">=": (a, b) => a >= b,
        };
        const condition = fc.tuple(
            fc.constantFrom(...Object.keys(operators)),
            fc.integer({ min: -9, max: 9 }),
            fc.boolean(),
        );
        fc.assert(
            fc.property(
                fc.integer({ min: -9, max: 9 }),
                fc.array(condition, { minLength: 1, maxLength: 4 }),
                (value, parts) => {
                    const text = parts.map(([op, other, not]) => `${not ? "NOT " : ""}year ${op} ${other}`);
                    const truth = parts.map(([op, other, not]) => operators[op]!(value, other) !== not);
                    const any = partitionFilter(text.join(" OR "), keys)([String(value), "", "", ""]);
                    const all = partitionFilter(text.join(" AND "), keys)([String(value), "", "", ""]);
                    return any === truth.includes(true) && all === !truth.includes(false);
                },
            ),
        );
    });
});
