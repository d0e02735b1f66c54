import assert from "node:assert/strict";
import { QueryAccess, type QueryAccessArgs } from "../../components";
import { actionsOf, assertWellFormed, build, faultsOf, one, rightsOf, valueOf, type PolicyStatement } from "./mocks";

const dataKmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/data";
const resultsKmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/results";

const base: QueryAccessArgs = {
    roleName: "analyst",
    workgroupArn: "arn:aws:athena:eu-central-1:123456789012:workgroup/analysts",
    resultsLocation: "s3://results/analysts/",
    databaseName: "lake_sales",
    tables: ["by_month", "sales"],
    dataLocations: ["s3://gold/sales/"],
};

const access = (args: Partial<QueryAccessArgs> = {}) => build(() => new QueryAccess("grant", { ...base, ...args }));

async function rights(args: Partial<QueryAccessArgs> = {}): Promise<Map<string, PolicyStatement>> {
    return rightsOf(await access(args), "grant");
}

const glue = "arn:aws:glue:eu-central-1:123456789012";

/** The actions of a service that change something. */
const changing = (actions: string[], service: string) =>
    actions.filter((action) => action.startsWith(`${service}:`) && !/:(BatchGet|Get|List)/.test(action));

describe("QueryAccess", () => {
    it("adds one policy to the role, well formed", async () => {
        const built = await access();
        assertWellFormed(built, "lakeworks:index:QueryAccess", "grant");
        assert.equal(one(built, "aws:iam/rolePolicy:RolePolicy").inputs.role, "analyst");
        assert.equal(await valueOf(built.value.roleName), "analyst");
    });

    describe("enforces the following", () => {
        it("queries are started, read and stopped in exactly the workgroup named", async () => {
            const all = await rights();
            const { Action, Resource } = all.get("Query")!;
            assert.equal(Resource, base.workgroupArn);
            for (const action of ["StartQueryExecution", "GetQueryExecution", "GetQueryResults", "StopQueryExecution"])
                assert.ok(Action.includes(`athena:${action}`), action);
            const elsewhere = [...all.values()].filter((statement) => statement.Sid !== "Query");
            assert.deepEqual(
                elsewhere
                    .flatMap((statement) => statement.Action)
                    .filter((action) => /Query|Named|Prepared/.test(action)),
                [],
            );
        });

        it("only the tables named are found in the catalog, and none can be changed", async () => {
            const all = await rights();
            assert.deepEqual(all.get("Catalog")!.Resource, [
                `${glue}:catalog`,
                `${glue}:database/lake_sales`,
                `${glue}:table/lake_sales/by_month`,
                `${glue}:table/lake_sales/sales`,
            ]);
            assert.deepEqual(all.get("DefaultDatabase")!.Action, "glue:GetDatabase");
            assert.deepEqual(all.get("DefaultDatabase")!.Resource, [`${glue}:catalog`, `${glue}:database/default`]);
            assert.deepEqual(changing(actionsOf(all), "glue"), []);
        });

        it("only the prefixes of dataLocations are read, and nothing is written but the workgroup's results", async () => {
            const all = await rights();
            const results = ["arn:aws:s3:::results/analysts", "arn:aws:s3:::results/analysts/*"];
            assert.deepEqual(all.get("Read")!.Resource, [
                "arn:aws:s3:::gold/sales",
                "arn:aws:s3:::gold/sales/*",
                ...results,
            ]);
            assert.deepEqual(all.get("List0")!.Condition, { StringLike: { "s3:prefix": ["sales", "sales/*"] } });
            assert.deepEqual(all.get("List1")!.Condition, { StringLike: { "s3:prefix": ["analysts", "analysts/*"] } });
            assert.deepEqual(all.get("Results")!.Resource, results);
            assert.deepEqual(changing(actionsOf(all), "s3"), ["s3:AbortMultipartUpload", "s3:PutObject"]);
            assert.equal(all.get("PendingUploads")!.Action, "s3:ListBucketMultipartUploads");
            assert.deepEqual(all.get("PendingUploads")!.Resource, ["arn:aws:s3:::results"]);
            const managed = await rights({ resultsLocation: undefined });
            assert.deepEqual(changing(actionsOf(managed), "s3"), []);
            assert.deepEqual(managed.get("Buckets")!.Resource, ["arn:aws:s3:::gold"]);
        });

        it("results are kept: the role cannot delete them", async () => {
            assert.deepEqual(
                actionsOf(await rights()).filter((action) => action.includes("Delete")),
                [],
            );
        });

        it("keys are used through the service that holds the data alone, that of the tables for reading only", async () => {
            const all = await rights({ dataKmsKeyArn, resultsKmsKeyArn });
            const through = (service: string) => ({
                StringLike: { "kms:ViaService": `${service}.eu-central-1.amazonaws.com*` },
            });
            const { Action, Resource, Condition } = all.get("DataKey")!;
            assert.deepEqual([Action, Resource, Condition], [["kms:Decrypt"], dataKmsKeyArn, through("s3")]);
            const results = all.get("ResultsKey")!;
            assert.deepEqual(results.Action, ["kms:Decrypt", "kms:GenerateDataKey"]);
            assert.deepEqual([results.Resource, results.Condition], [resultsKmsKeyArn, through("s3")]);
            const managed = (await rights({ resultsLocation: undefined, resultsKmsKeyArn })).get("ResultsKey")!;
            assert.deepEqual(managed.Condition, through("athena"));
            assert.deepEqual(changing(actionsOf(await rights()), "kms"), []);
        });
    });

    it("has no wildcard action, and only what knows no resource is for every resource", async () => {
        const all = await rights({ dataKmsKeyArn, resultsKmsKeyArn });
        assert.deepEqual(
            actionsOf(all).filter((action) => action.includes("*")),
            [],
        );
        const wide = [...all.values()].filter((statement) => [statement.Resource].flat().includes("*"));
        assert.deepEqual(
            wide.flatMap((statement) => statement.Action),
            ["athena:ListDataCatalogs", "athena:ListEngineVersions", "athena:ListWorkGroups"],
        );
    });

    it("reports every fault at once", async () => {
        await build(() => {
            const wrong: QueryAccessArgs = {
                roleName: "arn:aws:iam::123456789012:role/analyst",
                workgroupArn: "analysts",
                resultsLocation: "s3://results",
                resultsKmsKeyArn: "alias/results",
                databaseName: "Lake",
                tables: [],
                dataLocations: ["gold"],
                dataKmsKeyArn: "alias/data",
            };
            assert.deepEqual(
                faultsOf(() => new QueryAccess("grant", wrong)),
                [
                    "dataKmsKeyArn",
                    "dataLocations[0]",
                    "databaseName",
                    "resultsKmsKeyArn",
                    "resultsLocation",
                    "roleName",
                    "tables",
                    "workgroupArn",
                ],
            );
            assert.deepEqual(
                faultsOf(() => new QueryAccess("b", { ...base, tables: ["Sales"], dataLocations: [] })),
                ["dataLocations", "tables[0]"],
            );
        });
    });
});
