import * as assert from "node:assert/strict";
import * as http from "node:http";
import { CreateDatabaseCommand, CreateTableCommand, GetTableCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Overview } from "../../local/console/overview";
import { TestLocal } from "./support";

const hostile = `<script>alert("x")</script>`;

describe("local AWS: the status page", function () {
    this.timeout(300_000);
    let lake: TestLocal;

    before(async () => {
        lake = await TestLocal.start();
        await lake.s3.send(new CreateBucketCommand({ Bucket: "seen" }));
        await lake.s3.send(new PutObjectCommand({ Bucket: "seen", Key: hostile, Body: "12345" }));
        await lake.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "shown" } }));
        const StorageDescriptor = { Columns: [{ Name: "id", Type: "int" }], Location: `s3://seen/${hostile}` };
        const PartitionKeys = [{ Name: "day", Type: "date" }];
        const TableInput = { Name: "events", StorageDescriptor, PartitionKeys, Parameters: { classification: "json" } };
        await lake.glue.send(new CreateTableCommand({ DatabaseName: "shown", TableInput }));
    });
    after(async () => lake.stop());

    const get = (path: string, headers: Record<string, string> = {}) => fetch(lake.local.endpoint + path, { headers });
    const overview = async (query = "") => (await (await get(`/_lakeworks/overview${query}`)).json()) as Overview;

    it("tells what is stored, and nothing of what is not there", async () => {
        const { account, tables, buckets, crawlers, jobRuns, queries } = await overview();
        assert.equal(account, lake.local.account);
        assert.deepEqual(
            tables.map(({ database, name, kind, columns, partitionKeys }) => [
                database,
                name,
                kind,
                columns,
                partitionKeys,
            ]),
            [["shown", "events", "json", 1, ["day"]]],
        );
        assert.deepEqual(buckets, [{ name: "seen", objects: 1, bytes: 5, more: false, bytesRead: 0 }]);
        assert.deepEqual([crawlers, jobRuns, queries], [[], [], []]);
    });

    it("tells the calls with how they ended, those of one kind in one row", async () => {
        const missing = () => lake.glue.send(new GetTableCommand({ DatabaseName: "shown", Name: "missing" }));
        await assert.rejects(missing());
        await assert.rejects(missing());
        const { calls } = await overview();
        assert.deepEqual([calls[0]?.action, calls[0]?.status, calls[0]?.times], ["glue:GetTable", 400, 2]);
        const put = calls.find(({ action }) => action === "s3:PutObject");
        assert.deepEqual([put?.about, put?.status], [`seen/${hostile}`, 200]);
        // The page's own look at the buckets is no call of anybody's.
        assert.ok(!calls.some(({ action }) => action === "s3:ListBucket"), JSON.stringify(calls));
    });

    it("is what a browser gets at the endpoint, with everything escaped and nothing from elsewhere", async () => {
        const accept = "text/html,application/xhtml+xml";
        const answer = await get("/", { accept });
        assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
        assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/);
        const html = await answer.text();
        assert.match(html, /<h1>Lakeworks local AWS<\/h1>/);
        assert.match(html, /<td>events<\/td>/);
        assert.ok(html.includes("&lt;script&gt;alert(&quot;x&quot;)") && !html.includes(hostile));
        assert.doesNotMatch(html, /(src|href)="https?:/);
        assert.equal((await (await get("/_lakeworks/", { accept })).text()).slice(0, 15), "<!doctype html>");
    });

    it("leaves the root to S3 for signed requests, and refuses accounts and pages that there are not", async () => {
        assert.equal((await lake.cli("s3api", "list-buckets")).code, 0);
        for (const path of ["/_lakeworks/overview?account=123456789012", "/_lakeworks/secrets"]) {
            const answer = await get(path);
            assert.equal(answer.status, 404);
            assert.match(await answer.text(), /<Code>NoSuchPage<\/Code>/);
        }
    });

    it("is not shown under another host's name", async () => {
        const { port } = new URL(lake.local.endpoint);
        const headers = { host: "evil.example" };
        const answer = await new Promise<string>((resolve, reject) => {
            http.get({ host: "127.0.0.1", port, path: "/_lakeworks/overview", headers }, (response) => {
                response.setEncoding("utf8").once("data", resolve);
            }).on("error", reject);
        });
        assert.match(answer, /does not forward to evil\.example/);
    });
});
