/** The paginators and waiters of the AWS SDK for JavaScript v3: every list that is served comes in pages. */
import * as assert from "node:assert/strict";
import * as athena from "@aws-sdk/client-athena";
import * as glue from "@aws-sdk/client-glue";
import {
    CreateBucketCommand,
    PutObjectCommand,
    waitUntilBucketExists,
    waitUntilObjectExists,
    waitUntilObjectNotExists,
} from "@aws-sdk/client-s3";
import { Queries } from "./athenaSupport";
import { errorName, TestLocal } from "./support";

const database = "lists";
const three = [0, 1, 2];

/** The SDK keeps its place in the input that it is given. */
type Paginate = (settings: { client: unknown; pageSize?: number }, input: object) => AsyncGenerator<object>;

/** Of each list its input, and how many items it has here. */
interface List {
    readonly input?: object;
    readonly items: number;
    /** Where the service answers no fewer. */
    readonly leastPage?: number;
}

describe("local AWS: paginators of the JavaScript SDK", function () {
    this.timeout(300_000);
    let local: TestLocal;
    let queries: Queries;
    let query = "";

    before(async () => {
        local = await TestLocal.start();
        await local.s3.send(new CreateBucketCommand({ Bucket: "lists" }));
        queries = new Queries(local.local, "lists", database);
        const OutputLocation = "s3://lists/results/";
        await queries.client.send(
            new athena.CreateWorkGroupCommand({
                Name: "lists",
                Configuration: { ResultConfiguration: { OutputLocation } },
                Tags: three.map((n) => ({ Key: `key${n}`, Value: "v" })),
            }),
        );
        await makeCatalog();
        await makeJobs();
        for (const n of three) await makeQueries(n);
    });
    after(() => local.stop());

    const table = {
        TableType: "EXTERNAL_TABLE",
        PartitionKeys: ["x", "y", "z"].map((Name) => ({ Name, Type: "string" })),
        StorageDescriptor: { Columns: [{ Name: "a", Type: "int" }], Location: "s3://lists/t/" },
    };

    async function makeCatalog(): Promise<void> {
        const { glue: client } = local;
        for (const Name of [database, "other", "third"]) {
            await client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name } }));
        }
        const of = { DatabaseName: database, TableName: "t2" };
        for (const n of three) {
            const TableInput = { ...table, Name: `t${n}` };
            await client.send(new glue.CreateTableCommand({ DatabaseName: database, TableInput }));
        }
        for (const n of three) {
            const TableInput = { ...table, Name: "t2", Description: String(n) };
            await client.send(new glue.UpdateTableCommand({ DatabaseName: database, TableInput }));
            await client.send(
                new glue.CreatePartitionCommand({ ...of, PartitionInput: { Values: [String(n), "b", "c"] } }),
            );
            const PartitionIndex = { IndexName: `i${n}`, Keys: ["x", "y", "z"].slice(0, n + 1) };
            await client.send(new glue.CreatePartitionIndexCommand({ ...of, PartitionIndex }));
        }
    }

    async function makeJobs(): Promise<void> {
        const Role = "arn:aws:iam::000000000000:role/lists";
        for (const n of three) {
            const Name = `lists${n}`;
            await local.glue.send(
                new glue.CreateSecurityConfigurationCommand({
                    Name,
                    EncryptionConfiguration: { S3Encryption: [{ S3EncryptionMode: "SSE-S3" }] },
                }),
            );
            const Command = { Name: "glueetl", ScriptLocation: "s3://lists/none.py", PythonVersion: "3" };
            await local.glue.send(new glue.CreateJobCommand({ Name, Role, Command, GlueVersion: "5.1" }));
            const Targets = { S3Targets: [{ Path: "s3://lists/crawled/" }] };
            await local.glue.send(new glue.CreateCrawlerCommand({ Name, Role, DatabaseName: database, Targets }));
            await local.glue.send(
                new glue.CreateTriggerCommand({ Name, Type: "ON_DEMAND", Actions: [{ JobName: Name }] }),
            );
            await local.glue.send(new glue.CreateWorkflowCommand({ Name }));
            await local.glue.send(
                new glue.CreateDataQualityRulesetCommand({ Name, Ruleset: 'Rules = [ IsComplete "a" ]' }),
            );
        }
    }

    async function makeQueries(n: number): Promise<void> {
        const WorkGroup = "lists";
        await queries.client.send(
            new athena.CreateNamedQueryCommand({
                Name: `n${n}`,
                Database: database,
                QueryString: "SELECT 1",
                WorkGroup,
            }),
        );
        await queries.client.send(
            new athena.CreatePreparedStatementCommand({
                StatementName: `p${n}`,
                WorkGroup,
                QueryStatement: "SELECT 1",
            }),
        );
        const { QueryExecutionId = "" } = await queries.succeed("SELECT n FROM UNNEST(sequence(1, 4)) AS t(n)");
        query = QueryExecutionId;
    }

    const ofTable = { DatabaseName: database, TableName: "t2" };
    const ofCatalog = { CatalogName: "AwsDataCatalog" };

    const glueLists: Record<string, List> = {
        GetDatabases: { items: 3 },
        GetTables: { input: { DatabaseName: database }, items: 3 },
        SearchTables: { items: 3 },
        GetTableVersions: { input: ofTable, items: 4 },
        GetPartitions: { input: ofTable, items: 3 },
        GetPartitionIndexes: { input: ofTable, items: 3, leastPage: 3 },
        GetUserDefinedFunctions: { input: { Pattern: "*" }, items: 0 },
        GetConnections: { items: 0 },
        GetSecurityConfigurations: { items: 3 },
        GetCrawlers: { items: 3 },
        ListCrawlers: { items: 3 },
        GetCrawlerMetrics: { items: 3 },
        GetJobs: { items: 3 },
        ListJobs: { items: 3 },
        GetJobRuns: { input: { JobName: "lists0" }, items: 0 },
        GetTriggers: { items: 3 },
        ListTriggers: { items: 3 },
        ListWorkflows: { items: 3 },
        GetWorkflowRuns: { input: { Name: "lists0" }, items: 0 },
        ListDataQualityRulesets: { items: 3 },
        // Of what cannot be made here.
        GetClassifiers: { items: 0 },
        ListRegistries: { items: 0 },
    };

    const athenaLists = (): Record<string, List> => ({
        ListDataCatalogs: { items: 1 },
        ListDatabases: { input: ofCatalog, items: 3 },
        ListTableMetadata: { input: { ...ofCatalog, DatabaseName: database }, items: 3 },
        ListEngineVersions: { items: 2 },
        ListWorkGroups: { items: 2 },
        ListNamedQueries: { input: { WorkGroup: "lists" }, items: 3 },
        ListPreparedStatements: { input: { WorkGroup: "lists" }, items: 3 },
        ListQueryExecutions: { input: { WorkGroup: "lists" }, items: 3 },
        GetQueryResults: { input: { QueryExecutionId: query }, items: 5 },
        ListTagsForResource: {
            input: { ResourceARN: "arn:aws:athena:us-east-1:000000000000:workgroup/lists" },
            items: 3,
            leastPage: 75,
        },
    });

    it("pages through Glue's lists", async () => {
        // Only a table that has an optimizer answers, which iceberg.test.ts makes.
        await check(glue, local.glue, glueLists, ["ListTableOptimizerRuns"]);
    });

    it("pages through Athena's lists", () => check(athena, queries.client, athenaLists(), []));

    it("waits for buckets and objects", async () => {
        const settings = { client: local.s3, maxWaitTime: 30 };
        const place = { Bucket: "lists", Key: "waited/for" };
        await waitUntilObjectNotExists(settings, place);
        await local.s3.send(new PutObjectCommand({ ...place, Body: "x" }));
        const ends = [await waitUntilObjectExists(settings, place), await waitUntilBucketExists(settings, place)];
        assert.deepEqual(
            ends.map(({ state }) => state),
            ["SUCCESS", "SUCCESS"],
        );
        const waiters = Object.keys({ ...glue, ...athena }).filter((name) => name.startsWith("waitUntil"));
        assert.deepEqual(waiters, []);
    });
});

/** @param sdk the SDK's package, whose paginators that are served have all to be among `lists` or `elsewhere` */
async function check(sdk: object, client: unknown, lists: Record<string, List>, elsewhere: string[]): Promise<void> {
    const paginators = Object.entries(sdk).filter(([name]) => name.startsWith("paginate")) as [string, Paginate][];
    const served: string[] = [];
    for (const [name, paginate] of paginators) {
        const operation = name.slice("paginate".length);
        const call = paginate({ client }, { ...lists[operation]?.input }).next();
        if (await isServed(call)) served.push(operation);
    }
    assert.deepEqual(served.sort(), [...Object.keys(lists), ...elsewhere].sort());
    for (const [name, paginate] of paginators) {
        const operation = name.slice("paginate".length);
        const list = lists[operation];
        if (list) await checkList(operation, list, (pageSize) => paginate({ client, pageSize }, { ...list.input }));
    }
}

async function checkList(name: string, list: List, pages: (size?: number) => AsyncGenerator<object>): Promise<void> {
    const whole = (await itemsOf(pages())).flat();
    assert.equal(whole.length, list.items, name);
    assert.equal(new Set(whole).size, whole.length, name);
    const size = list.leastPage ?? 2;
    const cut = await itemsOf(pages(size));
    assert.deepEqual(cut.flat(), whole, name);
    assert.equal(cut.length, Math.max(1, Math.ceil(list.items / size)), name);
}

/** The items of each page, as text. */
async function itemsOf(pages: AsyncGenerator<object>): Promise<string[][]> {
    const found: string[][] = [];
    for await (const page of pages) {
        const { ResultSet, ...members } = page as { ResultSet?: { Rows?: object[] } };
        const items = ResultSet?.Rows ?? Object.values(members).find((member) => Array.isArray(member)) ?? [];
        found.push((items as object[]).map((item) => JSON.stringify(item)));
    }
    return found;
}

async function isServed(call: Promise<unknown>): Promise<boolean> {
    const outcome = await call.then(
        () => "served",
        (error: unknown) => errorName(Promise.reject(error as Error)),
    );
    return outcome !== "UnknownOperationException";
}
