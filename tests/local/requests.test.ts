/** What the local AWS says of requests that AWS refuses before it runs them. */
import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { ServiceApi } from "../../local/protocol/api";
import { AwsError } from "../../local/protocol/operations";
import { loadToolchain, projectRoot } from "../../tools/toolchain";
import { TestLocal } from "./support";

const glue = new ServiceApi("glue");
const athena = new ServiceApi("athena");
const lakeFormation = new ServiceApi("lakeformation");

describe("requests to the local AWS", function () {
    this.timeout(300_000);

    /** `code: message` of the refusal. */
    function refusal(api: ServiceApi, operation: string, body: unknown): string {
        try {
            api.inputOf(operation, body);
        } catch (error) {
            assert.ok(error instanceof AwsError, String(error));
            return `${error.code}: ${error.message}`;
        }
        throw new Error(`${operation} was expected to be refused`);
    }

    it("are checked by what AWS's models say now, as the pinned botocore has them", () => {
        const script = path.join(projectRoot, "tools", "aws-api", "write.py");
        const { status, stderr } = spawnSync(loadToolchain().python, [script, "--check"], { encoding: "utf8" });
        assert.equal(status, 0, stderr);
    });

    it("reach an operation with its own members alone, also under names that JavaScript's objects have", () => {
        const body = JSON.parse(
            '{"DatabaseInput": {"Name": "a", "Parameters": {"__proto__": "b", "constructor": "c"}, "Description": null}, "New": 1}',
        ) as unknown;
        assert.equal(
            JSON.stringify(glue.inputOf("CreateDatabase", body)),
            '{"DatabaseInput":{"Name":"a","Parameters":{"__proto__":"b","constructor":"c"}}}',
        );
    });

    describe("of the wrong JSON type are refused with the place", () => {
        const table = (TableInput: object) => ({ DatabaseName: "d", TableInput: { Name: "t", ...TableInput } });
        const cases: [string, unknown, string][] = [
            ["GetDatabase", { Name: 7 }, "NUMBER_VALUE can not be converted to a String (at 'name')"],
            ["GetDatabase", { Name: ["a"] }, "Start of list found where not expected (at 'name')"],
            ["GetDatabase", { Name: {} }, "Start of structure or map found where not expected (at 'name')"],
            ["GetDatabase", [], "Start of list found where a structure was expected"],
            ["GetDatabase", null, "NULL_VALUE found where a structure was expected"],
            ["GetDatabases", { MaxResults: "5" }, "STRING_VALUE can not be converted to an Integer (at 'maxResults')"],
            ["GetDatabases", { MaxResults: 5.5 }, "NUMBER_VALUE can not be converted to an Integer (at 'maxResults')"],
            [
                "GetDatabases",
                { MaxResults: Infinity },
                "NUMBER_VALUE can not be converted to an Integer (at 'maxResults')",
            ],
            [
                "CreateTable",
                table({ Retention: 2 ** 31 }),
                "NUMBER_VALUE can not be converted to an Integer (at 'tableInput.retention')",
            ],
            [
                "CreateTable",
                table({ LastAccessTime: "now" }),
                "STRING_VALUE can not be converted to milliseconds since epoch (at 'tableInput.lastAccessTime')",
            ],
            [
                "CreateTable",
                table({ LastAccessTime: 1e20 }),
                "NUMBER_VALUE can not be converted to milliseconds since epoch (at 'tableInput.lastAccessTime')",
            ],
            [
                "CreateTable",
                table({ PartitionKeys: "a" }),
                "STRING_VALUE found where a list was expected (at 'tableInput.partitionKeys')",
            ],
            [
                "CreateTable",
                table({ PartitionKeys: [{ Name: true }] }),
                "TRUE_VALUE can not be converted to a String (at 'tableInput.partitionKeys.1.member.name')",
            ],
            [
                "CreateTable",
                table({ Parameters: { a: 1 } }),
                "NUMBER_VALUE can not be converted to a String (at 'tableInput.parameters.a.member')",
            ],
        ];
        for (const [operation, body, message] of cases) {
            it(`${operation} ${JSON.stringify(body)}`, () => {
                assert.equal(refusal(glue, operation, body), `SerializationException: ${message}`);
            });
        }
    });

    it("that are nested without end are refused", () => {
        let clause: object = {};
        for (let level = 0; level < 10_000; level += 1) clause = { Children: [clause] };
        assert.match(
            refusal(glue, "CreateScript", { DagNodes: clause }),
            /^SerializationException: Start of structure/,
        );
        let mapping: object = {};
        for (let level = 0; level < 10_000; level += 1) mapping = { Children: [mapping] };
        const job = {
            Name: "a",
            Role: "b",
            Command: {},
            CodeGenConfigurationNodes: {
                node: { ApplyMapping: { Name: "m", Inputs: ["x"], Mapping: [mapping] } },
            },
        };
        assert.match(refusal(glue, "CreateJob", job), /^SerializationException: More than 100 levels of nesting/);
    });

    describe("outside of a member's limits are refused, each service by its own exception", () => {
        const failed = "failed to satisfy constraint:";
        const cases: [string, ServiceApi, string, unknown, string][] = [
            [
                "what is missing, all at once",
                glue,
                "CreateJob",
                {},
                `ValidationException: 3 validation errors detected: Value at 'name' ${failed} Member must not be null; ` +
                    `Value at 'role' ${failed} Member must not be null; Value at 'command' ${failed} Member must not be null`,
            ],
            [
                "a text too long",
                glue,
                "GetDatabase",
                { Name: "x".repeat(256) },
                `ValidationException: 1 validation error detected: Value '${"x".repeat(256)}' at 'name' ${failed} ` +
                    "Member must have length less than or equal to 255",
            ],
            [
                "a number too large",
                glue,
                "GetTables",
                { DatabaseName: "d", MaxResults: 101 },
                `ValidationException: 1 validation error detected: Value '101' at 'maxResults' ${failed} ` +
                    "Member must have value less than or equal to 100",
            ],
            [
                "a lone half of a character",
                glue,
                "GetDatabase",
                { Name: "\ud800" },
                `ValidationException: 1 validation error detected: Value '\ud800' at 'name' ${failed} Member must satisfy ` +
                    "regular expression pattern: [\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*",
            ],
            [
                "an item of a list",
                glue,
                "BatchDeleteTable",
                { DatabaseName: "d", TablesToDelete: ["good", ""] },
                `ValidationException: 1 validation error detected: Value '[good, ]' at 'tablesToDelete' ${failed} Member must satisfy ` +
                    "constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1, " +
                    "Member must satisfy regular expression pattern: [\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*, " +
                    "Member must not be null]",
            ],
            [
                "one of a set",
                athena,
                "UpdateWorkGroup",
                { WorkGroup: "w", State: "ON" },
                `InvalidRequestException: 1 validation error detected: Value 'ON' at 'state' ${failed} ` +
                    "Member must satisfy enum value set: [ENABLED, DISABLED]",
            ],
            [
                "a part of a part",
                lakeFormation,
                "GrantPermissions",
                { Principal: { DataLakePrincipalIdentifier: "" }, Resource: {}, Permissions: ["SELECT"] },
                "InvalidInputException: 1 validation error detected: Value '' at 'principal.dataLakePrincipalIdentifier' " +
                    `${failed} Member must have length greater than or equal to 1`,
            ],
        ];
        for (const [what, api, operation, body, message] of cases) {
            it(what, () => assert.equal(refusal(api, operation, body), message));
        }
    });

    describe("on the wire", () => {
        let lake: TestLocal;
        before(async () => void (lake = await TestLocal.start()));
        after(async () => lake.stop());

        const json = "application/x-amz-json-1.1";

        async function answer(
            target: string,
            body: string | Uint8Array,
            headers: Record<string, string> = {},
            service = "glue",
        ): Promise<string> {
            const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
            const response = await fetch(lake.local.endpoint, {
                method: "POST",
                headers: { authorization, "content-type": json, "x-amz-target": target, ...headers },
                body,
            });
            const said = (await response.json()) as { __type?: string };
            return `${response.status} ${said.__type ?? "OK"}`;
        }

        const cases: [string, string, string | Uint8Array, Record<string, string>, string][] = [
            ["one that is good", "AWSGlue.GetDatabases", "{}", {}, "200 OK"],
            ["no body at all", "AWSGlue.GetDatabases", "", {}, "200 OK"],
            [
                "a key that stands twice: the last counts",
                "AWSGlue.GetDatabases",
                '{"MaxResults":0,"MaxResults":1}',
                {},
                "200 OK",
            ],
            ["an operation that AWS has not", "AWSGlue.MakeCoffee", "{}", {}, "400 UnknownOperationException"],
            ["another service's operation", "AmazonAthena.ListWorkGroups", "{}", {}, "400 UnknownOperationException"],
            ["an object's own method", "AWSGlue.toString", "{}", {}, "400 UnknownOperationException"],
            ["a form", "AWSGlue.GetDatabases", "{}", { "content-type": "text/plain" }, "400 UnknownOperationException"],
            ["half a JSON", "AWSGlue.GetDatabases", "{", {}, "400 SerializationException"],
            ["NaN", "AWSGlue.GetDatabases", '{"MaxResults":NaN}', {}, "400 SerializationException"],
            [
                "bytes that are no UTF-8",
                "AWSGlue.GetDatabases",
                Uint8Array.of(0x7b, 0xff, 0x7d),
                {},
                "400 SerializationException",
            ],
            [
                "a page token of someone else",
                "AWSGlue.GetDatabases",
                '{"NextToken":"abc"}',
                {},
                "400 InvalidInputException",
            ],
        ];
        for (const [what, target, body, headers, expected] of cases) {
            it(what, async () => assert.equal(await answer(target, body, headers), expected));
        }

        it("an expression that would take an ordinary matcher for ever", async () => {
            await answer("AWSGlue.CreateDatabase", '{"DatabaseInput":{"Name":"d"}}');
            const TableInput = { Name: "a".repeat(250), PartitionKeys: [{ Name: "k", Type: "string" }] };
            await answer("AWSGlue.CreateTable", JSON.stringify({ DatabaseName: "d", TableInput }));
            const partition = {
                DatabaseName: "d",
                TableName: TableInput.Name,
                PartitionInput: { Values: ["a".repeat(1000)] },
            };
            await answer("AWSGlue.CreatePartition", JSON.stringify(partition));
            const tables = (Expression: string) => JSON.stringify({ DatabaseName: "d", Expression });
            assert.equal(await answer("AWSGlue.GetTables", tables("(a+)+b")), "200 OK");
            assert.equal(await answer("AWSGlue.GetTables", tables("(a")), "400 InvalidInputException");
            const Expression = `k LIKE '${"%a".repeat(500)}%b'`;
            const partitions = { DatabaseName: "d", TableName: TableInput.Name, Expression };
            assert.equal(await answer("AWSGlue.GetPartitions", JSON.stringify(partitions)), "200 OK");
        });

        const elsewhere = [
            "arn:aws:glue:us-east-1:111111111111:database/d",
            "arn:aws:glue:eu-west-1:000000000000:database/d",
            "arn:aws:glue:us-east-1:000000000000:database/none",
            "arn:aws:glue:us-east-1:000000000000:database/__proto__",
        ];
        for (const arn of elsewhere) {
            it(`tags of what is not here: ${arn}`, async () => {
                const body = JSON.stringify({ ResourceArn: arn, TagsToAdd: { a: "b" } });
                assert.equal(await answer("AWSGlue.TagResource", body), "400 EntityNotFoundException");
                assert.equal(await answer("AWSGlue.GetTags", body), "400 EntityNotFoundException");
            });
        }

        it("a body that is too large", async () => {
            const body = new Uint8Array(33 * 1024 * 1024).fill(32);
            assert.equal(await answer("AWSGlue.GetDatabases", body), "413 RequestEntityTooLargeException");
        });

        it("a workgroup may have any name that Athena allows", async () => {
            const calls = ["Create", "Get", "Delete", "Get"].map(
                (verb) => [`AmazonAthena.${verb}WorkGroup`, verb] as const,
            );
            const said: string[] = [];
            for (const [target, verb] of calls) {
                const member = verb === "Create" ? "Name" : "WorkGroup";
                said.push(await answer(target, `{"${member}":"__proto__"}`, {}, "athena"));
            }
            assert.deepEqual(said, ["200 OK", "200 OK", "200 OK", "400 InvalidRequestException"]);
        });
    });
});
