import * as assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { sampleCsv } from "../../local/glue/crawlers/csv";
import { hiveType } from "../../local/glue/crawlers/types";
import { bucket, columns, counts, CrawlerLake, rawConfiguration, s3Target } from "./crawlersSupport";

const clicks = (day: number) =>
    [
        "Event_Id,at,user id,duration,ratio,bot",
        `e${day}1,2024-01-0${day}T10:00:00Z,7,1200,0.5,false`,
        `e${day}2,2024-01-0${day}T11:00:00Z,,3000000000,2,true`,
        `e${day}3,broken`,
        "",
    ].join("\n");

describe("local Glue crawlers of CSV", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    it("make the table that AWS makes of files with a header, plain or gzip", async () => {
        for (const [folder, encode] of Object.entries({ plain: (text: string) => text, zipped: gzipSync })) {
            for (const day of [1, 2]) await lake.put(`${folder}/day=${day}/clicks.csv`, encode(clicks(day)));
            await lake.create(folder, { ...s3Target(`${folder}/`), Configuration: rawConfiguration });
            assert.deepEqual(counts(await lake.succeeds(folder)), [1, 0, 0]);
            const table = await lake.getTable(folder);
            assert.deepEqual(columns(table), {
                event_id: "string",
                at: "string",
                "user id": "bigint",
                duration: "bigint",
                ratio: "double",
                bot: "string",
            });
            assert.deepEqual(table.PartitionKeys, [{ Name: "day", Type: "string" }]);
            const { InputFormat, SerdeInfo } = table.StorageDescriptor ?? {};
            assert.equal(InputFormat, "org.apache.hadoop.mapred.TextInputFormat");
            assert.deepEqual(SerdeInfo, {
                SerializationLibrary: "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                Parameters: { "field.delim": "," },
            });
            const { averageRecordSize: _size, sizeKey: _key, ...parameters } = table.Parameters ?? {};
            assert.deepEqual(parameters, {
                CrawlerSchemaDeserializerVersion: "1.0",
                CrawlerSchemaSerializerVersion: "1.0",
                UPDATED_BY_CRAWLER: folder,
                areColumnsQuoted: "false",
                classification: "csv",
                columnsOrdered: "true",
                compressionType: folder === "zipped" ? "gzip" : "none",
                delimiter: ",",
                objectCount: "2",
                recordCount: "4",
                "skip.header.line.count": "1",
                typeOfData: "file",
            });
            const [first] = await lake.partitions(folder);
            assert.equal(first?.StorageDescriptor?.Location, `s3://${bucket}/${folder}/day=1/`);
            assert.equal(first?.Parameters?.["skip.header.line.count"], "1");
            assert.deepEqual(counts(await lake.succeeds(folder)), [0, 0, 0], "a second crawl changes nothing");
        }
    });

    it("fail when files of one table have different layouts", async () => {
        await lake.put("layouts/a.csv", "a,b\n1,2\n3,4\n");
        await lake.put("layouts/b.csv", "a;b\n1;2\n3;4\n");
        await lake.create("layouts", { ...s3Target("layouts/"), Configuration: rawConfiguration });
        assert.match(await lake.fails("layouts"), /but not of one format/);
    });
});

describe("the CSV classifier", () => {
    const read = (text: string, complete = true) => {
        const sample = sampleCsv(text, complete);
        return (
            sample && {
                ...sample.layout,
                columns: Object.fromEntries([...sample.schema].map(([name, type]) => [name, hiveType(type)])),
                records: sample.records,
            }
        );
    };

    it("needs two columns and two rows of data", () => {
        assert.equal(read("a\n1\n2\n"), undefined);
        assert.equal(read("a,b\n1,2\n"), undefined);
        assert.equal(read("no data at all\n"), undefined);
        assert.equal(read("a,b\0\n1,2\n3,4\n"), undefined);
        assert.equal(read("a,b\n1,2\n3,4\n")?.records, 2);
    });

    it("knows the delimiters that AWS knows", () => {
        for (const delimiter of [",", "|", "\t", ";", "\u0001"]) {
            const text = ["a,b", "1,2", "3,4"].join("\n").replaceAll(",", delimiter);
            const found = { delimiter, header: true, columns: { a: "bigint", b: "bigint" }, records: 2 };
            assert.deepEqual(read(text), found);
        }
    });

    it("takes the first line for a header only when it is text and the data is not all text", () => {
        assert.deepEqual(read("a,b\nx,y\nz,w\n")?.columns, { col0: "string", col1: "string" });
        assert.deepEqual(read("1,b\n2,y\n3,w\n")?.columns, { col0: "bigint", col1: "string" });
        assert.equal(read("a,a\n1,2\n3,4\n")?.header, false, "two columns of one name");
        assert.equal(read(`${"a".repeat(150)},b\n1,2\n3,4\n`)?.header, false, "a long name");
        assert.equal(read(`a,${"b".repeat(150)}\n1,2\n3,4\n`)?.header, true, "the last name may be long");
        assert.deepEqual(read("a,b,\n1,2,\n3,4,\n")?.columns, { a: "bigint", b: "bigint", col2: "string" });
    });

    it("widens types over the rows, and keeps as text what no number holds", () => {
        const rows = ["i,d,s,big,q,e", '1,1,1,1,"1",', "2,2.5,x,99999999999999999999,2,", ",,,,,", "-3,1e-3,3,4,5,"];
        assert.deepEqual(read(`${rows.join("\r\n")}\r\n`)?.columns, {
            i: "bigint",
            d: "double",
            s: "string",
            big: "string",
            q: "string",
            e: "string",
        });
    });

    it("reads quoted values with delimiters and line breaks in them, and leaves out a last line that is cut", () => {
        const text = '"a","b"\n1,"x, ""y""\nz"\n2,w\n3,cu';
        assert.deepEqual(read(text, false), {
            delimiter: ",",
            header: true,
            columns: { a: "bigint", b: "string" },
            records: 2,
        });
        assert.equal(sampleCsv(text, true)?.quoted, true);
    });
});
