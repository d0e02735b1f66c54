import assert from "node:assert/strict";
import { DataLakeBuckets, Encryption, type DataLakeBucketsArgs } from "../../components";
import { account, assertWellFormed, build, faultsOf, ofType, one, region, valueOf, type Built } from "./mocks";

const all = ["access-logs", "athena-results", "bronze", "gold", "scripts", "silver"];
const data = all.filter((zone) => zone !== "access-logs");
const kind = (name: string) => `aws:s3/${name[0]!.toLowerCase()}${name.slice(1)}:${name}`;

const kms = `arn:aws:kms:${region}:${account}`;

const lake = (args: DataLakeBucketsArgs = {}) => build(() => new DataLakeBuckets("lake", args));

/** The zones that have a resource of this type, as `lake-<zone>-<suffix>`. */
function zonesWith(built: Built<unknown>, type: string, suffix: string): string[] {
    return ofType(built, kind(type))
        .map((resource) => resource.name.slice("lake-".length, -suffix.length - 1))
        .sort();
}

function statements(built: Built<unknown>, zone: string) {
    return JSON.parse(one(built, kind("BucketPolicy"), `lake-${zone}-policy`).inputs.policy).Statement;
}

function rules(built: Built<unknown>, zone: string) {
    return one(built, kind("BucketLifecycleConfiguration"), `lake-${zone}-lifecycle`).inputs.rules;
}

describe("DataLakeBuckets", () => {
    let built: Built<DataLakeBuckets>;
    before(async () => {
        built = await lake();
    });

    it("makes the six buckets, well formed", async () => {
        assertWellFormed(built, "lakeworks:index:DataLakeBuckets", "lake");
        assert.deepEqual(
            ofType(built, kind("Bucket"))
                .map((bucket) => bucket.name)
                .sort(),
            all.map((zone) => `lake-${zone}`),
        );
        assert.equal(await valueOf(built.value.athenaResults), "lake-athena-results-0a1b2c3");
    });

    describe("enforces the following", () => {
        it("every bucket keeps versions", () => {
            assert.deepEqual(zonesWith(built, "BucketVersioning", "versioning"), all);
            for (const { inputs } of ofType(built, kind("BucketVersioning"))) {
                assert.deepEqual(inputs.versioningConfiguration, { status: "Enabled" });
            }
        });

        it("every bucket is encrypted by SSE-S3, or with SSE_KMS by one key with bucket keys; access logs always by SSE-S3, as S3 delivers them to no other", async () => {
            const bySse = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
            const byKey = (kmsMasterKeyId: string) => ({
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
                bucketKeyEnabled: true,
            });
            assert.deepEqual(zonesWith(built, "BucketServerSideEncryptionConfiguration", "encryption"), all);
            for (const { inputs } of ofType(built, kind("BucketServerSideEncryptionConfiguration"))) {
                assert.deepEqual(inputs.rules, [bySse]);
            }
            const encrypted = await lake({ encryption: Encryption.SseKms });
            assert.deepEqual(zonesWith(encrypted, "BucketServerSideEncryptionConfiguration", "encryption"), all);
            for (const { name, inputs } of ofType(encrypted, kind("BucketServerSideEncryptionConfiguration"))) {
                const expected = name === "lake-access-logs-encryption" ? bySse : byKey(`${kms}:key/1234`);
                assert.deepEqual(inputs.rules, [expected], name);
            }
        });

        it("a created key rotates each year, and besides the account's own IAM only its CloudWatch Logs and CloudTrail may use it", async () => {
            assert.equal(ofType(built, "aws:kms/key:Key").length, 0);
            const encrypted = await lake({ encryption: Encryption.SseKms });
            const key = one(encrypted, "aws:kms/key:Key");
            assert.equal(key.inputs.enableKeyRotation, true);
            assert.equal(key.inputs.deletionWindowInDays, 30);
            const trails = { "aws:SourceArn": `arn:aws:cloudtrail:${region}:${account}:trail/*` };
            const byTrails = `arn:aws:cloudtrail:*:${account}:trail/*`;
            assert.deepEqual(
                JSON.parse(key.inputs.policy).Statement.map(
                    ({ Principal, Condition }: { Principal: object; Condition?: object }) => [Principal, Condition],
                ),
                [
                    [{ AWS: `arn:aws:iam::${account}:root` }, undefined],
                    [
                        { Service: `logs.${region}.amazonaws.com` },
                        {
                            ArnLike: {
                                "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*`,
                            },
                        },
                    ],
                    [
                        { Service: "cloudtrail.amazonaws.com" },
                        { ArnLike: trails, StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": byTrails } },
                    ],
                    [{ Service: "cloudtrail.amazonaws.com" }, { ArnLike: trails }],
                ],
            );
        });

        it("every bucket refuses requests without TLS", () => {
            assert.deepEqual(zonesWith(built, "BucketPolicy", "policy"), all);
            for (const zone of all) {
                const arn = `arn:aws:s3:::lake-${zone}-0a1b2c3`;
                assert.deepEqual(statements(built, zone)[0], {
                    Sid: "TlsOnly",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Resource: [arn, `${arn}/*`],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                });
            }
        });

        it("every bucket blocks public access in all four ways", () => {
            assert.deepEqual(zonesWith(built, "BucketPublicAccessBlock", "privacy"), all);
            for (const { inputs } of ofType(built, kind("BucketPublicAccessBlock"))) {
                const { bucket, ...blocks } = inputs;
                assert.ok(bucket);
                assert.deepEqual(blocks, {
                    blockPublicAcls: true,
                    blockPublicPolicy: true,
                    ignorePublicAcls: true,
                    restrictPublicBuckets: true,
                });
            }
        });

        it("every bucket disables ACLs: its owner owns every object", () => {
            assert.deepEqual(zonesWith(built, "BucketOwnershipControls", "ownership"), all);
            for (const { inputs } of ofType(built, kind("BucketOwnershipControls"))) {
                assert.deepEqual(inputs.rule, { objectOwnership: "BucketOwnerEnforced" });
            }
        });

        it("every bucket drops unfinished uploads after a day and noncurrent versions after noncurrentExpirationDays", async () => {
            const shorter = await lake({ noncurrentExpirationDays: 7 });
            for (const [lakeBuilt, noncurrentDays] of [
                [built, 30],
                [shorter, 7],
            ] as const) {
                for (const zone of all) {
                    const [housekeeping] = rules(lakeBuilt, zone);
                    assert.equal(housekeeping.status, "Enabled");
                    assert.deepEqual(housekeeping.filter, { prefix: "" });
                    assert.deepEqual(housekeeping.abortIncompleteMultipartUpload, { daysAfterInitiation: 1 });
                    assert.deepEqual(housekeeping.noncurrentVersionExpiration, { noncurrentDays });
                }
            }
        });

        it("bronze moves to STANDARD_IA, then to GLACIER", () => {
            assert.deepEqual(rules(built, "bronze")[1], {
                id: "archive",
                status: "Enabled",
                filter: { prefix: "" },
                transitions: [
                    { days: 90, storageClass: "STANDARD_IA" },
                    { days: 180, storageClass: "GLACIER" },
                ],
            });
        });

        it("quarantined rows, temporary files, query results and access logs expire; tables do not", () => {
            const expiries = all.flatMap((zone) =>
                rules(built, zone)
                    .filter((rule: { expiration?: object }) => rule.expiration !== undefined)
                    .map((rule: { status: string; filter: { prefix: string }; expiration: { days: number } }) => [
                        zone,
                        rule.status,
                        rule.filter.prefix,
                        rule.expiration.days,
                    ]),
            );
            assert.deepEqual(expiries, [
                ["access-logs", "Enabled", "", 365],
                ["athena-results", "Enabled", "", 90],
                ["scripts", "Enabled", "temp/", 7],
                ["silver", "Enabled", "_quarantine/", 90],
                ["silver", "Enabled", "_staging/", 7],
            ]);
        });

        it("every data bucket writes server access logs, under its zone", () => {
            assert.deepEqual(zonesWith(built, "BucketLogging", "logging"), data);
            for (const { name, inputs } of ofType(built, kind("BucketLogging"))) {
                assert.equal(inputs.targetBucket, "lake-access-logs-0a1b2c3");
                assert.equal(name, `lake-${inputs.targetPrefix.slice(0, -1)}-logging`);
            }
        });

        it("only S3 on behalf of these buckets may deliver to the log bucket", () => {
            assert.deepEqual(statements(built, "access-logs").slice(1), [
                {
                    Sid: "LogDelivery",
                    Effect: "Allow",
                    Principal: { Service: "logging.s3.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: "arn:aws:s3:::lake-access-logs-0a1b2c3/*",
                    Condition: {
                        ArnEquals: {
                            "aws:SourceArn": ["bronze", "silver", "gold", "scripts", "athena-results"].map(
                                (zone) => `arn:aws:s3:::lake-${zone}-0a1b2c3`,
                            ),
                        },
                        StringEquals: { "aws:SourceAccount": account },
                    },
                },
            ]);
            for (const zone of data) {
                assert.equal(statements(built, zone).length, 1, zone);
            }
        });

        it("a bucket that holds objects is deleted only with forceDestroy", async () => {
            const forced = await lake({ forceDestroy: true });
            for (const [lakeBuilt, forceDestroy] of [
                [built, false],
                [forced, true],
            ] as const) {
                for (const bucket of ofType(lakeBuilt, kind("Bucket"))) {
                    assert.equal(bucket.inputs.forceDestroy, forceDestroy);
                    assert.equal(bucket.protect || bucket.retainOnDelete, false);
                }
            }
        });

        it("with retain no bucket is deleted, nor its guards, nor the key", async () => {
            const retained = await lake({ retain: true, encryption: Encryption.SseKms });
            const made = retained.resources.filter((resource) => resource.type.startsWith("aws:"));
            assert.ok(made.length > 40);
            for (const { name, protect, retainOnDelete } of made) {
                assert.ok(protect && retainOnDelete, name);
            }
        });
    });

    it("a key that is given is used, and none is created", async () => {
        const kmsKeyArn = `${kms}:key/mine`;
        const encrypted = await lake({ encryption: Encryption.SseKms, kmsKeyArn });
        assert.equal(ofType(encrypted, "aws:kms/key:Key").length, 0);
        assert.equal(await valueOf(encrypted.value.kmsKeyArn!), kmsKeyArn);
        const rule = one(encrypted, kind("BucketServerSideEncryptionConfiguration"), "lake-bronze-encryption");
        assert.equal(rule.inputs.rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId, kmsKeyArn);
    });

    it("a bucket for access logs that is given is used, and none is created", async () => {
        const given = await lake({ accessLogsBucket: "central-logs" });
        assert.deepEqual(zonesWith(given, "BucketPolicy", "policy"), data);
        assert.equal(await valueOf(given.value.accessLogs), "central-logs");
        for (const { inputs } of ofType(given, kind("BucketLogging"))) {
            assert.equal(inputs.targetBucket, "central-logs");
        }
    });

    it("refuses names that S3 has for itself", async () => {
        await build(() => {
            assert.deepEqual(
                faultsOf(() => new DataLakeBuckets("xn--lake")),
                ["name"],
            );
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            assert.deepEqual(
                faultsOf(
                    () =>
                        new DataLakeBuckets("Lake_1", {
                            encryption: "KMS" as Encryption,
                            kmsKeyArn: "alias/mine",
                            bronzeInfrequentAccessDays: 10,
                            bronzeGlacierDays: 30,
                            resultsExpirationDays: 0,
                            forceDestroy: true,
                            retain: true,
                        }),
                ),
                [
                    "bronzeGlacierDays",
                    "bronzeInfrequentAccessDays",
                    "encryption",
                    "forceDestroy",
                    "kmsKeyArn",
                    "kmsKeyArn",
                    "name",
                    "resultsExpirationDays",
                ],
            );
        });
    });
});
