import assert from "node:assert/strict";
import { AuditTrail, type AuditTrailArgs } from "../../components";
import { account, assertWellFormed, build, faultsOf, one, region, valueOf, type Built } from "./mocks";

const trail = (args: Partial<AuditTrailArgs> = {}) =>
    build(() => new AuditTrail("audit", { buckets: ["lake-bronze", "lake-silver"], ...args }));
const trailOf = (built: Built<unknown>) => one(built, "aws:cloudtrail/trail:Trail", "audit-trail").inputs;
const selectorsOf = (built: Built<unknown>) => trailOf(built).advancedEventSelectors[0].fieldSelectors;
const guardOf = (built: Built<unknown>, type: string) =>
    one(built, `aws:s3/${type[0]!.toLowerCase()}${type.slice(1)}:${type}`).inputs;
const bucketArn = "arn:aws:s3:::audit-logs-0a1b2c3";
const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/audit`;
const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/mine`;

describe("AuditTrail", () => {
    let built: Built<AuditTrail>;
    before(async () => {
        built = await trail();
    });

    it("is well formed", async () => {
        assertWellFormed(built, "lakeworks:index:AuditTrail", "audit");
        assert.equal(await valueOf(built.value.trailArn), trailArn);
        assert.equal(await valueOf(built.value.trailName), "audit");
        assert.equal(await valueOf(built.value.bucket), "audit-logs-0a1b2c3");
        assert.equal(trailOf(built).s3BucketName, "audit-logs-0a1b2c3");
    });

    describe("enforces the following", () => {
        it("every read and write of an object is recorded, in these buckets and in no other; with writesOnly writes alone", async () => {
            assert.equal(trailOf(built).advancedEventSelectors.length, 1);
            const category = { field: "eventCategory", equals: ["Data"] };
            const objects = [
                { field: "resources.ARN", startsWiths: ["arn:aws:s3:::lake-bronze/", "arn:aws:s3:::lake-silver/"] },
                { field: "resources.type", equals: ["AWS::S3::Object"] },
            ];
            assert.deepEqual(selectorsOf(built), [category, ...objects]);
            const writes = { field: "readOnly", equals: ["false"] };
            assert.deepEqual(selectorsOf(await trail({ writesOnly: true })), [category, writes, ...objects]);
        });

        it("log files are signed, so that a change or a gap can be proved", () => {
            assert.equal(trailOf(built).enableLogFileValidation, true);
        });

        it("the bucket of the log files keeps versions, is private and takes TLS only", () => {
            assert.deepEqual(guardOf(built, "BucketVersioning").versioningConfiguration, { status: "Enabled" });
            const { bucket, ...blocks } = guardOf(built, "BucketPublicAccessBlock");
            assert.ok(bucket);
            assert.deepEqual(Object.values(blocks), [true, true, true, true]);
            assert.deepEqual(guardOf(built, "BucketOwnershipControls").rule, {
                objectOwnership: "BucketOwnerEnforced",
            });
            assert.deepEqual(JSON.parse(guardOf(built, "BucketPolicy").policy).Statement[0], {
                Sid: "TlsOnly",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [bucketArn, `${bucketArn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            });
        });

        it("only CloudTrail on behalf of this trail may deliver to it, and only to this account's prefix", () => {
            const Principal = { Service: "cloudtrail.amazonaws.com" };
            assert.deepEqual(JSON.parse(guardOf(built, "BucketPolicy").policy).Statement.slice(1), [
                {
                    Sid: "AWSCloudTrailAclCheck",
                    Effect: "Allow",
                    Principal,
                    Action: "s3:GetBucketAcl",
                    Resource: bucketArn,
                    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
                },
                {
                    Sid: "AWSCloudTrailWrite",
                    Effect: "Allow",
                    Principal,
                    Action: "s3:PutObject",
                    Resource: `${bucketArn}/AWSLogs/${account}/*`,
                    Condition: {
                        StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" },
                    },
                },
            ]);
        });

        it("with kmsKeyArn the log files are encrypted by that key", async () => {
            const encrypted = await trail({ kmsKeyArn });
            assert.equal(trailOf(encrypted).kmsKeyId, kmsKeyArn);
            const [rule] = guardOf(encrypted, "BucketServerSideEncryptionConfiguration").rules;
            assert.equal(rule.applyServerSideEncryptionByDefault.kmsMasterKeyId, kmsKeyArn);
            assert.equal("kmsKeyId" in trailOf(built), false);
        });

        it("log files expire after expirationDays", async () => {
            const expiryOf = (each: Built<unknown>) =>
                guardOf(each, "BucketLifecycleConfiguration").rules[1].expiration;
            assert.deepEqual(expiryOf(built), { days: 365 });
            assert.deepEqual(expiryOf(await trail({ expirationDays: 7 })), { days: 7 });
        });

        it("a bucket that holds log files is deleted only with forceDestroy", async () => {
            assert.equal(guardOf(built, "Bucket").forceDestroy, false);
            assert.equal(guardOf(await trail({ forceDestroy: true }), "Bucket").forceDestroy, true);
        });

        it("with retain neither trail nor bucket nor guards are deleted", async () => {
            const made = (each: Built<unknown>) => each.resources.filter(({ type }) => type.startsWith("aws:"));
            assert.ok(made(built).every(({ protect, retainOnDelete }) => !protect && !retainOnDelete));
            const retained = made(await trail({ retain: true }));
            assert.equal(retained.length, 8);
            for (const { name, protect, retainOnDelete } of retained) {
                assert.ok(protect && retainOnDelete, name);
            }
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: AuditTrailArgs = {
                buckets: ["lake-bronze", "arn:aws:s3:::lake"],
                kmsKeyArn: "alias/mine",
                expirationDays: 0,
                forceDestroy: true,
                retain: true,
            };
            assert.deepEqual(
                faultsOf(() => new AuditTrail("Audit", wrong)),
                ["buckets[1]", "expirationDays", "forceDestroy", "kmsKeyArn", "name"],
            );
            assert.deepEqual(
                faultsOf(() => new AuditTrail("audit", { buckets: [] })),
                ["buckets"],
            );
        });
    });
});
