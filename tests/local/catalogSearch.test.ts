/** Finding tables in the local Glue catalog: SearchTables, and the patterns of GetTables. */
import * as assert from "node:assert/strict";
import {
    CreateDatabaseCommand,
    CreateTableCommand,
    GetTablesCommand,
    SearchTablesCommand,
    type SearchTablesCommandInput,
} from "@aws-sdk/client-glue";
import { errorName, TestLocal } from "./support";

describe("local Glue: finding tables", function () {
    this.timeout(300_000);
    let local: TestLocal;

    before(async () => {
        local = await TestLocal.start();
        for (const Name of ["shop", "web"]) {
            await local.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
        }
        const tables = [
            ["shop", "sales_de", "Sold in Germany", "parquet"],
            ["shop", "sales_fr", undefined, "csv"],
            ["web", "clicks", "Pages and sales_leads", "json"],
        ] as const;
        for (const [DatabaseName, Name, Description, classification] of tables) {
            const StorageDescriptor = { Columns: [{ Name: `${Name}_id`, Type: "int", Comment: `key of ${Name}` }] };
            const TableInput = { Name, Description, Parameters: { classification }, StorageDescriptor };
            await local.glue.send(new CreateTableCommand({ DatabaseName, TableInput }));
        }
    });
    after(() => local.stop());

    const search = async (input: SearchTablesCommandInput) => {
        const { TableList = [], NextToken } = await local.glue.send(new SearchTablesCommand(input));
        return { names: TableList.map(({ Name }) => Name), NextToken };
    };
    const found = async (input: SearchTablesCommandInput) => (await search(input)).names;

    it("finds text in names, descriptions, columns and parameters; in quotes as a whole value", async () => {
        assert.deepEqual(await found({ SearchText: "sales" }), ["clicks", "sales_de", "sales_fr"]);
        assert.deepEqual(await found({ SearchText: "germany" }), ["sales_de"]);
        assert.deepEqual(await found({ SearchText: "key of sales_f" }), ["sales_fr"]);
        assert.deepEqual(await found({ SearchText: '"sales_de"' }), ["sales_de"]);
        assert.deepEqual(await found({ SearchText: '"sales"' }), []);
    });

    it("filters by words of a property and by times, and sorts", async () => {
        assert.deepEqual(await found({ Filters: [{ Key: "Name", Value: "sales" }] }), ["sales_de", "sales_fr"]);
        assert.deepEqual(await found({ Filters: [{ Key: "Name", Value: "sale" }] }), []);
        const both = [
            { Key: "DatabaseName", Value: "shop" },
            { Key: "classification", Value: "csv" },
        ];
        assert.deepEqual(await found({ Filters: both }), ["sales_fr"]);
        const since = (Comparator: "GREATER_THAN_EQUALS" | "LESS_THAN") =>
            found({
                Filters: [{ Key: "CreateTime", Value: "2024-01-01T00:00:00Z", Comparator }],
                SortCriteria: [{ FieldName: "Name", Sort: "DESC" }],
            });
        assert.deepEqual(await since("GREATER_THAN_EQUALS"), ["sales_fr", "sales_de", "clicks"]);
        assert.deepEqual(await since("LESS_THAN"), []);
        const never = { Filters: [{ Key: "CreateTime", Value: "never" }] };
        assert.equal(await errorName(found(never)), "InvalidInputException");
    });

    it("answers in pages, and refuses a search of tables that others share", async () => {
        const first = await search({ MaxResults: 2 });
        assert.deepEqual(first.names, ["clicks", "sales_de"]);
        assert.deepEqual(await search({ MaxResults: 2, NextToken: first.NextToken }), {
            names: ["sales_fr"],
            NextToken: undefined,
        });
        assert.equal(await errorName(found({ ResourceShareType: "FOREIGN" })), "InvalidInputException");
    });

    it("takes `*` in a pattern of GetTables for any characters, and regular expressions for what they are", async () => {
        const names = async (Expression: string) => {
            const page = await local.glue.send(new GetTablesCommand({ DatabaseName: "shop", Expression }));
            return (page.TableList ?? []).map(({ Name }) => Name);
        };
        assert.deepEqual(await names("sales*"), ["sales_de", "sales_fr"]);
        assert.deepEqual(await names("*_fr"), ["sales_fr"]);
        assert.deepEqual(await names("sales_.*"), ["sales_de", "sales_fr"]);
        assert.deepEqual(await names("[a-z]*_de"), ["sales_de"]);
        assert.deepEqual(await names("sales"), []);
    });
});
