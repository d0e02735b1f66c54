/** The local Lake Formation by the stock AWS CLI. */
import * as assert from "node:assert/strict";
import { TestLocal } from "./support";

const role = "arn:aws:iam::000000000000:role/analysts";
const database = JSON.stringify({ Database: { Name: "shop" } });
const table = JSON.stringify({ Table: { DatabaseName: "shop", Name: "orders" } });

interface Permissions {
    PrincipalResourcePermissions: { Resource: object; Permissions: string[] }[];
}
interface Tags {
    LFTagOnDatabase?: { TagKey: string; TagValues: string[] }[];
    LFTagsOnTable?: { TagKey: string; TagValues: string[] }[];
}

describe("local Lake Formation", function () {
    this.timeout(300_000);
    let lake: TestLocal;
    const ok = <T = object>(...args: string[]) => lake.cliJson<T>("lakeformation", ...args);
    const refused = async (reason: RegExp, ...args: string[]) => {
        const { code, stderr } = await lake.cli("lakeformation", ...args);
        assert.notEqual(code, 0);
        assert.match(stderr, reason);
    };
    const grant = (resource: string, ...permissions: string[]) => [
        "--principal",
        `DataLakePrincipalIdentifier=${role}`,
        "--resource",
        resource,
        "--permissions",
        ...permissions,
    ];

    before(async () => {
        lake = await TestLocal.start();
        const input = JSON.stringify({ Name: "Orders", StorageDescriptor: { Location: "s3://lake/orders/" } });
        await lake.cliJson("glue", "create-database", "--database-input", "Name=shop");
        await lake.cliJson("glue", "create-table", "--database-name", "shop", "--table-input", input);
    });
    after(async () => lake.stop());

    it("has a fresh account's settings, and replaces them whole", async () => {
        const { DataLakeSettings: fresh } = await ok<{ DataLakeSettings: Record<string, unknown> }>(
            "get-data-lake-settings",
        );
        assert.deepEqual(fresh.CreateTableDefaultPermissions, [
            { Principal: { DataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" }, Permissions: ["ALL"] },
        ]);
        const admins = [{ DataLakePrincipalIdentifier: role }];
        await ok("put-data-lake-settings", "--data-lake-settings", JSON.stringify({ DataLakeAdmins: admins }));
        const { DataLakeSettings: put } = await ok<{ DataLakeSettings: Record<string, unknown> }>(
            "get-data-lake-settings",
        );
        assert.deepEqual(put.DataLakeAdmins, admins);
        assert.deepEqual(put.CreateTableDefaultPermissions, []);
    });

    it("registers locations once, and grants only on what is registered", async () => {
        const location = JSON.stringify({ DataLocation: { ResourceArn: "arn:aws:s3:::lake/orders" } });
        await refused(/register the S3 path/, "grant-permissions", ...grant(location, "DATA_LOCATION_ACCESS"));
        const register = ["register-resource", "--resource-arn", "arn:aws:s3:::lake", "--role-arn", role];
        await ok(...register, "--hybrid-access-enabled");
        await refused(/AlreadyExistsException/, ...register);
        const { ResourceInfo } = await ok<{ ResourceInfo: Record<string, unknown> }>(
            "describe-resource",
            "--resource-arn",
            "arn:aws:s3:::lake",
        );
        assert.equal(ResourceInfo.RoleArn, role);
        assert.equal(ResourceInfo.HybridAccessEnabled, true);
        await ok("grant-permissions", ...grant(location, "DATA_LOCATION_ACCESS"));
        await refused(/EntityNotFoundException/, "describe-resource", "--resource-arn", "arn:aws:s3:::other");
    });

    it("keeps grants, lists SELECT as AWS does, and says when nothing is left to revoke", async () => {
        await refused(/Database not found/, "grant-permissions", ...grant('{"Database":{"Name":"none"}}', "DESCRIBE"));
        await refused(/SELECT are not valid on Database/, "grant-permissions", ...grant(database, "SELECT"));
        await ok("grant-permissions", ...grant(table, "SELECT", "INSERT"));
        await ok("grant-permissions", ...grant(table, "DESCRIBE"));
        const listed = await ok<Permissions>("list-permissions", "--resource", table);
        assert.deepEqual(
            listed.PrincipalResourcePermissions.map(({ Resource, Permissions }) => [
                Object.keys(Resource)[0],
                Permissions,
            ]),
            [
                ["Table", ["DESCRIBE", "INSERT"]],
                ["TableWithColumns", ["SELECT"]],
            ],
        );
        await ok("revoke-permissions", ...grant(table, "SELECT", "INSERT", "DESCRIBE"));
        await refused(/No permissions revoked\. Grantee has no/, "revoke-permissions", ...grant(table, "SELECT"));
        const left = await ok<Permissions>("list-permissions", "--resource", table);
        assert.deepEqual(left.PrincipalResourcePermissions, []);
    });

    it("has LF-tags that tables inherit, and grants by them, also after a restart", async () => {
        const policy = JSON.stringify({
            LFTagPolicy: { ResourceType: "TABLE", Expression: [{ TagKey: "Zone", TagValues: ["silver", "gold"] }] },
        });
        await refused(/Tag key does not exist: zone/, "grant-permissions", ...grant(policy, "SELECT"));
        await ok("create-lf-tag", "--tag-key", "Zone", "--tag-values", "Bronze", "Silver");
        await refused(/Tag value does not exist: zone=gold/, "grant-permissions", ...grant(policy, "SELECT"));
        await ok("update-lf-tag", "--tag-key", "zone", "--tag-values-to-add", "gold");
        await ok("grant-permissions", ...grant(policy, "SELECT"));

        const tag = (value: string) => ["--lf-tags", `TagKey=zone,TagValues=${value}`];
        await ok("add-lf-tags-to-resource", "--resource", database, ...tag("bronze"));
        const shown = (...more: string[]) => ok<Tags>("get-resource-lf-tags", "--resource", table, ...more);
        const zone = (value: string) => [{ CatalogId: "000000000000", TagKey: "zone", TagValues: [value] }];
        assert.deepEqual((await shown("--show-assigned-lf-tags")).LFTagsOnTable, []);
        assert.deepEqual((await shown()).LFTagsOnTable, zone("bronze"));
        await ok("add-lf-tags-to-resource", "--resource", table, ...tag("silver"));
        await lake.restart();
        assert.deepEqual(await shown(), { LFTagOnDatabase: zone("bronze"), LFTagsOnTable: zone("silver") });
        const listed = await ok<Permissions>("list-permissions", "--resource", policy);
        assert.deepEqual(
            listed.PrincipalResourcePermissions.map(({ Permissions }) => Permissions),
            [["SELECT"]],
        );
        await ok("delete-lf-tag", "--tag-key", "zone");
        assert.deepEqual(await shown(), { LFTagOnDatabase: [], LFTagsOnTable: [] });
    });

    it("refuses what it does not do", async () => {
        await refused(/SearchTablesByLFTags is not implemented/, "search-tables-by-lf-tags", "--expression", "[]");
        const filter = JSON.stringify({ DataCellsFilter: { DatabaseName: "shop", TableName: "orders", Name: "f" } });
        await refused(/takes one resource of Catalog, Database/, "grant-permissions", ...grant(filter, "SELECT"));
    });
});
