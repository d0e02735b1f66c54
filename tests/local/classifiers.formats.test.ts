/** Custom classifiers of grok, JSON and XML, and the built-in ones of documents: what crawlers make of files by them. */
import * as assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { AthenaClient, CreateWorkGroupCommand } from "@aws-sdk/client-athena";
import * as glue from "@aws-sdk/client-glue";
import { localCredentials } from "../../local/context";
import { Queries } from "./athenaSupport";
import { bucket, columns, CrawlerLake, s3Target } from "./crawlersSupport";

const apache = [
    '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326',
    '10.0.0.7 - - [10/Oct/2000:13:55:37 -0700] "POST /b HTTP/1.1" 404 -',
];

describe("formats that crawlers know", function () {
    this.timeout(300_000);
    let lake: CrawlerLake;
    let queries: Queries;
    before(async () => {
        lake = await CrawlerLake.start();
        const { local } = lake.aws;
        const settings = { endpoint: local.endpoint, region: local.region, credentials: localCredentials };
        const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
        const group = { Name: "readers", Configuration: { ResultConfiguration } };
        await new AthenaClient(settings).send(new CreateWorkGroupCommand(group));
        queries = new Queries(local, "readers", "crawled");
    });
    after(async () => lake.stop());

    const create = (input: glue.CreateClassifierRequest) => lake.glue.send(new glue.CreateClassifierCommand(input));
    const prepare = async (name: string, text: string | Buffer, ...Classifiers: string[]) => {
        await lake.put(`${name}/a.txt`, text);
        await lake.create(name, { ...s3Target(`${name}/`), Classifiers });
    };
    /** The table that a crawler with these classifiers makes of one file. */
    const crawled = async (name: string, text: string | Buffer, ...Classifiers: string[]) => {
        await prepare(name, text, ...Classifiers);
        await lake.succeeds(name);
        return lake.getTable(name);
    };
    const failure = async (name: string) => {
        const { LastCrawl } = await lake.crawl(name);
        assert.equal(LastCrawl?.Status, "FAILED");
        return LastCrawl.ErrorMessage ?? "";
    };

    it("grok: columns of the built-in patterns and of one's own, which Athena reads", async () => {
        const GrokPattern =
            '%{IPORHOST:client} %{USER} %{USER:auth} \\[%{HTTPDATE:at}\\] "%{VERB:verb} %{DATA}" %{INT:status:int} %{NOTSPACE:bytes}';
        await create({
            GrokClassifier: {
                Name: "access",
                Classification: "access_log",
                GrokPattern,
                CustomPatterns: "VERB GET|POST",
            },
        });
        const table = await crawled("access", `${apache.join("\n")}\n`, "access");
        assert.deepEqual(columns(table), {
            ...{ client: "string", auth: "string", at: "string", verb: "string", status: "int", bytes: "string" },
        });
        assert.deepEqual(
            [table.Parameters?.classification, table.StorageDescriptor?.SerdeInfo?.SerializationLibrary],
            ["access_log", "com.amazonaws.glue.serde.GrokSerDe"],
        );
        assert.deepEqual(table.StorageDescriptor?.SerdeInfo?.Parameters, {
            ...{ "input.format": GrokPattern, "input.grokCustomPatterns": "VERB GET|POST" },
        });
        const rows = await queries.select("SELECT client, auth, verb, status, bytes FROM access ORDER BY status");
        assert.deepEqual(rows.slice(1), [
            ["127.0.0.1", "frank", "GET", "200", "2326"],
            ["10.0.0.7", "-", "POST", "404", "-"],
        ]);
        await lake.put("days/day=1/a.log", "x 7\n(y) 8 tail\nz\n");
        await create({
            GrokClassifier: {
                Name: "pairs",
                Classification: "pairs",
                GrokPattern: "^(%{WORD:what}|\\(%{WORD}\\)) (?<n>\\d)",
            },
        });
        await lake.create("days", { ...s3Target("days/"), Classifiers: ["pairs"] });
        await lake.succeeds("days");
        const pairs = await queries.select("SELECT what, n, day FROM days ORDER BY n");
        assert.deepEqual(pairs.slice(1), [
            ["x", "7", "1"],
            [undefined, "8", "1"],
            [undefined, undefined, "1"],
        ]);
        await create({
            GrokClassifier: { Name: "common", Classification: "apache", GrokPattern: "%{COMMONAPACHELOG}" },
        });
        const common = await crawled("common", apache.join("\n"), "common");
        assert.deepEqual(Object.keys(columns(common)), [
            ...[
                "clientip",
                "ident",
                "auth",
                "timestamp",
                "verb",
                "request",
                "httpversion",
                "rawrequest",
                "response",
                "bytes",
            ],
        ]);
    });

    it("grok: lines that it does not match are left to the next classifier", async () => {
        assert.equal((await crawled("other", '{"a": 1}\n{"a": 2}\n', "access")).Parameters?.classification, "json");
    });

    it("grok: an expression that takes for ever ends the crawl, not the local AWS", async () => {
        await create({ GrokClassifier: { Name: "slow", Classification: "x", GrokPattern: "^(a+)+(?<end>b)$" } });
        await prepare("slow", `${"a".repeat(60)}\n`, "slow");
        assert.match(await failure("slow"), /GrokPattern of the classifier slow takes longer than 1 s/);
        assert.equal((await lake.getCrawler("slow")).State, "READY");
    });

    it("grok: names of parts are columns, but for UNWANTED, and IPv6 is known in all its forms", async () => {
        await create({
            GrokClassifier: {
                ...{ Name: "hosts", Classification: "hosts", GrokPattern: "^%{IPV6:ip} %{WORD:UNWANTED} %{PAIR}$" },
                CustomPatterns: "PAIR (%{INT:n:long}|none)",
            },
        });
        const addresses = [
            "::",
            "::1",
            "1::",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7:8",
            "::ffff:10.0.0.7",
            "1:2:3:4:5:6:10.0.0.7",
            "1::8",
        ];
        const wrong = [":", "1:2", "1:2:3:4:5:6:7:8:9", "12345::", "1::2::3x"];
        const lines = [...addresses, ...wrong].map((address) => `${address} up 7`);
        const table = await crawled("hosts", `${lines.join("\n")}\n`, "hosts");
        assert.deepEqual(columns(table), { ip: "string", n: "bigint" });
        const rows = await queries.select("SELECT ip FROM hosts WHERE n = 7");
        assert.deepEqual(rows.slice(1).flat().sort(), addresses.sort());
    });

    it("JSON: the records at a path, in one document or on each line", async () => {
        await create({ JsonClassifier: { Name: "elements", JsonPath: "$[*]" } });
        const array = JSON.stringify([{ Id: 1, name: "x" }, { Id: 2.5 }], undefined, 2);
        const table = await crawled("elements", array, "elements");
        assert.deepEqual(columns(table), { id: "double", name: "string" });
        assert.deepEqual(
            [table.Parameters?.["jsonPath"], table.Parameters?.classification, table.Parameters?.["recordCount"]],
            ["$[*]", "json", "2"],
        );
        await create({ JsonClassifier: { Name: "deep", JsonPath: "$.data['the rows'][0].cells[*]" } });
        const line = (a: unknown) => JSON.stringify({ data: { "the rows": [{ cells: a }, 1] } });
        const deep = await crawled("deep", `${line([{ a: 1 }])}\n${line([{ a: 2, b: true }])}\n`, "deep");
        assert.deepEqual(columns(deep), { a: "int", b: "boolean" });
        await create({ JsonClassifier: { Name: "scalar", JsonPath: "$.id" } });
        assert.deepEqual(columns(await crawled("scalar", '{"id": "x", "y": 1}\n', "scalar")), { id: "string" });
        // Nothing at the path: the built-in classifiers are asked.
        assert.deepEqual(columns(await crawled("nothing", '{"y": 1}\n', "scalar")), { y: "int" });
    });

    it("JSON: one document over several lines, of which an array is one column", async () => {
        assert.deepEqual(columns(await crawled("document", '{\n  "a": 1,\n  "b": {"c": [true]}\n}\n')), {
            ...{ a: "int", b: "struct<c:array<boolean>>" },
        });
        // Larger than the sample: it is read as a whole.
        const many = gzipSync(
            JSON.stringify(Array.from({ length: 60_000 }, (_, id) => ({ id, text: "x".repeat(20) }))),
        );
        assert.deepEqual(columns(await crawled("array", many)), { array: "array<struct<id:int,text:string>>" });
    });

    it("XML: rows by their tag, with attributes, lists and nested elements", async () => {
        const text = `<?xml version="1.0"?>
            <shop><name>x</name>
              <Item id="7"><Price currency="EUR">2.5</Price><tag>a</tag><tag>b</tag><size><w>1</w></size></Item>
              <Item id="x"><Price currency="USD">3</Price><note><![CDATA[<b>]]></note></Item>
            </shop>`;
        const expected = {
            _id: "string",
            price: "struct<_currency:string,_value:double>",
            tag: "array<string>",
            size: "struct<w:bigint>",
            note: "string",
        };
        await create({ XMLClassifier: { Name: "items", Classification: "shop_xml", RowTag: "Item" } });
        const table = await crawled("items", text, "items");
        assert.deepEqual(columns(table), expected);
        assert.deepEqual([table.Parameters?.classification, table.Parameters?.["rowTag"]], ["shop_xml", "Item"]);
        const byItself = await crawled("itself", text);
        assert.deepEqual(columns(byItself), expected);
        assert.deepEqual([byItself.Parameters?.classification, byItself.Parameters?.["rowTag"]], ["xml", "Item"]);
        await assert.rejects(queries.select("SELECT * FROM items"), /input format|SerDe|HIVE_/i);
        const empty = await crawled("empty", '<r><a x="1"> </a><a y="2"/></r>');
        assert.deepEqual([columns(empty), empty.Parameters?.["recordCount"]], [{ _x: "bigint" }, "1"]);
        await create({ XMLClassifier: { Name: "absent", Classification: "xml", RowTag: "row" } });
        assert.equal((await crawled("absent", text, "absent")).Parameters?.["rowTag"], "Item");
    });

    it("XML: bombs and depths do no harm", async () => {
        const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
        const bomb = `<!DOCTYPE r [<!ENTITY e0 "x">${entities}]><r><a><b>1</b></a><a><b>&e9;</b></a></r>`;
        assert.deepEqual(columns(await crawled("bomb", bomb)), { b: "bigint" });
        await prepare("depth", `${"<a>".repeat(100_000)}`);
        assert.match(await failure("depth"), /is neither Parquet/);
    });

    it("a file that expands without end is looked at in part", async () => {
        const line = `${JSON.stringify({ a: 1, text: "x".repeat(1000) })}\n`;
        const table = await crawled("expands", gzipSync(line.repeat(150_000)));
        assert.deepEqual(columns(table), { a: "int", text: "string" });
        const records = Number(table.Parameters?.["recordCount"]);
        assert.ok(records > 75_000 && records < 300_000, `${records} of 150,000`);
    });

    it("what none of them knows fails the crawl, with the object's name", async () => {
        await prepare("avro", Buffer.from("Obj\u0001\u0002\u0016avro.schema", "latin1"));
        assert.match(
            await failure("avro"),
            /^s3:\/\/crawl-test\/avro\/a.txt is neither Parquet, JSON .* \(Avro, ORC\)/,
        );
    });
});
