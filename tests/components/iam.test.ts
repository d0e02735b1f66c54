import assert from "node:assert/strict";
import * as fc from "fast-check";
import { catalogStatements, logStatements, readWriteStatements, rolePolicy } from "../../components/iam";
import { stableJson } from "../../components/json";
import { foldersAbove, lastFolder, objectArns, parseS3Uri, tableLevel } from "../../components/s3Uri";

const folder = fc.stringMatching(/^[a-z0-9_=-]{1,12}$/);
const prefix = fc
    .tuple(fc.stringMatching(/^[a-z0-9]{3,12}$/), fc.array(folder, { minLength: 1, maxLength: 4 }))
    .map(([bucket, folders]) => ({ bucket, folders, uri: `s3://${bucket}/${folders.join("/")}/` }));

describe("IAM statements", () => {
    it("cover a prefix and never its neighbours", () => {
        fc.assert(
            fc.property(prefix, folder, ({ uri, bucket, folders }, other) => {
                const covers = (key: string) =>
                    objectArns("aws", [uri]).some((pattern) =>
                        pattern.endsWith("*")
                            ? `arn:aws:s3:::${bucket}/${key}`.startsWith(pattern.slice(0, -1))
                            : `arn:aws:s3:::${bucket}/${key}` === pattern,
                    );
                const key = folders.join("/");
                assert.ok(covers(key) && covers(`${key}/`) && covers(`${key}/${other}`));
                assert.ok(!covers(`${key}${other}/file`) && !covers(`${folders.slice(0, -1).join("/")}/`));
            }),
        );
    });

    it("write only where writing is asked for", () => {
        const reads = readWriteStatements("aws-cn", ["s3://a/x/"], []);
        assert.deepEqual(
            reads.map((statement) => statement.Sid),
            ["Read", "List0"],
        );
        assert.deepEqual(reads[1]?.Resource, "arn:aws-cn:s3:::a");
        assert.deepEqual(readWriteStatements("aws", [], []), []);
    });

    it("are refused where IAM takes no policy of that length", () => {
        const statement = (length: number) => [{ Sid: "Read", Effect: "Allow" as const, Action: "x".repeat(length) }];
        const rest = rolePolicy("etl", statement(0)).length;
        assert.equal(rolePolicy("etl", statement(10_240 - rest)).length, 10_240);
        assert.throws(
            () => rolePolicy("etl", statement(10_241 - rest)),
            /role "etl" has 10241 characters; IAM takes 10240/,
        );
    });

    it("let who writes look for the folders above, and at nothing in them", () => {
        const statements = readWriteStatements(
            "aws",
            [],
            ["s3://b/_quarantine/sales/", "s3://b/sales/", "s3://a/x/y/z/"],
        );
        const of = (sid: string) => statements.find((statement) => statement.Sid === sid);
        const arns = ["a/x", "a/x/", "a/x/y", "a/x/y/", "b/_quarantine", "b/_quarantine/"].map(
            (key) => `arn:aws:s3:::${key}`,
        );
        assert.deepEqual(of("Parents")?.Resource, arns);
        const prefixes = (sid: string) => [of(sid)?.Resource, of(sid)?.Condition?.StringEquals?.["s3:prefix"]];
        assert.deepEqual(prefixes("ListParents0"), ["arn:aws:s3:::a", ["x", "x/", "x/y", "x/y/"]]);
        assert.deepEqual(prefixes("ListParents1"), ["arn:aws:s3:::b", ["_quarantine", "_quarantine/"]]);
        assert.equal(of("ListParents2"), undefined);
        const flat = readWriteStatements("aws", [], ["s3://b/sales/"]).map((statement) => statement.Sid);
        assert.ok(!flat.includes("Parents"));
        assert.deepEqual(foldersAbove("a/b/c.json"), ["a", "a/b"]);
    });

    it("let logs be written to the groups named alone", () => {
        const [groups, streams] = logStatements(["arn:aws:logs:eu-west-1:1:log-group:/a/output:*"]);
        assert.deepEqual(groups?.Resource, ["arn:aws:logs:eu-west-1:1:log-group:/a/output:*"]);
        assert.deepEqual(streams?.Resource, ["arn:aws:logs:eu-west-1:1:log-group:/a/output:log-stream:*"]);
    });

    it("name the catalog, the database and the table once each", () => {
        const arn = (table: string) => `arn:aws:glue:eu-west-1:1:table/db/${table}`;
        const [statement] = catalogStatements("Catalog", [arn("a"), arn("b")], ["glue:GetTable"]);
        assert.deepEqual(statement?.Resource, [
            "arn:aws:glue:eu-west-1:1:catalog",
            "arn:aws:glue:eu-west-1:1:database/db",
            arn("a"),
            arn("b"),
        ]);
    });
});

describe("S3 addresses", () => {
    it("give bucket, key, table level and last folder", () => {
        fc.assert(
            fc.property(prefix, ({ uri, bucket, folders }) => {
                assert.deepEqual(parseS3Uri(uri), { bucket, key: `${folders.join("/")}/` });
                assert.equal(tableLevel(uri), 1 + folders.length);
                assert.equal(lastFolder(uri), folders.at(-1));
            }),
        );
    });

    it("refuse what is none, saying what to write", () => {
        for (const wrong of ["bronze/sales/", "s3://bronze", "s3://bronze/", "https://bronze/sales/"]) {
            assert.throws(() => parseS3Uri(wrong), /write s3:\/\/bucket\/folder\//);
        }
    });
});

describe("stable JSON", () => {
    it("depends on the value alone, and keeps it", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                assert.deepEqual(JSON.parse(stableJson(value)), JSON.parse(JSON.stringify(value)));
            }),
        );
        assert.equal(stableJson({ b: [{ d: 1, c: undefined }], a: null }), '{"a":null,"b":[{"d":1}]}');
    });
});
