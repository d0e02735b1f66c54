import assert from "node:assert/strict";
import { LakePermissions, LakeZone, type LakePermissionsArgs } from "../../components";
import {
    account,
    assertWellFormed,
    build,
    faultsOf,
    ofType,
    one,
    region,
    rightsOf,
    valueOf,
    type Built,
} from "./mocks";

const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const permissions = (args: Partial<LakePermissionsArgs> = {}) =>
    build(
        () =>
            new LakePermissions("lake", {
                admins: [roleArn("deployer")],
                locations: [
                    { zone: LakeZone.Bronze, bucket: "lake-bronze" },
                    { zone: LakeZone.Silver, bucket: "lake-silver" },
                ],
                databases: [
                    {
                        dataset: "sales",
                        databaseName: "lake_sales",
                        tables: [{ name: "sales", zone: LakeZone.Silver }],
                    },
                    { dataset: "web", databaseName: "lake_web" },
                ],
                readers: [{ name: "analysts", arn: roleArn("analysts") }],
                writers: [{ name: "sales-job", arn: roleArn("sales-job") }],
                ...args,
            }),
    );

const settings = "aws:lakeformation/dataLakeSettings:DataLakeSettings";
const grantOf = (built: Built<unknown>, name: string) =>
    one(built, "aws:lakeformation/permissions:Permissions", `lake-${name}`).inputs;
const tagsOf = (built: Built<unknown>, name: string) =>
    one(built, "aws:lakeformation/resourceLfTags:ResourceLfTags", `lake-${name}-tags`).inputs;
const everyZone = { key: "lake-zone", values: ["bronze", "silver", "gold"] };

describe("LakePermissions", () => {
    let built: Built<LakePermissions>;
    before(async () => {
        built = await permissions();
    });

    it("is well formed", async () => {
        assertWellFormed(built, "lakeworks:index:LakePermissions", "lake");
        assert.equal(await valueOf(built.value.zoneTag), "lake-zone");
        assert.equal(await valueOf(built.value.datasetTag), "lake-dataset");
        assert.deepEqual(one(built, "aws:lakeformation/lfTag:LfTag", "lake-tag-zone").inputs, everyZone);
        assert.deepEqual(one(built, "aws:lakeformation/lfTag:LfTag", "lake-tag-dataset").inputs.values, [
            "sales",
            "web",
        ]);
    });

    it("a role that is given is used, and none is created", async () => {
        const given = await permissions({ roleArn: roleArn("registrar") });
        assert.equal(ofType(given, "aws:iam/role:Role").length, 0);
        for (const { inputs } of ofType(given, "aws:lakeformation/resource:Resource")) {
            assert.equal(inputs.roleArn, roleArn("registrar"));
        }
    });

    describe("enforces the following", () => {
        it("readers see every database, and read tables of silver and gold only", () => {
            assert.deepEqual(grantOf(built, "reader-analysts-database"), {
                principal: roleArn("analysts"),
                permissions: ["DESCRIBE"],
                lfTagPolicy: { resourceType: "DATABASE", expressions: [everyZone] },
            });
            assert.deepEqual(grantOf(built, "reader-analysts-table"), {
                principal: roleArn("analysts"),
                permissions: ["DESCRIBE", "SELECT"],
                lfTagPolicy: {
                    resourceType: "TABLE",
                    expressions: [{ key: "lake-zone", values: ["silver", "gold"] }],
                },
            });
        });

        it("writers create, change and write tables of every zone, and add data in every location; they drop none", () => {
            assert.deepEqual(grantOf(built, "writer-sales-job-database"), {
                principal: roleArn("sales-job"),
                permissions: ["CREATE_TABLE", "DESCRIBE"],
                lfTagPolicy: { resourceType: "DATABASE", expressions: [everyZone] },
            });
            assert.deepEqual(grantOf(built, "writer-sales-job-table"), {
                principal: roleArn("sales-job"),
                permissions: ["ALTER", "DELETE", "DESCRIBE", "INSERT", "SELECT"],
                lfTagPolicy: { resourceType: "TABLE", expressions: [everyZone] },
            });
            for (const zone of ["bronze", "silver"]) {
                assert.deepEqual(grantOf(built, `writer-sales-job-location-${zone}`), {
                    principal: roleArn("sales-job"),
                    permissions: ["DATA_LOCATION_ACCESS"],
                    dataLocation: { arn: `arn:aws:s3:::lake-${zone}` },
                });
            }
            assert.equal(ofType(built, "aws:lakeformation/permissions:Permissions").length, 6);
        });

        it("a principal with datasets is granted those and no others", async () => {
            const narrow = await permissions({
                readers: [{ name: "analysts", arn: roleArn("analysts"), datasets: ["web"] }],
                writers: [{ name: "sales-job", arn: roleArn("sales-job"), datasets: ["sales"] }],
            });
            for (const [who, dataset] of [
                ["reader-analysts", "web"],
                ["writer-sales-job", "sales"],
            ]) {
                for (const kind of ["database", "table"]) {
                    const { expressions } = grantOf(narrow, `${who}-${kind}`).lfTagPolicy;
                    assert.deepEqual(expressions.slice(1), [{ key: "lake-dataset", values: [dataset] }]);
                }
            }
        });

        it("what is not tagged otherwise is bronze: raw data stays with writers", () => {
            for (const dataset of ["sales", "web"]) {
                assert.deepEqual(tagsOf(built, dataset), {
                    database: { name: `lake_${dataset}` },
                    lfTags: [
                        { key: "lake-dataset", value: dataset },
                        { key: "lake-zone", value: "bronze" },
                    ],
                });
            }
            assert.deepEqual(tagsOf(built, "sales-sales"), {
                table: { databaseName: "lake_sales", name: "sales" },
                lfTags: [{ key: "lake-zone", value: "silver" }],
            });
        });

        it("administrators are exactly admins", async () => {
            const { inputs, retainOnDelete } = one(built, settings);
            assert.deepEqual(inputs.admins, [roleArn("deployer")]);
            // A deletion would empty the list, also when the mode changes.
            assert.equal(retainOnDelete, true);
            const others = await permissions({ admins: undefined });
            assert.equal(ofType(others, settings).length, 0);
        });

        it("hybrid keeps IAM's defaults and access; without it Lake Formation decides alone", async () => {
            const strict = await permissions({ hybrid: false });
            // The provider does not empty the defaults of settings that exist.
            assert.notEqual(one(built, settings).name, one(strict, settings).name);
            for (const [each, hybrid] of [
                [built, true],
                [strict, false],
            ] as const) {
                const { createDatabaseDefaultPermissions, createTableDefaultPermissions } = one(each, settings).inputs;
                const expected = hybrid ? [{ principal: "IAM_ALLOWED_PRINCIPALS", permissions: ["ALL"] }] : [];
                assert.deepEqual(createDatabaseDefaultPermissions, expected);
                assert.deepEqual(createTableDefaultPermissions, expected);
                const locations = ofType(each, "aws:lakeformation/resource:Resource");
                assert.deepEqual(
                    locations.map(({ inputs }) => [inputs.arn, inputs.hybridAccessEnabled]),
                    ["bronze", "silver"].map((zone) => [`arn:aws:s3:::lake-${zone}`, hybrid]),
                );
            }
        });

        it("a change of a grant, a tag or a location never ends with it taken away", () => {
            const entries = built.resources.filter(
                ({ type }) => type.startsWith("aws:lakeformation/") && type !== settings,
            );
            assert.equal(entries.length, 13);
            for (const { name, deleteBeforeReplace } of entries) {
                assert.ok(deleteBeforeReplace, name);
            }
        });

        it("Lake Formation reads and writes the locations by a role of its own, which has no right elsewhere", async () => {
            const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/mine`;
            const encrypted = await permissions({ kmsKeyArn });
            const role = one(encrypted, "aws:iam/role:Role", "lake-location-role").inputs;
            assert.deepEqual(JSON.parse(role.assumeRolePolicy).Statement[0].Principal, {
                Service: "lakeformation.amazonaws.com",
            });
            const buckets = ["bronze", "silver"].map((zone) => `arn:aws:s3:::lake-${zone}`);
            const allow = { Effect: "Allow" };
            assert.deepEqual(Object.fromEntries(rightsOf(encrypted, "lake-location-role")), {
                List: { ...allow, Sid: "List", Action: "s3:ListBucket", Resource: buckets },
                Objects: {
                    ...allow,
                    Sid: "Objects",
                    Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                    Resource: buckets.map((bucket) => `${bucket}/*`),
                },
                Key: {
                    ...allow,
                    Sid: "Key",
                    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                    Resource: kmsKeyArn,
                    Condition: { StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com*` } },
                },
            });
            for (const { inputs } of ofType(built, "aws:lakeformation/resource:Resource")) {
                assert.equal(inputs.roleArn, roleArn("lake-location-role-0a1b2c3"));
            }
        });
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: LakePermissionsArgs = {
                admins: [],
                locations: [
                    { zone: LakeZone.Silver, bucket: "Lake" },
                    { zone: LakeZone.Silver, bucket: "lake-silver" },
                ],
                databases: [
                    { dataset: "Sales", databaseName: "lake-sales", tables: [{ name: "t", zone: "raw" as LakeZone }] },
                ],
                readers: [{ name: "a", arn: "analysts", datasets: ["web"] }],
                writers: [{ name: "a/b", arn: roleArn("job"), datasets: [] }],
                kmsKeyArn: "alias/mine",
                roleArn: "role",
            };
            assert.deepEqual(
                faultsOf(() => new LakePermissions("Lake", wrong)),
                [
                    "admins",
                    "databases[0].databaseName",
                    "databases[0].dataset",
                    "databases[0].tables[0].zone",
                    "kmsKeyArn",
                    "locations[0].bucket",
                    "locations[1].zone",
                    "name",
                    "readers[0].arn",
                    "readers[0].datasets[0]",
                    "roleArn",
                    "writers[0].datasets",
                    "writers[0].name",
                ],
            );
        });
    });
});
