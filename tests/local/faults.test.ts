import * as assert from "node:assert/strict";
import { GetDatabasesCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Faults } from "../../local/faults";
import { checkRules, type FaultRule } from "../../local/faults/rules";
import { errorName, TestLocal } from "./support";

const get = { service: "s3", method: "GET", path: "/bucket/key" };

/** Which of so many alike requests fail. */
function failing(rule: FaultRule, requests: number): number[] {
    const faults = new Faults();
    faults.set([rule]);
    return Array.from({ length: requests }, (_, index) => index + 1).filter(() => faults.meet(get) !== undefined);
}

describe("faults on purpose", () => {
    it("spare, take turns and end as the rule says", () => {
        assert.deepEqual(failing({ kind: "slow" }, 3), [1, 2, 3]);
        assert.deepEqual(failing({ kind: "slow", after: 2, every: 3, times: 2 }, 12), [5, 8]);
    });

    it("meet only what the rule is about, by the first rule that fits", () => {
        const faults = new Faults();
        faults.set([
            { kind: "slow", service: "glue", operation: "GetTable" },
            { kind: "dropped", method: "PUT", path: "/bucket/" },
            { kind: "throttled", service: "s3" },
        ]);
        const kinds = [
            { service: "glue", operation: "GetTable", method: "POST", path: "/" },
            { service: "glue", operation: "GetTables", method: "POST", path: "/" },
            { service: "s3", method: "PUT", path: "/bucket/key" },
            { service: "s3", method: "PUT", path: "/other/key" },
        ].map((request) => faults.meet(request)?.kind);
        assert.deepEqual(kinds, ["slow", undefined, "dropped", "throttled"]);
        assert.deepEqual(
            faults.describe().map(({ fitted, failed }) => [fitted, failed]),
            [
                [1, 1],
                [1, 1],
                [2, 1],
            ],
        );
    });

    for (const [rules, said] of [
        [{}, /JSON array/],
        [[{ kind: "broken" }], /Rule 1: kind is one of unavailable/],
        [[{ kind: "slow", share: 1 }], /no member "share"/],
        [[{ kind: "slow", every: 0 }], /every is a whole number, at least 1/],
        [[{ kind: "slow" }, { kind: "truncated" }], /Rule 2: only answers of service s3/],
    ] as const) {
        it(`refuse ${JSON.stringify(rules)}`, () => assert.throws(() => checkRules(rules), said));
    }
});

describe("faults on purpose at the gateway", () => {
    let aws: TestLocal;
    let s3: S3Client;
    let glue: GlueClient;
    const Bucket = "faulty";
    const read = async () => (await s3.send(new GetObjectCommand({ Bucket, Key: "key" }))).Body!.transformToString();
    const list = () => glue.send(new GetDatabasesCommand({}));

    before(async () => {
        aws = await TestLocal.start();
        const { endpoint, region, credentials } = aws.local;
        // One attempt: the test is about what is answered, not about what SDKs do then.
        s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
        glue = new GlueClient({ endpoint, region, credentials, maxAttempts: 1 });
        await s3.send(new CreateBucketCommand({ Bucket }));
        await s3.send(new PutObjectCommand({ Bucket, Key: "key", Body: "x".repeat(1000) }));
    });

    afterEach(() => aws.local.setFaults([]));

    after(() => aws.stop());

    for (const [kind, ofS3, ofGlue] of [
        ["unavailable", "ServiceUnavailable", "InternalServiceException"],
        ["throttled", "SlowDown", "ThrottlingException"],
        ["expired", "ExpiredToken", "ExpiredTokenException"],
        ["dropped", "TimeoutError", "TimeoutError"],
    ] as const) {
        it(`answers ${kind} as AWS does`, async () => {
            await aws.local.setFaults([{ kind, times: 2 }]);
            assert.deepEqual([await errorName(read()), await errorName(list())], [ofS3, ofGlue]);
            assert.equal((await read()).length, 1000);
        });
    }

    it("ends a truncated answer in its middle", async () => {
        await aws.local.setFaults([{ kind: "truncated", service: "s3", method: "GET", times: 1 }]);
        await assert.rejects(read(), /aborted|ECONNRESET/);
        assert.equal((await read()).length, 1000);
    });

    it("is what an SDK retries, and tells what it did", async () => {
        await aws.local.setFaults([{ kind: "throttled", service: "glue", every: 2 }]);
        await list();
        await assert.rejects(list());
        const [rule] = await aws.local.faults();
        assert.deepEqual([rule?.fitted, rule?.failed], [2, 1]);
    });

    it("refuses rules that it does not understand, and keeps to the earlier ones", async () => {
        await aws.local.setFaults([{ kind: "throttled" }]);
        await assert.rejects(aws.local.setFaults([{ kind: "wrong" } as unknown as FaultRule]), /kind is one of/);
        await assert.rejects(list());
    });
});
