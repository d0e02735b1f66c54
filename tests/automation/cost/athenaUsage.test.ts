import assert from "node:assert/strict";
import { estimate } from "../../../automation/cost/estimate";
import type { DeclaredResource } from "../../../automation/cost/resources";
import { resource, table, unknown, volumes, workgroup } from "./resources";

const days = 365 / 12;
/** 7 GiB of raw text a day for 100 days: 700 GiB of JSON, 100 GiB of Parquet. */
const stated = volumes({ rawGiBPerDay: 7, queriesPerDay: 1, partitionShare: 0.1, columnShare: 0.5 }, { ageDays: 100 });

function queries(tables: DeclaredResource[], configuration = {}, said = stated) {
    const { lines } = estimate([workgroup(configuration), ...tables], said);
    return lines.find(({ service }) => service === "Athena")!;
}

/** Dollars of a month's queries that scan so many GiB each. */
const scanning = (gib: number) => (days * gib * 5) / 1024;
const near = (actual: number, expected: number) =>
    assert.ok(Math.abs(actual - expected) < 1e-3 * expected, `${actual} should be about ${expected}`);

const json = { parameters: { classification: "json" }, storageDescriptor: {} };

describe("the cost of queries", () => {
    it("is what they scan of the pruned table in the columns they name", () => {
        const { monthlyUsd, what, why } = queries([table()]);
        near(monthlyUsd, scanning(100 * 0.1 * 0.5));
        assert.equal(what, "30.42 queries of 5 GiB");
        assert.equal(
            why,
            "30.42 queries × 7 GiB/day ÷ 7 (Parquet (ZSTD)) × 100 days × 0.1 of the partitions × 0.5 of the columns × $5 per TB.",
        );
    });

    it("is of the whole table without partitions", () => {
        const flat = queries([table({ partitionKeys: [] })]);
        near(flat.monthlyUsd, scanning(100 * 0.5));
        assert.match(flat.why, /1 of the table, which has no partitions/);
    });

    it("is of the whole text, row by row, of CSV or JSON", () => {
        near(queries([table(json)]).monthlyUsd, scanning(700 * 0.1));
        const csv = {
            parameters: {},
            storageDescriptor: { serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.serde2.OpenCSVSerde" } },
            partitionKeys: [],
        };
        const read = queries([table(csv)]);
        near(read.monthlyUsd, scanning(700));
        assert.match(read.why, /÷ 1 \(CSV\).*1 of each row, which is read whole/);
        // 7 times the bytes, all partitions instead of a tenth, all columns instead of a half.
        near(read.monthlyUsd / queries([table()]).monthlyUsd, 7 * 10 * 2);
    });

    it("knows ORC, Avro, Iceberg, and other codecs", () => {
        const ofFormat = (classification: string) =>
            queries([table({ parameters: { classification }, storageDescriptor: {} })]).why;
        assert.match(ofFormat("orc"), /÷ 4\.4 \(ORC\).*columns/);
        assert.match(ofFormat("avro"), /÷ 1 \(Avro\).*each row/);
        assert.match(ofFormat("strange"), /÷ 1 \(text\)/);
        const snappy = { parameters: { classification: "parquet", "parquet.compression": "SNAPPY" } };
        assert.match(queries([table(snappy)]).why, /÷ 4\.4 \(Parquet \(SNAPPY\)\)/);
        const iceberg = (fields: object[]) => ({
            parameters: undefined,
            partitionKeys: undefined,
            storageDescriptor: undefined,
            openTableFormatInput: {
                icebergInput: {
                    icebergTableInput: {
                        partitionSpec: { fields },
                        properties: { "write.parquet.compression-codec": "zstd" },
                    },
                },
            },
        });
        near(queries([table(iceberg([{ name: "day" }]))]).monthlyUsd, scanning(5));
        assert.match(queries([table(iceberg([]))]).why, /÷ 7 \(Iceberg \(ZSTD\)\).*no partitions/);
    });

    it("takes the component's codec while the table's properties are unknown", () => {
        const component = resource("lakeworks:index:LakeTable", "silver");
        const early = { ...table({ parameters: unknown }), parent: component.urn };
        near(queries([component, early]).monthlyUsd, scanning(5));
    });

    it("takes an unknown partitioning for one: its keys are there, if not known yet", () => {
        near(queries([table({ partitionKeys: unknown })]).monthlyUsd, scanning(5));
    });

    it("ends at the cut-off, which is paid", () => {
        const cut = queries([table()], { bytesScannedCutoffPerQuery: 1024 ** 3 });
        near(cut.monthlyUsd, scanning(1));
        assert.match(cut.why, /cut off at 1 GiB/);
        near(queries([table()], { bytesScannedCutoffPerQuery: unknown }).monthlyUsd, scanning(5));
    });

    it("is 10 MiB a query at least", () => {
        const little = queries([table()], {}, volumes({ rawGiBPerDay: 0, queriesPerDay: 3 }));
        near(little.monthlyUsd, 3 * scanning(10 / 1024));
        assert.match(little.why, /charged as the least/);
    });

    it("spreads over the tables of the dataset, and leaves those of others", () => {
        const second = { ...table({ ...json, tags: { "lakeworks:dataset": "sales" } }), urn: "second" };
        const other = { ...table({ ...json, name: "visits" }), urn: "other" };
        near(queries([table(), second, other]).monthlyUsd, scanning((5 + 70) / 2));
    });

    it("is not priced without a table", () => {
        const { lines, notPriced } = estimate([workgroup()], stated);
        assert.deepEqual(lines, []);
        assert.match(notPriced[0]!.why, /no table is declared/);
    });
});
