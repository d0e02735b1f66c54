import * as assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { Readable } from "node:stream";
import { CreateDatabaseCommand, GetDatabaseCommand, GlueClient, ListSchemasCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutBucketTaggingCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { findLocal } from "../../local/control";
import { localCredentials } from "../../local/context";
import { runServer } from "../../local/server";
import { errorName, TestLocal } from "./support";

const signed = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

interface Answer {
    readonly status: number;
    readonly body: Buffer;
    readonly headers: http.IncomingHttpHeaders;
    readonly continued: boolean;
}

describe("local AWS gateway", function () {
    this.timeout(300_000);
    let lake: TestLocal;

    before(async () => {
        lake = await TestLocal.start();
        await lake.s3.send(new CreateBucketCommand({ Bucket: "gateway-test" }));
        await lake.s3.send(new PutObjectCommand({ Bucket: "gateway-test", Key: "addressed", Body: "here" }));
    });
    after(async () => lake.stop());

    /** One request as it stands on the wire. */
    function send(
        requestPath: string,
        options: { method?: string; headers?: http.OutgoingHttpHeaders; body?: Buffer } = {},
    ): Promise<Answer> {
        const { port } = new URL(lake.local.endpoint);
        return new Promise((resolve, reject) => {
            const { method = "GET", headers, body } = options;
            let continued = false;
            const request = http.request({ host: "127.0.0.1", port, path: requestPath, method, headers, agent: false });
            const waits = headers?.expect !== undefined;
            request.on("error", reject);
            request.on("continue", () => {
                continued = true;
                request.end(body);
            });
            request.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("end", () =>
                    resolve({
                        status: response.statusCode ?? 0,
                        body: Buffer.concat(chunks),
                        headers: response.headers,
                        continued,
                    }),
                );
            });
            if (!waits) request.end(body);
        });
    }

    describe("bodies", () => {
        it("carries a large object unchanged through the stock CLI's multipart upload", async () => {
            const file = path.join(lake.stateDir, "large");
            const bytes = randomBytes(48 * 1024 * 1024);
            fs.writeFileSync(file, bytes);
            await lake.cliJson("s3api", "list-buckets");
            assert.equal((await lake.cli("s3", "cp", file, "s3://gateway-test/large")).code, 0);
            assert.equal((await lake.cli("s3", "cp", "s3://gateway-test/large", `${file}.back`)).code, 0);
            assert.equal(sha256(fs.readFileSync(`${file}.back`)), sha256(bytes));
        });

        it("carries a stream with a trailing checksum (aws-chunked)", async () => {
            const bytes = randomBytes(300_000);
            const Body = Readable.from([bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
            await lake.s3.send(
                new PutObjectCommand({ Bucket: "gateway-test", Key: "chunked", Body, ContentLength: bytes.length }),
            );
            const back = await lake.s3.send(new GetObjectCommand({ Bucket: "gateway-test", Key: "chunked" }));
            assert.equal(sha256(Buffer.from(await back.Body!.transformToByteArray())), sha256(bytes));
        });

        it("answers Expect: 100-continue before the body is sent", async () => {
            const body = randomBytes(1000);
            const headers = { authorization: signed, expect: "100-continue", "content-length": body.length };
            const put = await send("/gateway-test/expected", { method: "PUT", headers, body });
            assert.deepEqual([put.status, put.continued], [200, true]);
            const get = await send("/gateway-test/expected", { headers: { authorization: signed } });
            assert.deepEqual(get.body, body);
        });

        it("counts the bytes of objects read, by bucket", async () => {
            const before = (await lake.local.health()).traffic["gateway-test"]?.bytesOut ?? 0;
            await lake.s3.send(
                new PutObjectCommand({ Bucket: "gateway-test", Key: "counted", Body: "x".repeat(1234) }),
            );
            await send("/gateway-test/counted", { headers: { authorization: signed } });
            await send("/gateway-test?list-type=2", { headers: { authorization: signed } });
            assert.equal((await lake.local.health()).traffic["gateway-test"]?.bytesOut, before + 1234);
        });
    });

    describe("addresses", () => {
        it("takes absolute-form requests, as a proxy gets them", async () => {
            const answer = await send("http://aws.localhost:4577/gateway-test/addressed", {
                headers: { authorization: signed },
            });
            assert.equal(answer.body.toString(), "here");
        });

        it("passes S3 Control's account host on to S3 Control", async () => {
            const TagSet = [{ Key: "team", Value: "lake" }];
            await lake.s3.send(new PutBucketTaggingCommand({ Bucket: "gateway-test", Tagging: { TagSet } }));
            const arn = encodeURIComponent("arn:aws:s3:::gateway-test");
            const url = `http://000000000000.aws.localhost:4577/v20180820/tags/${arn}`;
            const answer = await send(url, { headers: { authorization: signed } });
            assert.match(answer.body.toString(), /<Key>team<\/Key><Value>lake<\/Value>/);
        });

        it("takes the bucket from a virtual host", async () => {
            const headers = { authorization: signed, host: "gateway-test.localhost:4577" };
            assert.equal((await send("/addressed", { headers })).body.toString(), "here");
        });

        it("forwards to no other host", async () => {
            const answer = await send("http://example.com/", { headers: { authorization: signed } });
            assert.equal(answer.status, 400);
            assert.match(answer.body.toString(), /does not forward to example\.com/);
        });
    });

    describe("refusals", () => {
        it("refuses an operation that it does not have, at once and by name", async () => {
            const { code, stderr } = await lake.cli("glue", "list-schemas");
            assert.notEqual(code, 0);
            assert.match(
                stderr,
                /UnknownOperationException.*AWSGlue\.ListSchemas is not implemented by the Lakeworks local AWS yet/,
            );
            let attempts = 0;
            const glue = lake.glue;
            glue.middlewareStack.add((next) => (args) => ((attempts += 1), next(args)), {
                step: "finalizeRequest",
                priority: "low",
            });
            assert.equal(await errorName(glue.send(new ListSchemasCommand({}))), "UnknownOperationException");
            assert.equal(attempts, 1, "the SDK retried");
        });

        it("refuses an unsigned request in the client's own form", async () => {
            const xml = await send("/gateway-test");
            assert.equal(xml.status, 403);
            assert.match(xml.body.toString(), /<Code>AccessDenied<\/Code>/);
            const json = await send("/", { method: "POST", headers: { "x-amz-target": "Unknown.Thing" } });
            assert.equal(JSON.parse(json.body.toString()).__type, "AccessDenied");
            assert.equal(json.headers["x-amzn-errortype"], "AccessDenied");
        });

        it("refuses a body that is not JSON", async () => {
            const headers = { "x-amz-target": "AWSGlue.GetDatabases", "content-type": "application/x-amz-json-1.1" };
            const answer = await send("/", { method: "POST", headers, body: Buffer.from("{") });
            assert.equal(JSON.parse(answer.body.toString()).__type, "SerializationException");
        });

        it("does not answer for another region", async () => {
            const settings = { endpoint: lake.local.endpoint, region: "eu-west-1", credentials: localCredentials };
            const call = new GlueClient(settings).send(new GetDatabaseCommand({ Name: "x" }));
            assert.equal(await errorName(call), "InvalidSignatureException");
        });

        it("keeps the emulator's own pages and its Glue out of reach", async () => {
            const reset = await send("/_ministack/reset", { method: "POST", headers: { authorization: signed } });
            assert.equal(reset.status, 403);
            assert.equal((await lake.cliJson<{ DatabaseList: [] }>("glue", "get-databases")).DatabaseList.length, 0);
        });

        it("lets no web page stop it", async () => {
            const answer = await send("/_lakeworks/shutdown", {
                method: "POST",
                headers: { origin: "http://evil.example" },
            });
            assert.equal(answer.status, 403);
            assert.notEqual(await findLocal(lake.stateDir), undefined);
        });
    });

    describe("life", () => {
        it("refuses a second server on one state folder, and a port that is taken", async () => {
            await assert.rejects(runServer(lake.stateDir, { port: 0 }), /already runs on .* \(process \d+\)/);
            const { port } = new URL(lake.local.endpoint);
            const other = path.join(lake.stateDir, "other");
            await assert.rejects(runServer(other, { port: Number(port) }), /Port \d+ is taken/);
        });

        it("keeps its state over a restart and leaves no process", async () => {
            await lake.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "kept" }, Tags: { a: "b" } }));
            await lake.cliJson("iam", "create-role", "--role-name", "kept", "--assume-role-policy-document", "{}");
            const before = await lake.local.health();
            await lake.restart();
            for (const pid of [before.pid, before.services.emulator?.pid as number]) assert.equal(lives(pid), false);
            assert.notEqual((await lake.local.health()).pid, before.pid);
            const { Database } = await lake.glue.send(new GetDatabaseCommand({ Name: "kept" }));
            assert.equal(Database?.Name, "kept");
            const tags = ["glue", "get-tags", "--resource-arn", "arn:aws:glue:us-east-1:000000000000:database/kept"];
            assert.deepEqual(await lake.cliJson(...tags), { Tags: { a: "b" } });
            await lake.cliJson("iam", "get-role", "--role-name", "kept");
            const object = await lake.s3.send(new GetObjectCommand({ Bucket: "gateway-test", Key: "addressed" }));
            assert.equal(await object.Body?.transformToString(), "here");
        });

        it("loses nothing and leaves nothing when it is killed", async () => {
            await lake.cliJson("iam", "tag-role", "--role-name", "kept", "--tags", "Key=late,Value=yes");
            const { pid, services } = await lake.local.health();
            process.kill(pid, "SIGKILL");
            await lake.restart();
            await eventually(() => Promise.resolve(!lives(services.emulator?.pid as number)));
            const tags = await lake.cliJson<{ Tags: object[] }>("iam", "list-role-tags", "--role-name", "kept");
            assert.deepEqual(tags.Tags, [{ Key: "late", Value: "yes" }]);
            await lake.glue.send(new GetDatabaseCommand({ Name: "kept" }));
        });

        it("says so when the emulator is gone", async () => {
            const pid = (await lake.local.health()).services.emulator?.pid as number;
            process.kill(pid, "SIGKILL");
            await eventually(async () => (await lake.local.health()).services.emulator?.state === "failed");
            const answer = await send("/gateway-test/addressed", { headers: { authorization: signed } });
            assert.equal(answer.status, 503);
            assert.match(
                answer.body.toString(),
                /emulator behind S3, IAM and the other services is gone: it ended with SIGKILL/,
            );
            await lake.restart();
            const back = await send("/gateway-test/addressed", { headers: { authorization: signed } });
            assert.equal(back.body.toString(), "here");
        });
    });
});

function sha256(bytes: Buffer): string {
    return createHash("sha256").update(bytes).digest("hex");
}

function lives(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

async function eventually(test: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await test())) {
        if (Date.now() > deadline) throw new Error("it did not come true in time");
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
