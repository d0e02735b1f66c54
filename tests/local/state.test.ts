import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CreateDatabaseCommand, DeleteDatabaseCommand, GetDatabasesCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { findLocal, startLocal, type LocalAws } from "../../local/control";
import { projectRoot } from "../../tools/toolchain";
import type { CliResult } from "./support";

describe("lakeworks local: snapshot, restore, reset", function () {
    this.timeout(300_000);
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "lakeworks-state-"));
    const stateDir = path.join(home, "local");
    const stackFile = path.join(home, "pulumi", ".pulumi", "stacks", "lakeworks", "local.json");
    let local: LocalAws;

    before(async () => {
        local = await startLocal({ stateDir, port: 0, detached: true });
        fs.mkdirSync(path.dirname(stackFile), { recursive: true });
        fs.writeFileSync(stackFile, "deployed");
        await clients().s3.send(new CreateBucketCommand({ Bucket: "kept" }));
        await clients().s3.send(new PutObjectCommand({ Bucket: "kept", Key: "a/b", Body: "as it was" }));
        await clients().glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "kept" } }));
    });
    after(async () => {
        await (await findLocal(stateDir))?.stop();
        fs.rmSync(home, { recursive: true });
    });

    /** Not waited for synchronously: only a free event loop notices that the local AWS, our child, has ended. */
    function lakeworks(...args: string[]): Promise<CliResult> {
        const bin = path.join(projectRoot, "automation", "bin", "lakeworks.js");
        const env = { ...process.env, LAKEWORKS_HOME: home };
        return new Promise((resolve) => {
            execFile(process.execPath, [bin, "local", ...args], { env }, (error, stdout, stderr) => {
                resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
            });
        });
    }

    function clients() {
        const { endpoint, region, credentials } = local;
        const settings = { endpoint, region, credentials };
        return { glue: new GlueClient(settings), s3: new S3Client({ ...settings, forcePathStyle: true }) };
    }

    const databases = async () =>
        (await clients().glue.send(new GetDatabasesCommand({}))).DatabaseList?.map(({ Name }) => Name);
    const text = async () =>
        (await clients().s3.send(new GetObjectCommand({ Bucket: "kept", Key: "a/b" }))).Body?.transformToString();

    it("keeps the state under a name, and goes on at the same endpoint", async () => {
        const { code, stdout, stderr } = await lakeworks("snapshot", "first");
        assert.equal(code, 0, stderr);
        assert.match(stdout, /lakeworks local restore first/);
        assert.equal((await findLocal(stateDir))?.endpoint, local.endpoint);
        assert.match((await lakeworks("snapshot")).stdout, /first/);
        assert.ok(!fs.existsSync(path.join(home, "snapshots", "first", "local", "server.json")));
    });

    it("brings back objects, catalog and what Pulumi knew", async () => {
        await clients().glue.send(new DeleteDatabaseCommand({ Name: "kept" }));
        await clients().s3.send(new PutObjectCommand({ Bucket: "kept", Key: "a/b", Body: "changed" }));
        fs.writeFileSync(stackFile, "changed");
        const { code, stderr } = await lakeworks("restore", "first");
        assert.equal(code, 0, stderr);
        assert.deepEqual([await databases(), await text()], [["kept"], "as it was"]);
        assert.equal(fs.readFileSync(stackFile, "utf8"), "deployed");
        assert.deepEqual(fs.readdirSync(home).sort(), ["local", "pulumi", "snapshots"]);
    });

    it("refuses names that are taken, missing or no names, and changes nothing", async () => {
        for (const [args, message] of [
            [["snapshot", "first"], /There is a snapshot first already/],
            [["snapshot", "../first"], /cannot be called "..\/first"/],
            [["restore", "second"], /There is no snapshot second[^]*Snapshots: first/],
            [["snapshot", "second", "--delete"], /There is no snapshot second/],
            [["reset"], /local reset --yes/],
        ] as const) {
            const { code, stderr } = await lakeworks(...args);
            assert.equal(code, 1, args.join(" "));
            assert.match(stderr, message);
        }
        assert.deepEqual([await databases(), await text()], [["kept"], "as it was"]);
    });

    it("waits for no deployment: it says that one is under way", async () => {
        const lock = path.join(home, "pulumi", ".pulumi", "locks", "organization", "lakeworks", "local", "a.json");
        fs.mkdirSync(path.dirname(lock), { recursive: true });
        fs.writeFileSync(lock, JSON.stringify({ pid: process.pid }));
        const { code, stderr } = await lakeworks("reset", "--yes");
        fs.rmSync(lock);
        assert.equal(code, 1);
        assert.match(stderr, new RegExp(`under way \\(process ${process.pid}\\)`));
    });

    it("throws everything away but the snapshots", async () => {
        assert.equal((await lakeworks("reset", "--yes")).code, 0);
        assert.deepEqual(await databases(), []);
        assert.equal(fs.existsSync(stackFile), false);
        assert.equal((await lakeworks("snapshot", "first", "--delete")).code, 0);
        assert.match((await lakeworks("snapshot")).stdout, /No snapshot was taken yet/);
    });
});
