import * as assert from "node:assert/strict";
import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from "@aws-sdk/client-athena";
import {
    CreateDatabaseCommand,
    GetCrawlerCommand,
    GetDatabasesCommand,
    GetTableCommand,
    GlueClient,
    StartCrawlerCommand,
    CreateCrawlerCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { setTimeout as delay } from "node:timers/promises";
import { TestLocal } from "./support";

const other = "111122223333";
const role = `arn:aws:iam::${other}:role/crawler`;

describe("local AWS: accounts side by side", function () {
    this.timeout(300_000);
    let lake: TestLocal;

    before(async () => {
        lake = await TestLocal.start();
        await lake.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "of_the_first" } }));
        await clients().s3.send(new CreateBucketCommand({ Bucket: "of-the-second" }));
        await clients().glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "of_the_second" } }));
    });
    after(async () => lake.stop());

    function clients(accessKeyId = other, sessionToken?: string) {
        const credentials = { accessKeyId, secretAccessKey: "any", sessionToken };
        const settings = { endpoint: lake.local.endpoint, region: lake.local.region, credentials };
        return {
            glue: new GlueClient(settings),
            athena: new AthenaClient(settings),
            s3: new S3Client({ ...settings, forcePathStyle: true }),
        };
    }

    async function databasesOf(glue: GlueClient): Promise<(string | undefined)[]> {
        return ((await glue.send(new GetDatabasesCommand({}))).DatabaseList ?? []).map(({ Name }) => Name);
    }

    it("keeps the catalogs and the buckets apart by the key's twelve digits", async () => {
        assert.deepEqual(await databasesOf(lake.glue), ["of_the_first"]);
        assert.deepEqual(await databasesOf(clients().glue), ["of_the_second"]);
        const names = async (s3: S3Client) =>
            ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map((b) => b.Name);
        assert.deepEqual([await names(lake.s3), await names(clients().s3)], [[], ["of-the-second"]]);
    });

    it("names the account in what it answers", async () => {
        const { DatabaseList } = await clients().glue.send(new GetDatabasesCommand({}));
        assert.deepEqual([...new Set(DatabaseList?.map(({ CatalogId }) => CatalogId))], [other]);
    });

    it("takes the keys that STS gives for a role of the account", async () => {
        const env = { AWS_ACCESS_KEY_ID: other, AWS_SECRET_ACCESS_KEY: "any" };
        const assume = ["sts", "assume-role", "--role-session-name", "session", "--role-arn", role];
        const trust = JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
        });
        const create = ["iam", "create-role", "--role-name", "crawler", "--assume-role-policy-document", trust];
        assert.equal((await lake.cliWith(env, ...create)).stderr, "");
        const { stdout, stderr } = await lake.cliWith(env, ...assume);
        assert.equal(stderr, "");
        const { AccessKeyId, SessionToken } = (
            JSON.parse(stdout) as { Credentials: { AccessKeyId: string; SessionToken: string } }
        ).Credentials;
        assert.deepEqual(await databasesOf(clients(AccessKeyId, SessionToken).glue), ["of_the_second"]);
    });

    it("crawls and queries in the account whose crawler and query it is", async () => {
        const { glue, athena, s3 } = clients();
        await s3.send(
            new PutObjectCommand({ Bucket: "of-the-second", Key: "sales/1.json", Body: '{"id": 1}\n{"id": 2}\n' }),
        );
        const Targets = { S3Targets: [{ Path: "s3://of-the-second/sales/" }] };
        await glue.send(new CreateCrawlerCommand({ Name: "c", Role: role, DatabaseName: "of_the_second", Targets }));
        await glue.send(new StartCrawlerCommand({ Name: "c" }));
        const crawler = async () => (await glue.send(new GetCrawlerCommand({ Name: "c" }))).Crawler!;
        while ((await crawler()).State !== "READY") await delay(100);
        assert.deepEqual((await crawler()).LastCrawl?.Status, "SUCCEEDED", (await crawler()).LastCrawl?.ErrorMessage);
        await glue.send(new GetTableCommand({ DatabaseName: "of_the_second", Name: "sales" }));
        const { QueryExecutionId } = await athena.send(
            new StartQueryExecutionCommand({
                QueryString: "SELECT sum(id) FROM sales",
                QueryExecutionContext: { Database: "of_the_second" },
                ResultConfiguration: { OutputLocation: "s3://of-the-second/results/" },
            }),
        );
        const execution = async () =>
            (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution!;
        while (/QUEUED|RUNNING/.test((await execution()).Status!.State!)) await delay(100);
        assert.equal((await execution()).Status?.StateChangeReason, undefined);
        const of = (await lake.local.calls())[role]?.calls.map(({ action }) => action) ?? [];
        assert.ok(of.includes("s3:GetObject") && of.includes("glue:CreateTable"), of.join());
    });

    it("has all accounts again after a restart", async () => {
        await lake.restart();
        assert.deepEqual(await databasesOf(clients().glue), ["of_the_second"]);
        const { accounts } = (await lake.local.health()) as unknown as { accounts: string[] };
        assert.deepEqual(accounts, [lake.local.account, other]);
    });

    it("opens no account without end", async () => {
        const make = (index: number) => clients(String(200000000000 + index)).glue.send(new GetDatabasesCommand({}));
        for (let index = 0; index < 30; index++) await make(index);
        await assert.rejects(make(30), { name: "LimitExceededException", message: /holds 32 accounts/ });
        assert.deepEqual(await databasesOf(lake.glue), ["of_the_first"]);
    });
});
