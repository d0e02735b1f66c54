/** What a hostile or broken client can do to the local AWS: nothing but be refused. */
import * as assert from "node:assert/strict";
import * as os from "node:os";
import * as net from "node:net";
import fc from "fast-check";
import { assertAwsShaped, Besieged, type Answer, type Sent } from "./hostile/besieged";
import { gatewayRequests, wireBytes } from "./hostile/http";
import { jsonRequests, seeded, type JsonService } from "./hostile/json";
import { s3Requests } from "./hostile/s3";
import { loadModel } from "../../local/protocol/api/model";

/** The same requests in every run; another seed makes others. */
const seed = Number(process.env.LAKEWORKS_HOSTILE_SEED ?? 20_261_127);
const batches = 100;
const batchSize = 100;
/** MB that half of the requests may add: what they make is kept, but not what they say. */
const mostGrowth = 200;

describe(`local AWS under hostile requests (seed ${seed})`, function () {
    this.timeout(600_000);
    let target: Besieged;

    const json = (service: string, operation: string, body: object) =>
        target.send({
            service,
            method: "POST",
            path: service === "lakeformation" ? `/${operation}` : "/",
            headers:
                service === "lakeformation"
                    ? { "content-type": "application/json" }
                    : {
                          "content-type": "application/x-amz-json-1.1",
                          "x-amz-target": `${service === "glue" ? "AWSGlue" : "AmazonAthena"}.${operation}`,
                      },
            body: Buffer.from(JSON.stringify(body)),
        });
    const s3 = (method: string, path: string, body = "") =>
        target.send({ service: "s3", method, path, headers: {}, body: Buffer.from(body) });

    async function ok(answer: Promise<Answer>): Promise<Answer> {
        const got = await answer;
        assert.ok(got.status < 300, `${got.status} ${got.body}`);
        return got;
    }

    before(async () => {
        target = await Besieged.start();
        await ok(json("glue", "CreateDatabase", { DatabaseInput: { Name: seeded.database } }));
        const TableInput = { Name: seeded.table, PartitionKeys: [{ Name: "year", Type: "int" }] };
        await ok(json("glue", "CreateTable", { DatabaseName: seeded.database, TableInput }));
        await ok(json("athena", "CreateWorkGroup", { Name: seeded.workGroup }));
        await ok(json("lakeformation", "CreateLFTag", { TagKey: seeded.tag, TagValues: ["a"] }));
        await ok(s3("PUT", `/${seeded.bucket}`));
        await ok(s3("PUT", `/${seeded.bucket}/kept`, "kept"));
    });
    after(async () => target?.stop());

    /** It still answers, and rightly: what was made before is there, and new things are made. */
    async function assertWell(): Promise<void> {
        const Name = `fresh${Date.now()}`;
        await ok(json("glue", "CreateDatabase", { DatabaseInput: { Name } }));
        assert.equal(
            JSON.parse((await ok(json("glue", "GetDatabase", { Name }))).body).Database.Name,
            Name.toLowerCase(),
        );
        await ok(json("glue", "DeleteDatabase", { Name }));
        assert.equal((await json("glue", "GetDatabase", { Name })).status, 400);
        await ok(json("athena", "ListWorkGroups", {}));
        await ok(json("lakeformation", "GetDataLakeSettings", {}));
        await ok(s3("PUT", `/${seeded.bucket}/${Name}`, Name));
        assert.equal((await ok(s3("GET", `/${seeded.bucket}/${Name}`))).body, Name);
        assert.equal((await ok(s3("GET", `/${seeded.bucket}/kept`))).body, "kept");
        target.assertUntouched();
    }

    /** Batches of requests side by side; the memory is looked at in the middle and at the end. */
    async function storm<T>(
        requests: fc.Arbitrary<T>,
        attack: (request: T) => Promise<void>,
        size = batchSize,
    ): Promise<void> {
        const half = async (part: number) =>
            fc.assert(
                fc.asyncProperty(fc.array(requests, { minLength: size, maxLength: size }), async (batch) => {
                    await Promise.all(batch.map(attack));
                }),
                { seed: seed + part, numRuns: batches / 2, endOnFailure: true, reporter: tellTheOne },
            );
        await half(0);
        const memory = await target.memory();
        await half(1);
        const grown = (await target.memory()) - memory;
        assert.ok(grown < mostGrowth, `the second half of the requests added ${Math.round(grown)} MB of memory`);
        await assertWell();
    }

    /** The operations of a service that the local AWS does. */
    async function done(service: JsonService): Promise<string[]> {
        const operations = Object.keys(loadModel(service).operations);
        const answers = await Promise.all(operations.map((operation) => json(service, operation, {})));
        return operations.filter((_, index) => !answers[index]!.body.includes("is not implemented"));
    }

    const answered = async (sent: Sent) => assertAwsShaped(sent, await target.send(sent));

    for (const service of ["glue", "athena", "lakeformation"] as const) {
        it(`${service} refuses them in its own form`, async () =>
            storm(jsonRequests(service, await done(service)), answered));
    }
    it("s3 refuses them in its own form, and keeps to its folder", () => storm(s3Requests, answered));
    it("the gateway refuses them in AWS's form", () => storm(gatewayRequests, answered));

    it("what is no HTTP is refused or hung up on, at once", () =>
        storm(
            wireBytes,
            async (bytes) => {
                const statuses = [...(await target.wire(bytes)).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((match) =>
                    Number(match[1]),
                );
                assert.ok(
                    statuses.every((status) => status < 500),
                    `${bytes.toString("latin1")} → ${statuses.join()}`,
                );
            },
            batchSize,
        ));

    it("tells the truth when it says that something was made", async () => {
        const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,12}$/).map((text) => `made_${text}`);
        const text = fc.string({ unit: "grapheme", maxLength: 60 }).filter((each) => !/[\p{Cc}\p{Cs}]/u.test(each));
        const key = fc
            .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
            .filter((each) => !/[\p{Cc}\p{Cs}]/u.test(each));
        const made = fc.asyncProperty(
            name,
            text,
            fc.oneof(key, fc.constantFrom("../x", "a/../../b", "/etc/passwd", "a//b", ".")),
            async (Name, Value, Key) => {
                const Parameters = { __proto__: null, [Name]: Value, constructor: Value } as Record<string, string>;
                await ok(json("glue", "CreateDatabase", { DatabaseInput: { Name, Description: Value, Parameters } }));
                const { Database } = JSON.parse((await ok(json("glue", "GetDatabase", { Name }))).body);
                assert.deepEqual([Database.Description, Database.Parameters], [Value, { ...Parameters }]);
                await ok(json("glue", "DeleteDatabase", { Name }));
                await ok(json("athena", "CreateWorkGroup", { Name, Description: Value }));
                const { WorkGroup } = JSON.parse((await ok(json("athena", "GetWorkGroup", { WorkGroup: Name }))).body);
                assert.equal(WorkGroup.Description, Value);
                await ok(json("athena", "DeleteWorkGroup", { WorkGroup: Name }));
                await ok(json("lakeformation", "CreateLFTag", { TagKey: Name, TagValues: ["a"] }));
                assert.deepEqual(
                    JSON.parse((await ok(json("lakeformation", "GetLFTag", { TagKey: Name }))).body).TagValues,
                    ["a"],
                );
                await ok(json("lakeformation", "DeleteLFTag", { TagKey: Name }));
                const path = `/${seeded.bucket}/${Key.split("/").map(encodeURIComponent).join("/")}`;
                await ok(s3("PUT", path, Value));
                assert.equal((await ok(s3("GET", path))).body, Value);
                await ok(s3("DELETE", path));
                assert.equal((await s3("GET", path)).status, 404);
            },
        );
        await fc.assert(made, { seed, numRuns: 200 });
        target.assertUntouched();
    });

    it("listens on loopback only", async () => {
        const addresses = Object.values(os.networkInterfaces()).flatMap((each) => each ?? []);
        const outside = addresses.filter(({ internal, address }) => !internal && !address.startsWith("fe80:"));
        const { port } = new URL(target.local.endpoint);
        for (const { address } of outside) {
            const reached = await new Promise<boolean>((resolve) => {
                const socket = net.connect(Number(port), address, () => resolve(true));
                socket.on("error", () => resolve(false));
                socket.setTimeout(5000, () => resolve(false));
                socket.on("close", () => socket.destroy());
            });
            assert.equal(reached, false, `${address}:${port} answers`);
        }
    });
});

/** The one request's own failure, in place of the whole batch. */
function tellTheOne({ failed, errorInstance }: { failed: boolean; errorInstance: unknown }): void {
    if (failed) throw errorInstance;
}
