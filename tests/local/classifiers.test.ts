/** Custom CSV classifiers: kept as given, and what crawlers make of files by them. */
import * as assert from "node:assert/strict";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import * as glue from "@aws-sdk/client-glue";
import { localCredentials } from "../../local/context";
import { Queries } from "./athenaSupport";
import { bucket, columns, CrawlerLake, s3Target } from "./crawlersSupport";
import { errorName } from "./support";

const openCsv = "org.apache.hadoop.hive.serde2.OpenCSVSerde";
const lazy = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";

describe("custom classifiers", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    before(async () => {
        lake = await CrawlerLake.start();
    });
    after(async () => lake.stop());

    const create = (CsvClassifier: glue.CreateCsvClassifierRequest) =>
        lake.glue.send(new glue.CreateClassifierCommand({ CsvClassifier }));
    const get = async (Name: string) =>
        (await lake.glue.send(new glue.GetClassifierCommand({ Name }))).Classifier?.CsvClassifier;
    /** The table that a crawler with these classifiers makes of one file. */
    const crawled = async (name: string, text: string, ...Classifiers: string[]) => {
        await lake.put(`${name}/a.csv`, text);
        await lake.create(name, { ...s3Target(`${name}/`), Classifiers });
        await lake.succeeds(name);
        return lake.getTable(name);
    };

    it("are kept as given, with their version, over a restart", async () => {
        const given = { Name: "pipes", Delimiter: "|", ContainsHeader: "ABSENT", Header: ["Id", "name"] } as const;
        await create({ ...given, Header: [...given.Header] });
        const { CreationTime, LastUpdated, ...kept } = (await get("pipes"))!;
        assert.deepEqual(kept, { ...given, Version: 1 });
        assert.ok(CreationTime instanceof Date && LastUpdated instanceof Date);
        const change = { Name: "pipes", Delimiter: ";", Serde: glue.CsvSerdeOption.LazySimpleSerDe };
        await lake.glue.send(new glue.UpdateClassifierCommand({ CsvClassifier: change }));
        await lake.aws.restart();
        lake = Object.assign(lake, { glue: lake.aws.glue, s3: lake.aws.s3 });
        const changed = await get("pipes");
        assert.deepEqual(
            [changed?.Delimiter, changed?.Serde, changed?.Header],
            [";", "LazySimpleSerDe", ["Id", "name"]],
        );
        assert.deepEqual([changed?.Version, changed?.CreationTime], [2, CreationTime]);
        await create({ Name: "another" });
        const { Classifiers = [], NextToken } = await lake.glue.send(new glue.GetClassifiersCommand({ MaxResults: 1 }));
        assert.deepEqual([Classifiers[0]?.CsvClassifier?.Name, NextToken === undefined], ["another", false]);
        for (const Name of ["pipes", "another"]) await lake.glue.send(new glue.DeleteClassifierCommand({ Name }));
        assert.equal(await errorName(get("pipes")), "EntityNotFoundException");
    });

    it("are refused where they could not classify", async () => {
        await create({ Name: "twice" });
        assert.equal(await errorName(create({ Name: "twice" })), "AlreadyExistsException");
        const wrong: glue.CreateClassifierRequest[] = [
            {},
            { CsvClassifier: { Name: "x", Delimiter: '"' } },
            { CsvClassifier: { Name: "x", Header: ["a", "A"] } },
            { CsvClassifier: { Name: "x", CustomDatatypeConfigured: true, CustomDatatypes: ["MONEY"] } },
            { CsvClassifier: { Name: "x", CustomDatatypeConfigured: true } },
            {
                CsvClassifier: {
                    Name: "x",
                    Header: ["a"],
                    CustomDatatypeConfigured: true,
                    CustomDatatypes: ["INT", "INT"],
                },
            },
            { GrokClassifier: { Name: "x", Classification: "log", GrokPattern: "%{NOTHING:word}" } },
            { GrokClassifier: { Name: "x", Classification: "log", GrokPattern: "%{WORD:word:money}" } },
            { GrokClassifier: { Name: "x", Classification: "log", GrokPattern: "%{WORD}" } },
            { GrokClassifier: { Name: "x", Classification: "log", GrokPattern: "(%{WORD:word}" } },
            {
                GrokClassifier: {
                    ...{ Name: "x", Classification: "log", GrokPattern: "%{A:a}", CustomPatterns: "A %{B}\nB %{A}" },
                },
            },
            { XMLClassifier: { Name: "x", Classification: "xml", RowTag: "a b" } },
            { JsonClassifier: { Name: "x", JsonPath: "[*]" } },
            { JsonClassifier: { Name: "x", JsonPath: "$..a" } },
            { JsonClassifier: { Name: "x", JsonPath: "$[*]" }, XMLClassifier: { Name: "x", Classification: "xml" } },
        ];
        for (const input of wrong) {
            const name = await errorName(lake.glue.send(new glue.CreateClassifierCommand(input)));
            assert.equal(name, "InvalidInputException", JSON.stringify(input));
        }
        const unknown = lake.create("lost", { ...s3Target("lost/"), Classifiers: ["nothing"] });
        await assert.rejects(unknown, /Classifier with name nothing does not exist/);
    });

    it("come before the built-in ones, in the crawler's order", async () => {
        // By the built-in rules this is JSON lines, of one column.
        const text = '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n';
        await create({ Name: "colons", Delimiter: ":", ContainsHeader: "ABSENT" });
        await create({ Name: "commas", ContainsHeader: "ABSENT" });
        await create({ Name: "tildes", Delimiter: "~" });
        assert.equal((await crawled("plain", text, "tildes")).Parameters?.classification, "json");
        assert.equal(Object.keys(columns(await crawled("first", text, "tildes", "commas", "colons"))).length, 2);
        assert.equal(Object.keys(columns(await crawled("second", text, "colons", "commas"))).length, 3);
    });

    it("take columns' names from the header, or from the classifier", async () => {
        await create({ Name: "present", ContainsHeader: "PRESENT" });
        // All text: the built-in rules see no header in it.
        const named = await crawled("named", "Shop,City\nx,Ulm\ny,Bonn\n", "present");
        assert.deepEqual(columns(named), { shop: "string", city: "string" });
        assert.equal(named.Parameters?.["skip.header.line.count"], "1");
        await create({ Name: "given", Header: ["Id", "Price"], ContainsHeader: "ABSENT", Delimiter: "~" });
        const given = await crawled("given", "1~ 2.5 \n", "given");
        assert.deepEqual(columns(given), { id: "bigint", price: "double" });
        assert.equal(given.Parameters?.["skip.header.line.count"], undefined);
        assert.equal(given.StorageDescriptor?.SerdeInfo?.SerializationLibrary, lazy);
        assert.deepEqual(given.StorageDescriptor?.SerdeInfo?.Parameters, { "field.delim": "~" });
        // Another number of columns than the Header's: not for this classifier.
        assert.deepEqual(columns(await crawled("wider", "1,2,3\n4,5,6\n", "given")), {
            ...{ col0: "bigint", col1: "bigint", col2: "bigint" },
        });
    });

    it("trim values, and allow a single column, as they are told", async () => {
        await create({ Name: "untrimmed", DisableValueTrimming: true, ContainsHeader: "ABSENT" });
        assert.deepEqual(columns(await crawled("untrimmed", "1, 2\n3, 4\n", "untrimmed")), {
            ...{ col0: "bigint", col1: "string" },
        });
        await create({ Name: "single", AllowSingleColumn: true, ContainsHeader: "ABSENT" });
        assert.deepEqual(columns(await crawled("single", "17\n4\n", "single")), { col0: "bigint" });
    });

    it("give columns the types that they are told", async () => {
        const CustomDatatypes = ["LONG", "TIMESTAMP", "DECIMAL", "STRING"];
        await create({ Name: "typed", ContainsHeader: "ABSENT", CustomDatatypeConfigured: true, CustomDatatypes });
        assert.deepEqual(columns(await crawled("typed", "1,2024-01-01 00:00:00,3.5,7\n", "typed")), {
            ...{ col0: "bigint", col1: "timestamp", col2: "decimal", col3: "string" },
        });
        assert.deepEqual(columns(await crawled("fewer", "1,2\n3,4\n", "typed")), { col0: "bigint", col1: "bigint" });
    });

    it("make tables of quoted CSV that Athena reads", async () => {
        await create({ Name: "quoted", QuoteSymbol: "'", ContainsHeader: "PRESENT" });
        const table = await crawled("quoted", "id,note\n1,'a, b'\n2,'it''s'\n", "quoted");
        assert.equal(table.StorageDescriptor?.SerdeInfo?.SerializationLibrary, openCsv);
        assert.deepEqual(table.StorageDescriptor?.SerdeInfo?.Parameters, { separatorChar: ",", quoteChar: "'" });
        assert.deepEqual(columns(table), { id: "string", note: "string" });
        assert.equal(table.Parameters?.areColumnsQuoted, "true");
        const { local } = lake.aws;
        const settings = { endpoint: local.endpoint, region: local.region, credentials: localCredentials };
        const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
        const group = { Name: "readers", Configuration: { ResultConfiguration } };
        await new AthenaClient(settings).send(new CreateWorkGroupCommand(group));
        const rows = await new Queries(local, "readers", "crawled").select("SELECT id, note FROM quoted ORDER BY id");
        assert.deepEqual(rows.slice(1), [
            ["1", "a, b"],
            ["2", "it's"],
        ]);
    });
});
